package dev.gert.cli;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Label;
import dev.gert.event.RunEvent;
import dev.gert.expr.NameUse;
import dev.gert.model.Runbook;
import dev.gert.model.Step;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanStep;
import dev.gert.policy.Captured;
import dev.gert.policy.Redactor;
import dev.gert.provider.InputResolver;
import dev.gert.scenario.TextFiles;
import dev.gert.source.Source;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values that a run begins with, or the exit code of a run that can't begin. */
final class RunInputs {
    private final Wiring wiring;
    private final Arguments arguments;
    private final Plan plan;
    private final Diagnostics diagnostics = new Diagnostics();
    private @Nullable LeftOut left;
    private boolean resumes;
    private @Nullable ProvidedInputs provided;
    private int exitCode;

    RunInputs(Wiring wiring, Arguments arguments, Plan plan) {
        this.wiring = wiring;
        this.arguments = arguments;
        this.plan = plan;
    }

    /** Of a run that some steps are left out of. */
    RunInputs leaving(LeftOut steps) {
        left = steps;
        return this;
    }

    /** Null, with the reason said and {@link #exitCode} set, when there is no run. */
    RunEvent.@Nullable InputsResolved resolve() {
        Io io = wiring.io();
        Path file = arguments.file("--vars");
        Source values = file == null
                ? null
                : TextFiles.readAny(io.cwd().resolve(file).normalize(), file.toString(), diagnostics);
        answers();
        if (diagnostics.hasErrors()) {
            Wiring.print(withoutFrames(), io);
            refuse(Cli.USAGE);
            return null;
        }
        ProvidedInputs asked = new ProvidedInputs(wiring, plan, arguments.text("--incident"));
        if (!asked.ask(input -> !isGiven(input.name()))) {
            refuse(RunCommand.REFUSED);
            return null;
        }
        provided = asked;
        InputResolver.Result.Resolved resolved = resolve(flags(), values);
        if (resolved == null) {
            return null;
        }
        if (tooShort(resolved)) {
            return null;
        }
        programs(resolved);
        if (diagnostics.hasErrors()) {
            Wiring.print(diagnostics, io);
            refuse(RunCommand.REFUSED);
            return null;
        }
        return given(new RunEvent.InputsResolved(captured(resolved), resolved.from()));
    }

    private List<String> flags() {
        return left == null ? arguments.texts("--var") : left.flags();
    }

    private RunEvent.InputsResolved given(RunEvent.InputsResolved inputs) {
        return left == null ? inputs : left.with(inputs, wiring.redaction().get());
    }

    private boolean isGiven(String name) {
        for (String flag : arguments.texts("--var")) {
            if (flag.startsWith(name + "=")) {
                return true;
            }
        }
        return false;
    }

    /** The programs that answered inputs. */
    List<RunEvent.FileDigest> programs() {
        return provided == null ? List.of() : provided.programs();
    }

    private void answers() {
        Path file = arguments.file("--answers");
        AnswersFile answers =
                file == null ? null : AnswersFile.read(file, wiring.io().cwd(), plan, diagnostics);
        if (answers != null) {
            wiring.answered(answers);
        }
    }

    /** As far as nobody has to be asked: what has no value is left out. Null, with the reason said, when a value is wrong. */
    RunEvent.@Nullable InputsResolved withoutAsking() {
        Io io = wiring.io();
        Path file = arguments.file("--vars");
        Source values = file == null
                ? null
                : TextFiles.readAny(io.cwd().resolve(file).normalize(), file.toString(), diagnostics);
        InputResolver resolver = wiring.inputs(plan, false);
        if (!diagnostics.hasErrors() && resolver.resolve(flags(), values) instanceof InputResolver.Result.Wrong wrong) {
            wrong.findings().forEach(diagnostics::add);
        }
        if (diagnostics.hasErrors()) {
            Wiring.print(withoutFrames(), io);
            refuse(Cli.USAGE);
            return null;
        }
        List<String> secrets = new ArrayList<>();
        resolver.known().forEach((name, value) -> {
            if (isSensitive(name) && !value.isEmpty()) {
                secrets.add(value);
            }
        });
        InputResolver.Result.Resolved known =
                new InputResolver.Result.Resolved(resolver.known(), resolver.knownFrom(), secrets);
        if (tooShort(known)) {
            return null;
        }
        programs(known);
        if (diagnostics.hasErrors()) {
            Wiring.print(diagnostics, io);
            refuse(RunCommand.REFUSED);
            return null;
        }
        return given(new RunEvent.InputsResolved(captured(known), known.from()));
    }

    /**
     * Sensitive inputs of a run that is resumed, got again from where they came: the journal does not
     * hold them. Null, with the reason said and {@link #exitCode} set, when that is not possible.
     */
    @Nullable
    Map<String, Captured> again(Map<String, Captured> recorded) {
        resumes = true;
        answers();
        if (diagnostics.hasErrors()) {
            Wiring.print(withoutFrames(), wiring.io());
            refuse(Cli.USAGE);
            return null;
        }
        List<String> known = new ArrayList<>();
        List<String> lost = new ArrayList<>();
        for (Runbook.Input input : plan.runbook().inputs()) {
            Captured value = recorded.get(input.name());
            String raw = value == null ? null : value.raw();
            if (raw != null) {
                known.add(input.name() + "=" + raw);
            } else if (value != null) {
                lost.add(input.name());
            }
        }
        Map<String, Captured> again = new LinkedHashMap<>();
        if (lost.isEmpty()) {
            return again;
        }
        InputResolver.Result.Resolved resolved = resolve(known, null);
        if (resolved == null) {
            return null;
        }
        Map<String, Captured> all = captured(resolved);
        for (String name : lost) {
            Captured value = all.get(name);
            if (value != null) {
                again.put(name, value);
            }
        }
        return again;
    }

    private Map<String, Captured> captured(InputResolver.Result.Resolved resolved) {
        wiring.redaction().hide(resolved.secrets());
        return captured(plan, resolved, wiring.redaction().get());
    }

    /** As records may hold them. */
    static Map<String, Captured> captured(Plan plan, InputResolver.Result.Resolved resolved, Redactor redactor) {
        Map<String, Captured> shown = new LinkedHashMap<>();
        resolved.values()
                .forEach((name, value) ->
                        shown.put(name, isSensitive(plan, name) ? Redactor.hidden(value) : redactor.capture(value)));
        return shown;
    }

    private InputResolver.Result.@Nullable Resolved resolve(List<String> flags, @Nullable Source values) {
        Io io = wiring.io();
        boolean asks = !arguments.flag("--non-interactive");
        InputResolver.Result result = wiring.inputs(plan, asks)
                .provided(provided == null ? Map.of() : provided.values())
                .resolve(flags, values);
        if (result instanceof InputResolver.Result.Wrong wrong) {
            wrong.findings().forEach(diagnostics::add);
            Wiring.print(withoutFrames(), io);
            refuse(Cli.USAGE);
            return null;
        }
        if (result instanceof InputResolver.Result.Missing missing) {
            return missing(missing);
        }
        if (result instanceof InputResolver.Result.Interrupted) {
            io.err("nothing was executed");
            String signal = wiring.stop().raised();
            refuse("TERM".equals(signal) ? 143 : 130);
            return null;
        }
        return (InputResolver.Result.Resolved) result;
    }

    /** A file of values holds secrets: what is wrong with it is told by its place, without its lines. */
    private Diagnostics withoutFrames() {
        return withoutFrames(diagnostics, plan);
    }

    static Diagnostics withoutFrames(Diagnostics diagnostics, Plan plan) {
        Diagnostics plain = new Diagnostics();
        for (Diagnostic finding : diagnostics.sorted()) {
            Label place = finding.primary();
            if (place == null || place.span().source() == plan.runbook().source()) {
                plain.add(finding);
                continue;
            }
            String message = place.span().place() + ": " + finding.message();
            String help = place.text().isEmpty() ? finding.help() : place.text();
            plain.add(new Diagnostic(finding.code(), finding.severity(), message, null, List.of(), help));
        }
        return plain;
    }

    /** A secret of three letters can't be taken out of what a step prints: it would be anywhere. */
    private boolean tooShort(InputResolver.Result.Resolved resolved) {
        for (String secret : resolved.secrets()) {
            if (secret.strip().getBytes(StandardCharsets.UTF_8).length < 4) {
                wiring.io()
                        .error(
                                "the value of a sensitive input is shorter than 4 bytes",
                                "so short a secret can't be kept out of what steps print; nothing was executed");
                refuse(Cli.USAGE);
                return true;
            }
        }
        return false;
    }

    private void refuse(int code) {
        exitCode = code;
    }

    private InputResolver.Result.@Nullable Resolved missing(InputResolver.Result.Missing missing) {
        Io io = wiring.io();
        io.error("no value for " + String.join(", ", missing.names()) + ": " + missing.why(), null);
        String answers = arguments.text("--answers");
        if (resumes) {
            io.err("nothing was executed; go on with: "
                    + wiring.command("resume " + ShellWord.of(arguments.positional(0)) + " --answers "
                            + (answers == null ? "FILE" : ShellWord.of(answers))
                            + (arguments.text("--record") == null
                                    ? ""
                                    : " --record " + ShellWord.of(arguments.text("--record"))))
                    + ", and these under `inputs` in the file");
            refuse(RunCommand.PENDING);
            return null;
        }
        StringBuilder again = new StringBuilder(command());
        boolean secrets = false;
        for (String name : missing.names()) {
            again.append(" --var ").append(name).append("=…");
            secrets |= isSensitive(name);
        }
        io.err("nothing was executed; go on with: " + wiring.command(again.toString()));
        if (answers == null) {
            io.err("or put them under `inputs` in a file: " + wiring.command(command() + " --answers FILE"));
        }
        if (secrets) {
            io.err("a secret is better in a file than on a command line: `--vars FILE`");
        }
        refuse(RunCommand.PENDING);
        return null;
    }

    /** The command line that this was, without the flags that every command line that goes on gets. */
    private String command() {
        StringBuilder again = new StringBuilder("run ").append(ShellWord.of(arguments.positional(0)));
        for (String flag : List.of(
                "--vars",
                "--answers",
                "--as",
                "--incident",
                "--incident-time",
                "--window",
                "--record",
                "--fail-on",
                "--from",
                "--reason")) {
            String given = arguments.text(flag);
            if (given != null) {
                again.append(' ').append(flag).append(' ').append(ShellWord.of(given));
            }
        }
        for (String given : arguments.texts("--skip")) {
            again.append(" --skip ").append(ShellWord.of(given));
        }
        for (String given : arguments.texts("--var")) {
            int equals = given.indexOf('=');
            boolean secret = isSensitive(given.substring(0, equals));
            again.append(" --var ").append(secret ? given.substring(0, equals) + "=…" : ShellWord.of(given));
        }
        return again.toString();
    }

    private boolean isSensitive(String name) {
        return isSensitive(plan, name);
    }

    static boolean isSensitive(Plan plan, String name) {
        for (Runbook.Input input : plan.runbook().inputs()) {
            if (input.name().equals(name)) {
                return input.sensitive();
            }
        }
        return false;
    }

    /** A variable that names a program is what the runbook says it is: reviewers and policy saw that one. */
    private void programs(InputResolver.Result.Resolved resolved) {
        for (PlanStep node : plan.steps()) {
            if (!(node.step() instanceof Step.CliStep cli)) {
                continue;
            }
            for (NameUse use : cli.argv().get(0).names()) {
                for (Runbook.Variable variable : plan.runbook().vars()) {
                    boolean changed = variable.name().equals(use.name())
                            && !"meta.vars".equals(resolved.from().get(use.name()));
                    if (changed) {
                        diagnostics.error(
                                Code.T304,
                                use.span(),
                                "`" + use.name() + "` names a program here, so its value is the runbook's alone",
                                "",
                                "make it an input with a `pattern` if it has to vary");
                    }
                }
            }
        }
    }

    int exitCode() {
        return exitCode;
    }

    /** The values as a run begins with them. */
    static Map<String, String> known(RunEvent.InputsResolved inputs) {
        Map<String, String> values = new LinkedHashMap<>();
        inputs.values().forEach((name, value) -> {
            String raw = value.raw();
            if (raw != null) {
                values.put(name, raw);
            }
        });
        return values;
    }
}

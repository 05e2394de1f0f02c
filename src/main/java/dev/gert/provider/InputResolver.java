package dev.gert.provider;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.engine.port.Dialogue;
import dev.gert.engine.port.Dialogue.Reply;
import dev.gert.model.InputPattern;
import dev.gert.model.Runbook;
import dev.gert.model.ScenarioInput;
import dev.gert.source.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives a runbook's vars and inputs their values (formats.md, section 1): from {@code --var}, else
 * from {@code --vars}, else from {@code --answers}, else from where the input says, else its default, else from a person.
 */
public final class InputResolver {
    private static final int TRIES = 3;

    private final Runbook runbook;
    private final Map<String, String> env;
    private final Dialogue dialogue;
    private final boolean asks;
    private final Diagnostics diagnostics = new Diagnostics();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> from = new LinkedHashMap<>();
    private final List<String> secrets = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();
    private final Map<String, String> handed = new LinkedHashMap<>();
    private final Map<String, String> provided = new LinkedHashMap<>();
    private final List<ScenarioInput> answers = new ArrayList<>();
    private boolean isLed;
    private boolean interrupted;

    /** {@code env}: gert's own environment; {@code asks}: whether a person may be asked, if there is one. */
    public InputResolver(Runbook runbook, Map<String, String> env, Dialogue dialogue, boolean asks) {
        this.runbook = runbook;
        this.env = env;
        this.dialogue = dialogue;
        this.asks = asks;
    }

    /** What came of it. */
    public sealed interface Result {
        /**
         * Every required name has a value; an input that is not required and got none is not there.
         *
         * @param values by name, vars before inputs, each in the order of the runbook
         * @param from where each came from: {@code var}, {@code vars-file}, {@code answers}, {@code env.NAME},
         *     {@code default}, {@code prompt}, {@code meta.vars}
         * @param secrets values of sensitive inputs: for the redactor, before anything is shown or recorded
         */
        record Resolved(Map<String, String> values, Map<String, String> from, List<String> secrets) implements Result {}

        /** These inputs have no value and nobody could give one; {@code why} says why nobody could be asked. */
        record Missing(List<String> names, String why) implements Result {}

        /** What was given can't be meant: unknown names, values that do not match their pattern. */
        record Wrong(List<Diagnostic> findings) implements Result {}

        /** A signal came while asking. */
        record Interrupted() implements Result {}
    }

    /** What providers answered, by the input's name. */
    public InputResolver provided(Map<String, String> values) {
        provided.putAll(values);
        return this;
    }

    /** Values that another run, which led here, hands on; they count like flags. */
    public InputResolver handed(Map<String, String> values) {
        isLed = true;
        handed.putAll(values);
        return this;
    }

    /**
     * Values of a file of answers, whose names were checked. For a runbook that another led to they
     * answer what its inputs ask for, and nothing else.
     */
    public InputResolver answers(List<ScenarioInput> inputs) {
        answers.addAll(inputs);
        return this;
    }

    /** {@code flags}: each {@code NAME=VALUE}; {@code file}: a flat YAML map, or null. To be called once. */
    public Result resolve(List<String> flags, @Nullable Source file) {
        GivenValues given = new GivenValues(runbook, diagnostics);
        given.file(file);
        given.flags(flags);
        given.handed(handed);
        if (!isLed) {
            given.answers(answers);
        }
        for (Runbook.Variable variable : runbook.vars()) {
            take(variable.name(), variable.value(), "meta.vars", given);
        }
        given.answers(answers);
        for (Runbook.Input input : runbook.inputs()) {
            input(input, given);
        }
        if (diagnostics.hasErrors()) {
            return new Result.Wrong(diagnostics.sorted());
        }
        String why = asks ? dialogue.obstacle() : "asking is switched off";
        List<Runbook.Input> open = new ArrayList<>();
        for (Runbook.Input input : runbook.inputs()) {
            if (!values.containsKey(input.name()) && (input.required() || isAskedFor(input))) {
                open.add(input);
            }
        }
        for (Runbook.Input input : open) {
            if (why.isEmpty() && !interrupted) {
                ask(input);
            }
            if (!values.containsKey(input.name()) && input.required()) {
                missing.add(input.name());
            }
        }
        if (interrupted) {
            return new Result.Interrupted();
        }
        return missing.isEmpty()
                ? new Result.Resolved(ordered(values), ordered(from), secrets)
                : new Result.Missing(missing, why.isEmpty() ? "no value that fits was given" : why);
    }

    /** The values found so far, when nobody is asked: of vars, and of inputs that need no person. */
    public Map<String, String> known() {
        return ordered(values);
    }

    /** Where each of {@link #known} came from. */
    public Map<String, String> knownFrom() {
        return ordered(from);
    }

    private void take(String name, String otherwise, String source, GivenValues given) {
        String value = given.value(name);
        values.put(name, value == null ? otherwise : value);
        from.put(name, value == null ? source : given.source(name));
    }

    private void input(Runbook.Input input, GivenValues given) {
        String value = given.value(input.name());
        String source = value == null ? "" : given.source(input.name());
        if (value == null && input.from() instanceof Runbook.From.Env variable) {
            // a variable that is empty is how pipelines spell one that is not there
            String found = env.get(variable.variable());
            value = found == null || found.isEmpty() ? null : found;
            source = "env." + variable.variable();
        }
        if (value == null && input.from() instanceof Runbook.From.Provider provider) {
            value = provided.get(input.name());
            source = provider.binding();
        }
        if (value == null && input.defaultValue() != null) {
            value = input.defaultValue();
            source = "default";
        }
        if (value == null) {
            return;
        }
        String problem = mismatch(input, value);
        if (problem == null) {
            put(input, value, source);
        } else {
            diagnostics.error(
                    Code.R207, input.span(), problem + ", which came from " + said(source), "", example(input));
        }
    }

    private static boolean isAskedFor(Runbook.Input input) {
        return input.from() instanceof Runbook.From.Prompt || input.from() instanceof Runbook.From.Dialect;
    }

    private void put(Runbook.Input input, String value, String source) {
        values.put(input.name(), value);
        from.put(input.name(), source);
        if (input.sensitive() && !value.isEmpty()) {
            secrets.add(value);
        }
    }

    /** Null where the value fits; it is quoted unless it is sensitive. */
    private static @Nullable String mismatch(Runbook.Input input, String value) {
        InputPattern pattern = input.pattern();
        if (pattern == null || pattern.regex().find(value)) {
            return null;
        }
        String subject =
                input.sensitive() ? "the value of `" + input.name() + "`" : "`" + input.name() + "` is `" + value + "`";
        return subject + (input.sensitive() ? " does not match " : " and does not match ") + "`"
                + pattern.regex().source() + "`";
    }

    private static String said(String source) {
        return switch (source) {
            case "var" -> "`--var`";
            case "vars-file" -> "the file of `--vars`";
            case "parent" -> "the runbook that led here";
            case "answers" -> "the file of `--answers`";
            case "default" -> "its own default";
            default -> "`" + source + "`";
        };
    }

    private static @Nullable String example(Runbook.Input input) {
        return input.example() == null ? null : "for example `" + input.example() + "`";
    }

    private void ask(Runbook.Input input) {
        List<String> lines = question(input);
        String prompt = "    " + input.name() + (input.required() ? " >" : " (Enter leaves it out) >");
        for (int i = 0; i < TRIES; i++) {
            Reply reply = input.sensitive() ? dialogue.askHidden(lines, prompt) : dialogue.ask(lines, prompt);
            if (reply instanceof Reply.Interrupted) {
                interrupted = true;
                return;
            }
            if (!(reply instanceof Reply.Line line) || line.text().isEmpty() && !input.required()) {
                return;
            }
            String problem =
                    line.text().isEmpty() ? "`" + input.name() + "` needs a value" : mismatch(input, line.text());
            if (problem == null) {
                put(input, line.text(), "prompt");
                return;
            }
            lines = List.of("    " + problem);
        }
    }

    private static List<String> question(Runbook.Input input) {
        List<String> lines = new ArrayList<>();
        lines.add(input.name() + (input.description().isEmpty() ? "" : ": " + input.description()));
        if (input.example() != null) {
            lines.add("    for example " + input.example());
        }
        if (input.pattern() != null) {
            lines.add("    must match " + input.pattern().regex().source());
        }
        return lines;
    }

    /** As the runbook has them: what was asked for came last. */
    private Map<String, String> ordered(Map<String, String> map) {
        Map<String, String> ordered = new LinkedHashMap<>();
        for (Runbook.Variable variable : runbook.vars()) {
            move(variable.name(), map, ordered);
        }
        for (Runbook.Input input : runbook.inputs()) {
            move(input.name(), map, ordered);
        }
        return ordered;
    }

    private static void move(String name, Map<String, String> map, Map<String, String> ordered) {
        String value = map.get(name);
        if (value != null) {
            ordered.put(name, value);
        }
    }
}

package dev.gert.cli;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.dispatch.cli.CliDispatcher;
import dev.gert.dispatch.tool.ToolDispatcher;
import dev.gert.engine.port.Clock;
import dev.gert.engine.port.Dialogue;
import dev.gert.event.Traceparent;
import dev.gert.model.ProjectFile;
import dev.gert.notify.Notifier;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanStep;
import dev.gert.policy.Redaction;
import dev.gert.policy.Redactor;
import dev.gert.policy.SecretVariables;
import dev.gert.projection.RunSpans;
import dev.gert.projection.TraceSpan;
import dev.gert.provider.InputResolver;
import dev.gert.render.DiagnosticText;
import dev.gert.render.RunText;
import dev.gert.render.RunTextLook;
import dev.gert.render.SpanText;
import dev.gert.runtime.ChildEnvironment;
import dev.gert.runtime.CommandPath;
import dev.gert.runtime.DerivedIds;
import dev.gert.runtime.ProgramFinder;
import dev.gert.runtime.Spawner;
import dev.gert.runtime.StopSignal;
import dev.gert.scenario.Project;
import dev.gert.scenario.TextFiles;
import dev.gert.telemetry.Telemetry;
import dev.gert.telemetry.TelemetrySettings;
import dev.gert.terminal.LiveView;
import dev.gert.terminal.OutputFiles;
import dev.gert.terminal.PlainView;
import dev.gert.terminal.Prompter;
import dev.gert.terminal.Screen;
import dev.gert.terminal.TerminalControl;
import dev.gert.terminal.TerminalFacts;
import dev.gert.web.LivePage;
import dev.gert.web.PageDialogue;
import dev.gert.yaml.YamlNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The composition root of real runs: the parts that a run and a resumed one are made of. */
final class Wiring {
    private final Io io;
    private final Arguments arguments;
    private final Project project;
    private final StopSignal stop = new StopSignal();
    private final Screen screen;
    private Dialogue dialogue;
    private @Nullable LivePage page;
    private final Redaction redaction;
    private AnswersFile answers;

    Wiring(Io io, Arguments arguments, Redactor redactor, Project project) {
        this.io = io;
        this.arguments = arguments;
        this.redaction = new Redaction(redactor);
        this.project = project;
        this.answers = AnswersFile.none(io.cwd());
        TerminalFacts facts = io.facts();
        TerminalControl control = TerminalControl.of(facts);
        if (facts.errIsTerminal() && facts.widthUnknown()) {
            facts.measured(control.columns());
        }
        boolean json = arguments.choice("--output").equals("json");
        this.screen = new Screen(json ? io.err() : io.out(), io.err(), facts.redraws());
        this.dialogue = arguments.flag("--non-interactive")
                ? new Nobody("`--non-interactive` was given")
                : new Prompter(io.in(), screen, facts, control, stop);
    }

    /** A line of the run's text. */
    void line(String line) {
        screen.line(line);
    }

    Io io() {
        return io;
    }

    Path projectRoot() {
        return project.root();
    }

    /** Where programs are found: the project's {@code command_path}, else the operator's PATH. */
    CommandPath commandPath() {
        ProjectFile file = project.file();
        return file == null || file.commandPath() == null
                ? CommandPath.ofOperator(io.env("PATH"))
                : CommandPath.of(texts(file.commandPath()));
    }

    /** The operator's variables that children get: the project's {@code environment}, else the built-in ones. */
    List<String> environment() {
        ProjectFile file = project.file();
        return file == null || file.environment() == null ? ChildEnvironment.NAMES : texts(file.environment());
    }

    private static List<String> texts(List<YamlNode.Scalar> scalars) {
        List<String> texts = new ArrayList<>();
        for (YamlNode.Scalar scalar : scalars) {
            texts.add(scalar.text());
        }
        return texts;
    }

    Project project() {
        return project;
    }

    /** What sends the project's messages about a run; null: it wants none. */
    @Nullable
    Notifier notifier(Plan of, String run, Spawner spawner, ProgramFinder programs) {
        ProjectFile file = project.file();
        return file == null || file.notices().isEmpty()
                ? null
                : new Notifier(
                        file.notices(),
                        command("resume " + run),
                        spawner,
                        programs,
                        of.policy(),
                        projectRoot(),
                        io::env,
                        redaction);
    }

    StopSignal stop() {
        return stop;
    }

    /** What people are not asked for any more. */
    void answered(AnswersFile file) {
        answers = file;
    }

    AnswersFile answers() {
        return answers;
    }

    /** Opens the live page where one is wanted: whatever is asked from now on is asked there too. */
    void openPageIfWanted() {
        if (!arguments.flag("--ui")) {
            return;
        }
        PageDialogue asks = new PageDialogue(dialogue, () -> stop.raised() != null, io::safe);
        try {
            LivePage opened = new LivePage(asks);
            asks.on(opened);
            dialogue = asks;
            page = opened;
            io.err("page     " + opened.url());
            io.flush();
        } catch (IOException e) {
            io.warning("the live page can't be opened: " + TextFiles.reason(e), null);
        }
    }

    /** Null: nobody asked for one. */
    @Nullable
    LivePage page() {
        return page;
    }

    Dialogue dialogue() {
        return dialogue;
    }

    /** What must not be seen of this run, nor of those that it leads to. */
    Redaction redaction() {
        return redaction;
    }

    /** The same, with what a runbook's policy takes out and the secrets that it knows of gert's own environment. */
    Redaction redaction(Plan of) {
        redaction.with(of.policy()).hide(SecretVariables.of(of.policy(), io.env(), this::isFile));
        return redaction;
    }

    private boolean isFile(String value) {
        try {
            return value.indexOf('/') >= 0 && Files.exists(Path.of(value));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Gives a runbook's inputs their values. */
    InputResolver inputs(Plan plan, boolean asks) {
        return new InputResolver(plan.runbook(), io.env(), dialogue, asks)
                .answers(answers.answers().inputs());
    }

    /** {@code folder}: the run's. */
    RunView view(Path folder, Plan plan, Clock clock) {
        TerminalFacts facts = io.facts();
        boolean json = arguments.choice("--output").equals("json");
        int idWidth = 0;
        for (PlanStep node : plan.steps()) {
            idWidth = Math.max(idWidth, node.step().id().length());
        }
        RunTextLook.Detail detail = arguments.quiet()
                ? RunTextLook.Detail.QUIET
                : arguments.verbose() ? RunTextLook.Detail.VERBOSE : RunTextLook.Detail.NORMAL;
        RunTextLook look = new RunTextLook(
                facts.unicode(), json ? io.colourOnErr() : io.colourOnOut(), facts.width(), detail, idWidth, 6);
        RunText text = new RunText(look, new OutputFiles(folder, io.cwd()), plan);
        LiveView live = facts.redraws() ? new LiveView(text, screen, clock) : null;
        return new RunView(
                text, live == null ? new PlainView(text, screen) : live, live, json ? new JsonView(io) : null);
    }

    /** Where spans and metrics go; null: nowhere, which is found out without looking further. */
    @Nullable
    TelemetrySettings telemetrySettings() {
        ProjectFile file = project.file();
        ProjectFile.Telemetry said = file == null ? ProjectFile.Telemetry.silent() : file.telemetry();
        boolean silent = said.exporter() == null && said.endpoint() == null;
        if (silent && io.env().keySet().stream().noneMatch(name -> name.startsWith("OTEL_"))) {
            return null;
        }
        return TelemetrySettings.of(io::env, said);
    }

    /** What sends a session's spans; null: nothing is sent. {@code captures}: those that go out as gauges. */
    @Nullable
    Telemetry telemetry(Set<String> captures) {
        TelemetrySettings settings = telemetrySettings();
        if (settings == null) {
            return null;
        }
        for (String problem : settings.problems()) {
            io.warning(problem, null);
        }
        return settings.sends() ? new Telemetry(settings, captures) : null;
    }

    /** The session is over: its spans are printed where that is wanted, and the last ones sent. */
    void told(@Nullable Telemetry telemetry, RunSpans spans, String run) {
        TelemetrySettings settings = telemetrySettings();
        if (settings != null && settings.printed()) {
            boolean json = arguments.choice("--output").equals("json");
            for (TraceSpan span : spans.all()) {
                String line = SpanText.line(span, io.facts().unicode());
                if (json) {
                    io.err(line);
                } else {
                    io.out().print(line + "\n");
                }
            }
        }
        String problem = telemetry == null ? null : telemetry.finish();
        if (problem != null) {
            io.warning("the run's trace " + problem, "`gert trace push " + run + "` sends it later");
        }
    }

    /** The {@code TRACEPARENT} that gert was given; null: none, or one that is not as W3C Trace Context has it. */
    @Nullable
    String traceparent() {
        String given = io.env("TRACEPARENT");
        Traceparent led = Traceparent.parse(given);
        if (led == null && given != null) {
            io.warning("TRACEPARENT is not as W3C Trace Context has it: the run has a trace of its own", null);
        }
        return led == null ? null : led.toString();
    }

    /** {@code given}: the traceparent that the run began with. */
    ToolDispatcher dispatcher(
            Spawner spawner, ProgramFinder programs, Path folder, String run, @Nullable String given, RunView view) {
        DerivedIds ids = new DerivedIds();
        CliDispatcher commands = new CliDispatcher(
                spawner,
                programs,
                folder,
                order -> ids.traceparent(run, given, order.run(), order.step(), order.attempt()),
                view);
        return new ToolDispatcher(commands, spawner, Version.current());
    }

    /** How a person names a file of a run. */
    Path shown(Path file) {
        return file.startsWith(io.cwd()) ? io.cwd().relativize(file) : file;
    }

    /** A command line that goes on from here, with the flags that it needs. */
    static String command(Arguments arguments, String words) {
        StringBuilder line = new StringBuilder("gert ").append(words);
        for (Path policy : arguments.files("--policy")) {
            line.append(" --policy ").append(ShellWord.of(policy.toString()));
        }
        String reports = arguments.text("--reports");
        return reports == null
                ? line.toString()
                : line.append(" --reports ").append(ShellWord.of(reports)).toString();
    }

    /** The files of {@code --policy}. */
    List<Path> policies() {
        return arguments.files("--policy");
    }

    String command(String words) {
        return command(arguments, words);
    }

    static Path reports(Arguments arguments, Io io, Project project) {
        Path named = arguments.file("--reports");
        Path usual = project.reports();
        if (named == null && Files.isSymbolicLink(usual)) {
            throw new UsageException(
                    "`reports` is a link, and what a run writes must not end up elsewhere",
                    "`--reports DIR` names a folder");
        }
        return named == null ? usual : io.cwd().resolve(named).normalize();
    }

    static void print(Diagnostics diagnostics, Io io) {
        List<Diagnostic> sorted = diagnostics.sorted();
        if (!sorted.isEmpty()) {
            io.err()
                    .print(DiagnosticText.render(
                            sorted, io.colourOnErr(), io.facts().unicode(), io.widthOfErr()));
        }
    }

    /** Whether all that is wrong is a file that can't be read. */
    static boolean onlyMissingFiles(Diagnostics diagnostics) {
        for (Diagnostic diagnostic : diagnostics.sorted()) {
            if (diagnostic.code() != Code.R204) {
                return false;
            }
        }
        return true;
    }

    /** As the kernel has it, and as the owners of files are called: {@code user.name} can be set from outside. */
    static String osUser() {
        try {
            return Files.getOwner(Path.of("/proc/self")).getName();
        } catch (IOException | UnsupportedOperationException e) {
            return System.getProperty("user.name", "unknown");
        }
    }

    static String host() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname"), StandardCharsets.UTF_8)
                    .strip();
        } catch (IOException e) {
            String name = System.getenv("HOSTNAME");
            return name == null ? "unknown" : name;
        }
    }
}

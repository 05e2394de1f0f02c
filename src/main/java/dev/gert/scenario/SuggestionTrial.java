package dev.gert.scenario;

import dev.gert.decode.ScenarioDecoder;
import dev.gert.decode.TestDecoder;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.dispatch.replay.ScriptedApprover;
import dev.gert.engine.port.Clock;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.expr.NameUse;
import dev.gert.model.Capture;
import dev.gert.model.Runbook;
import dev.gert.model.ScenarioInput;
import dev.gert.model.ScenarioRecording;
import dev.gert.model.TestFile;
import dev.gert.model.UnitTest;
import dev.gert.plan.NodeNames;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanLoop;
import dev.gert.plan.PlanNode;
import dev.gert.plan.PlanStep;
import dev.gert.policy.Captured;
import dev.gert.policy.Redactor;
import dev.gert.projection.Obstacle;
import dev.gert.projection.Route;
import dev.gert.projection.RouteTarget;
import dev.gert.projection.RunTrace;
import dev.gert.projection.SuggestedFile;
import dev.gert.projection.TestFinding;
import dev.gert.projection.TestResult;
import dev.gert.source.Source;
import dev.gert.source.Span;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a route down as a scenario and as a unit test, and runs both as {@code gert test} would: what does
 * not reach its site is not suggested.
 */
final class SuggestionTrial {
    private final Workspace workspace;
    private final ScenarioTests scenarios;
    private final UnitTests units;
    private final Path runbook;
    private final Plan plan;
    private final Map<String, RouteTarget> targets;
    private final Set<String> read = new HashSet<>();
    private final Set<String> needed = new HashSet<>();
    private final Map<RouteDispatcher.Asked, Command> commands = new HashMap<>();

    /** Of tests before, as they were read: by name and values. */
    private final Map<Map.Entry<String, List<String>>, UnitTest.Var> values = new HashMap<>();

    /** {@code targets}: the sites that are looked for. */
    SuggestionTrial(Workspace workspace, Clock clock, Path runbook, Plan plan, Map<String, RouteTarget> targets) {
        this.targets = targets;
        this.workspace = workspace;
        this.scenarios = new ScenarioTests(workspace, clock, false);
        this.units = new UnitTests(workspace, clock, false);
        this.runbook = runbook;
        this.plan = plan;
        for (PlanNode node : plan.nodes().values()) {
            if (node instanceof PlanStep step) {
                add(NodeNames.of(step));
            } else if (node instanceof PlanLoop loop) {
                add(NodeNames.before(loop));
                add(loop.until() == null ? List.of() : loop.until().until().names());
            }
        }
        for (Runbook.Input input : plan.runbook().inputs()) {
            if (input.required() && input.defaultValue() == null) {
                needed.add(input.name());
            }
        }
    }

    private void add(List<NameUse> uses) {
        for (NameUse use : uses) {
            read.add(use.name());
        }
    }

    /** A step that governance stopped; {@code key} as {@link dev.gert.projection.RouteSearch} avoids it. */
    record Blocked(String key, Obstacle obstacle) {}

    /**
     * What came of a scenario.
     *
     * @param files empty where there is none
     * @param reached the sites that it reaches
     * @param trace that of the run, whether or not it reached the site
     * @param why there is none
     */
    record Tried(
            List<SuggestedFile> files,
            Set<String> reached,
            @Nullable RunTrace trace,
            @Nullable Blocked blocked,
            String why) {}

    /** {@code folder}: absolute, where the scenario would lie. */
    Tried scenario(Route route, RouteTarget target, Path folder) {
        Map<String, String> values = new LinkedHashMap<>();
        route.inputs().forEach((name, value) -> {
            if (needed.contains(name) || read.contains(name)) {
                values.put(name, value);
            }
        });
        String inputs = SuggestionFiles.inputs(values);
        Source inputsSource = inputs.isEmpty() ? null : Source.of(name(folder, ScenarioFolders.INPUTS), inputs);
        InputBinding binding = new InputBinding(plan);
        List<ScenarioInput> given =
                inputsSource == null ? List.of() : ScenarioDecoder.inputs(inputsSource, new Diagnostics());
        for (ScenarioInput input : given == null ? List.<ScenarioInput>of() : given) {
            binding.give(input.name(), input.value(), input.valueSpan(), false);
        }
        Span place = plan.runbook().nameSpan();
        RehearsalInputs bound = binding.bind(true, place);
        if (!binding.errors().isEmpty()) {
            return failed(null, null, binding.errors().get(0).message().text());
        }
        RouteDispatcher dispatcher = new RouteDispatcher(plan, route);
        RouteOperator operator = new RouteOperator(route);
        Rehearsal.Came came = new Rehearsal(plan, workspace.projectRoot)
                .run(Rehearsal.Mode.REPLAY, bound, dispatcher, new ScriptedApprover(List.of()), operator);
        RunTrace trace = RunTrace.of(plan, came.records());
        if (!target.isReached(trace)) {
            PlanStep unmade = dispatcher.unmade();
            String why = unmade == null
                    ? "the run ends as " + new Explanation(trace).end()
                    : "no output of `" + unmade.step().id() + "` gives all that is wanted of it";
            return failed(trace, blocked(came.records()), why);
        }
        return written(folder, target, inputs, new Said(dispatcher, operator, came, trace));
    }

    /** A run, and what it was told. */
    private record Said(RouteDispatcher dispatcher, RouteOperator operator, Rehearsal.Came came, RunTrace trace) {}

    /** With the whole path where that can be expected, else with the outcome alone. */
    private Tried written(Path folder, RouteTarget target, String inputs, Said said) {
        String why = "";
        List<String> texts = new ArrayList<>();
        boolean exact = said.operator().chosen().isEmpty()
                && said.dispatcher().responses().isEmpty();
        for (RouteDispatcher.Asked each : said.dispatcher().asked()) {
            Command command = command(each);
            texts.add(command.text());
            exact &= command.exact();
        }
        String recording = SuggestionFiles.recording(texts, said.operator().chosen());
        Map<String, String> responses =
                SuggestionFiles.responses(said.dispatcher().responses());
        for (boolean whole : new boolean[] {true, false}) {
            List<SuggestedFile> files = new ArrayList<>();
            Source inputsSource = file(folder, ScenarioFolders.INPUTS, inputs, files);
            Source recordingSource = file(folder, ScenarioFolders.RECORDING, recording, files);
            List<Source> steps = new ArrayList<>();
            responses.forEach((name, text) -> {
                Source step = file(folder.resolve(StepFiles.FOLDER), name, text, files);
                if (step != null) {
                    steps.add(step);
                }
            });
            String text = SuggestionFiles.expected(said.trace(), whole);
            Source expected = file(folder, ScenarioFolders.EXPECTED, text, files);
            if (expected == null || holdsSecrets(files)) {
                return failed(said.trace(), null, "policy redacts a value that it needs");
            }
            // Where the files say just what the run was told, a replay of them is that run again.
            Rehearsed ran = exact
                    ? scenarios.judged(folder, runbook, expected, plan, said.came(), said.trace())
                    : scenarios.run(folder, runbook, expected, inputsSource, recordingSource, steps);
            RunTrace again = ran.trace();
            boolean passed = ran.result().status() == TestResult.Status.PASSED;
            if (passed && again != null && target.isReached(again)) {
                return new Tried(files, reached(again), again, null, "");
            }
            why = why(ran);
        }
        return failed(said.trace(), null, why);
    }

    /** How a command is recorded, and whether that is read as just what the run was told. */
    private record Command(String text, boolean exact) {}

    /** Each is read again once, however many scenarios it stands in. */
    private Command command(RouteDispatcher.Asked asked) {
        Command known = commands.get(asked);
        if (known == null) {
            String text = SuggestionFiles.command(asked);
            Source source = Source.of(ScenarioFolders.RECORDING, SuggestionFiles.COMMANDS + text);
            ScenarioRecording read = ScenarioDecoder.recording(source, new Diagnostics());
            known = new Command(text, read != null && SuggestionFiles.says(read, asked));
            commands.put(asked, known);
        }
        return known;
    }

    private static String why(Rehearsed ran) {
        for (TestFinding failure : ran.result().failures()) {
            return failure.message().text();
        }
        return "the run does not come there";
    }

    private static Tried failed(@Nullable RunTrace trace, @Nullable Blocked blocked, String why) {
        return new Tried(List.of(), Set.of(), trace, blocked, why);
    }

    private String name(Path folder, String file) {
        return workspace.display(folder.resolve(file));
    }

    private @Nullable Source file(Path folder, String file, String text, List<SuggestedFile> files) {
        if (text.isEmpty()) {
            return null;
        }
        String name = name(folder, file);
        files.add(new SuggestedFile(name, text));
        return Source.of(name, text);
    }

    private boolean holdsSecrets(List<SuggestedFile> files) {
        boolean secrets = false;
        for (SuggestedFile file : files) {
            secrets |= holdsSecrets(file.text());
        }
        return secrets;
    }

    private boolean holdsSecrets(String text) {
        Redactor redactor = plan.policy().redactor();
        return !redactor.safe(text).text().equals(text);
    }

    private Set<String> reached(RunTrace trace) {
        Set<String> reached = new HashSet<>();
        targets.forEach((path, target) -> {
            if (target.isReached(trace)) {
                reached.add(path);
            }
        });
        return reached;
    }

    /** Only what a rule stopped: another step in its place may be let through. */
    private @Nullable Blocked blocked(List<Envelope> records) {
        for (Envelope record : records) {
            if (record.event() instanceof RunEvent.StepBlocked blocked && blocked.rule() != null) {
                String address = Plan.withoutIterations(blocked.step());
                if (address.endsWith(PlanStep.PROBE)) {
                    address = address.substring(0, address.length() - PlanStep.PROBE.length());
                }
                String run = record.run().substring(Rehearsal.RUN.length());
                PlanStep node = run.isEmpty() ? plan.step(address) : null;
                String message =
                        "policy stops `" + (node == null ? address : node.step().id()) + "`: "
                                + blocked.reason().text() + ", by "
                                + blocked.rule().describe();
                Span place = node == null ? null : node.step().common().idSpan();
                return new Blocked(run + " " + address, new Obstacle(message, place));
            }
        }
        return null;
    }

    /** An item of {@code tests}, or empty where no unit test of these values reaches the site. */
    String unit(Route route, @Nullable RunTrace trace, RouteTarget target, String name, Path file) {
        Map<String, List<String>> vars = vars(route, trace);
        Map<String, List<String>> unread = new LinkedHashMap<>();
        vars.forEach((variable, value) -> {
            if (!values.containsKey(Map.entry(variable, value))) {
                unread.put(variable, value);
            }
        });
        Path beside = runbook.getFileName();
        String head = SuggestionFiles.head(beside == null ? "" : beside.toString());
        Source source = Source.of(workspace.display(file), head + SuggestionFiles.test(name, unread, target, null));
        TestFile decoded = TestDecoder.decode(source, new Diagnostics()).file();
        if (decoded == null || holdsSecrets(head + SuggestionFiles.test(name, vars, target, null))) {
            return "";
        }
        UnitTest said = decoded.tests().get(0);
        for (UnitTest.Var var : said.vars()) {
            values.put(Map.entry(var.name().text(), var.values()), var);
        }
        List<UnitTest.Var> all = new ArrayList<>();
        for (Map.Entry<String, List<String>> each : vars.entrySet()) {
            UnitTest.Var var = values.get(Map.entry(each.getKey(), each.getValue()));
            if (var == null) {
                return "";
            }
            all.add(var);
        }
        Rehearsed ran = units.run(decoded, new UnitTest(said.name(), all, said.expect()), runbook);
        RunTrace came = ran.trace();
        boolean passed = ran.result().status() == TestResult.Status.PASSED;
        return passed && came != null && target.isReached(came)
                ? SuggestionFiles.test(name, vars, target, came.outcomeWord())
                : "";
    }

    /** The values of what the runbook reads: inputs, then captures and choices as they come. */
    private Map<String, List<String>> vars(Route route, @Nullable RunTrace trace) {
        Map<String, List<String>> vars = new LinkedHashMap<>();
        route.inputs().forEach((name, value) -> {
            if (read.contains(name)) {
                vars.put(name, List.of(value));
            }
        });
        Map<String, List<String>> captured = new LinkedHashMap<>();
        for (Route.Answer answer : route.answers()) {
            if (!answer.run().isEmpty()) {
                continue;
            }
            answer.values()
                    .forEach((name, value) -> captured.computeIfAbsent(name, n -> new ArrayList<>())
                            .add(value));
            for (Capture capture : answer.node().step().common().captures()) {
                Captured value = trace == null ? null : trace.values().get(capture.name());
                if (!answer.values().containsKey(capture.name())
                        && value != null
                        && !value.shown().redacted()) {
                    captured.computeIfAbsent(capture.name(), n -> new ArrayList<>())
                            .add(value.shown().text());
                }
            }
        }
        captured.forEach((name, values) -> {
            if (read.contains(name)) {
                vars.put(name, new HashSet<>(values).size() == 1 ? List.of(values.get(0)) : values);
            }
        });
        return vars;
    }
}

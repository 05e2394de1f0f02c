package dev.gert.engine;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.engine.port.Approver;
import dev.gert.engine.port.Dispatcher;
import dev.gert.engine.port.Operator;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanStep;
import dev.gert.policy.Captured;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One case of {@code src/test/cases/flow}: runbooks, what their commands and people answer, and what
 * the run must come to. {@code results} are by step id, in the order in which they are recorded, the
 * last again and again; {@code order} holds commands and people back until the one before is over.
 */
record Flow(String file, YamlNode.Mapping node) {
    private static final Path FOLDER = Path.of("src/test/cases/flow");
    private static final String POLICY = "apiVersion: governance/v0\nread_commands: [\"look*\"]\n";
    private static final Set<String> KEYS = Set.of(
            "name",
            "runbook",
            "runbooks",
            "policy",
            "upstream",
            "inputs",
            "results",
            "answers",
            "order",
            "story",
            "outcome",
            "exit",
            "values",
            "waits",
            "says",
            "ran",
            "times",
            "crash",
            "any");

    static List<Flow> all() {
        List<Flow> flows = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.sorted().toList()) {
                Diagnostics diagnostics = new Diagnostics();
                YamlNode root = YamlReader.read(Source.of(file.toString(), Files.readString(file)), 0, diagnostics);
                if (diagnostics.hasErrors() || !(root instanceof YamlNode.Sequence cases)) {
                    throw new IllegalStateException(file + ": " + diagnostics.sorted());
                }
                for (YamlNode item : cases.items()) {
                    flows.add(new Flow(file.getFileName().toString(), (YamlNode.Mapping) item).checked());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return flows;
    }

    private Flow checked() {
        for (YamlNode.Entry entry : node.entries()) {
            if (!KEYS.contains(entry.key().text())) {
                throw new IllegalStateException(entry.key().span().place() + ": unknown key");
            }
        }
        return this;
    }

    @Override
    public String toString() {
        return file.replace(".yaml", "") + ": " + text("name");
    }

    boolean has(String key) {
        return node.get(key) != null;
    }

    String text(String key) {
        YamlNode value = node.get(key);
        if (!(value instanceof YamlNode.Scalar scalar)) {
            throw new IllegalStateException(node.span().place() + ": no text under " + key);
        }
        return scalar.text();
    }

    List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        if (node.get(key) instanceof YamlNode.Sequence list) {
            for (YamlNode item : list.items()) {
                texts.add(((YamlNode.Scalar) item).text());
            }
        }
        return texts;
    }

    Map<String, String> map(String key) {
        Map<String, String> map = new LinkedHashMap<>();
        if (node.get(key) instanceof YamlNode.Mapping entries) {
            for (YamlNode.Entry entry : entries.entries()) {
                map.put(entry.key().text(), ((YamlNode.Scalar) entry.value()).text());
            }
        }
        return map;
    }

    EngineFixture fixture() {
        Map<String, String> others = map("runbooks");
        others.replaceAll((name, text) -> whole(text).replace("{name: x}", "{name: " + name + "}"));
        EngineFixture fixture = EngineFixture.of(
                whole(text("runbook")),
                has("policy") ? "apiVersion: governance/v0\n" + text("policy") : POLICY,
                others,
                has("upstream"));
        map("inputs").forEach((name, value) -> fixture.inputs.put(name, Captured.recorded(value, false)));
        fixture.result = order -> {
            hold(fixture, order.run(), order.stepId());
            return result(fixture, order);
        };
        fixture.approver = question -> {
            hold(fixture, "", question.stepId());
            return switch (answer(question.stepId())) {
                case "no" -> new Approver.Answer.Denied("ann", "not now");
                case "later" -> new Approver.Answer.Pending("nobody is there");
                default -> new Approver.Answer.Granted("ann", "acknowledge");
            };
        };
        fixture.operator = task -> {
            hold(fixture, "", task.stepId());
            String answer = answer(task.stepId());
            return switch (answer) {
                case "no" -> new Operator.Answer.Failed("could not");
                case "late" -> new Operator.Answer.TimedOut();
                case "later" -> new Operator.Answer.Pending("nobody is there");
                default -> new Operator.Answer.Done(answer.isEmpty() ? null : answer, List.of());
            };
        };
        return fixture;
    }

    /** A file without what every one has. */
    private static String whole(String text) {
        String named = text.contains("meta:") ? text : "meta: {name: x}\n" + text;
        return named.startsWith("apiVersion") || text.startsWith("apiVersion")
                ? named
                : "apiVersion: runbook/v0\n" + named;
    }

    private String answer(String step) {
        return map("answers").getOrDefault(step, "");
    }

    /** {@code order: [c>, a, =, b]}: a is held back until c is dispatched, b until there is an outcome. */
    private void hold(EngineFixture fixture, String run, String step) {
        List<String> order = texts("order");
        int index = order.indexOf(step);
        if (index < 0) {
            index = order.indexOf(name(run, step));
        }
        if (index > 0) {
            String before = order.get(index - 1);
            fixture.await(event -> before.endsWith(">")
                    ? event instanceof RunEvent.Dispatched
                            && ids(fixture, event).contains(before.replace(">", ""))
                    : before.endsWith("=")
                            ? event instanceof RunEvent.OutcomeReached
                            : event instanceof RunEvent.StepCompleted
                                    && ids(fixture, event).contains(before));
        }
    }

    /** What a step is called that ended: by its id, and with its run. */
    private static List<String> ids(EngineFixture fixture, RunEvent done) {
        for (Envelope record : fixture.records) {
            if (record.event() == done) {
                PlanStep step = fixture.tree().runs().get(record.run()).plan().step(String.valueOf(done.step()));
                String id = step == null ? "" : step.step().id();
                return List.of(id, name(record.run(), id));
            }
        }
        return List.of();
    }

    private static String name(String run, String step) {
        return run.startsWith("run.") ? run.substring(4) + "/" + step : step;
    }

    private Dispatcher.Result result(EngineFixture fixture, Dispatcher.Order order) {
        YamlNode.Mapping results = (YamlNode.Mapping) node.get("results");
        YamlNode scripted = results == null ? null : results.get(name(order.run(), order.stepId()));
        if (scripted == null) {
            scripted = results == null ? null : results.get(order.stepId());
        }
        if (scripted instanceof YamlNode.Sequence list) {
            scripted = list.items()
                    .get(Math.min(recorded(fixture, order), list.items().size() - 1));
        }
        if (scripted instanceof YamlNode.Scalar out) {
            return new Dispatcher.Result.Exited(0, out.text(), "", null, null);
        }
        return result(fixture, (YamlNode.Mapping) scripted);
    }

    private static Dispatcher.Result result(EngineFixture fixture, YamlNode.@Nullable Mapping scripted) {
        fixture.micros.addAndGet(Long.parseLong(of(scripted, "takes", "0")) * 1000);
        return switch (of(scripted, "end", "")) {
            case "timeout" -> new Dispatcher.Result.TimedOut(null, null);
            case "missing" -> new Dispatcher.Result.NotStarted("no such program");
            case "refused" -> new Dispatcher.Result.Refused("it changed");
            case "signal" -> {
                fixture.stop.raise("INT");
                yield new Dispatcher.Result.Interrupted(null, null);
            }
            default ->
                new Dispatcher.Result.Exited(
                        Integer.parseInt(of(scripted, "exit", "0")),
                        of(scripted, "out", ""),
                        of(scripted, "err", ""),
                        null,
                        null);
        };
    }

    private static String of(YamlNode.@Nullable Mapping scripted, String key, String otherwise) {
        YamlNode value = scripted == null ? null : scripted.get(key);
        return value == null ? otherwise : ((YamlNode.Scalar) value).text();
    }

    /** How many results of the step are recorded: a result that was lost comes again. */
    private static int recorded(EngineFixture fixture, Dispatcher.Order order) {
        int count = 0;
        synchronized (fixture.records) {
            for (Envelope record : fixture.records) {
                boolean same = record.run().equals(order.run())
                        && record.event().step() != null
                        && Plan.withoutIterations(record.event().step()).equals(Plan.withoutIterations(order.step()));
                boolean result = record.event() instanceof RunEvent.StepCompleted done && done.durationMicros() >= 0
                        || record.event() instanceof RunEvent.AttemptFailed failed && failed.retried();
                count += same && result ? 1 : 0;
            }
        }
        return count;
    }

    /** How steps ended, in order, with what stands between them: {@code a:passed}, {@code a=resolved}. */
    static List<String> story(List<Envelope> records) {
        List<String> story = new ArrayList<>();
        for (Envelope record : records) {
            RunEvent event = record.event();
            String at = name(record.run(), String.valueOf(event.step()));
            if (event instanceof RunEvent.StepCompleted completed) {
                story.add(at + ":" + completed.status().word());
            } else if (event instanceof RunEvent.OutcomeReached reached) {
                story.add(at + "=" + reached.state());
            } else if (event instanceof RunEvent.NodeFailed) {
                story.add(at + "!");
            } else if (event instanceof RunEvent.IterationEnded end) {
                story.add(at + "*" + end.iterations());
            } else if (event instanceof RunEvent.AttemptFailed) {
                story.add(at + "~");
            } else if (event instanceof RunEvent.RunLinked linked) {
                story.add(at + ">" + linked.child().substring(4));
            } else if (event instanceof RunEvent.BranchTaken taken) {
                story.add(name(record.run(), taken.arm()));
            } else if (event instanceof RunEvent.Warning warning) {
                story.add("warning " + warning.place());
            }
        }
        return story;
    }
}

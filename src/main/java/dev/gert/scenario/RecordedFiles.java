package dev.gert.scenario;

import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.json.JsonValue;
import dev.gert.json.JsonWriter;
import dev.gert.model.EvidenceKind;
import dev.gert.model.Step;
import dev.gert.plan.PlanStep;
import dev.gert.policy.SafeText;
import dev.gert.projection.RunTrace;
import dev.gert.projection.TestResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The texts of a recorded scenario (formats.md, section 4; formats-dialect.md). */
final class RecordedFiles {
    /** The longest capture that is expected letter for letter, in characters. */
    static final int LONGEST_CAPTURE = 4096;

    private static final String ATTACHMENTS = "attachments/";

    private final String run;
    private final String time;

    /** {@code time}: when the run began. */
    RecordedFiles(String run, String time) {
        this.run = run;
        this.time = time;
    }

    private StringBuilder head() {
        return new StringBuilder("# recorded from run ")
                .append(run)
                .append(" of ")
                .append(time)
                .append('\n');
    }

    String inputs(RecordedInputs inputs) {
        StringBuilder text = head();
        inputs.values().forEach((name, value) -> {
            text.append(YamlText.of(name)).append(": ").append(YamlText.of(value));
            text.append(inputs.placeholders().contains(name) ? "  # redacted: not the run's value\n" : "\n");
        });
        return text.toString();
    }

    /** {@code trace}: of the replay; {@code first}: the run's first record; {@code steps}: the names of step files. */
    String scenario(
            RunTrace trace,
            RunEvent.RunStarted first,
            List<RecordingDispatcher.Noted> noted,
            RecordingPeople people,
            Set<String> steps) {
        StringBuilder text = head();
        String outcome = trace.last().outcomeWord();
        text.append("title: ")
                .append(YamlText.of(first.runbookName() + ": " + outcome))
                .append("\ncaptured_at: ")
                .append(YamlText.of(time))
                .append("\nrun_id: ")
                .append(YamlText.of(run))
                .append("\nmode: ")
                .append(first.mode())
                .append('\n');
        SafeText incident = first.incident();
        if (incident != null) {
            text.append("icm_id: ").append(YamlText.of(incident.text())).append('\n');
        }
        RunEvent.OutcomeReached reached = trace.last().outcome();
        if (reached != null) {
            PlanStep node = trace.last().plan().step(reached.step());
            text.append("outcome: {state: ")
                    .append(reached.state())
                    .append(", step_id: ")
                    .append(node == null ? "\"\"" : node.step().id())
                    .append(", recommendation: ")
                    .append(YamlText.of(reached.recommendation().text()))
                    .append("}\n");
        }
        if (!steps.isEmpty()) {
            text.append("step_files: ")
                    .append(YamlText.list(new ArrayList<>(steps)))
                    .append('\n');
        }
        commands(noted, text);
        evidence(people.done(), text);
        approvals(people.decisions(), text);
        return text.toString();
    }

    private static void commands(List<RecordingDispatcher.Noted> noted, StringBuilder text) {
        boolean first = true;
        for (RecordingDispatcher.Noted each : noted) {
            if (each.document() != null) {
                continue;
            }
            text.append(first ? "commands:\n" : "");
            first = false;
            text.append("  # ").append(each.stepId());
            text.append(each.status() == StepStatus.TIMED_OUT ? ": its time was over\n" : "\n");
            text.append("  - argv: ").append(YamlText.list(each.argv())).append('\n');
            stream(text, "stdout", each.stdout());
            stream(text, "stderr", each.stderr());
            if (each.exitCode() != 0) {
                text.append("    exit_code: ").append(each.exitCode()).append('\n');
            }
        }
    }

    private static void stream(StringBuilder text, String key, RecordedOutput.Text stream) {
        if (stream.left() > 0) {
            text.append("    # nothing reads the ")
                    .append(stream.left())
                    .append(" bytes of ")
                    .append(key)
                    .append(" that are left out\n");
        }
        if (!stream.text().isEmpty()) {
            text.append("    ")
                    .append(key)
                    .append(": ")
                    .append(YamlText.block(stream.text(), 6))
                    .append('\n');
        }
    }

    private static void evidence(Map<String, RecordingPeople.Done> done, StringBuilder text) {
        boolean first = true;
        for (Map.Entry<String, RecordingPeople.Done> each : done.entrySet()) {
            RecordingPeople.Done given = each.getValue();
            String variable = given.variable();
            String choice = given.choice();
            Map<String, String> pieces = new LinkedHashMap<>();
            for (Step.RequiredEvidence required : given.required()) {
                RunEvent.EvidenceCollected piece = given.evidence().get(required.name());
                if (piece != null) {
                    pieces.put(required.name(), piece(required, piece));
                }
            }
            if (variable != null && choice != null) {
                pieces.put(variable, "{kind: text, value: " + YamlText.of(choice) + "}");
            }
            if (!pieces.isEmpty()) {
                text.append(first ? "evidence:\n" : "")
                        .append("  ")
                        .append(YamlText.of(each.getKey()))
                        .append(":\n");
                first = false;
            }
            pieces.forEach((name, piece) -> text.append("    ")
                    .append(YamlText.of(name))
                    .append(": ")
                    .append(piece)
                    .append('\n'));
        }
    }

    private static String piece(Step.RequiredEvidence required, RunEvent.EvidenceCollected piece) {
        SafeText value = piece.value();
        RunEvent.OutputFile file = piece.file();
        if (required.kind() == EvidenceKind.TEXT) {
            return "{kind: text, value: " + YamlText.of(value == null ? "" : value.text()) + "}";
        }
        if (required.kind() == EvidenceKind.ATTACHMENT) {
            return file == null
                    ? "{kind: attachment, path: \"\"}"
                    : "{kind: attachment, path: " + YamlText.of(attachment(file)) + ", sha256: "
                            + YamlText.of(file.sha256()) + ", size: " + file.bytes() + "}";
        }
        StringBuilder items = new StringBuilder();
        for (String item : required.items()) {
            items.append(items.isEmpty() ? "" : ", ").append(YamlText.of(item)).append(": true");
        }
        return "{kind: checklist, items: {" + items + "}}";
    }

    /** Where the copy of an attachment lies in the scenario's folder. */
    static String attachment(RunEvent.OutputFile file) {
        return ATTACHMENTS + file.file().substring(file.file().lastIndexOf('/') + 1);
    }

    private static void approvals(Map<String, RecordedAnswers.Decision> decisions, StringBuilder text) {
        text.append(decisions.isEmpty() ? "" : "approvals:\n");
        decisions.forEach((step, decision) -> text.append("  ")
                .append(YamlText.of(step))
                .append(": {decision: ")
                .append(decision.granted() ? "approve" : "deny")
                .append(", person: ")
                .append(YamlText.of(decision.person()))
                .append("}\n"));
    }

    /** The answers of servers, by file name. */
    static Map<String, String> steps(List<RecordingDispatcher.Noted> noted) {
        Map<String, String> files = new LinkedHashMap<>();
        for (RecordingDispatcher.Noted each : noted) {
            JsonValue document = each.document();
            if (document != null) {
                String digits = Integer.toString(files.size());
                String number = "000".substring(Math.min(3, digits.length())) + digits;
                files.put(
                        number + "-" + each.stepId().replace('_', '-') + ".json",
                        YamlText.escaped(JsonWriter.indented(document)) + "\n");
            }
        }
        return files;
    }

    /**
     * What the replay is to come to.
     *
     * @param hidden names whose values in the run were redacted
     * @param times those in step files, which move when a test asks for that: what holds one is not expected
     */
    String expected(RunTrace trace, Set<String> hidden, Set<String> times) {
        StringBuilder text = head();
        text.append("apiVersion: expected/v0\noutcome: ")
                .append(trace.last().outcomeWord())
                .append("\nbranch_path: ")
                .append(YamlText.list(StepChecks.ids(trace)))
                .append('\n');
        Set<String> names = new TreeSet<>();
        for (RunTrace each : trace.runs()) {
            for (String name : each.values().keySet()) {
                if (each.capturedBy(name) != null) {
                    names.add(name);
                }
            }
        }
        StringBuilder captures = new StringBuilder();
        StringBuilder left = new StringBuilder();
        for (String name : names) {
            RunTrace.Capturing captured = trace.captured(name);
            SafeText value = captured == null ? null : captured.value().shown();
            String why = value == null || value.redacted() || hidden.contains(name)
                    ? "redacted"
                    : value.text().length() > LONGEST_CAPTURE ? "long" : isMoved(value.text(), times) ? "a time" : "";
            if (value == null || !why.isEmpty()) {
                left.append(left.isEmpty() ? "# captures left out: " : ", ")
                        .append(name)
                        .append(" (")
                        .append(why)
                        .append(')');
                continue;
            }
            String written = YamlText.of(value.text());
            captures.append("  ")
                    .append(YamlText.of(name))
                    .append(": ")
                    .append(ScenarioRewrite.isExact(value.text()) ? written : "{equals: " + written + "}")
                    .append('\n');
        }
        text.append(left).append(left.isEmpty() ? "" : "\n");
        text.append(captures.isEmpty() ? "" : "captures:\n").append(captures);
        List<TestResult.Link> chain = StepChecks.chain(trace);
        text.append(chain.size() > 1 ? "chain:\n" : "");
        for (TestResult.Link link : chain.size() > 1 ? chain : List.<TestResult.Link>of()) {
            text.append("  - {runbook: ")
                    .append(YamlText.of(link.runbook()))
                    .append(", outcome: ")
                    .append(link.outcome())
                    .append("}\n");
        }
        return text.toString();
    }

    private static boolean isMoved(String text, Set<String> times) {
        for (String time : times) {
            if (text.contains(time)) {
                return true;
            }
        }
        return false;
    }

    /** The times in the answers of servers. */
    static Set<String> times(List<RecordingDispatcher.Noted> noted) {
        Set<String> times = new HashSet<>();
        for (RecordingDispatcher.Noted each : noted) {
            times(each.document(), times);
        }
        return times;
    }

    private static void times(@Nullable JsonValue value, Set<String> times) {
        if (value instanceof JsonValue.Text text && Rebase.instant(text.value()) != null) {
            times.add(text.value());
        } else if (value instanceof JsonValue.ListValue list) {
            list.items().forEach(item -> times(item, times));
        } else if (value instanceof JsonValue.MapValue map) {
            map.entries().values().forEach(item -> times(item, times));
        }
    }
}

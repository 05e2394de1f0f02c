package dev.gert.scenario;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.policy.SafeText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What commands and people answered in a run: a fold over its records, step by step. */
final class RecordedAnswers {
    /**
     * How an attempt ended that a replay makes too: not one whose result was lost or that a signal ended.
     *
     * @param exitCode null where there was none, or the records don't say
     */
    record Taken(
            StepStatus status,
            @Nullable Integer exitCode,
            String reason,
            RunEvent.@Nullable OutputFile out,
            RunEvent.@Nullable OutputFile err) {}

    /** A person's answer to the question before a step. */
    record Decision(boolean granted, String person) {}

    private static final String EXIT_CODE = "exit code ";

    private final RunKeys keys = new RunKeys();
    private final Map<String, List<Taken>> taken = new HashMap<>();
    private final Map<String, RunEvent.OutputCaptured> printed = new HashMap<>();
    private final Map<String, Decision> decisions = new HashMap<>();
    private final Map<String, Map<String, RunEvent.EvidenceCollected>> evidence = new HashMap<>();
    private final Map<String, RunEvent.StepCompleted> completed = new HashMap<>();

    static RecordedAnswers of(List<Envelope> records) {
        RecordedAnswers answers = new RecordedAnswers();
        for (Envelope record : records) {
            answers.keys.recorded(record);
            String step = record.event().step();
            if (step != null) {
                answers.take(answers.keys.key(record.run(), step), record.event());
            }
        }
        return answers;
    }

    private void take(String key, RunEvent event) {
        if (event instanceof RunEvent.Dispatched) {
            printed.remove(key);
        } else if (event instanceof RunEvent.OutputCaptured output) {
            printed.put(key, output);
        } else if (event instanceof RunEvent.AttemptFailed failed) {
            if (failed.retried()) {
                add(key, StepStatus.FAILED, code(failed.reason().text()), failed.reason());
            }
        } else if (event instanceof RunEvent.StepCompleted ended) {
            completed.put(key, ended);
            if (ended.status() != StepStatus.INTERRUPTED) {
                add(key, ended.status(), ended.exitCode(), ended.reason());
            }
        } else if (event instanceof RunEvent.StepDecided decided
                && decided.verdict().equals("did_run")) {
            printed.remove(key);
            add(key, StepStatus.PASSED, 0, null);
        } else if (event instanceof RunEvent.ApprovalGranted granted) {
            decisions.put(key, new Decision(true, granted.person()));
        } else if (event instanceof RunEvent.ApprovalDenied denied) {
            decisions.put(key, new Decision(false, denied.person()));
        } else if (event instanceof RunEvent.EvidenceCollected piece) {
            evidence.computeIfAbsent(key, k -> new LinkedHashMap<>()).put(piece.name(), piece);
        }
    }

    private void add(String key, StepStatus status, @Nullable Integer exitCode, @Nullable SafeText reason) {
        RunEvent.OutputCaptured output = printed.remove(key);
        taken.computeIfAbsent(key, k -> new ArrayList<>())
                .add(new Taken(
                        status,
                        exitCode,
                        reason == null ? "" : reason.text(),
                        output == null ? null : output.out(),
                        output == null ? null : output.err()));
    }

    /** An attempt that is made again leaves its exit code in words alone. */
    private static @Nullable Integer code(String reason) {
        if (!reason.startsWith(EXIT_CODE)) {
            return null;
        }
        try {
            return Integer.valueOf(reason.substring(EXIT_CODE.length()));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** The attempt of that number, from 0; of those after the last the last; null: there is none. */
    @Nullable
    Taken attempt(String key, int number) {
        List<Taken> all = taken.getOrDefault(key, List.of());
        return all.isEmpty() ? null : all.get(Math.min(number, all.size() - 1));
    }

    @Nullable
    Decision decision(String key) {
        return decisions.get(key);
    }

    /** By name, as a manual step's last attempt collected it. */
    Map<String, RunEvent.EvidenceCollected> evidence(String key) {
        return evidence.getOrDefault(key, Map.of());
    }

    /** How the step ended at last, or null. */
    RunEvent.@Nullable StepCompleted completed(String key) {
        return completed.get(key);
    }
}

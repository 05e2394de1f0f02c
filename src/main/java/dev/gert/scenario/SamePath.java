package dev.gert.scenario;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.policy.Captured;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of a run's way a replay has to repeat: how steps ended, what they captured, the arms, loops and outcomes.
 * The order is not part of it: arms run side by side in a run, and one after another in a replay.
 */
final class SamePath {
    private static final String CAPTURE = "capture ";

    /** {@code said}: why, as far as the records say. */
    private record Fact(String what, String value, String said) {}

    private final Map<String, Fact> facts = new LinkedHashMap<>();
    private final Map<String, String> ids = new LinkedHashMap<>();

    private SamePath(List<Envelope> records) {
        RunKeys keys = new RunKeys();
        for (Envelope record : records) {
            keys.recorded(record);
            String step = record.event().step();
            take(keys.key(record.run(), step == null ? "" : step), record.event());
        }
    }

    /** Where a replay goes another way than the run did, in words; null: it does not. */
    static @Nullable String parting(List<Envelope> run, List<Envelope> replay) {
        SamePath there = new SamePath(run);
        SamePath here = new SamePath(replay);
        for (Map.Entry<String, Fact> each : there.facts.entrySet()) {
            Fact was = each.getValue();
            Fact is = here.facts.get(each.getKey());
            if (is == null || !is.value.equals(was.value)) {
                if (each.getKey().startsWith(CAPTURE)) {
                    return was.what + " comes out otherwise in its replay";
                }
                return was.what + " " + was.value + " in the run, and "
                        + (is == null ? "is not reached" : is.value + (is.said.isEmpty() ? "" : " (" + is.said + ")"))
                        + " in its replay";
            }
        }
        for (Map.Entry<String, Fact> each : here.facts.entrySet()) {
            if (!there.facts.containsKey(each.getKey()) && !each.getKey().startsWith(CAPTURE)) {
                return each.getValue().what + " was not reached in the run, and " + each.getValue().value
                        + " in its replay";
            }
        }
        return null;
    }

    private void take(String key, RunEvent event) {
        if (event instanceof RunEvent.StepStarted started) {
            boolean probe = started.kind().equals("precondition");
            ids.put(key, (probe ? "the precondition of `" : "`") + started.id() + "`");
        } else if (event instanceof RunEvent.StepCompleted completed) {
            if (completed.status() != StepStatus.INTERRUPTED) {
                String said =
                        completed.reason() == null ? "" : completed.reason().text();
                put("step " + key, id(key), "is " + status(completed.status()), said);
            }
            completed.captures().forEach((name, value) -> capture(key, name, value));
        } else if (event instanceof RunEvent.StepDecided decided
                && decided.verdict().equals("did_run")) {
            put("step " + key, id(key), "is passed", "");
        } else if (event instanceof RunEvent.BranchTaken taken) {
            String what = "the branch \"" + taken.label().text() + "\" after " + id(key);
            put("arm " + key + taken.arm(), what, "is taken", "");
        } else if (event instanceof RunEvent.OutcomeReached reached) {
            put("outcome " + key, "the outcome of " + id(key), "is " + reached.state() + " " + reached.index(), "");
        } else if (event instanceof RunEvent.IterationEnded ended) {
            put("loop " + key, "a loop", "is over after " + ended.iterations() + " turns", "");
        } else if (event instanceof RunEvent.NodeFailed failed) {
            put(
                    "fault " + key,
                    "what follows " + id(key),
                    "fails",
                    failed.reason().text());
        } else if (event instanceof RunEvent.RunCompleted completed) {
            String said = completed.reason() == null ? "" : completed.reason().text();
            put("end " + key, "the end", "is " + completed.outcome(), said);
        }
    }

    private void capture(String key, String name, Captured value) {
        if (!value.shown().redacted()) {
            String text = value.shown().text();
            facts.put(CAPTURE + key + " " + name, new Fact("`" + name + "` of " + id(key), text, ""));
        }
    }

    private void put(String key, String what, String value, String said) {
        facts.put(key, new Fact(what, value, said));
    }

    private String id(String key) {
        return ids.getOrDefault(key, "a node");
    }

    /** A replay knows no time: what took too long fails there. */
    private static String status(StepStatus status) {
        return (status == StepStatus.TIMED_OUT ? StepStatus.FAILED : status).word();
    }
}

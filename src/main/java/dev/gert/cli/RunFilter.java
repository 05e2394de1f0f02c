package dev.gert.cli;

import dev.gert.diagnostic.Suggestions;
import dev.gert.projection.RunGlance;
import dev.gert.projection.RunStatistics;
import dev.gert.runtime.SystemClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which runs {@code gert runs} and {@code gert stats} mean. */
final class RunFilter {
    private final @Nullable String state;
    private final @Nullable String outcome;
    private final @Nullable String incident;
    private final @Nullable String actor;
    private final @Nullable String since;

    RunFilter(Arguments arguments, Instant now) {
        state = known(arguments, "--state", states());
        outcome = known(arguments, "--outcome", RunStatistics.OUTCOMES);
        incident = arguments.text("--incident");
        actor = arguments.text("--actor");
        Instant moment = Age.moment(arguments, "--since", now);
        since = moment == null ? null : Age.micros(moment);
    }

    static Options declare(Options options) {
        return options.text("--since", "AGE|TIME", "runs begun since then: 24h, 7d, 2026-11-23, 2026-11-23T10:15:00Z")
                .text("--state", "STATE", "running, waiting, interrupted, in-doubt, over or unreadable")
                .text(
                        "--outcome",
                        "OUTCOME",
                        "how they ended: resolved, escalated, no_action, needs_rca, completed, error")
                .text("--incident", "ID", "runs of that incident")
                .text("--actor", "NAME", "runs of that actor");
    }

    static Instant now() {
        long micros = new SystemClock().epochMicros();
        return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1000);
    }

    private static @Nullable String known(Arguments arguments, String option, List<String> words) {
        String word = arguments.text(option);
        if (word != null && !words.contains(word)) {
            throw new UsageException(
                    "`" + option + "` can't be `" + word + "`: it is one of `" + String.join("`, `", words) + "`",
                    Suggestions.didYouMean(word, words));
        }
        return word;
    }

    private static List<String> states() {
        List<String> words = new ArrayList<>();
        for (RunGlance.State each : RunGlance.State.values()) {
            words.add(each.word());
        }
        return words;
    }

    /** What was asked for, by the options' names; {@code since} as a moment. */
    Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>();
        put(given, "since", since);
        put(given, "state", state);
        put(given, "outcome", outcome);
        put(given, "incident", incident);
        put(given, "actor", actor);
        return given;
    }

    private static void put(Map<String, String> given, String name, @Nullable String value) {
        if (value != null) {
            given.put(name, value);
        }
    }

    /** Whether this run was begun before those that are meant: all that follow are older. */
    boolean isTooOld(String id) {
        return since != null
                && id.substring(0, 15)
                                .compareTo(
                                        since.substring(0, 19).replace("-", "").replace(":", ""))
                        < 0;
    }

    /** Whether a run that can't be read could be meant: nothing but when it began is known of it. */
    boolean mayMatch(RunGlance run) {
        return !isTooOld(run.id()) && (state == null || state.equals(run.state().word()));
    }

    boolean matches(RunGlance run) {
        return (state == null || state.equals(run.state().word()))
                && (outcome == null || outcome.equals(run.outcome()))
                && (incident == null || incident.equals(run.incident()))
                && (actor == null || actor.equals(run.actor()))
                && (since == null || run.started().isEmpty() || run.started().compareTo(since) >= 0);
    }
}

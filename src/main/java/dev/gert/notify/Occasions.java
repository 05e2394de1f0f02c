package dev.gert.notify;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.model.ProjectFile;
import dev.gert.policy.SafeText;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the moments to tell of in a run's records; holds nothing but what sinks may see. */
final class Occasions {
    private final String resume;
    private final Map<String, String> runbooks = new HashMap<>();
    private final Map<String, SafeText> titles = new HashMap<>();
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, RunEvent.OutcomeReached> outcomes = new HashMap<>();
    private final Map<String, String> reasons = new HashMap<>();
    private final Set<String> invoked = new HashSet<>();
    private final Set<String> told = new HashSet<>();
    private RunEvent.@Nullable RunStarted first;

    /** {@code resume}: the command that goes on with the run. */
    Occasions(String resume) {
        this.resume = resume;
    }

    /** The moment that the record is; null: none. */
    @Nullable
    Occasion of(Envelope record) {
        RunEvent event = record.event();
        String step = event.step();
        String place = record.run() + " " + step;
        if (event instanceof RunEvent.RunStarted started) {
            first = first == null ? started : first;
            runbooks.put(record.run(), started.runbookName());
        } else if (event instanceof RunEvent.StepStarted begun) {
            titles.put(place, begun.title());
            ids.put(place, begun.id());
        } else if (event instanceof RunEvent.RunLinked linked && linked.kind().equals("invoke")) {
            invoked.add(linked.child());
        } else if (event instanceof RunEvent.OutcomeReached outcome) {
            outcomes.put(record.run(), outcome);
        } else if (event instanceof RunEvent.StepBlocked blocked) {
            reasons.put(record.run(), blocked.reason().text());
        } else if (event instanceof RunEvent.StepCompleted done && done.reason() != null) {
            reasons.put(record.run(), done.reason().text());
        } else if (event instanceof RunEvent.AwaitingApproval asked) {
            told.add(place);
            Map<String, String> values = values("waiting", record, step);
            values.put("rule", asked.rule().describe());
            values.put("reason", "an approval is needed");
            values.put("next", resume.replaceFirst(" resume ", " approve "));
            return said(values);
        } else if (event instanceof RunEvent.RunPaused paused && !told.contains(record.run() + " " + paused.step())) {
            Map<String, String> values = values("waiting", record, paused.step());
            values.put("reason", paused.reason());
            values.put("next", resume);
            return said(values);
        } else if (event instanceof RunEvent.RunCompleted end && !invoked.contains(record.run())) {
            return ended(record, end);
        }
        return null;
    }

    private Occasion ended(Envelope record, RunEvent.RunCompleted end) {
        boolean failed = end.outcome().equals("error");
        RunEvent.OutcomeReached outcome = outcomes.get(record.run());
        Map<String, String> values =
                values(failed ? "failed" : "outcome", record, outcome == null ? null : outcome.step());
        values.put("state", end.outcome());
        if (outcome != null && !failed) {
            values.put("label", outcome.label().text());
            values.put("recommendation", outcome.recommendation().text());
        }
        SafeText reason = end.reason();
        if (failed) {
            values.put("reason", reason == null ? reasons.getOrDefault(record.run(), "") : reason.text());
        }
        values.put("next", resume.replaceFirst(" resume ", failed ? " status " : " audit "));
        return said(values);
    }

    private Map<String, String> values(String on, Envelope record, @Nullable String step) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : ProjectFile.Notice.NAMES) {
            values.put(name, "");
        }
        values.put("on", on);
        values.put("run_id", record.run());
        values.put("runbook", runbooks.getOrDefault(record.run(), ""));
        values.put("time", record.time());
        RunEvent.RunStarted started = first;
        if (started != null) {
            SafeText incident = started.incident();
            values.put("incident", incident == null ? "" : incident.text());
            values.put("actor", started.actor());
            values.put("host", started.host());
            values.put("mode", started.mode());
        }
        if (step != null) {
            String place = record.run() + " " + step;
            values.put("step", ids.getOrDefault(place, step));
            SafeText title = titles.get(place);
            values.put("title", title == null ? "" : title.text());
        }
        return values;
    }

    private static Occasion said(Map<String, String> values) {
        String on = values.getOrDefault("on", "");
        StringBuilder text = new StringBuilder(values.getOrDefault("runbook", ""));
        text.append(
                switch (on) {
                    case "waiting" -> " waits at ";
                    case "failed" -> " failed";
                    default -> " ended: ";
                });
        text.append(values.getOrDefault(on.equals("waiting") ? "step" : on.equals("failed") ? "" : "state", ""));
        add(text, ", ", values.getOrDefault("label", ""));
        add(text, ": ", values.getOrDefault("reason", ""));
        add(text, "; incident ", values.getOrDefault("incident", ""));
        add(text, "; ", values.getOrDefault("next", ""));
        values.put("text", text.toString());
        return new Occasion(on, values);
    }

    private static void add(StringBuilder text, String before, String value) {
        if (!value.isEmpty()) {
            text.append(before).append(value);
        }
    }
}

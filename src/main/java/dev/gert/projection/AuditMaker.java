package dev.gert.projection;

import dev.gert.event.Envelope;
import dev.gert.event.EventType;
import dev.gert.event.RunEvent;
import dev.gert.json.JsonValue;
import dev.gert.plan.Plan;
import dev.gert.plan.Surroundings;
import dev.gert.policy.Policy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A fold over a folder's journal that holds what ran against what was declared (cli.md, {@code gert audit}). */
public final class AuditMaker {
    private final Evidence evidence;
    private final Map<String, Integer> elevations = new LinkedHashMap<>();
    private final Map<String, String> actors = new LinkedHashMap<>();
    private final Map<String, String> accepted = new LinkedHashMap<>();
    private final List<AuditFinding> byHand = new ArrayList<>();
    private String actor = "";

    /** {@code evidence}: fed with the same records by whoever made it. */
    public AuditMaker(Evidence evidence) {
        this.evidence = evidence;
    }

    /** Takes in one record. */
    public void add(Envelope envelope) {
        RunEvent event = envelope.event();
        if (event instanceof RunEvent.RunStarted started) {
            actor = actor.isEmpty() ? started.actor() : actor;
        } else if (event instanceof RunEvent.RunResumed resumed) {
            actor = resumed.actor();
        }
        actors.put(envelope.run(), actor);
        byHand(envelope.run(), event);
        EventType type = event.type();
        if (type == EventType.ELEVATION_GRANTED || type == EventType.ELEVATION_RELEASED) {
            String key = envelope.run() + " " + address(event);
            elevations.merge(key, type == EventType.ELEVATION_GRANTED ? 1 : -1, Integer::sum);
        }
    }

    /** What a person did to the run that the runbook does not say. */
    private void byHand(String run, RunEvent event) {
        if (event instanceof RunEvent.StepsSkipped left) {
            String why = "left out by " + left.person() + ": " + left.reason().text();
            if (left.from() != null) {
                byHand.add(new AuditFinding(
                        "left_out", run, left.from(), left.from(), "what stands before it was " + why, "", ""));
            }
            for (String step : left.steps()) {
                byHand.add(new AuditFinding("left_out", run, step, step, "it was " + why, "", ""));
            }
        } else if (event instanceof RunEvent.ChangesAccepted changes) {
            for (RunEvent.ChangedFile file : changes.files()) {
                accepted.put(file.file(), file.now() == null ? "" : file.now());
                byHand.add(AuditFinding.of(
                        "accepted",
                        run,
                        file.file() + " was changed while the run went on, accepted by " + changes.person()));
            }
        } else if (event instanceof RunEvent.StepRetried again) {
            String why = again.reason() == null ? "" : ": " + again.reason().text();
            byHand.add(new AuditFinding(
                    "retried",
                    run,
                    again.step(),
                    again.step(),
                    "it was made again after attempt " + again.attempt() + ", by " + again.person() + why,
                    "",
                    ""));
        }
    }

    private static String address(RunEvent event) {
        String step = event.step();
        if (step == null
                && event instanceof RunEvent.Unrecognised other
                && other.data() instanceof JsonValue.MapValue data
                && data.entries().get("step") instanceof JsonValue.Text text) {
            return text.value();
        }
        return step == null ? "" : step;
    }

    /** The audit of what was taken in. */
    public Audit audit(AuditSurroundings around) {
        RunEvent.RunStarted first = evidence.started();
        List<AuditFinding> findings = new ArrayList<>(byHand);
        List<AuditRun> runs = new ArrayList<>();
        Map<String, Plan> plans = new LinkedHashMap<>();
        for (String file : around.changed()) {
            findings.add(AuditFinding.of(
                    "changed", evidence.run(), file + ", which the runbook leads to, is not what the run began with"));
        }
        for (EvidenceRun run : evidence.runs()) {
            runs.add(run(run, first, around, plans, findings));
        }
        for (Envelope each : evidence.leaked()) {
            RunEvent.Warning warning = (RunEvent.Warning) each.event();
            RunEvent.LeakedProcess leaked = Objects.requireNonNull(warning.leaked());
            findings.add(new AuditFinding(
                    "leaked",
                    each.run(),
                    leaked.step(),
                    evidence.id(each.run(), leaked.step()),
                    "process " + leaked.pid() + " outlived it: "
                            + leaked.command().text(),
                    "",
                    ""));
        }
        if (evidence.completed() == null) {
            findings.add(AuditFinding.of("unfinished", evidence.last().id, "the run is not over"));
        }
        elevations.forEach((key, open) -> {
            int blank = key.indexOf(' ');
            if (open > 0) {
                String address = key.substring(blank + 1);
                findings.add(new AuditFinding(
                        "elevation",
                        key.substring(0, blank),
                        address,
                        address,
                        "its elevation was granted and never released",
                        "",
                        ""));
            }
        });
        return new Audit(
                evidence.run(),
                first == null ? "" : first.mode(),
                first == null ? "" : first.actor(),
                first == null ? "" : first.host(),
                evidence.startedAt(),
                runs,
                findings);
    }

    private AuditRun run(
            EvidenceRun run,
            RunEvent.@Nullable RunStarted first,
            AuditSurroundings around,
            Map<String, Plan> plans,
            List<AuditFinding> findings) {
        AuditHistory history = new AuditHistory(evidence, run);
        RunEvent.RunStarted started = run.started;
        Plan plan = plan(run, around, plans);
        if (plan != null) {
            plans.put(run.id, plan);
        }
        String fault = fault(started, plan);
        if (fault != null) {
            findings.add(AuditFinding.of("changed", run.id, fault));
        }
        Plan compared = fault == null ? plan : null;
        Policy policy = plan == null || !around.judges() ? around.policy() : plan.policy();
        boolean real = first != null && first.mode().equals("real");
        findings.addAll(
                new AuditChecks(history, around, real, actors.getOrDefault(run.id, actor)).check(compared, policy));
        RunEvent.RunCompleted completed = run.completed;
        return new AuditRun(
                run.id,
                started == null ? "" : started.runbookName(),
                started == null ? "" : started.runbook().file(),
                run.link == null || run.parent == null
                        ? ""
                        : (run.link.kind().equals("chain") ? "chained from " : "invoked by ") + run.link.step()
                                + " of run " + run.parent,
                completed == null ? "" : completed.outcome(),
                compared != null,
                compared == null ? List.of() : AuditConstructs.of(compared, history));
    }

    private static @Nullable Plan plan(EvidenceRun run, AuditSurroundings around, Map<String, Plan> plans) {
        RunEvent.RunLinked link = run.link;
        if (link == null) {
            return around.plan();
        }
        Plan leading = plans.get(run.parent == null ? "" : run.parent);
        return leading != null && leading.link(link.reference()) instanceof Surroundings.Link.Found found
                ? found.plan()
                : null;
    }

    private @Nullable String fault(RunEvent.@Nullable RunStarted started, @Nullable Plan plan) {
        if (started == null) {
            return "it has no first record: what it declared is not known";
        }
        String file = started.runbook().file();
        if (plan == null) {
            return file + " is gone or broken: what it declares can't be compared";
        }
        return plan.runbook()
                        .source()
                        .sha256()
                        .equals(accepted.getOrDefault(file, started.runbook().sha256()))
                ? null
                : file + " was changed since: what it declares can't be compared";
    }
}

package dev.gert.journal;

import dev.gert.event.EventType;
import dev.gert.event.RunEvent;
import dev.gert.event.RunEvent.CommandView;
import dev.gert.policy.Captured;
import dev.gert.policy.SafeText;
import java.util.ArrayList;
import java.util.List;

/** A {@link RunEvent} as a record's {@code data}, every field, always in the same order. */
final class EventEncoder {
    private final DataWriter out;

    EventEncoder(DataWriter out) {
        this.out = out;
    }

    /** Writes the object. */
    void write(RunEvent event) {
        EventType type = event.type();
        if (type == null || event instanceof RunEvent.Unrecognised) {
            out.data(((RunEvent.Unrecognised) event).data());
            return;
        }
        out.open();
        switch (type) {
            case RUN_STARTED -> runStarted((RunEvent.RunStarted) event);
            case STEPS_SKIPPED -> {
                out.text("from", ((RunEvent.StepsSkipped) event).from());
                out.texts("steps", ((RunEvent.StepsSkipped) event).steps());
                out.text("person", ((RunEvent.StepsSkipped) event).person());
                out.safe("reason", ((RunEvent.StepsSkipped) event).reason());
            }
            case CHANGES_ACCEPTED -> {
                out.text("person", ((RunEvent.ChangesAccepted) event).person());
                out.changes("files", ((RunEvent.ChangesAccepted) event).files());
            }
            case RUN_HANDED_OVER -> {
                out.text("from", ((RunEvent.RunHandedOver) event).from());
                out.text("to", ((RunEvent.RunHandedOver) event).to());
                out.safe("reason", ((RunEvent.RunHandedOver) event).reason());
            }
            case STEP_RETRIED -> {
                attempt(event);
                out.text("person", ((RunEvent.StepRetried) event).person());
                out.safe("reason", ((RunEvent.StepRetried) event).reason());
            }
            case INPUTS_RESOLVED -> inputsResolved((RunEvent.InputsResolved) event);
            case RUN_RESUMED -> runResumed((RunEvent.RunResumed) event);
            case STEP_STARTED -> stepStarted((RunEvent.StepStarted) event);
            case POLICY_DECIDED -> policyDecided((RunEvent.PolicyDecided) event);
            case STEP_BLOCKED -> stepBlocked((RunEvent.StepBlocked) event);
            case AWAITING_INPUT -> {
                attempt(event);
                out.safe("instructions", ((RunEvent.AwaitingInput) event).instructions());
            }
            case AWAITING_APPROVAL -> {
                attempt(event);
                out.rule("rule", ((RunEvent.AwaitingApproval) event).rule());
                out.needs("needs", ((RunEvent.AwaitingApproval) event).needs());
                out.request("request", ((RunEvent.AwaitingApproval) event).request());
            }
            case APPROVAL_GRANTED -> approvalGranted((RunEvent.ApprovalGranted) event);
            case APPROVAL_DENIED -> approvalDenied((RunEvent.ApprovalDenied) event);
            case APPROVAL_USED -> {
                attempt(event);
                out.text("request", ((RunEvent.ApprovalUsed) event).request());
            }
            case DISPATCHED -> dispatched((RunEvent.Dispatched) event);
            case ATTEMPT_FAILED -> {
                attempt(event);
                out.safe("reason", ((RunEvent.AttemptFailed) event).reason());
                out.flag("retried", ((RunEvent.AttemptFailed) event).retried());
            }
            case OUTPUT_CAPTURED -> outputCaptured((RunEvent.OutputCaptured) event);
            case STEP_COMPLETED -> stepCompleted((RunEvent.StepCompleted) event);
            case STEP_IN_DOUBT -> {
                attempt(event);
                out.number("pid", ((RunEvent.StepInDoubt) event).pid());
            }
            case STEP_DECIDED -> stepDecided((RunEvent.StepDecided) event);
            case BRANCH_TAKEN -> branchTaken((RunEvent.BranchTaken) event);
            case BRANCH_SKIPPED -> branchSkipped((RunEvent.BranchSkipped) event);
            case OUTCOME_REACHED -> outcomeReached((RunEvent.OutcomeReached) event);
            case RUN_PAUSED -> {
                out.text("step", event.step());
                out.text("reason", ((RunEvent.RunPaused) event).reason());
            }
            case RUN_INTERRUPTED -> out.text("signal", ((RunEvent.RunInterrupted) event).signal());
            case RUN_COMPLETED -> runCompleted((RunEvent.RunCompleted) event);
            case RUN_SEALED -> {
                out.text("format", RunEvent.RunSealed.FORMAT);
                out.text("key", ((RunEvent.RunSealed) event).key());
                out.text("signature", ((RunEvent.RunSealed) event).signature());
            }
            case NOTIFIED -> {
                out.text("on", ((RunEvent.Notified) event).on());
                out.safe("target", ((RunEvent.Notified) event).target());
                out.text("sha256", ((RunEvent.Notified) event).sha256());
                out.safe("problem", ((RunEvent.Notified) event).problem());
            }
            case WARNING -> {
                out.safe("message", ((RunEvent.Warning) event).message());
                out.text("place", ((RunEvent.Warning) event).place());
                out.leaked("leaked", ((RunEvent.Warning) event).leaked());
            }
            case EVIDENCE_COLLECTED -> evidenceCollected((RunEvent.EvidenceCollected) event);
            case ITERATION_STARTED -> iterationStarted((RunEvent.IterationStarted) event);
            case ITERATION_ENDED -> iterationEnded((RunEvent.IterationEnded) event);
            case NODE_FAILED -> {
                out.text("step", event.step());
                out.safe("reason", ((RunEvent.NodeFailed) event).reason());
            }
            case RUN_LINKED -> runLinked((RunEvent.RunLinked) event);
            case AWAITING_JIT, ELEVATION_GRANTED, ELEVATION_RELEASED ->
                throw new IllegalStateException(type.wire() + " is not made by this version");
        }
        out.close();
    }

    private void runStarted(RunEvent.RunStarted event) {
        out.text("schema", EventCodec.SCHEMA);
        out.text("runbook_name", event.runbookName());
        out.digest("runbook", event.runbook());
        out.digests("policies", event.policies());
        out.text("policy_sha256", event.policySha256());
        out.text("mode", event.mode());
        out.text("actor", event.actor());
        out.text("os_user", event.osUser());
        out.text("host", event.host());
        out.safe("incident", event.incident());
        out.text("gert_version", event.gertVersion());
        out.text("jar_sha256", event.jarSha256());
        out.text("project_root", event.projectRoot());
        out.text("cwd", event.cwd());
        out.text("query_start", event.queryStart());
        out.text("query_end", event.queryEnd());
        out.digests("linked", event.linked());
        out.digestOrNull("roster", event.roster());
        out.text("traceparent", event.traceparent());
        if (!event.ci().isEmpty()) {
            out.safeList("ci", event.ci());
        }
    }

    private void evidenceCollected(RunEvent.EvidenceCollected event) {
        attempt(event);
        out.text("name", event.name());
        out.text("kind", event.kind());
        out.safe("value", event.value());
        out.safeList("ticked", event.ticked());
        out.output("file", event.file());
        out.text("method", event.method());
    }

    private void iterationStarted(RunEvent.IterationStarted event) {
        out.text("step", event.step());
        out.number("iteration", event.iteration());
        out.number("total", event.total());
        Captured value = event.value();
        out.safe("value", value == null ? null : value.shown());
        List<SafeText> items = new ArrayList<>();
        for (Captured item : event.items()) {
            items.add(item.shown());
        }
        out.safeList("items", items);
        out.captured("operands", event.operands());
    }

    private void iterationEnded(RunEvent.IterationEnded event) {
        out.text("step", event.step());
        out.number("iterations", event.iterations());
        out.flag("converged", event.converged());
        out.captured("operands", event.operands());
    }

    private void runLinked(RunEvent.RunLinked event) {
        attempt(event);
        out.text("kind", event.kind());
        out.text("child", event.child());
        out.text("reference", event.reference());
        out.captured("inputs", event.inputs());
    }

    private void inputsResolved(RunEvent.InputsResolved event) {
        out.captured("values", event.values());
        out.textMap("from", event.from());
    }

    private void runResumed(RunEvent.RunResumed event) {
        out.text("actor", event.actor());
        out.text("host", event.host());
        out.number("cut_bytes", event.cutBytes());
        out.text("traceparent", event.traceparent());
    }

    private void stepStarted(RunEvent.StepStarted event) {
        attempt(event);
        out.text("id", event.id());
        out.text("kind", event.kind());
        out.safe("title", event.title());
    }

    private void policyDecided(RunEvent.PolicyDecided event) {
        attempt(event);
        CommandView command = event.command();
        out.open("command");
        out.safeList("argv", command.argv());
        out.safe("program", command.program());
        out.safe("real_path", command.realPath());
        out.text("sha256", command.sha256());
        out.safe("cwd", command.cwd());
        out.texts("environment", command.environment());
        out.text("effect", command.effect().word());
        out.number("timeout_millis", command.timeoutMillis());
        out.flag("interactive", command.interactive());
        out.text("operation", command.operation());
        out.close();
        out.text("decision", event.decision());
        out.rule("rule", event.rule());
    }

    private void stepBlocked(RunEvent.StepBlocked event) {
        attempt(event);
        out.safe("reason", event.reason());
        out.rule("rule", event.rule());
    }

    private void approvalGranted(RunEvent.ApprovalGranted event) {
        attempt(event);
        out.text("person", event.person());
        out.text("method", event.method());
        out.flag("more", event.more());
        out.flag("unverified", event.unverified());
        out.ballot("ballot", event.ballot());
    }

    private void approvalDenied(RunEvent.ApprovalDenied event) {
        attempt(event);
        out.text("person", event.person());
        out.safe("reason", event.reason());
        out.ballot("ballot", event.ballot());
    }

    private void dispatched(RunEvent.Dispatched event) {
        attempt(event);
        out.text("effect", event.effect().word());
        out.text("token", event.token());
        out.number("pid", event.pid());
    }

    private void outputCaptured(RunEvent.OutputCaptured event) {
        attempt(event);
        out.output("out", event.out());
        out.output("err", event.err());
    }

    private void stepCompleted(RunEvent.StepCompleted event) {
        attempt(event);
        out.text("status", event.status().word());
        out.integer("exit_code", event.exitCode());
        out.captured("captures", event.captures());
        out.safe("reason", event.reason());
        out.number("duration_micros", event.durationMicros());
    }

    private void stepDecided(RunEvent.StepDecided event) {
        attempt(event);
        out.text("verdict", event.verdict());
        out.text("person", event.person());
        out.safe("reason", event.reason());
    }

    private void branchTaken(RunEvent.BranchTaken event) {
        out.text("arm", event.arm());
        out.text("step", event.step());
        out.safe("label", event.label());
        out.safe("condition", event.condition());
        out.captured("operands", event.operands());
    }

    private void branchSkipped(RunEvent.BranchSkipped event) {
        out.text("arm", event.arm());
        out.text("step", event.step());
        out.safe("label", event.label());
        out.safe("condition", event.condition());
        out.captured("operands", event.operands());
        out.flag("unknown", event.unknown());
    }

    private void outcomeReached(RunEvent.OutcomeReached event) {
        out.text("step", event.step());
        out.number("index", event.index());
        out.text("state", event.state());
        out.safe("label", event.label());
        out.safe("recommendation", event.recommendation());
        out.safe("condition", event.condition());
        out.captured("operands", event.operands());
    }

    private void runCompleted(RunEvent.RunCompleted event) {
        out.text("outcome", event.outcome());
        out.number("exit_code", event.exitCode());
        out.safe("reason", event.reason());
    }

    private void attempt(RunEvent event) {
        out.text("step", event.step());
        out.number("attempt", event.attempt());
    }
}

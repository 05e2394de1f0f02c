package dev.gert.projection;

import dev.gert.event.RunEvent;
import dev.gert.policy.Captured;
import dev.gert.policy.SafeText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record that is a moment of a span. */
final class SpanEvents {
    private SpanEvents() {}

    static void add(SpanBuilder span, RunEvent event, long time) {
        SpanBuilder of = new SpanBuilder("", "", null, "", time);
        String name = event.type() == null
                ? ((RunEvent.Unrecognised) event).wireType()
                : event.type().wire();
        if (event instanceof RunEvent.OutcomeReached outcome) {
            of.text("state", outcome.state()).safe("label", outcome.label());
            of.safe("recommendation", outcome.recommendation());
        } else if (event instanceof RunEvent.RunLinked linked) {
            of.text("kind", linked.kind()).text("child", linked.child()).text("next_runbook", linked.reference());
        } else if (event instanceof RunEvent.StepBlocked blocked) {
            of.safe("reason", blocked.reason());
            of.text("rule", blocked.rule() == null ? null : blocked.rule().describe());
        } else if (event instanceof RunEvent.ApprovalGranted granted) {
            of.text("person", granted.person())
                    .text("method", granted.method())
                    .flag("unverified", granted.unverified());
        } else if (event instanceof RunEvent.ApprovalDenied denied) {
            of.text("person", denied.person()).safe("reason", denied.reason());
        } else if (event instanceof RunEvent.ApprovalUsed used) {
            of.text("request", used.request());
        } else if (event instanceof RunEvent.EvidenceCollected evidence) {
            of.text("name", evidence.name()).text("kind", evidence.kind()).safe("value", evidence.value());
            of.text("method", evidence.method());
            of.text("sha256", evidence.file() == null ? null : evidence.file().sha256());
        } else if (event instanceof RunEvent.AttemptFailed failed) {
            of.safe("reason", failed.reason()).flag("retried", failed.retried());
        } else if (event instanceof RunEvent.StepInDoubt doubt) {
            of.number("pid", doubt.pid());
        } else if (event instanceof RunEvent.StepDecided decided) {
            said(of, decided.person(), decided.reason()).text("verdict", decided.verdict());
        } else if (event instanceof RunEvent.StepRetried again) {
            said(of, again.person(), again.reason()).text("step", again.step());
        } else if (event instanceof RunEvent.BranchTaken taken) {
            operands(
                    of.text("arm", taken.arm()).safe("label", taken.label()).safe("condition", taken.condition()),
                    taken.operands());
        } else if (event instanceof RunEvent.BranchSkipped skipped) {
            of.text("arm", skipped.arm()).safe("label", skipped.label()).safe("condition", skipped.condition());
            operands(of.flag("unknown", skipped.unknown()), skipped.operands());
        } else {
            ofRun(of, event);
        }
        span.event(name, time, of);
    }

    private static void ofRun(SpanBuilder of, RunEvent event) {
        if (event instanceof RunEvent.Warning warning) {
            of.safe("message", warning.message()).text("place", warning.place());
        } else if (event instanceof RunEvent.NodeFailed failed) {
            of.text("step", failed.step()).safe("reason", failed.reason());
        } else if (event instanceof RunEvent.IterationStarted turn) {
            of.text("step", turn.step()).number("iteration", turn.iteration()).number("total", turn.total());
            of.safe("value", turn.value() == null ? null : turn.value().shown());
        } else if (event instanceof RunEvent.IterationEnded end) {
            of.text("step", end.step()).number("iterations", end.iterations()).flag("converged", end.converged());
        } else if (event instanceof RunEvent.StepsSkipped left) {
            said(of, left.person(), left.reason())
                    .text("from", left.from())
                    .text("steps", String.join(" ", left.steps()));
        } else if (event instanceof RunEvent.ChangesAccepted changes) {
            of.text("person", changes.person()).number("files", changes.files().size());
        } else if (event instanceof RunEvent.RunHandedOver handed) {
            of.text("from", handed.from()).text("to", handed.to()).safe("reason", handed.reason());
        } else if (event instanceof RunEvent.RunResumed resumed) {
            of.text("actor", resumed.actor()).text("host", resumed.host()).number("cut_bytes", resumed.cutBytes());
        } else if (event instanceof RunEvent.RunPaused paused) {
            of.text("step", paused.step()).text("reason", paused.reason());
        } else if (event instanceof RunEvent.RunInterrupted interrupted) {
            of.text("signal", interrupted.signal());
        } else if (event instanceof RunEvent.RunSealed seal) {
            of.text("key", seal.key());
        } else if (event instanceof RunEvent.Notified sent) {
            of.text("on", sent.on()).safe("target", sent.target()).safe("problem", sent.problem());
        }
    }

    private static SpanBuilder said(SpanBuilder of, String person, @Nullable SafeText reason) {
        return of.text("person", person).safe("reason", reason);
    }

    private static void operands(SpanBuilder of, Map<String, Captured> operands) {
        for (Map.Entry<String, Captured> operand : operands.entrySet()) {
            of.safe("operand." + operand.getKey(), operand.getValue().shown());
        }
    }
}

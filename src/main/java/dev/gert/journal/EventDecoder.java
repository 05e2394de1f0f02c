package dev.gert.journal;

import dev.gert.event.EventType;
import dev.gert.event.RunEvent;
import dev.gert.event.RunEvent.CommandView;
import dev.gert.event.StepStatus;
import dev.gert.json.JsonValue;
import dev.gert.model.Effect;
import dev.gert.policy.Captured;
import dev.gert.policy.SafeText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A record's {@code data} as the {@link RunEvent} that {@link EventEncoder} wrote. */
final class EventDecoder {
    private final DataReader in;

    EventDecoder(DataReader in) {
        this.in = in;
    }

    /** The event; it means nothing where the reader has a problem afterwards. */
    RunEvent read(EventType type, JsonValue data) {
        return switch (type) {
            case RUN_STARTED -> runStarted();
            case STEPS_SKIPPED ->
                new RunEvent.StepsSkipped(
                        in.textOrNull("from"), in.texts("steps"), in.text("person"), in.safe("reason"));
            case CHANGES_ACCEPTED -> new RunEvent.ChangesAccepted(in.text("person"), in.changes("files"));
            case RUN_HANDED_OVER -> new RunEvent.RunHandedOver(in.text("from"), in.text("to"), in.safeOrNull("reason"));
            case STEP_RETRIED ->
                new RunEvent.StepRetried(step(), attempt(), in.text("person"), in.safeOrNull("reason"));
            case INPUTS_RESOLVED -> new RunEvent.InputsResolved(in.captured("values"), in.textMap("from"));
            case RUN_RESUMED ->
                new RunEvent.RunResumed(
                        in.text("actor"), in.text("host"), in.number("cut_bytes"), in.textOrNull("traceparent"));
            case STEP_STARTED ->
                new RunEvent.StepStarted(step(), in.text("id"), in.text("kind"), in.safe("title"), attempt());
            case POLICY_DECIDED ->
                new RunEvent.PolicyDecided(step(), attempt(), command(), in.text("decision"), in.rule("rule"));
            case STEP_BLOCKED -> new RunEvent.StepBlocked(step(), attempt(), in.safe("reason"), in.ruleOrNull("rule"));
            case AWAITING_INPUT -> new RunEvent.AwaitingInput(step(), attempt(), in.safe("instructions"));
            case AWAITING_APPROVAL ->
                new RunEvent.AwaitingApproval(
                        step(), attempt(), in.rule("rule"), in.needsOrNone("needs"), in.request("request"));
            case APPROVAL_GRANTED ->
                new RunEvent.ApprovalGranted(
                        step(),
                        attempt(),
                        in.text("person"),
                        in.text("method"),
                        in.flagOrFalse("more"),
                        in.flagOrFalse("unverified"),
                        in.ballot("ballot"));
            case APPROVAL_DENIED ->
                new RunEvent.ApprovalDenied(
                        step(), attempt(), in.text("person"), in.safe("reason"), in.ballot("ballot"));
            case APPROVAL_USED -> new RunEvent.ApprovalUsed(step(), attempt(), in.textOrNull("request"));
            case DISPATCHED ->
                new RunEvent.Dispatched(step(), attempt(), effect(in), in.text("token"), in.number("pid"));
            case ATTEMPT_FAILED ->
                new RunEvent.AttemptFailed(step(), attempt(), in.safe("reason"), in.flagOrFalse("retried"));
            case OUTPUT_CAPTURED -> new RunEvent.OutputCaptured(step(), attempt(), in.output("out"), in.output("err"));
            case STEP_COMPLETED ->
                new RunEvent.StepCompleted(
                        step(),
                        attempt(),
                        status(),
                        in.integerOrNull("exit_code"),
                        in.captured("captures"),
                        in.safeOrNull("reason"),
                        in.number("duration_micros"));
            case STEP_IN_DOUBT -> new RunEvent.StepInDoubt(step(), attempt(), in.number("pid"));
            case STEP_DECIDED ->
                new RunEvent.StepDecided(
                        step(), attempt(), in.text("verdict"), in.text("person"), in.safeOrNull("reason"));
            case BRANCH_TAKEN ->
                new RunEvent.BranchTaken(
                        in.text("arm"), step(), in.safe("label"), in.safe("condition"), in.captured("operands"));
            case BRANCH_SKIPPED ->
                new RunEvent.BranchSkipped(
                        in.text("arm"),
                        step(),
                        in.safe("label"),
                        in.safe("condition"),
                        in.captured("operands"),
                        in.flag("unknown"));
            case OUTCOME_REACHED ->
                new RunEvent.OutcomeReached(
                        step(),
                        in.integer("index"),
                        in.text("state"),
                        in.safe("label"),
                        in.safe("recommendation"),
                        in.safe("condition"),
                        in.captured("operands"));
            case RUN_PAUSED -> new RunEvent.RunPaused(in.textOrNull("step"), in.text("reason"));
            case RUN_INTERRUPTED -> new RunEvent.RunInterrupted(in.text("signal"));
            case RUN_COMPLETED ->
                new RunEvent.RunCompleted(in.text("outcome"), in.integer("exit_code"), in.safeOrNull("reason"));
            case RUN_SEALED -> runSealed();
            case NOTIFIED ->
                new RunEvent.Notified(
                        in.text("on"), in.safe("target"), in.textOrNull("sha256"), in.safeOrNull("problem"));
            case WARNING -> new RunEvent.Warning(in.safe("message"), in.textOrNull("place"), in.leaked("leaked"));
            case EVIDENCE_COLLECTED ->
                new RunEvent.EvidenceCollected(
                        step(),
                        attempt(),
                        in.text("name"),
                        in.text("kind"),
                        in.safeOrNull("value"),
                        in.safeList("ticked"),
                        in.output("file"),
                        in.text("method"));
            case ITERATION_STARTED ->
                new RunEvent.IterationStarted(
                        step(),
                        in.integer("iteration"),
                        in.integer("total"),
                        recorded(in.safeOrNull("value")),
                        recorded(in.safeList("items")),
                        in.captured("operands"));
            case ITERATION_ENDED ->
                new RunEvent.IterationEnded(
                        step(), in.integer("iterations"), in.flag("converged"), in.captured("operands"));
            case NODE_FAILED -> new RunEvent.NodeFailed(step(), in.safe("reason"));
            case RUN_LINKED ->
                new RunEvent.RunLinked(
                        step(),
                        attempt(),
                        in.text("kind"),
                        in.text("child"),
                        in.text("reference"),
                        in.captured("inputs"));
            case AWAITING_JIT, ELEVATION_GRANTED, ELEVATION_RELEASED -> new RunEvent.Unrecognised(type.wire(), data);
        };
    }

    private RunEvent.RunSealed runSealed() {
        if (!in.text("format").equals(RunEvent.RunSealed.FORMAT)) {
            in.wrong("format");
        }
        return new RunEvent.RunSealed(in.text("key"), in.text("signature"));
    }

    private RunEvent.RunStarted runStarted() {
        if (!in.text("schema").equals(EventCodec.SCHEMA)) {
            in.wrong("schema");
        }
        return new RunEvent.RunStarted(
                in.text("runbook_name"),
                in.digest("runbook"),
                in.digests("policies"),
                in.text("policy_sha256"),
                in.text("mode"),
                in.text("actor"),
                in.text("os_user"),
                in.text("host"),
                in.safeOrNull("incident"),
                in.text("gert_version"),
                in.textOrNull("jar_sha256"),
                in.text("project_root"),
                in.text("cwd"),
                in.textOrNull("query_start"),
                in.textOrNull("query_end"),
                in.digestsOrNone("linked"),
                in.digestOrNull("roster"),
                in.textOrNull("traceparent"),
                in.safesOrNone("ci"));
    }

    private static @Nullable Captured recorded(@Nullable SafeText shown) {
        return shown == null ? null : Captured.recorded(shown.text(), shown.redacted());
    }

    private static List<Captured> recorded(List<SafeText> shown) {
        List<Captured> values = new ArrayList<>();
        for (SafeText text : shown) {
            values.add(Captured.recorded(text.text(), text.redacted()));
        }
        return values;
    }

    private CommandView command() {
        DataReader command = in.object("command");
        CommandView view = new CommandView(
                command.safeList("argv"),
                command.safeOrNull("program"),
                command.safeOrNull("real_path"),
                command.textOrNull("sha256"),
                command.safe("cwd"),
                command.texts("environment"),
                effect(command),
                command.number("timeout_millis"),
                command.flagOrFalse("interactive"),
                command.textOrNull("operation"));
        in.adopt("command", command);
        return view;
    }

    private static Effect effect(DataReader from) {
        Effect effect = Effect.of(from.text("effect"));
        if (effect == null) {
            from.wrong("effect");
            return Effect.MUTATE;
        }
        return effect;
    }

    private StepStatus status() {
        StepStatus status = StepStatus.of(in.text("status"));
        if (status == null) {
            in.wrong("status");
            return StepStatus.IN_DOUBT;
        }
        return status;
    }

    private String step() {
        return in.text("step");
    }

    private int attempt() {
        return in.integer("attempt");
    }
}

package dev.gert.projection;

import dev.gert.event.Envelope;
import dev.gert.event.EventType;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.policy.Captured;
import dev.gert.policy.SafeText;
import dev.gert.source.Sha256;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A step's span with what it waited for and the attempts that its {@code retry} made, as its children. */
final class StepSpans {
    private static final String QUERY = "query=";
    private static final Set<StepStatus> FAILURES =
            EnumSet.complementOf(EnumSet.of(StepStatus.PASSED, StepStatus.SKIPPED, StepStatus.NOT_REACHED));

    private final String run;
    private final RunEvent.StepStarted begun;
    private final SpanBuilder span;
    private final List<SpanBuilder> children = new ArrayList<>();
    private @Nullable SpanBuilder attempt;
    private @Nullable SpanBuilder waiting;
    private int attempts;
    private boolean over;
    private boolean reached;

    StepSpans(String trace, String parent, String run, RunEvent.StepStarted begun, @Nullable String spanId, long now) {
        this.run = run;
        this.begun = begun;
        this.attempts = begun.attempt();
        String id = spanId == null ? derived("step", begun.attempt()) : spanId;
        this.span = new SpanBuilder(trace, id, parent, begun.id(), now);
    }

    /** What every step's span says. */
    void head(RunEvent.RunStarted started) {
        span.text("runbook", started.runbookName()).text("run", run);
        span.text("step.id", begun.id()).text("step.address", begun.step());
        span.text("step.type", begun.kind()).safe("step.title", begun.title());
        if (begun.attempt() > 1) {
            span.number("step.attempt", begun.attempt());
        }
    }

    String address() {
        return begun.step();
    }

    String id() {
        return span.spanId;
    }

    SpanBuilder span() {
        return span;
    }

    /** Whether it is over, and what may still be said of it comes before any other step of its arm begins. */
    boolean isSettled() {
        return over && !reached;
    }

    void linked(RunEvent.RunLinked linked, String child, long now) {
        SpanBuilder other = new SpanBuilder(span.traceId, child, null, linked.reference(), now);
        span.link(other, linked.kind());
        SpanEvents.add(span, linked, now);
        if (linked.kind().equals("chain")) {
            span.text("outcome.next_runbook", linked.reference());
            span.more(EventType.OUTCOME_REACHED.wire(), "next_runbook", linked.reference());
        }
    }

    void add(Envelope record, RunEvent event, long now) {
        if (event.attempt() == attempts + 1) {
            attempts++;
            String id = record.span() == null ? derived("step", attempts) : record.span();
            attempt = new SpanBuilder(span.traceId, id, span.spanId, "attempt " + attempts, now);
            children.add(attempt.number("step.attempt", attempts));
        }
        SpanBuilder current = attempt == null ? span : attempt;
        if (event instanceof RunEvent.PolicyDecided decided) {
            decided(decided);
        } else if (event instanceof RunEvent.Dispatched sent) {
            current.text("dispatch.token", sent.token())
                    .text("command.effect", sent.effect().word());
            stopWaiting(now);
        } else if (event instanceof RunEvent.OutputCaptured output) {
            output(current, "out", output.out());
            output(current, "err", output.err());
        } else if (event instanceof RunEvent.AwaitingApproval asked) {
            begin("approval wait", now).text("rule", asked.rule().describe());
        } else if (event instanceof RunEvent.AwaitingInput asked) {
            begin("manual wait", now).safe("instructions", asked.instructions());
        } else if (event instanceof RunEvent.StepCompleted done) {
            completed(current, done, now);
        } else if (event instanceof RunEvent.AttemptFailed failed) {
            SpanEvents.add(current, event, now);
            current.fail(failed.reason());
            if (current != span) {
                current.end(now);
            }
        } else {
            SpanEvents.add(current, event, now);
            settle(event, now);
        }
    }

    private void settle(RunEvent event, long now) {
        if (event instanceof RunEvent.ApprovalGranted granted) {
            span.text("approval.by", granted.person());
            if (!granted.more()) {
                stopWaiting(now);
            }
        } else if (event instanceof RunEvent.ApprovalDenied denied) {
            stopWaiting(now);
            span.fail(denied.reason());
        } else if (event instanceof RunEvent.StepBlocked blocked) {
            span.fail(blocked.reason());
        } else if (event instanceof RunEvent.NodeFailed failed) {
            span.fail(failed.reason());
        } else if (event instanceof RunEvent.OutcomeReached outcome) {
            reached = true;
            span.text("outcome.state", outcome.state());
        } else if (event instanceof RunEvent.StepDecided) {
            over = true;
            span.end(now);
        }
    }

    private void completed(SpanBuilder current, RunEvent.StepCompleted done, long now) {
        stopWaiting(now);
        for (SpanBuilder each : current == span ? List.of(span) : List.of(span, current)) {
            each.text("step.status", done.status().word());
            if (done.exitCode() != null) {
                each.number("exit_code", done.exitCode());
            }
            if (FAILURES.contains(done.status())) {
                each.fail(done.reason());
            } else if (each == span) {
                each.recovered();
            }
            each.end(now);
        }
        for (Map.Entry<String, Captured> capture : done.captures().entrySet()) {
            span.safe("capture." + capture.getKey(), capture.getValue().shown());
        }
        over = true;
    }

    private void decided(RunEvent.PolicyDecided decided) {
        span.text("policy.decision", decided.decision())
                .text("policy.rule", decided.rule().describe());
        RunEvent.CommandView command = decided.command();
        span.text("command.effect", command.effect().word());
        StringBuilder words = new StringBuilder();
        boolean redacted = false;
        for (SafeText word : command.argv()) {
            words.append(words.length() == 0 ? "" : " ").append(word.text());
            redacted |= word.redacted();
            if (begun.kind().equals("xts") && word.text().startsWith(QUERY)) {
                span.text("query_hash", "sha256:" + Sha256.hex(word.text().substring(QUERY.length())));
            }
        }
        if (words.length() > 0) {
            span.safe("command", Captured.recorded(words.toString(), redacted).shown());
        }
        span.safe("program", command.realPath()).text("program.sha256", command.sha256());
        span.text("operation", command.operation());
    }

    private static void output(SpanBuilder to, String which, RunEvent.@Nullable OutputFile file) {
        if (file != null) {
            to.text("output." + which + ".file", file.file()).number("output." + which + ".bytes", file.bytes());
            to.text("output." + which + ".sha256", file.sha256());
        }
    }

    private SpanBuilder begin(String what, long now) {
        stopWaiting(now);
        SpanBuilder begun = new SpanBuilder(span.traceId, derived(what, children.size() + 1), span.spanId, what, now);
        waiting = begun;
        children.add(begun);
        return begun;
    }

    private void stopWaiting(long now) {
        if (waiting != null) {
            waiting.end(now);
            waiting = null;
        }
    }

    private String derived(String what, int number) {
        return Sha256.hex("gert/" + what + "/v1\n" + run + "\n" + begun.step() + "\n" + begun.attempt() + "\n" + number)
                .substring(0, 16);
    }

    List<TraceSpan> spans(long now) {
        List<TraceSpan> spans = new ArrayList<>();
        spans.add(span.span(now));
        for (SpanBuilder child : children) {
            spans.add(child.span(now));
        }
        return spans;
    }
}

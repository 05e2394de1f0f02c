package dev.gert.projection;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.event.RunEvent.RunCompleted;
import dev.gert.event.RunEvent.RunLinked;
import dev.gert.event.RunEvent.RunStarted;
import dev.gert.event.Traceparent;
import dev.gert.policy.Captured;
import dev.gert.policy.SafeText;
import dev.gert.source.Sha256;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The trace of a run and of those that it led to, as OpenTelemetry has it: a fold over the records of their folder
 * (formats.md, section 5). A span is the same whether it was made while the run went on or afterwards.
 */
public final class RunSpans {
    private static final String ARM = ".parallel.branches[";

    private final Map<String, Traced> runs = new LinkedHashMap<>();
    private final List<StepSpans> ended = new ArrayList<>();
    private final List<SpanBuilder> endedRuns = new ArrayList<>();
    private String trace = "";
    private @Nullable RunStarted first;
    private long now;

    /** One run of the trace. */
    private static final class Traced {
        final String id;
        final RunStarted started;
        /** Its own, and those before that a retry opened again. */
        final List<SpanBuilder> opened = new ArrayList<>();

        SpanBuilder span;
        /** By address, the newest of each; in the order in which they began. */
        final Map<String, StepSpans> steps = new LinkedHashMap<>();

        final List<StepSpans> all = new ArrayList<>();

        Traced(String id, RunStarted started, SpanBuilder span) {
            this.id = id;
            this.started = started;
            this.span = span;
            opened.add(span);
        }
    }

    /** Which run led to another, and where. */
    private record Origin(Traced run, StepSpans step, RunLinked link) {}

    private final Map<String, Origin> origins = new HashMap<>();

    /** Takes in one record. */
    public void add(Envelope record) {
        now = Math.max(0, Envelope.micros(record.time())) * 1000;
        RunEvent event = record.event();
        if (event instanceof RunStarted started) {
            begin(record.run(), started);
            return;
        }
        Traced run = runs.get(record.run());
        if (run == null) {
            return;
        }
        if (event instanceof RunEvent.StepStarted begun) {
            passed(run, begun.step());
            StepSpans step = new StepSpans(trace, run.span.spanId, record.run(), begun, record.span(), now);
            run.steps.put(begun.step(), step);
            run.all.add(step);
            step.head(run.started);
            return;
        }
        StepSpans step = step(run, event);
        if (event instanceof RunLinked linked && step != null) {
            origins.put(linked.child(), new Origin(run, step, linked));
            step.linked(linked, spanOfRun(linked.child(), 1), now);
        } else if (step != null) {
            step.add(record, event, now);
        } else {
            ofRun(run, event);
        }
        if (event instanceof RunCompleted end) {
            end(run, end);
        }
    }

    private void begin(String id, RunStarted started) {
        if (first == null) {
            first = started;
            trace = Traceparent.ofRun(id, started.traceparent()).traceId();
        }
        Origin origin = origins.get(id);
        Traced root = runs.isEmpty() ? null : runs.values().iterator().next();
        String parent = origin == null
                ? root == null ? led(started) : root.span.spanId
                : origin.link().kind().equals("invoke") ? origin.step().id() : rootSpan(root);
        SpanBuilder span = new SpanBuilder(trace, spanOfRun(id, 1), parent, started.runbookName(), now);
        span.text("runbook", started.runbookName()).text("run", id);
        if (origin != null) {
            span.text("parent_run", origin.run().id);
            span.link(origin.step().span(), origin.link().kind());
        }
        span.safe("incident_id", started.incident()).safe("icm_id", started.incident());
        for (SafeText each : started.ci()) {
            int equals = each.text().indexOf('=');
            if (equals > 0) {
                span.text("ci." + each.text().substring(0, equals), each.text().substring(equals + 1));
            }
        }
        span.text("engineer", started.actor()).text("mode", started.mode());
        span.text("runbook.sha256", started.runbook().sha256()).text("policy.sha256", started.policySha256());
        runs.put(id, new Traced(id, started, span));
    }

    private static @Nullable String led(RunStarted started) {
        Traceparent led = Traceparent.parse(started.traceparent());
        return led == null ? null : led.spanId();
    }

    private static @Nullable String rootSpan(@Nullable Traced root) {
        return root == null ? null : root.span.spanId;
    }

    private static String spanOfRun(String run, int opened) {
        return Sha256.hex("gert/run/v1\n" + run + (opened == 1 ? "" : "\n" + opened))
                .substring(0, 16);
    }

    /** Every step before which {@code address} can't stand any more has nothing to come. */
    private void passed(Traced run, String address) {
        for (StepSpans each : List.copyOf(run.steps.values())) {
            if (each.isSettled() && address.startsWith(arm(each.address()))) {
                tell(run, each);
            }
        }
    }

    /** The address up to the arm of a {@code parallel} that is nearest around it; empty where there is none. */
    private static String arm(String address) {
        int at = address.lastIndexOf(ARM);
        return at < 0 ? "" : address.substring(0, address.indexOf(']', at) + 1);
    }

    private void tell(Traced run, StepSpans step) {
        run.steps.remove(step.address());
        ended.add(step);
    }

    private static @Nullable StepSpans step(Traced run, RunEvent event) {
        String address = event.step();
        if (address == null && event instanceof RunEvent.Warning warning) {
            address = warning.leaked() == null
                    ? warning.place()
                    : warning.leaked().step();
        }
        return address == null ? null : run.steps.get(address);
    }

    /** What comes after a run's end, a message or the seal, is of no span: the run's is told. */
    private void ofRun(Traced run, RunEvent event) {
        if (run.span.isOver() && !(event instanceof RunEvent.StepRetried)) {
            return;
        }
        if (event instanceof RunEvent.InputsResolved inputs) {
            for (Map.Entry<String, Captured> input : inputs.values().entrySet()) {
                run.span.safe("input." + input.getKey(), input.getValue().shown());
            }
        } else if (event instanceof RunEvent.RunResumed resumed) {
            Traceparent led = Traceparent.parse(resumed.traceparent());
            if (led != null && !(led.traceId().equals(trace) && led.spanId().equals(run.span.parentId))) {
                run.span.link(led.traceId(), led.spanId(), "resume");
            }
            SpanEvents.add(run.span, event, now);
        } else if (event instanceof RunEvent.StepRetried) {
            reopen(run);
            SpanEvents.add(run.span, event, now);
        } else if (!(event instanceof RunCompleted)) {
            SpanEvents.add(run.span, event, now);
        }
    }

    private void end(Traced run, RunCompleted end) {
        for (StepSpans each : List.copyOf(run.steps.values())) {
            tell(run, each);
        }
        run.span.text("outcome.state", end.outcome()).number("exit_code", end.exitCode());
        if (end.outcome().equals("error")) {
            run.span.fail(end.reason());
        }
        run.span.end(now);
        endedRuns.add(run.span);
    }

    /** A person has a run go on that was over, and whatever had waited for it: each has a new span, linked to the old one. */
    private void reopen(Traced run) {
        if (run.span.isOver()) {
            SpanBuilder old = run.span;
            SpanBuilder fresh =
                    new SpanBuilder(trace, spanOfRun(run.id, run.opened.size() + 1), old.parentId, old.name, now);
            fresh.text("runbook", run.started.runbookName()).text("run", run.id);
            fresh.link(old, "retry");
            run.span = fresh;
            run.opened.add(fresh);
        }
        Origin origin = origins.get(run.id);
        if (origin != null) {
            reopen(origin.run());
        }
    }

    /** The spans that nothing can be added to any more, each told once, in the order of their ends. */
    public List<TraceSpan> ended() {
        List<TraceSpan> told = new ArrayList<>();
        for (StepSpans each : ended) {
            told.addAll(each.spans(now));
        }
        for (SpanBuilder each : endedRuns) {
            told.add(each.span(now));
        }
        ended.clear();
        endedRuns.clear();
        return told;
    }

    /** All spans, those that are open too: each run's, and then its steps'. */
    public List<TraceSpan> all() {
        List<TraceSpan> spans = new ArrayList<>();
        for (Traced run : runs.values()) {
            for (SpanBuilder span : run.opened) {
                spans.add(span.span(now));
            }
            for (StepSpans step : run.all) {
                spans.addAll(step.spans(now));
            }
        }
        return spans;
    }

    /** The first record; null: there is none yet. */
    public @Nullable RunStarted started() {
        return first;
    }
}

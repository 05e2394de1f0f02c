package dev.gert.telemetry.otlp;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.policy.Captured;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleGauge;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A fold over a run's records that measures: durations and waits in seconds, outcomes, and captures that are numbers. */
final class Measurements {
    private static final AttributeKey<String> RUNBOOK = AttributeKey.stringKey("runbook");
    private static final AttributeKey<String> STEP = AttributeKey.stringKey("step.id");
    private static final AttributeKey<String> TYPE = AttributeKey.stringKey("step.type");
    private static final AttributeKey<String> STATUS = AttributeKey.stringKey("step.status");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome.state");
    private static final AttributeKey<String> MODE = AttributeKey.stringKey("mode");
    private static final AttributeKey<String> DECISION = AttributeKey.stringKey("approval.decision");
    private static final double MICROS = 1e6;

    private final DoubleHistogram runs;
    private final DoubleHistogram steps;
    private final DoubleHistogram waits;
    private final LongCounter outcomes;
    private final Meter meter;
    private final Set<String> captures;
    private final Map<String, DoubleGauge> gauges = new HashMap<>();
    private final Map<String, RunEvent.RunStarted> begun = new HashMap<>();
    private final Map<String, Long> begunAt = new HashMap<>();
    private final Map<String, RunEvent.StepStarted> started = new HashMap<>();
    private final Map<String, Long> askedAt = new HashMap<>();

    /** {@code captures}: the names that go out as gauges. */
    Measurements(Meter meter, Set<String> captures) {
        List<Double> seconds = List.of(0.01, 0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0, 900.0, 3600.0, 14_400.0, 86_400.0);
        this.meter = meter;
        this.captures = captures;
        this.runs = meter.histogramBuilder("gert.run.duration")
                .setUnit("s")
                .setExplicitBucketBoundariesAdvice(seconds)
                .build();
        this.steps = meter.histogramBuilder("gert.step.duration")
                .setUnit("s")
                .setExplicitBucketBoundariesAdvice(seconds)
                .build();
        this.waits = meter.histogramBuilder("gert.approval.wait")
                .setUnit("s")
                .setExplicitBucketBoundariesAdvice(seconds)
                .build();
        this.outcomes =
                meter.counterBuilder("gert.run.outcomes").setUnit("{run}").build();
    }

    /** {@code live}: it happens now; what an earlier session measured is not measured again. */
    void add(Envelope record, boolean live) {
        long now = Envelope.micros(record.time());
        RunEvent event = record.event();
        String place = record.run() + " " + event.step();
        if (event instanceof RunEvent.RunStarted first) {
            begun.put(record.run(), first);
            begunAt.put(record.run(), now);
        } else if (event instanceof RunEvent.StepStarted step) {
            started.put(place, step);
        } else if (event instanceof RunEvent.AwaitingApproval) {
            askedAt.putIfAbsent(place, now); // a new session asks again for what was asked for before
        } else if (event instanceof RunEvent.ApprovalGranted granted && !granted.more()) {
            decided(place, record.run(), "yes", now, live);
        } else if (event instanceof RunEvent.ApprovalDenied) {
            decided(place, record.run(), "no", now, live);
        } else if (live && event instanceof RunEvent.StepCompleted done) {
            completed(place, record.run(), done);
        } else if (live && event instanceof RunEvent.RunCompleted end) {
            Attributes of =
                    Attributes.of(RUNBOOK, runbook(record.run()), OUTCOME, end.outcome(), MODE, mode(record.run()));
            runs.record((now - begunAt.getOrDefault(record.run(), now)) / MICROS, of);
            outcomes.add(1, of);
        }
    }

    private void decided(String place, String run, String decision, long now, boolean live) {
        Long asked = askedAt.remove(place);
        RunEvent.StepStarted step = started.get(place);
        if (live && asked != null && step != null) {
            waits.record(
                    (now - asked) / MICROS, Attributes.of(RUNBOOK, runbook(run), STEP, step.id(), DECISION, decision));
        }
    }

    private void completed(String place, String run, RunEvent.StepCompleted done) {
        RunEvent.StepStarted step = started.get(place);
        if (step == null) {
            return;
        }
        steps.record(
                done.durationMicros() / MICROS,
                Attributes.of(
                        RUNBOOK,
                        runbook(run),
                        STEP,
                        step.id(),
                        TYPE,
                        step.kind(),
                        STATUS,
                        done.status().word()));
        for (Map.Entry<String, Captured> capture : done.captures().entrySet()) {
            if (captures.contains(capture.getKey())
                    && !capture.getValue().shown().redacted()) {
                measured(capture.getKey(), capture.getValue().shown().text(), run);
            }
        }
    }

    /** A capture that is no number is not measured. */
    private void measured(String name, String text, String run) {
        try {
            double value = Double.parseDouble(text.strip());
            if (Double.isFinite(value)) {
                gauges.computeIfAbsent(
                                name,
                                each -> meter.gaugeBuilder("gert.capture." + each)
                                        .build())
                        .set(value, Attributes.of(RUNBOOK, runbook(run)));
            }
        } catch (NumberFormatException e) {
            // the trace has it as the text that it is
        }
    }

    private String runbook(String run) {
        RunEvent.RunStarted first = begun.get(run);
        return first == null ? "" : first.runbookName();
    }

    private String mode(String run) {
        RunEvent.RunStarted first = begun.get(run);
        return first == null ? "" : first.mode();
    }
}

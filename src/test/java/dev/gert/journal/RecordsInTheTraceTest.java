package dev.gert.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.projection.RunSpans;
import dev.gert.projection.TraceSpan;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever is recorded of a run that goes on is seen in its trace. */
class RecordsInTheTraceTest {
    @Test
    void eachChangesIt() {
        List<RunEvent> before = List.of(
                Samples.started(),
                new RunEvent.StepStarted("disk", "disk", "cli", Samples.safe("t"), 1),
                new RunEvent.StepStarted("clean", "clean", "cli", Samples.safe("t"), 1),
                new RunEvent.StepStarted("disk.branches[0].steps[0]", "look", "cli", Samples.safe("t"), 1));
        for (RunEvent event : Samples.oneOfEach()) {
            if (event instanceof RunEvent.RunStarted) {
                continue;
            }
            assertThat(trace(before, event)).as(event.toString()).isNotEqualTo(trace(before, null));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsAnError(StepStatus status) {
        RunSpans spans = new RunSpans();
        spans.add(record(0, Samples.started()));
        spans.add(record(1, new RunEvent.StepStarted("disk", "disk", "cli", Samples.safe("t"), 1)));
        spans.add(record(2, new RunEvent.StepCompleted("disk", 1, status, 1, Map.of(), Samples.safe("why"), 5)));
        TraceSpan step = spans.all().get(1);
        boolean fine = Set.of("passed", "skipped", "not_reached").contains(status.word());
        assertThat(step.status()).isEqualTo(fine ? TraceSpan.Status.UNSET : TraceSpan.Status.ERROR);
        assertThat(step.statusMessage()).matches(why -> fine == (why == null));
    }

    /** Without its times: that time goes by changes nothing. */
    private static String trace(List<RunEvent> before, RunEvent then) {
        RunSpans spans = new RunSpans();
        long seq = 0;
        for (RunEvent event : before) {
            spans.add(record(seq++, event));
        }
        if (then != null) {
            spans.add(record(seq, then));
        }
        StringBuilder text = new StringBuilder();
        for (TraceSpan span : spans.all()) {
            text.append(span.spanId())
                    .append(span.open())
                    .append(span.attributes())
                    .append(span.events());
            text.append(span.links()).append(span.status()).append('\n');
        }
        return text.toString();
    }

    private static Envelope record(long seq, RunEvent event) {
        return new Envelope(seq, "2026-11-23T10:15:00.000000Z", Samples.RUN, null, event);
    }
}

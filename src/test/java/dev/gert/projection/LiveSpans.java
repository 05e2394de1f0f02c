package dev.gert.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.event.Envelope;
import dev.gert.journal.JournalReader;
import dev.gert.render.SchemaCheck;
import dev.gert.render.TraceJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Holds the spans that are told while records come against those made of all records. */
public final class LiveSpans {
    private final RunSpans spans = new RunSpans();
    private final Map<String, String> told = new TreeMap<>();

    public void add(Envelope record) {
        spans.add(record);
        for (TraceSpan span : spans.ended()) {
            assertThat(told.put(span.spanId(), span.toString()))
                    .as("told twice: " + span.name())
                    .isNull();
        }
    }

    /** {@code records}: the same that were added; the run is over. */
    public void areThoseOf(List<Envelope> records) {
        RunSpans again = new RunSpans();
        records.forEach(again::add);
        Map<String, String> made = new TreeMap<>();
        for (TraceSpan span : again.all()) {
            assertThat(span.open()).as(span.name()).isFalse();
            made.put(span.spanId(), span.toString());
        }
        assertThat(made)
                .as("each has an id of its own")
                .hasSameSizeAs(again.all())
                .hasSizeGreaterThan(1);
        assertThat(told).isEqualTo(made);
    }

    /** A run that is over: its {@code trace.json} is that of its journal, and what was told on the way. */
    public static void check(Path run) throws IOException {
        JournalReader.Result.Whole read = (JournalReader.Result.Whole) JournalReader.read(run.resolve("journal.jsonl"));
        RunSpans again = new RunSpans();
        LiveSpans live = new LiveSpans();
        for (Envelope record : read.records()) {
            again.add(record);
            live.add(record);
        }
        live.areThoseOf(read.records());
        StringBuilder json = new StringBuilder();
        TraceJson.write(again, json);
        assertThat(Files.readString(run.resolve("trace.json"))).isEqualTo(json.toString());
        assertThat(SchemaCheck.document("evidence", Files.readString(run.resolve("evidence.json"))))
                .isEmpty();
    }
}

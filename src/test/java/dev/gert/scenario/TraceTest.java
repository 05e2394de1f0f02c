package dev.gert.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.journal.FileJournal;
import dev.gert.journal.JournalReader;
import dev.gert.plan.Plan;
import dev.gert.projection.LiveSpans;
import dev.gert.projection.RunSpans;
import dev.gert.projection.TraceSpan;
import dev.gert.runtime.SystemClock;
import dev.gert.source.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The traces of the repository's scenarios, each replayed; a record comes a second after the one before. */
class TraceTest {
    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final Path GOLDEN = Path.of("src/test/cases/traces/login-success-rate-below-target.txt");

    static List<Path> scenarios() throws IOException {
        try (Stream<Path> all = Files.walk(ROOT.resolve("scenarios"), 2)) {
            return all.filter(each -> Files.exists(each.resolve("expected.yaml")))
                    .map(ROOT::relativize)
                    .sorted()
                    .toList();
        }
    }

    /** The run of the design document that this project implements, and its child. {@code -Dgert.update=true} writes it anew. */
    @Test
    void theDesignDocumentsTrace() throws IOException {
        List<Envelope> records = replayed(Path.of("scenarios/login-success-rate-below-target/icm-749270451"));
        RunSpans spans = new RunSpans();
        records.forEach(spans::add);
        String now = text(spans.all());
        if (Boolean.getBoolean("gert.update")) {
            Files.writeString(GOLDEN, now);
        }
        assertThat(now).isEqualTo(Files.readString(GOLDEN));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void spansMadeLiveAreThoseMadeAgain(Path scenario, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("run");
        FileJournal journal = FileJournal.create(file, new SystemClock());
        LiveSpans live = new LiveSpans();
        for (Envelope each : replayed(scenario)) {
            live.add(journal.append(each.run(), each.span(), each.event()));
        }
        journal.close();
        live.areThoseOf(((JournalReader.Result.Whole) JournalReader.read(file.resolve("journal.jsonl"))).records());
    }

    /** The records of a replay. */
    static List<Envelope> replayed(Path scenario) throws IOException {
        Path file;
        try (Stream<Path> all = Stream.concat(Files.walk(ROOT.resolve("TSG")), Files.walk(ROOT.resolve("runbooks")))) {
            String name = scenario.getParent().getFileName() + ".runbook.yaml";
            file = ROOT.relativize(
                    all.filter(each -> each.getFileName().toString().equals(name))
                            .findFirst()
                            .orElseThrow());
        }
        Plan plan = new RunbookLoader(ROOT, List.of()).load(file, new Diagnostics());
        ScenarioReplay.Opened opened = ScenarioReplay.open(ROOT, plan, file, scenario.toString());
        RunEvent.RunStarted first = new RunEvent.RunStarted(
                plan.runbook().name(),
                new RunEvent.FileDigest(file.toString(), plan.runbook().source().sha256()),
                List.of(),
                Sha256.hex(plan.policy().canonical()),
                "replay",
                "alias",
                "alias",
                "host",
                plan.policy().redactor().safe("749270451"),
                "1.0",
                null,
                "/project",
                "/project",
                "2026-01-01T00:00:00Z",
                "2026-01-01T04:00:00Z",
                List.of(),
                null,
                null,
                List.of());
        List<Envelope> records = new ArrayList<>();
        opened.replay().run(first, List.of(record -> records.add(stamped(record))));
        return records;
    }

    private static Envelope stamped(Envelope record) {
        String time = String.format(
                "2026-01-01T%02d:%02d:%02d.000000Z", record.seq() / 3600, record.seq() / 60 % 60, record.seq() % 60);
        return new Envelope(record.seq(), time, record.run(), record.span(), record.event());
    }

    private static String text(List<TraceSpan> spans) {
        StringBuilder text = new StringBuilder();
        Map<String, String> names = new HashMap<>();
        spans.forEach(span -> names.put(span.spanId(), span.name()));
        for (TraceSpan span : spans) {
            text.append("span ")
                    .append(span.name())
                    .append(span.parentId() == null ? "" : " in " + names.get(span.parentId()));
            text.append("\n  trace ").append(span.traceId()).append(" span ").append(span.spanId());
            text.append(" from ")
                    .append(seconds(span.startNanos()))
                    .append(" to ")
                    .append(seconds(span.endNanos()));
            text.append(" status ").append(span.status()).append('\n');
            attributes("  ", span.attributes(), text);
            for (TraceSpan.Event event : span.events()) {
                text.append("  event ")
                        .append(event.name())
                        .append(" at ")
                        .append(seconds(event.timeNanos()))
                        .append('\n');
                attributes("    ", event.attributes(), text);
            }
            for (TraceSpan.Link link : span.links()) {
                assertThat(link.traceId()).isEqualTo(span.traceId());
                text.append("  link to ").append(names.get(link.spanId())).append('\n');
                attributes("    ", link.attributes(), text);
            }
        }
        return text.toString();
    }

    private static long seconds(long nanos) {
        return nanos / 1_000_000_000L - 1_767_225_600L;
    }

    private static void attributes(String indent, List<TraceSpan.Attribute> attributes, StringBuilder text) {
        for (TraceSpan.Attribute each : attributes) {
            String value = each.value() instanceof TraceSpan.Value.Text said
                    ? said.text().text()
                    : each.value() instanceof TraceSpan.Value.Whole whole
                            ? Long.toString(whole.number())
                            : Boolean.toString(((TraceSpan.Value.Flag) each.value()).flag());
            text.append(indent)
                    .append(each.key())
                    .append(" = ")
                    .append(value.replace("\n", "\\n"))
                    .append('\n');
        }
    }
}

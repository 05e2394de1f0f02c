package dev.gert.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import dev.gert.model.Effect;
import dev.gert.projection.RunGlance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a glance makes of a journal without reading all of it is what all of its records say. */
class GlanceReaderTest {
    private static final String ROOT = Samples.RUN;
    private static final String INVOKED = ROOT + ".2";
    private static final String NEXT = ROOT + ".3";
    private static final String AGAIN = ROOT + ".4";

    @TempDir
    Path temp;

    private final List<String> lines = new ArrayList<>();
    private String prev = JournalLine.NO_PREVIOUS;

    @Test
    void whereverTheJournalEnds() throws IOException {
        start(ROOT);
        step(ROOT, "a", 0);
        add(ROOT, linked("invoke", INVOKED));
        start(INVOKED);
        step(INVOKED, "b", 6_000);
        add(INVOKED, new RunEvent.RunCompleted("resolved", 0, null));
        step(ROOT, "c", 6_000);
        add(ROOT, linked("chain", NEXT));
        add(ROOT, new RunEvent.RunCompleted("needs_rca", 0, null));
        start(NEXT);
        step(NEXT, "d", 6_000);
        add(NEXT, new RunEvent.RunCompleted("error", 1, null));
        add(NEXT, new RunEvent.StepRetried("d", 1, "bob", null));
        add(ROOT, linked("chain", AGAIN));
        start(AGAIN);
        step(AGAIN, "e", 6_000);
        add(AGAIN, new RunEvent.RunCompleted("escalated", 0, null));
        add(AGAIN, new RunEvent.Warning(Samples.safe("x".repeat(5_000)), null));
        agree();
    }

    @Test
    void aChainThatLeadsBackEnds() throws IOException {
        start(ROOT);
        add(ROOT, linked("chain", NEXT));
        add(NEXT, linked("chain", ROOT));
        add(ROOT, new RunEvent.RunCompleted("resolved", 0, null));
        agree();
    }

    @Test
    void aDayThatThereIsNotIsNone() throws IOException {
        Path folder = Files.createDirectory(temp.resolve(ROOT));
        Envelope first = new Envelope(0, "2026-13-45T10:15:00.000000Z", ROOT, null, Samples.started());
        Files.write(
                folder.resolve(FileJournal.NAME),
                JournalLine.compose(first, JournalLine.NO_PREVIOUS).bytes());
        RunGlance glance = GlanceReader.read(folder);
        assertThat(glance.state()).isEqualTo(RunGlance.State.UNREADABLE);
        assertThat(glance.detail()).isEqualTo("a record's time is none");
    }

    private void agree() throws IOException {
        Path folder = Files.createDirectory(temp.resolve(ROOT));
        for (int end = 1; end <= lines.size(); end++) {
            Files.write(
                    folder.resolve(FileJournal.NAME),
                    String.join("", lines.subList(0, end)).getBytes(StandardCharsets.UTF_8));
            GlanceFold all = new GlanceFold(ROOT);
            for (String line : lines.subList(0, end)) {
                all.add((JsonValue.MapValue) ((JsonResult.Ok) JsonReader.read(line.strip())).value());
            }
            RunGlance glance = GlanceReader.read(folder);
            assertThat(List.of(
                            glance.state(),
                            String.valueOf(glance.outcome()),
                            glance.detail(),
                            glance.last(),
                            glance.lastHash()))
                    .as("after " + lines.get(end - 1).substring(0, 120))
                    .isEqualTo(List.of(
                            all.state(false), String.valueOf(all.outcome()), all.detail(), all.time(), all.hash()));
        }
    }

    private void start(String run) {
        add(run, Samples.started());
    }

    private static RunEvent linked(String kind, String child) {
        return new RunEvent.RunLinked("a", 1, kind, child, "x.runbook.yaml", Map.of());
    }

    /** {@code size}: of its title, so that not all of the journal is in its last bytes. */
    private void step(String run, String step, int size) {
        add(run, new RunEvent.StepStarted(step, step, "cli", Samples.safe("t".repeat(size)), 1));
        add(run, new RunEvent.Dispatched(step, 1, Effect.MUTATE, "23".repeat(16), 0));
        add(run, new RunEvent.StepCompleted(step, 1, StepStatus.PASSED, 0, Map.of(), null, 9));
    }

    private void add(String run, RunEvent event) {
        String time = JournalTime.of(1_795_428_900_000_000L + lines.size());
        JournalLine line = JournalLine.compose(new Envelope(lines.size(), time, run, null, event), prev);
        lines.add(new String(line.bytes(), StandardCharsets.UTF_8));
        prev = line.hash();
    }
}

package dev.gert.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.fault.FaultyDisk.When;
import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A clock that is another one in the next session: a day earlier, a year later. */
class ClockTest {
    private static final long DAY = 24L * 3600 * 1_000_000;
    private static final Golden APPROVALS = golden("approvals");

    @Test
    void nothingIsRefusedBecauseOfTheTime() throws IOException {
        int sessions = 0;
        for (Golden golden : Golden.all()) {
            Sound sound = Sound.of(golden);
            for (long move : new long[] {-DAY, 365 * DAY}) {
                for (int at = 20; at < sound.history().size(); at += 11) {
                    try (Scratch scratch = new Scratch()) {
                        Stage stage = new Stage(golden, scratch.path());
                        stage.start(new FaultyDisk().goneAt(at, When.AFTER));
                        stage.micros += move;
                        String last = stage.goOn();
                        String where = golden + " at " + at + ", the clock moved by " + move;
                        if (move > 0 && last.equals("error") && waited(stage)) {
                            continue;
                        }
                        sound.holds(stage, last, where);
                        sessions++;
                    }
                }
            }
        }
        System.out.println("sessions under another clock: " + sessions);
    }

    /** A request that was open is over after a year: its step is blocked. */
    private static boolean waited(Stage stage) throws IOException {
        return Files.readString(stage.journal()).contains("its approval request expired");
    }

    @Test
    void aRequestIsOverAtItsTimeWhateverTheClockDoesAfter() throws IOException {
        try (Scratch scratch = new Scratch()) {
            Stage stage = new Stage(APPROVALS, scratch.path());
            stage.nobody = true;
            assertThat(stage.start(new FaultyDisk())).startsWith("pending");
            stage.micros -= DAY;
            assertThat(stage.resume(new FaultyDisk())).startsWith("pending");
            stage.micros += 2 * DAY;
            stage.nobody = false;
            assertThat(stage.resume(new FaultyDisk())).isEqualTo("error");
            stage.micros -= 10 * DAY;
            assertThat(stage.resume(new FaultyDisk())).isEqualTo("error");
            assertThat(stage.log).isEmpty();
            String journal = Files.readString(stage.journal());
            assertThat(Pattern.compile("\"expires\":\"[^\"]*\"")
                            .matcher(journal)
                            .results()
                            .map(MatchResult::group)
                            .distinct())
                    .hasSize(1);
            assertThat(journal).contains("its approval request expired");
        }
    }

    @Test
    void aClockSetBackGivesNobodyMoreTime() throws IOException {
        try (Scratch scratch = new Scratch()) {
            Stage stage = new Stage(APPROVALS, scratch.path());
            stage.nobody = true;
            stage.start(new FaultyDisk());
            stage.micros += 29L * 60 * 1_000_000;
            assertThat(stage.resume(new FaultyDisk())).startsWith("pending");
            stage.micros += 2L * 60 * 1_000_000;
            assertThat(stage.resume(new FaultyDisk())).isEqualTo("error");
        }
        try (Scratch scratch = new Scratch()) {
            Stage stage = new Stage(APPROVALS, scratch.path());
            stage.nobody = true;
            stage.start(new FaultyDisk());
            stage.micros -= DAY;
            stage.nobody = false;
            assertThat(stage.goOn()).isEqualTo("resolved");
        }
    }

    private static Golden golden(String name) {
        return Golden.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}

package dev.gert.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/** What a golden run comes to where nothing fails. */
record Sound(
        Golden golden,
        String end,
        List<FaultyDisk.Done> history,
        Map<String, String> statuses,
        byte[] journal,
        List<String> log) {
    static Sound of(Golden golden) throws IOException {
        try (Scratch scratch = new Scratch()) {
            FaultyDisk disk = new FaultyDisk();
            Stage stage = new Stage(golden, scratch.path());
            String end = stage.start(disk);
            byte[] journal = Files.readAllBytes(stage.journal());
            Sound sound = new Sound(
                    golden,
                    end,
                    List.copyOf(disk.history()),
                    Invariants.statuses(journal),
                    journal,
                    List.copyOf(stage.log));
            sound.holds(stage, end, golden.name());
            return sound;
        }
    }

    /** That a run that is over is what it is without a fault, and did what it says. */
    void holds(Stage stage, String last, String where) throws IOException {
        byte[] now = Files.readAllBytes(stage.journal());
        List<String> broken = Invariants.broken(now, stage.log, true, statuses);
        assertThat(broken)
                .as(where + "\n" + String.join("\n", stage.log) + "\n" + new String(now))
                .isEmpty();
        if (!statuses.containsValue("failed")) {
            assertThat(last).as(where).isEqualTo(end);
        }
    }
}

package dev.gert.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A disk that takes a few bytes at a time, that fails once to put them where they stay, or that is full. */
class FailingDiskTest {
    /** What a command printed may not find room any more: then it is ended, and what came of it is not known. */
    private static final String PRINTS = "see|big|late|.*iterate#\\d+\\.steps\\[1\\]";

    @Test
    void shortWritesChangeNothing() throws IOException {
        for (int most : List.of(1, 7, 500)) {
            for (Golden golden : Golden.all()) {
                if (golden.name().equals("output") && most < 500) {
                    continue;
                }
                try (Scratch scratch = new Scratch()) {
                    Stage stage = new Stage(golden, scratch.path());
                    String end = stage.start(new FaultyDisk().takingAtMost(most));
                    Sound.of(golden).holds(stage, end, golden + ", " + most + " bytes at a time");
                }
            }
        }
    }

    @Test
    void someForcesFail() throws IOException {
        failing(5);
    }

    @Test
    @Tag("full")
    void everyForceFailsOnce() throws IOException {
        failing(1);
    }

    /** Nothing more is dispatched, and the next session goes on. */
    private static void failing(int stride) throws IOException {
        int failures = 0;
        for (Golden golden : Golden.all()) {
            Sound sound = Sound.of(golden);
            int forces = (int) sound.history().stream()
                    .filter(d -> d.what().startsWith("force"))
                    .count();
            for (int n = 0; n < forces; n += stride) {
                try (Scratch scratch = new Scratch()) {
                    Stage stage = new Stage(golden, scratch.path());
                    FaultyDisk disk = new FaultyDisk().forceFails(n);
                    String end = stage.start(disk);
                    String where = golden + ", force " + n;
                    failures++;
                    if (!golden.name().equals("parallel")) {
                        assertThat(disk.effectsAfterFailure()).as(where).isZero();
                    }
                    again(golden, sound, stage, end, where);
                }
            }
        }
        System.out.println("forces that failed once: " + failures + "; nothing dispatched after, 0 lost, 0 repeated");
    }

    /** A person's file that can't be copied is asked for again; everything else ends the session. */
    private static void again(Golden golden, Sound sound, Stage stage, String end, String where) throws IOException {
        if (end.startsWith("refused")) {
            assertThat(stage.log).as(where).isEmpty();
            return;
        }
        if (!end.startsWith("pending")) {
            assertThat(end).as(where).isEqualTo("unrecorded");
        }
        byte[] journal = Files.readAllBytes(stage.journal());
        assertThat(Invariants.broken(journal, stage.log, false, null)).as(where).isEmpty();
        String last = stage.goOn();
        if (last.startsWith("refused")) {
            assertThat(stage.log).as(where + last).isEmpty();
        } else {
            sound.holds(stage, last, where);
        }
    }

    @Test
    void theDiskIsFull() throws IOException {
        full(4000);
    }

    @Test
    @Tag("full")
    void theDiskIsFullAtEveryPlace() throws IOException {
        full(700);
    }

    private static void full(int stride) throws IOException {
        int full = 0;
        int recorded = 0;
        int doubtful = 0;
        for (Golden golden : Golden.all()) {
            Sound sound = Sound.of(golden);
            long needs = 0;
            for (FaultyDisk.Done done : sound.history()) {
                needs += done.what().equals("write") ? done.bytes().length : 0;
            }
            int step = golden.name().equals("output") ? stride * 20 : stride;
            for (long room = 100; room < needs; room += room < 66_000 ? Math.max(step, 20_000) : step) {
                try (Scratch scratch = new Scratch()) {
                    Stage stage = new Stage(golden, scratch.path());
                    String end = stage.start(new FaultyDisk().withRoom(room));
                    String where = golden + " with room for " + room + " bytes";
                    if (end.equals(sound.end())) {
                        continue;
                    }
                    full++;
                    if (end.equals("unrecorded") && !stage.log.isEmpty() && Files.exists(stage.journal())) {
                        String journal = Files.readString(stage.journal());
                        Set<String> open = open(journal);
                        recorded += open.isEmpty() ? 1 : 0;
                        doubtful += open.isEmpty() ? 0 : 1;
                        if (!golden.name().equals("parallel")) {
                            assertThat(open).as(where).allMatch(each -> each.matches(PRINTS));
                        }
                    }
                    again(golden, sound, stage, end, where);
                }
            }
        }
        System.out.println("disks that were full: " + full + ", the last result recorded in " + recorded
                + ", left in doubt in " + doubtful);
        assertThat(recorded).isPositive();
    }

    /** What is under way where the journal ends. */
    private static Set<String> open(String journal) {
        Map<String, String> open = new HashMap<>();
        for (String line : journal.split("\n")) {
            String span = line.replaceAll(".*\"span\":([^,]*),.*", "$1");
            if (line.contains("\"type\":\"dispatched\"")) {
                open.put(span, line.replaceAll(".*\"step\":\"([^\"]*)\".*", "$1"));
            } else if (line.contains("\"type\":\"step_completed\"") || line.contains("\"type\":\"attempt_failed\"")) {
                open.remove(span);
            }
        }
        return new HashSet<>(open.values());
    }
}

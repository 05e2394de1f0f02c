package dev.gert.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.fault.FaultyDisk.When;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A process that ends before, in or after any operation of any run, and the sessions that go on with it. */
class CrashPointsTest {
    @Test
    void someOfThePoints() throws IOException {
        everyPoint(7);
        twice(20);
    }

    @Test
    @Tag("full")
    void allThePoints() throws IOException {
        everyPoint(1);
        twice(Scratch.times(80));
    }

    private static void everyPoint(int stride) throws IOException {
        int points = 0;
        int resumed = 0;
        int refused = 0;
        for (Golden golden : Golden.all()) {
            Sound sound = Sound.of(golden);
            List<FaultyDisk.Done> history = sound.history();
            for (int at = 0; at < history.size(); at++) {
                for (When when : When.values()) {
                    boolean whole = when == When.IN && !history.get(at).what().equals("write");
                    if (whole || (at * 3 + when.ordinal()) % stride != 0) {
                        continue;
                    }
                    try (Scratch scratch = new Scratch()) {
                        Stage stage = new Stage(golden, scratch.path());
                        String end = stage.start(new FaultyDisk().goneAt(at, when));
                        String where = golden + ", " + when + " " + at + " "
                                + history.get(at).what() + " " + history.get(at).path();
                        if (!golden.name().equals("parallel")) {
                            assertThat(end).as(where).isEqualTo("gone");
                        }
                        String last = stage.goOn();
                        points++;
                        if (last.startsWith("refused")) {
                            refused++;
                            assertThat(stage.log).as(where + ": " + last).isEmpty();
                        } else {
                            resumed++;
                            sound.holds(stage, last, where);
                        }
                    }
                }
            }
        }
        System.out.println("crash points: " + points + ", " + resumed + " resumed to their end, " + refused
                + " before anything could run; 0 lost, 0 repeated, 0 illegal");
        assertThat(points).isGreaterThan(stride == 1 ? 1600 : 100);
    }

    /** What goes on ends as well, anywhere, and again. */
    private static void twice(int times) throws IOException {
        long seed = 20261123;
        Random random = new Random(seed);
        int points = 0;
        for (Golden golden : Golden.all()) {
            Sound sound = Sound.of(golden);
            for (int i = 0; i < times; i++) {
                try (Scratch scratch = new Scratch()) {
                    Stage stage = new Stage(golden, scratch.path());
                    List<String> where = new ArrayList<>();
                    int at = random.nextInt(sound.history().size());
                    String end = stage.start(new FaultyDisk().goneAt(at, When.AFTER));
                    where.add(golden + ", seed " + seed + ", at " + at + ": " + end);
                    for (int again = 0; again < 4; again++) {
                        at = random.nextInt(30);
                        When when = When.values()[random.nextInt(3)];
                        FaultyDisk disk = new FaultyDisk().goneAt(at, when);
                        end = end.equals("in doubt") ? stage.decide(disk) : stage.resume(disk);
                        points += disk.isGone() ? 1 : 0;
                        where.add(when + " " + at + ": " + end);
                    }
                    String last = stage.goOn();
                    if (last.startsWith("refused")) {
                        assertThat(stage.log).as(where + ": " + last).isEmpty();
                    } else {
                        sound.holds(stage, last, where.toString());
                    }
                }
            }
        }
        System.out.println("crashes while a run was gone on with: " + points + ", seed " + seed);
    }
}

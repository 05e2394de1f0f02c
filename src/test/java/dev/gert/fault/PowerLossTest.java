package dev.gert.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.fault.FaultyDisk.When;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The power goes at any operation: what was not forced is there or not, block by block and name by name. */
class PowerLossTest {
    private static final long SEED = 4711;
    private int states;
    private int refused;
    private int cut;

    @Test
    void someStates() throws IOException {
        sample(400);
    }

    @Test
    @Tag("full")
    void manyStates() throws IOException {
        sample(Scratch.times(5200));
    }

    private void sample(int wanted) throws IOException {
        Random random = new Random(SEED);
        List<Golden> all = Golden.all();
        for (int round = 0; states < wanted; round++) {
            for (Golden golden : all) {
                Sound sound = Sound.of(golden);
                for (int i = 0; i < 8; i++) {
                    first(golden, sound, random, "seed " + SEED + ", round " + round + ", " + golden + ", " + i);
                    again(golden, sound, random, "seed " + SEED + ", round " + round + ", " + golden + ", again " + i);
                }
            }
        }
        System.out.println("states after a loss of power: " + states + ", " + cut + " with a torn end, " + refused
                + " before anything could run, seed " + SEED + "; 0 lost, 0 repeated, 0 illegal");
        assertThat(cut).isGreaterThan(states / 50);
    }

    /** In the first session. */
    private void first(Golden golden, Sound sound, Random random, String where) throws IOException {
        try (Scratch scratch = new Scratch();
                Scratch found = new Scratch()) {
            Stage stage = new Stage(golden, scratch.path());
            FaultyDisk disk =
                    new FaultyDisk().goneAt(random.nextInt(sound.history().size()), When.AFTER);
            Map<Path, byte[]> before = files(scratch.path());
            before.put(Path.of("picture.png"), "a picture".repeat(200).getBytes(StandardCharsets.UTF_8));
            before.put(Path.of("runs"), null);
            before.put(Path.of(""), null);
            stage.start(disk);
            check(golden, sound, disk, before, stage, List.of(), random, found.path(), where);
        }
    }

    /** In one that goes on after a crash. */
    private void again(Golden golden, Sound sound, Random random, String where) throws IOException {
        try (Scratch scratch = new Scratch();
                Scratch found = new Scratch()) {
            Stage stage = new Stage(golden, scratch.path());
            int at = random.nextInt(sound.history().size());
            stage.start(new FaultyDisk().goneAt(at, When.IN));
            Map<Path, byte[]> before = files(scratch.path());
            List<String> log = List.copyOf(stage.log);
            FaultyDisk disk = new FaultyDisk().goneAt(random.nextInt(40), When.AFTER);
            stage.resume(disk);
            check(golden, sound, disk, before, stage, log, random, found.path(), where + ", " + at);
        }
    }

    private void check(
            Golden golden,
            Sound sound,
            FaultyDisk disk,
            Map<Path, byte[]> before,
            Stage stage,
            List<String> earlier,
            Random random,
            Path found,
            String where)
            throws IOException {
        List<FaultyDisk.Done> history = disk.history();
        PowerLoss loss = new PowerLoss(history, history.size(), stage.reports, before, random);
        loss.find(found);
        states++;
        Stage after = new Stage(golden, found);
        after.log.addAll(stage.log);
        assertThat(stage.log).hasSize(earlier.size() + loss.effects());
        byte[] whole = Files.isRegularFile(stage.journal()) ? Files.readAllBytes(stage.journal()) : new byte[0];
        int forced = (int) disk.forced(stage.journal());
        noOutputOfWhatWasNeverSent(after.folder, where);
        String end = after.goOn();
        if (end.startsWith("refused")) {
            refused++;
            assertThat(after.log).as(where + ": " + end).isEmpty();
            assertThat(stage.log).as(where + ": " + end).isEmpty();
            return;
        }
        byte[] journal = Files.readAllBytes(after.journal());
        assertThat(Arrays.copyOf(journal, forced)).as(where).isEqualTo(Arrays.copyOf(whole, forced));
        String text = new String(journal, StandardCharsets.UTF_8);
        cut += text.matches("(?s).*\"cut_bytes\":[1-9].*") ? 1 : 0;
        sound.holds(after, end, where);
    }

    /** By which `gert resume` tells a journal whose end was taken away. */
    private static void noOutputOfWhatWasNeverSent(Path folder, String where) throws IOException {
        Path output = folder.resolve("output");
        if (!Files.isDirectory(output)) {
            return;
        }
        assertThat(folder.resolve("journal.jsonl")).as(where).exists();
        String journal = Files.readString(folder.resolve("journal.jsonl"), StandardCharsets.ISO_8859_1);
        int sent = journal.split("\"type\":\"dispatched\"", -1).length - 1;
        try (Stream<Path> files = Files.list(output)) {
            assertThat(files.map(
                            f -> Integer.parseInt(f.getFileName().toString().substring(0, 3))))
                    .as(where)
                    .allMatch(number -> number <= sent);
        }
    }

    private static Map<Path, byte[]> files(Path root) throws IOException {
        Map<Path, byte[]> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(root)) {
            for (Path path : walk.toList()) {
                files.put(root.relativize(path), Files.isDirectory(path) ? null : Files.readAllBytes(path));
            }
        }
        return files;
    }
}

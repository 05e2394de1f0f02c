package dev.gert.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system that is really full: one in memory, of 2 MiB, mounted where the tests may. */
class FullDiskTest {
    private static final int SIZE = 2 << 20;

    @TempDir
    Path folder;

    @Test
    void theRunGoesOnOnceThereIsRoom() throws IOException, InterruptedException {
        String mount = "mount -t tmpfs -o size=" + SIZE + " gert-full \"$0\" && exec \"$@\"";
        boolean root = Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        Process process = new ProcessBuilder(
                        "unshare",
                        root ? "-m" : "-rm",
                        "sh",
                        "-c",
                        mount,
                        folder.toString(),
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FullDiskTest.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        List<String> says = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            out.lines().forEach(says::add);
        }
        int code = process.waitFor();
        if (!says.contains("mounted")) {
            System.out.println("SKIPPED: no file system can be mounted here, so none was full: " + says);
            assumeTrue(false, "no file system can be mounted here: " + says);
        }
        System.out.println(says.get(says.size() - 1));
        assertThat(code).as(String.join("\n", says)).isZero();
    }

    /** In a process of its own, which has the mount to itself. */
    public static void main(String[] args) throws IOException {
        System.out.println("mounted");
        Path disk = Path.of(args[0]);
        Path filler = disk.resolve("filler");
        int full = 0;
        int recorded = 0;
        for (Golden golden : Golden.all()) {
            Sound sound = Sound.of(golden);
            for (int room : new int[] {8, 80, 84, 88, 92, 96, 100, 104, 112, 120}) {
                Stage stage = new Stage(golden, disk.resolve("reports"));
                fill(filler, room << 10);
                String end = stage.start(new FaultyDisk());
                String where = golden + ", " + room + " KiB";
                boolean whole = end.equals(sound.end()) && !end.equals("unrecorded");
                assertThat(whole || end.equals("unrecorded") || end.startsWith("refused") || end.startsWith("pending"))
                        .as(where + ": " + end)
                        .isTrue();
                full += whole ? 0 : 1;
                Files.delete(filler);
                boolean begun = Files.exists(stage.journal()) && Files.size(stage.journal()) > 0;
                if (begun) {
                    byte[] journal = Files.readAllBytes(stage.journal());
                    assertThat(Invariants.broken(journal, stage.log, false, null))
                            .as(where)
                            .isEmpty();
                    recorded += stage.log.isEmpty() ? 0 : 1;
                }
                String last = begun ? stage.goOn() : "refused";
                if (last.startsWith("refused")) {
                    assertThat(stage.log).as(where + ": " + last).isEmpty();
                } else {
                    sound.holds(stage, last, where);
                }
                new Scratch(stage.reports).close();
            }
        }
        assertThat(full).isGreaterThan(40);
        System.out.println("a real disk that was full: " + full + " times; " + recorded
                + " runs on it had effects; 0 lost, 0 repeated");
    }

    /** Leaves that many bytes, and not one block more. */
    private static void fill(Path filler, int room) throws IOException {
        long free = Files.getFileStore(filler.getParent()).getUsableSpace();
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(filler)) {
            for (long left = free - room; left >= block.length; left -= block.length) {
                out.write(block);
            }
        }
    }
}

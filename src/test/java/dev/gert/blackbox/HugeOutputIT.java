package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Output far larger than the heap: it goes to its file whole, and the journal's digest is the file's. */
@Tag("full")
class HugeOutputIT {
    private static final long GIB = 1L << 30;
    private static final String SECRET = " password=hunter2hunter2 ";
    private static final String REDACTED = " password=*** ";

    @TempDir
    Path folder;

    private Workshop shop;

    @BeforeEach
    void work() throws IOException {
        shop = new Workshop(folder);
        long usable = Files.getFileStore(folder).getUsableSpace();
        assumeTrue(usable > 4 * GIB, "needs 4 GiB in " + folder + ", has " + usable);
        shop.file("big.runbook.yaml", runbook("big"));
        shop.file("line.runbook.yaml", runbook("line"));
    }

    private static String runbook(String program) {
        return "apiVersion: runbook/v0\nmeta: {name: " + program + "}\nsteps:\n"
                + "  - {id: one, type: cli, title: One, timeout: 20m, with: {argv: [" + program + "]},"
                + " outcomes: [{state: resolved}]}\n";
    }

    @Test
    void twoGibibytesOfLines() throws Exception {
        shop.standIn("big", "exec yes 0123456789abcdef | head -c " + 2 * GIB);
        shop.file("governance.yaml", "apiVersion: governance/v0\nallow_commands: [big]\n");
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        feed(digest, "0123456789abcdef\n", 2 * GIB);

        holds("big", 2 * GIB, digest, false);
    }

    @Test
    void oneLineOfAGibibyteUnderARedactionRule() throws Exception {
        shop.standIn(
                "line",
                "head -c " + GIB / 2 + " /dev/zero | tr '\\0' x; printf '" + SECRET + "'; head -c " + GIB / 2
                        + " /dev/zero | tr '\\0' y");
        shop.file(
                "governance.yaml",
                "apiVersion: governance/v0\nallow_commands: [line]\n"
                        + "redact: [{pattern: 'password=[^ ]+', replace: 'password=***'}]\n");
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        feed(digest, "x", GIB / 2);
        feed(digest, REDACTED, REDACTED.length());
        feed(digest, "y", GIB / 2);

        holds("line", GIB + REDACTED.length(), digest, true);
    }

    private void holds(String program, long bytes, MessageDigest expected, boolean redacted) throws Exception {
        long start = System.nanoTime();
        List<String> line = shop.commandLine("run", program + ".runbook.yaml");
        line.add(1, "-Xmx128m");
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(shop.folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(shop.folder.resolve("said").toFile());
        builder.environment().clear();
        builder.environment().putAll(shop.environment());
        Process process = builder.start();
        assertThat(process.waitFor(25, TimeUnit.MINUTES)).isTrue();
        String said = Files.readString(shop.folder.resolve("said"));
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said).contains("outcome  resolved").hasSizeLessThan(2000);

        Path output = shop.journal().resolveSibling("output/001-one.out");
        String digest = HexFormat.of().formatHex(expected.digest());
        assertThat(output).hasSize(bytes);
        assertThat(sha256(output)).isEqualTo(digest);
        assertThat(Files.readString(shop.journal()))
                .contains("\"bytes\":" + bytes + ",\"sha256\":\"" + digest + "\",\"redacted\":" + redacted);
        System.out.println(program + ": " + bytes + " bytes in " + (System.nanoTime() - start) / 1_000_000_000 + " s");
        Files.delete(output);
    }

    private static void feed(MessageDigest digest, String pattern, long bytes) {
        byte[] block = pattern.repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
        for (long left = bytes; left > 0; left -= block.length) {
            digest.update(block, 0, (int) Math.min(block.length, left));
        }
    }

    private static String sha256(Path file) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[1 << 20];
        try (var in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}

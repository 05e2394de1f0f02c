import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What many runs cost: {@code java bench/Runs.java [ROUNDS]}, after {@code ./mvnw package}. One run and one chain are
 * made, their journals copied under other ids, then {@code gert stats} and {@code gert runs} read them all.
 */
public final class Runs {
    private static final Path GERT = Path.of("gert").toAbsolutePath();
    private static final int STEPS = 20;

    private static Path work = Path.of("");
    private static double most;

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        work = Files.createTempDirectory("gert-bench");
        Files.createDirectories(work.resolve(".git"));
        Files.writeString(work.resolve("governance.yaml"), "apiVersion: governance/v0\ndefault: allow\n");
        StringBuilder text = new StringBuilder("apiVersion: runbook/v0\nmeta: {name: long}\nsteps:\n");
        for (int i = 0; i < STEPS; i++) {
            text.append("  - {id: s").append(i).append(", type: cli, effect: read, with: {argv: [echo, \"7\"]}}\n");
        }
        Files.writeString(work.resolve("long.runbook.yaml"), text.toString());
        Files.writeString(
                work.resolve("chain.runbook.yaml"),
                "apiVersion: runbook/v0\nmeta: {name: chain}\nsteps:\n  - {id: first, type: cli, with: {argv: [echo, a]}, "
                        + "outcomes: [{state: needs_rca, next_runbook: {file: last.runbook.yaml}}]}\n");
        Files.writeString(
                work.resolve("last.runbook.yaml"),
                "apiVersion: runbook/v0\nmeta: {name: last}\nsteps:\n  - {id: last, type: cli, with: {argv: [echo, b]}, "
                        + "outcomes: [{state: resolved}]}\n");
        long bytes = copies("long.runbook.yaml", "thousand", 1_000);
        copies("chain.runbook.yaml", "chains", 10_000);
        measure("gert stats, 1,000 runs of " + STEPS + " steps, " + bytes / 1_000_000 + " MB", rounds, 2_000, "stats", "thousand");
        measure("gert runs, 1,000 runs", rounds, 1_000, "runs", "thousand");
        measure("gert stats, 10,000 chains", rounds, 6_000, "stats", "chains");
        measure("gert runs --limit 0, 10,000 chains", rounds, 3_000, "runs", "chains", "--limit", "0");
        try (Stream<Path> all = Files.walk(work)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Makes one run, and as many others of it; returns the size of all journals. */
    private static long copies(String runbook, String name, int count) throws Exception {
        Path reports = work.resolve(name + "-one");
        spent("run", "-q", runbook, "--reports", reports.toString());
        Path folder;
        try (Stream<Path> runs = Files.list(reports.resolve("runs"))) {
            folder = runs.findFirst().orElseThrow();
        }
        String id = folder.getFileName().toString();
        List<String> records = Files.readAllLines(folder.resolve("journal.jsonl"));
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            String time = String.format(Locale.ROOT, "202611%02dT%02d%02d%02dZ", 1 + i % 28, i / 28 % 24, i % 60, i / 60 % 60);
            String other = time + "-" + String.format(Locale.ROOT, "%08x", i);
            Path to = Files.createDirectories(work.resolve(name + "/runs").resolve(other));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            String prev = "0".repeat(64);
            for (String record : records) {
                String middle = record.substring(0, record.lastIndexOf(",\"prev\":")).replace(id, other);
                byte[] hashed = (middle + ",\"prev\":\"" + prev + "\"").getBytes(StandardCharsets.UTF_8);
                prev = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(hashed));
                out.writeBytes(hashed);
                out.writeBytes((",\"hash\":\"" + prev + "\"}\n").getBytes(StandardCharsets.UTF_8));
            }
            Files.write(to.resolve("journal.jsonl"), out.toByteArray());
            bytes += out.size();
        }
        return bytes;
    }

    private static void measure(String what, int rounds, double budget, String command, String name, String... more)
            throws Exception {
        List<String> words = new ArrayList<>(List.of(command, "--reports", work.resolve(name).toString()));
        words.addAll(List.of(more));
        double[] took = new double[rounds];
        most = 0;
        for (int i = 0; i < rounds; i++) {
            took[i] = spent(words.toArray(new String[0]));
        }
        Arrays.sort(took);
        System.out.printf(
                Locale.ROOT,
                "%-50s %6.0f ms, %.0f MiB  %s %.0f ms%n",
                what,
                took[rounds / 2],
                most,
                took[rounds / 2] <= budget ? "within" : "OVER",
                budget);
    }

    private static double spent(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(GERT.toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).directory(work.toFile());
        builder.environment().put("GERT_JAVA", System.getProperty("java.home"));
        Path said = work.resolve("said.txt");
        long start = System.nanoTime();
        Process process = builder.redirectOutput(said.toFile()).start();
        process.getOutputStream().close();
        while (!process.waitFor(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
            most = Math.max(most, peak(process.pid()));
        }
        double millis = (System.nanoTime() - start) / 1e6;
        if (process.exitValue() != 0) {
            throw new IllegalStateException(command + ": " + process.exitValue() + "\n" + Files.readString(said));
        }
        return millis;
    }

    private static double peak(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
                }
            }
        } catch (IOException e) {
            // it ended in the meantime, or there is no /proc
        }
        return 0;
    }
}

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a long journal costs: {@code java bench/Journals.java [ROUNDS]}, after {@code ./mvnw package}. A short run's
 * journal is made long, then {@code gert verify}, {@code gert resume} and {@code gert report} read it.
 */
public final class Journals {
    private static final Path GERT = Path.of("gert").toAbsolutePath();
    private static final int STEPS = 25;
    private static final int TURNS = 1_000;

    private static Path work = Path.of("");

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        work = Files.createTempDirectory("gert-bench");
        Files.createDirectories(work.resolve(".git"));
        Files.writeString(work.resolve("governance.yaml"), "apiVersion: governance/v0\ndefault: allow\n");
        StringBuilder text = new StringBuilder("apiVersion: runbook/v0\nmeta: {name: long}\ntree:\n  - iterate:\n");
        text.append("      max: ").append(TURNS).append("\n      until: found == 0\n      steps:\n");
        for (int i = 0; i < STEPS; i++) {
            text.append("        - step: {id: s").append(i).append(", type: cli, effect: read, with: {argv: [echo, \"7\"]}");
            text.append(", capture: {").append(i == 0 ? "found" : "f" + i).append(": stdout}}\n");
        }
        Path runbook = work.resolve("long.runbook.yaml");
        Files.writeString(runbook, text.toString());
        Path two = work.resolve("two.runbook.yaml");
        Files.writeString(two, Files.readString(runbook).replace("max: " + TURNS, "max: 2"));
        spent(List.of(1, 0), "run", "-q", "two.runbook.yaml");
        Path folder;
        try (Stream<Path> runs = Files.list(work.resolve("reports/runs"))) {
            folder = runs.findFirst().orElseThrow();
        }
        List<String> records = Files.readAllLines(folder.resolve("journal.jsonl"));
        Path whole = work.resolve("whole").resolve(folder.getFileName());
        long bytes = write(records, whole, runbook, two, 4 * TURNS, true);
        double verify = median(rounds, () -> spent(List.of(0), "verify", "-q", whole + "/"));
        Path one = work.resolve("one").resolve(folder.getFileName());
        long small = write(records, one, runbook, two, 1, true);
        double least = median(rounds, () -> spent(List.of(0), "verify", "-q", one + "/"));
        System.out.printf(Locale.ROOT, "gert verify, %.0f MB %28.0f ms, %.0f MiB%n", bytes / 1e6, verify, most);
        System.out.printf(Locale.ROOT, "gert verify, %.2f MB %27.0f ms%n", small / 1e6, least);
        double rate = (bytes - small) / 1e3 / (verify - least);
        System.out.printf(Locale.ROOT, "gert verify %35.0f MB/s  %s 100%n", rate, rate >= 100 ? "within" : "OVER");
        Path part = work.resolve("part").resolve(folder.getFileName());
        double[] took = new double[rounds];
        most = 0;
        for (int i = 0; i < rounds; i++) {
            Files.deleteIfExists(part.resolve("evidence.json"));
            write(records, part, runbook, two, TURNS, false);
            took[i] = spent(List.of(0, 1), "resume", "-q", part + "/");
        }
        Arrays.sort(took);
        System.out.printf(
                Locale.ROOT,
                "gert resume, %d records %19.0f ms, %.0f MiB  %s 3000 ms, 256 MiB%n",
                Files.readAllLines(part.resolve("journal.jsonl")).size(),
                took[rounds / 2],
                most,
                took[rounds / 2] <= 3_000 && most <= 256 ? "within" : "OVER");
        most = 0;
        double report = median(rounds, () -> spent(List.of(0), "report", "-q", part + "/"));
        double page = Files.size(part.resolve("report.html")) / 1e6;
        System.out.printf(
                Locale.ROOT,
                "gert report, the same %25.0f ms, %.0f MiB, page %.1f MB  %s 3000 ms, 5 MB%n",
                report,
                most,
                page,
                report <= 3_000 && page <= 5 ? "within" : "OVER");
        try (Stream<Path> all = Files.walk(work)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    /** The records of the second turn again and again, to the end of the run or to the last turn's. */
    private static long write(List<String> records, Path to, Path runbook, Path two, int turns, boolean end)
            throws Exception {
        Files.createDirectories(to.resolve("pinned"));
        Files.copy(
                work.resolve("governance.yaml"),
                to.resolve("pinned").resolve(sha256(Files.readAllBytes(work.resolve("governance.yaml"))) + ".yaml"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.copy(
                runbook,
                to.resolve("pinned").resolve(sha256(Files.readAllBytes(runbook)) + ".yaml"),
                StandardCopyOption.REPLACE_EXISTING);
        String now = sha256(Files.readAllBytes(runbook));
        String then = sha256(Files.readAllBytes(two));
        List<String> turn = new ArrayList<>();
        List<String> head = new ArrayList<>();
        List<String> tail = new ArrayList<>();
        for (String record : records) {
            boolean printed = record.contains("\"type\":\"output_captured\"");
            boolean second = record.contains("#2") || record.contains("\"iteration\":2,");
            boolean first = record.contains("#1") || record.contains("\"iteration\":1,");
            String made = record.replace(then, now).replace("two.runbook.yaml", "long.runbook.yaml");
            made = made.replace("\"total\":2,", "\"total\":" + TURNS + ",");
            if (!printed) {
                (second ? turn : first || tail.isEmpty() && head.size() < 3 && turn.isEmpty() ? head : tail).add(made);
            }
        }
        String prev = "0".repeat(64);
        long seq = 0;
        Path journal = to.resolve("journal.jsonl");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(journal), 1 << 16)) {
            for (int i = 1; i <= turns + 1; i++) {
                List<String> some = i == 1 ? head : i <= turns ? turn : end ? tail : List.of();
                for (String record : some) {
                    String of = i == 1 || i > turns ? record : record.replace("#2", "#" + i).replace("\"iteration\":2,", "\"iteration\":" + i + ",");
                    String middle = of.substring(of.indexOf(','), of.lastIndexOf(",\"prev\":"));
                    byte[] hashed = ("{\"seq\":" + seq++ + middle + ",\"prev\":\"" + prev + "\"").getBytes(StandardCharsets.UTF_8);
                    prev = sha256(hashed);
                    out.write(hashed);
                    out.write((",\"hash\":\"" + prev + "\"}\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return Files.size(journal);
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private interface Timed {
        double run() throws Exception;
    }

    private static double median(int rounds, Timed timed) throws Exception {
        double[] took = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            took[i] = timed.run();
        }
        Arrays.sort(took);
        return took[rounds / 2];
    }

    private static double most;

    private static double spent(List<Integer> codes, String... words) throws Exception {
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
        if (!codes.contains(process.exitValue())) {
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

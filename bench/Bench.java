import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What gert's start-up and a step cost, as ratios and differences measured in one run:
 * {@code java bench/Bench.java [ROUNDS]}, after {@code ./mvnw package}. Prints medians; judges nothing unless
 * {@code GERT_BENCH_CHECK=1} asks it to fail where a budget is passed.
 */
public final class Bench {
    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final int STEPS = 100;

    private static Path work = ROOT;
    private static boolean passed = true;

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 15;
        String jar = ROOT.resolve("target/gert.jar").toString();
        if (!Files.isRegularFile(Path.of(jar))) {
            System.err.println("there is no target/gert.jar: run ./mvnw -DskipTests package first");
            System.exit(2);
        }
        work = Files.createTempDirectory("gert-bench");
        System.out.println("Java " + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors()
                + " processors, " + System.getProperty("os.name") + " " + System.getProperty("os.version")
                + ", medians of " + rounds);
        hello();
        String ten = runbook("ten", 10);
        double hello = 0;
        List<List<String>> commands = List.of(
                List.of(JAVA, "-cp", work.toString(), "Hello"),
                List.of(JAVA, "-jar", jar, "--version"),
                List.of(JAVA, "-jar", jar, "validate", "--policy", policy(), ten),
                List.of(ROOT.resolve("gert").toString(), "--version"),
                List.of(ROOT.resolve("gert").toString(), "validate", "--policy", policy(), ten));
        double[] medians = interleaved(commands, rounds);
        hello = medians[0];
        System.out.printf(Locale.ROOT, "%-46s %7.1f ms%n", "hello world", hello);
        ratio("java -jar gert.jar --version", medians[1], hello, 1.6);
        ratio("java -jar gert.jar validate, 10 steps", medians[2], hello, 5);
        ratio("gert --version", medians[3], hello, 0);
        ratio("gert validate, 10 steps", medians[4], hello, 0);
        step(jar, Math.max(5, rounds / 2));
        large(jar, Math.max(5, rounds / 3));
        clear();
        if (!passed && "1".equals(System.getenv("GERT_BENCH_CHECK"))) {
            System.exit(1);
        }
    }

    private static void ratio(String name, double median, double hello, double budget) {
        double ratio = median / hello;
        String verdict = budget == 0 ? "" : ratio <= budget ? "  within " + budget : "  OVER " + budget;
        passed &= budget == 0 || ratio <= budget;
        System.out.printf(Locale.ROOT, "%-46s %7.1f ms  %5.2f x hello world%s%n", name, median, ratio, verdict);
    }

    /** One runbook as large as a file may be, a thousand usual ones, and the YAML reader alone. */
    private static void large(String jar, int rounds) throws Exception {
        String one = largeRunbook("large", 5_000, 1 << 20);
        Path folder = Files.createDirectories(work.resolve("thousand"));
        long bytes = 0;
        for (int i = 0; i < 1_000; i++) {
            bytes += Files.size(Path.of(largeRunbook("thousand/r" + i, 20, 0)));
        }
        List<List<String>> commands = List.of(
                List.of(JAVA, "-cp", work.toString(), "Hello"),
                List.of(JAVA, "-jar", jar, "validate", "--policy", policy(), one),
                List.of(JAVA, "-jar", jar, "validate", "--policy", policy(), folder.toString()),
                List.of(ROOT.resolve("gert").toString(), "validate", "--policy", policy(), one),
                List.of(ROOT.resolve("gert").toString(), "validate", "--policy", policy(), folder.toString()));
        double[] medians = interleaved(commands, rounds);
        String files = String.format(Locale.ROOT, "validate, 1000 files, 20 steps, %.1f MB", bytes / 1e6);
        System.out.printf(Locale.ROOT, "%-46s %7.1f ms  (medians of %d)%n", "hello world", medians[0], rounds);
        // The launcher stops at the first compiler, which is what wins here: the budgets are its.
        bound("java -jar gert.jar validate, 1 MiB, 5000 steps", medians[1], medians[0], 0);
        bound("java -jar gert.jar " + files, medians[2], medians[0], 0);
        bound("gert validate, 1 MiB, 5000 steps", medians[3], medians[0], 1_500);
        bound("gert " + files, medians[4], medians[0], 3_000);
        String path = work + java.io.File.pathSeparator + jar;
        for (String figures : output(List.of(JAVA, "-XX:TieredStopAtLevel=1", "-cp", path, "Reader", one))) {
            System.out.println(figures);
        }
    }

    private static void clear() throws IOException {
        List<Path> files;
        try (var found = Files.walk(work)) {
            files = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
    }

    private static void bound(String name, double median, double hello, double millis) {
        boolean within = millis == 0 || median <= millis;
        passed &= within;
        System.out.printf(
                Locale.ROOT,
                "%-60s %7.1f ms  %5.1f x hello world%s%n",
                name,
                median,
                median / hello,
                millis == 0 ? "" : (within ? "  within " : "  OVER ") + (int) millis + " ms");
    }

    /** Steps with a condition, templates, captures and, every tenth, a branch; filled up to {@code bytes} by a comment. */
    private static String largeRunbook(String name, int steps, int bytes) throws IOException {
        StringBuilder text = new StringBuilder("apiVersion: runbook/v0\nmeta:\n  name: large\n  vars: {region: we}\ntree:\n");
        for (int i = 0; i < steps; i++) {
            text.append("  - step:\n      id: s").append(i).append("\n      type: cli\n");
            if (bytes == 0) {
                text.append("      title: Look at what the nodes of {{ .region }} say, number ").append(i);
                text.append("\n      instructions: |\n");
                for (int line = 0; line < 3; line++) {
                    text.append("        Compare the numbers with those of the last week, and write down what is new.\n");
                }
            }
            if (i % 10 > 0) {
                text.append("      when: 'c").append(i - 1).append(" == \"0\"'\n");
            }
            text.append("      with: {argv: [\"true\", \"{{ .region }}\", -n, \"").append(i).append("\"]}\n");
            text.append("      capture: {c").append(i).append(": exit_code}\n");
            if (i % 10 == 9) {
                text.append("    branches:\n      - condition: 'c").append(i).append(" != \"0\"'\n        label: Found\n");
                text.append("        steps:\n          - step: {id: b").append(i);
                text.append(", type: manual, instructions: Look., outcomes: [{state: resolved}]}\n");
            }
        }
        if (text.length() > bytes && bytes > 0) {
            throw new IllegalStateException(text.length() + " bytes, over " + bytes);
        }
        while (text.length() < bytes) {
            text.append(text.length() == bytes - 1 ? "\n" : text.charAt(text.length() - 1) == '\n' ? "#" : "x");
            if (text.length() % 100 == 0 && text.length() < bytes - 2) {
                text.append('\n');
            }
        }
        Path file = work.resolve(name + ".runbook.yaml");
        Files.writeString(file, text);
        return file.toString();
    }

    /** (a run of 101 steps - a run of 1) / 100, over the same difference of a loop that starts `true`. */
    private static void step(String jar, int rounds) throws Exception {
        String one = runbook("one", 1);
        String many = runbook("many", STEPS + 1);
        String reports = work.resolve("reports").toString();
        List<List<String>> commands = List.of(
                List.of(JAVA, "-cp", work.toString(), "Loop", "1"),
                List.of(JAVA, "-cp", work.toString(), "Loop", Integer.toString(STEPS + 1)),
                List.of(JAVA, "-jar", jar, "run", "--policy", policy(), "--reports", reports, one),
                List.of(JAVA, "-jar", jar, "run", "--policy", policy(), "--reports", reports, many));
        double[] medians = interleaved(commands, rounds);
        double loop = (medians[1] - medians[0]) / STEPS;
        double step = (medians[3] - medians[2]) / STEPS;
        boolean within = step - loop <= 10;
        passed &= within;
        System.out.printf(Locale.ROOT, "%-46s %7.2f ms%n", "ProcessBuilder loop of `true`, each", loop);
        System.out.printf(Locale.ROOT, "%-46s %7.2f ms%n", "gert run, each step of `true`", step);
        System.out.printf(
                Locale.ROOT,
                "%-46s %7.2f ms  %s%n",
                "overhead of a step",
                step - loop,
                within ? "within 10" : "OVER 10");
    }

    /** A round runs every command once, so that a slow moment of the machine falls on all of them. */
    private static double[] interleaved(List<List<String>> commands, int rounds) throws Exception {
        double[][] millis = new double[commands.size()][rounds];
        for (int round = -1; round < rounds; round++) {
            for (int i = 0; i < commands.size(); i++) {
                double took = time(commands.get(i));
                if (round >= 0) {
                    millis[i][round] = took;
                }
            }
        }
        double[] medians = new double[commands.size()];
        for (int i = 0; i < medians.length; i++) {
            Arrays.sort(millis[i]);
            medians[i] = millis[i][rounds / 2];
        }
        return medians;
    }

    private static List<String> output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new String(process.getInputStream().readAllBytes()).lines().toList();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + ": " + lines);
        }
        return lines;
    }

    private static double time(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).directory(work.toFile());
        builder.environment().put("GERT_JAVA", System.getProperty("java.home"));
        long start = System.nanoTime();
        Process process = builder.start();
        process.getOutputStream().close();
        byte[] output;
        try (InputStream in = process.getInputStream()) {
            output = in.readAllBytes();
        }
        int exit = process.waitFor();
        double millis = (System.nanoTime() - start) / 1e6;
        if (exit != 0) {
            throw new IllegalStateException(command + " exited " + exit + ":\n" + new String(output));
        }
        return millis;
    }

    private static String policy() throws IOException {
        Path file = work.resolve("bench-policy.yaml");
        Files.writeString(file, "apiVersion: governance/v0\ndeny_commands: [rm]\nallow_commands: [\"true\"]\n");
        // Found by the walk as well, so that the built-in floor does not ask for a yes.
        Files.writeString(work.resolve("governance.yaml"), Files.readString(file));
        return file.toString();
    }

    private static String runbook(String name, int steps) throws IOException {
        StringBuilder text = new StringBuilder("apiVersion: runbook/v0\nmeta:\n  name: " + name + "\nsteps:\n");
        for (int i = 0; i < steps; i++) {
            text.append("  - id: step_").append(i).append("\n    type: cli\n    title: Step ").append(i);
            text.append("\n    with: {argv: [\"true\"]}\n    capture: {code_").append(i).append(": exit_code}\n");
        }
        Path file = work.resolve(name + ".runbook.yaml");
        Files.writeString(file, text);
        return file.toString();
    }

    private static void hello() throws Exception {
        String hello = "public class Hello { public static void main(String[] a) { System.out.println(\"hello\"); } }";
        String loop = "public class Loop { public static void main(String[] a) throws Exception {"
                + " for (int i = Integer.parseInt(a[0]); i > 0; i--) {"
                + " new ProcessBuilder(\"true\").start().waitFor(); } } }";
        String reader = """
                public class Reader {
                    public static void main(String[] a) throws Exception {
                        byte[] bytes = java.nio.file.Files.readAllBytes(java.nio.file.Path.of(a[0]));
                        double best = 0;
                        double first = 0;
                        for (int i = 0; i < 40; i++) {
                            long start = System.nanoTime();
                            var diagnostics = new dev.gert.diagnostic.Diagnostics();
                            var source = dev.gert.yaml.YamlReader.decode("x", bytes, diagnostics);
                            if (dev.gert.yaml.YamlReader.read(source, 50, diagnostics) == null) {
                                throw new IllegalStateException("not read");
                            }
                            double rate = bytes.length * 1e3 / (System.nanoTime() - start);
                            first = i == 0 ? rate : first;
                            best = Math.max(best, rate);
                        }
                        System.out.printf(java.util.Locale.ROOT, "%-46s %7.1f MB/s cold, %.1f MB/s warm (C1)%n",
                                "YAML reader, 1 MiB", first, best);
                    }
                }
                """;
        List<String> files = new ArrayList<>();
        for (String source : List.of(hello, loop, reader)) {
            String name = source.substring(13, source.indexOf(" {"));
            Path file = work.resolve(name + ".java");
            Files.writeString(file, source);
            files.add(file.toString());
        }
        List<String> javac = new ArrayList<>();
        javac.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
        javac.addAll(List.of("-cp", ROOT.resolve("target/gert.jar").toString()));
        javac.addAll(files);
        if (new ProcessBuilder(javac).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("javac failed");
        }
    }
}

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
        List<String> files = new ArrayList<>();
        for (String source : List.of(hello, loop)) {
            String name = source.substring(13, source.indexOf(" {"));
            Path file = work.resolve(name + ".java");
            Files.writeString(file, source);
            files.add(file.toString());
        }
        List<String> javac = new ArrayList<>();
        javac.add(Path.of(System.getProperty("java.home"), "bin", "javac").toString());
        javac.addAll(files);
        if (new ProcessBuilder(javac).inheritIO().start().waitFor() != 0) {
            throw new IllegalStateException("javac failed");
        }
    }
}

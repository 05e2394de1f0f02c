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
 * {@code java bench/Bench.java [ROUNDS] [replays]}, after {@code ./mvnw package}. Prints medians; judges nothing unless
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
        if (args.length > 1 && args[1].equals("replays")) {
            replays(rounds);
            finish();
            return;
        }
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
        replays(Math.max(3, rounds / 5));
        finish();
    }

    private static void finish() throws IOException {
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

    /** A thousand scenarios of ten steps in one `gert test`, and what 200 runbooks' 20 scenarios each cover. */
    private static void replays(int rounds) throws Exception {
        Path tests = Files.createDirectories(work.resolve("tests"));
        Path coverage = Files.createDirectories(work.resolve("coverage"));
        for (Path each : List.of(tests, coverage)) {
            Files.createDirectories(each.resolve(".git"));
            Files.writeString(each.resolve("governance.yaml"), "apiVersion: governance/v0\n");
        }
        replayed(tests, "ten", 10, 1_000);
        for (int i = 0; i < 200; i++) {
            replayed(coverage, "r" + i, 10, 20);
        }
        String gert = ROOT.resolve("gert").toString();
        double[] test = new double[rounds];
        double[] covered = new double[rounds];
        double memory = 0;
        for (int round = -1; round < rounds; round++) {
            Spent spent = spent(tests, gert, "test", "-q", ".");
            double took = spent(coverage, gert, "coverage", "-q", ".").millis();
            if (round >= 0) {
                test[round] = spent.millis();
                covered[round] = took;
                memory = Math.max(memory, spent.mebibytes());
            }
        }
        Arrays.sort(test);
        Arrays.sort(covered);
        budget("gert test, 1000 scenarios of 10 steps", test[rounds / 2], 3_000, "ms");
        budget("the same: most memory of any round", memory, 256, "MiB");
        budget("gert coverage, 200 runbooks x 20 scenarios", covered[rounds / 2], 5_000, "ms");
        suggested(gert, rounds);
    }

    /** What nothing covers: 200 arms one after another, 200 of one step, and 200 steps that each may end the run. */
    private static void suggested(String gert, int rounds) throws Exception {
        for (String shape : List.of("200 steps with an arm", "200 arms of a step", "200 steps that may end it")) {
            Path folder = Files.createDirectories(work.resolve(shape.replace(' ', '-')));
            Files.createDirectories(folder.resolve(".git"));
            Files.writeString(folder.resolve("governance.yaml"), "apiVersion: governance/v0\ndefault: allow\n");
            Files.writeString(folder.resolve("x.runbook.yaml"), branches(shape));
            double[] took = new double[rounds];
            for (int round = -1; round < rounds; round++) {
                double millis = spent(folder, gert, "coverage", "--suggest", ".").millis();
                if (round >= 0) {
                    took[round] = millis;
                }
            }
            Arrays.sort(took);
            budget("gert coverage --suggest, " + shape, took[rounds / 2], shape.endsWith("end it") ? 3_000 : 2_000, "ms");
        }
    }

    private static String branches(String shape) {
        boolean flat = shape.endsWith("of a step");
        StringBuilder text = new StringBuilder("apiVersion: runbook/v0\nmeta: {name: x}\ntree:\n");
        for (int i = 0; i < 200; i++) {
            if (i == 0 || !flat) {
                text.append("  - step: {id: s").append(i).append(", type: cli, with: {argv: [look, \"").append(i);
                text.append("\"]}, capture: {c").append(i).append(": stdout}");
                text.append(shape.endsWith("end it") ? ", outcomes: [{when: 'c" + i + " == \"bad\"', state: escalated}]" : "");
                text.append("}\n").append(shape.endsWith("end it") ? "" : "    branches:\n");
            }
            if (!shape.endsWith("end it")) {
                text.append("      - {condition: 'c").append(flat ? 0 : i).append(" == \"v").append(i).append("\"', label: arm ");
                text.append(i).append(", steps: [{step: {id: a").append(i).append(", type: manual, instructions: x}}]}\n");
            }
        }
        return text.toString();
    }

    private static void budget(String name, double figure, double budget, String unit) {
        boolean within = figure <= budget;
        passed &= within;
        System.out.printf(
                Locale.ROOT, "%-46s %7.0f %-3s  %s %.0f%n", name, figure, unit, within ? "within" : "OVER", budget);
    }

    private record Spent(double millis, double mebibytes) {}

    /** How long it took and the most memory that it had: the kernel's own high-water mark, asked until it ends. */
    private static Spent spent(Path folder, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).directory(folder.toFile());
        builder.environment().put("GERT_JAVA", System.getProperty("java.home"));
        Path said = work.resolve("said.txt");
        builder.redirectOutput(said.toFile());
        long start = System.nanoTime();
        Process process = builder.start();
        process.getOutputStream().close();
        long most = 0;
        while (!process.waitFor(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
            most = Math.max(most, peak(process.pid()));
        }
        double millis = (System.nanoTime() - start) / 1e6;
        if (process.exitValue() != 0) {
            throw new IllegalStateException(List.of(command) + ":\n" + Files.readString(said));
        }
        return new Spent(millis, most / 1024.0);
    }

    private static long peak(long pid) {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("[^0-9]", ""));
                }
            }
        } catch (IOException e) {
            // it ended in the meantime, or there is no /proc
        }
        return 0;
    }

    /** A runbook whose every third step has two arms, and scenarios that go different ways and say which. */
    private static void replayed(Path root, String name, int steps, int scenarios) throws IOException {
        StringBuilder text = new StringBuilder("apiVersion: runbook/v0\nmeta: {name: " + name + "}\ntree:\n");
        for (int i = 0; i < steps; i++) {
            text.append("  - step:\n      id: s").append(i).append("\n      type: cli\n      title: Step {{ .region }}\n");
            text.append("      with: {argv: [look, \"{{ .region }}\", \"").append(i).append("\"]}\n");
            text.append("      capture: {c").append(i).append(": stdout}\n");
            if (i % 3 == 1) {
                for (String arm : List.of("many", "few")) {
                    text.append(arm.equals("many") ? "    branches:\n" : "");
                    text.append("      - condition: 'c").append(i).append(arm.equals("many") ? " > 5'" : " <= 5'");
                    text.append("\n        label: ").append(arm).append(' ').append(i).append("\n        steps:\n");
                    text.append("          - step: {id: ").append(arm).append(i);
                    text.append(", type: manual, instructions: Look., outcomes: [{when: c0 == \"");
                    text.append(arm).append("\", state: resolved}]}\n");
                }
            }
        }
        String whole = text.toString().replace("meta: {name: " + name + "}", "meta: {name: " + name + ", vars: {region: we}}");
        Files.writeString(root.resolve(name + ".runbook.yaml"), whole);
        for (int i = 0; i < scenarios; i++) {
            Path folder = Files.createDirectories(root.resolve("scenarios").resolve(name).resolve("n" + i));
            StringBuilder commands = new StringBuilder("commands:\n");
            StringBuilder path = new StringBuilder();
            for (int step = 0; step < steps; step++) {
                int value = (i >> step % 5) % 2 == 0 ? 3 : 9;
                commands.append("  - {argv: [look, we, \"").append(step).append("\"], stdout: \"").append(value).append("\\n\"}\n");
                path.append(step == 0 ? "s" : ", s").append(step);
                path.append(step % 3 == 1 ? (value > 5 ? ", many" : ", few") + step : "");
            }
            Files.writeString(folder.resolve("scenario.yaml"), commands);
            Files.writeString(
                    folder.resolve("expected.yaml"),
                    "apiVersion: expected/v0\noutcome: completed\nbranch_path: [" + path + "]\ncaptures: {c0: \">2\"}\n");
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

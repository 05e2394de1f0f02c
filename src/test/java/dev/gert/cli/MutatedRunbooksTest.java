package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.terminal.TerminalFacts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code gert validate} and {@code gert test} of runbooks, tests, policies and scenarios with random
 * damage: always an answer, never a stack trace, never a hang. A round depends on the seed and its
 * number alone; {@code -Dgert.seed=… -Dgert.round=…} runs one again.
 */
class MutatedRunbooksTest {
    private static final int ROUNDS = Integer.getInteger("gert.mutations", 2000);
    private static final int WORKERS = 2;
    private static final long HANG_MILLIS = 60_000;
    private static final String UNIT = "src/test/cases/test/unit-met/";
    private static final String SCENARIO = "src/test/cases/test/scenario-met/scenarios/disk/paged/";

    /** What is damaged, and what is asked of it. */
    private enum Kind {
        RUNBOOK("x.runbook.yaml", ".runbook.yaml", "validate x.runbook.yaml", "test x.test.yaml"),
        TEST("x.test.yaml", ".test.yaml", "test x.test.yaml", "validate x.test.yaml"),
        POLICY("governance.yaml", "governance.yaml", "validate x.runbook.yaml", "test x.test.yaml"),
        SCENARIO("scenarios/x/s/scenario.yaml", "scenario.yaml", "test x.runbook.yaml", "test --strict x.runbook.yaml"),
        EXPECTED("scenarios/x/s/expected.yaml", "expected.yaml", "test x.runbook.yaml", "validate ."),
        INPUTS("scenarios/x/s/inputs.yaml", "inputs.yaml", "test x.runbook.yaml", "validate .");

        private final String file;
        private final String suffix;
        private final String often;
        private final String seldom;

        Kind(String file, String suffix, String often, String seldom) {
            this.file = file;
            this.suffix = suffix;
            this.often = often;
            this.seldom = seldom;
        }

        /** Half are runbooks. */
        static Kind of(int number) {
            return number >= values().length ? RUNBOOK : values()[number];
        }
    }

    private final long seed = Long.getLong("gert.seed", System.nanoTime());
    private final Integer onlyRound = Integer.getInteger("gert.round");
    private final Map<Kind, List<byte[]>> originals = new EnumMap<>(Kind.class);
    private final Map<Kind, List<Object>> trees = new EnumMap<>(Kind.class);
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger negative = new AtomicInteger();
    private final AtomicInteger positive = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    @Test
    void alwaysAnswers(@TempDir Path folder) throws IOException, InterruptedException {
        System.out.println("mutated runbooks: seed " + seed + ", " + ROUNDS + " rounds");
        read();
        next.set(onlyRound == null ? 0 : onlyRound);
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < (onlyRound == null ? WORKERS : 1); i++) {
            Worker worker = new Worker(workspace(folder.resolve("w" + i)));
            workers.add(worker);
            worker.start();
        }
        for (Worker worker : workers) {
            while (worker.isAlive()) {
                worker.join(1_000);
                long since = System.currentTimeMillis() - worker.since;
                if (worker.isAlive() && since > HANG_MILLIS) {
                    throw new AssertionError("a hang: " + worker.tried() + "\n" + List.of(worker.getStackTrace()));
                }
            }
        }
        if (failure.get() != null) {
            throw new AssertionError("seed " + seed, failure.get());
        }
        if (onlyRound == null) {
            assertThat(negative.get()).isGreaterThan(ROUNDS / 2);
            assertThat(positive.get()).as("not all of them are broken").isGreaterThan(ROUNDS / 100);
        }
    }

    /** The repository's own files, by kind. */
    private void read() throws IOException {
        List<Path> files;
        try (Stream<Path> cases = Files.walk(Path.of("src/test/cases"));
                Stream<Path> runbooks = Files.walk(Path.of("runbooks"))) {
            files = Stream.concat(cases, runbooks)
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
        for (Kind kind : Kind.values()) {
            List<byte[]> texts = new ArrayList<>();
            for (Path file : files) {
                if (file.getFileName().toString().endsWith(kind.suffix) && Files.size(file) > 0) {
                    texts.add(Files.readAllBytes(file));
                }
            }
            assertThat(texts).as(kind.suffix).hasSizeGreaterThan(10);
            originals.put(kind, texts);
            trees.put(
                    kind,
                    texts.stream().map(Mutation::tree).filter(Objects::nonNull).toList());
        }
    }

    /** A folder with a sound runbook, test, policy and scenario. */
    private static Path workspace(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("scenarios/x/s"));
        Path runbook = Path.of(UNIT + "disk.runbook.yaml");
        Files.copy(runbook, folder.resolve("x.runbook.yaml"));
        Files.copy(runbook, folder.resolve("disk.runbook.yaml"));
        Files.copy(Path.of("runbooks/host-triage.runbook.yaml"), folder.resolve("host-triage.runbook.yaml"));
        String test = Files.readString(Path.of(UNIT + "disk.test.yaml")).replace("disk.runbook", "x.runbook");
        Files.writeString(folder.resolve("x.test.yaml"), test);
        Files.writeString(folder.resolve("governance.yaml"), "apiVersion: governance/v0\ndeny_commands: [rm]\n");
        for (String name : List.of("scenario.yaml", "expected.yaml", "inputs.yaml")) {
            Files.copy(Path.of(SCENARIO + name), folder.resolve("scenarios/x/s/" + name));
        }
        return folder;
    }

    /** Takes rounds until none is left or one has failed. */
    private final class Worker extends Thread {
        private final Path folder;
        private volatile long since = System.currentTimeMillis();
        private volatile int round;
        private volatile byte[] text = {};
        private Kind damaged;
        private byte[] sound = {};

        Worker(Path folder) {
            this.folder = folder;
            setDaemon(true);
        }

        String tried() {
            return "seed " + seed + ", round " + round + ":\n" + new String(text, StandardCharsets.UTF_8);
        }

        @Override
        public void run() {
            try {
                for (round = next.getAndIncrement(); round < ROUNDS; round = next.getAndIncrement()) {
                    since = System.currentTimeMillis();
                    once(new Random(seed * 1_000_003 + round));
                    if (onlyRound != null || failure.get() != null) {
                        return;
                    }
                }
            } catch (Throwable e) { // the test's thread says it
                failure.compareAndSet(null, new AssertionError(tried(), e));
            }
        }

        private void once(Random random) throws IOException {
            Kind kind = Kind.of(random.nextInt(12));
            Mutation mutation = new Mutation(originals.get(kind), trees.get(kind), random);
            text = mutation.next();
            String command = random.nextInt(4) == 0 ? kind.seldom : kind.often;
            boolean json = random.nextInt(4) == 0;
            if (damaged != null && damaged != kind) {
                replace(damaged, sound);
                damaged = null;
            }
            if (damaged == null) {
                sound = Files.readAllBytes(folder.resolve(kind.file));
                damaged = kind;
            }
            replace(kind, text);
            check(command + (json ? " --format json" : ""));
        }

        /** A new file: some file systems flush one that is cut to nothing and written again. */
        private void replace(Kind kind, byte[] with) throws IOException {
            Path file = folder.resolve(kind.file);
            Files.delete(file);
            Files.write(file, with);
        }

        private void check(String command) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            Map<String, String> env = Map.of("LANG", "C.UTF-8");
            TerminalFacts facts = TerminalFacts.of(null, null, null, env);
            Io io = new Io(new ByteArrayInputStream(new byte[0]), out, err, env, folder.toRealPath(), facts);
            int exit = Cli.run(command.split(" "), io);
            String said = out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
            if (exit < 0 || exit > 2) {
                throw new AssertionError("gert " + command + " ended with " + exit + ": " + said + bug(said));
            }
            if (said.contains("\tat ")) {
                throw new AssertionError("gert " + command + " said: " + said);
            }
            boolean plain = !command.endsWith("json");
            if (plain && command.startsWith("validate") && (exit != 0) != said.contains("error[")) {
                throw new AssertionError("gert " + command + " ended with " + exit + " and said: " + said);
            }
            int findings = plain ? count(said, "\nerror[") + count(said, "\nwarning[") : count(said, "\"severity\"");
            if (findings > 2_000) { // a thousand for each of a runbook and its policy
                throw new AssertionError("gert " + command + " has " + findings + " findings");
            }
            (exit == 0 ? positive : negative).incrementAndGet();
        }

        private static String bug(String said) {
            int at = said.indexOf("gert-bug-");
            if (at < 0) {
                return "";
            }
            String path = said.substring(said.lastIndexOf(' ', at) + 1, said.indexOf(".txt", at) + 4);
            try {
                return Files.readString(Path.of(path));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static int count(String text, String part) {
            int count = 0;
            for (int at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) {
                count++;
            }
            return count;
        }
    }
}

package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real ends of real runs: kill -9 of gert, of its child, of both, and {@code Runtime.halt} in the middle of what it does.
 * Each moment is told by the journal's records or by the stand-ins' log, none by a clock. After each the run is resumed,
 * and decided where it asks, until it is over, and held against the stand-ins' log. {@code -Dgert.faults=long}: at every
 * moment in place of some.
 */
@Tag("full")
class KillsIT {
    private static final boolean LONG = "long".equals(System.getProperty("gert.faults"));

    /** Of each course. */
    private static final int HALTS = 30;

    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Integer> kinds = Collections.synchronizedMap(new TreeMap<>());
    private final Map<String, Integer> places = Collections.synchronizedMap(new TreeMap<>());
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger resumes = new AtomicInteger();
    private final AtomicInteger decides = new AtomicInteger();
    private final AtomicInteger late = new AtomicInteger();
    private final AtomicInteger slowest = new AtomicInteger();

    @TempDir
    Path folder;

    /** Ends something in a run; false when the moment never came. */
    private interface Blow {
        boolean strike(KillRange range) throws Exception;
    }

    @Test
    void killedFromOutside() throws Exception {
        List<Runnable> cases = new ArrayList<>();
        for (KillRange.Course course : KillRange.Course.values()) {
            int steps = course.effects.size();
            for (int n = 1; n <= 8 + 5 * steps; n += LONG ? 1 : 4) {
                int records = n;
                add(cases, course, "gert at record " + n, range -> gertWhen(range, () -> range.records() >= records));
            }
            for (int n = 1; n <= 3 * steps; n += LONG ? 1 : 2) {
                int lines = n;
                add(
                        cases,
                        course,
                        "gert at line " + n,
                        range -> gertWhen(range, () -> range.log().size() >= lines));
            }
            for (int n = 1; n <= steps; n++) {
                int beginning = n;
                add(cases, course, "child " + n, range -> child(range, beginning, false));
                add(cases, course, "both " + n, range -> child(range, beginning, true));
            }
        }
        long begin = System.nanoTime();
        all(cases);
        say("kill -9 from outside", begin);
        assertThat(failures).as(String.join("\n", failures)).isEmpty();
        assertThat(cases.size() - late.get()).isGreaterThanOrEqualTo(60);
    }

    @Test
    void haltedWithin() throws Exception {
        List<Runnable> cases = new ArrayList<>();
        for (KillRange.Course course : KillRange.Course.values()) {
            int all = HaltingGert.run(
                            new KillRange(folder.resolve("r" + next.incrementAndGet()), course), Integer.MAX_VALUE)
                    .points();
            int runs = LONG ? all : HALTS;
            for (int i = 0; i < runs; i++) {
                // Not every run has as many points as the one that was counted.
                int point = 1 + i * (LONG ? all : all / 2) / runs;
                add(cases, course, "halt at " + point + " of " + all, range -> {
                    String where = HaltingGert.run(range, point).where();
                    if (where != null) {
                        places.merge(where, 1, Integer::sum);
                    }
                    return where != null;
                });
            }
        }
        long begin = System.nanoTime();
        all(cases);
        say("Runtime.halt", begin);
        System.out.println("  before " + places);
        assertThat(failures).as(String.join("\n", failures)).isEmpty();
        assertThat(cases.size() - late.get()).isGreaterThanOrEqualTo(60);
    }

    private static boolean gertWhen(KillRange range, BooleanSupplier moment) throws Exception {
        Process gert = range.start();
        KillRange.until("the moment", () -> moment.getAsBoolean() || !gert.isAlive());
        boolean inTime = gert.isAlive();
        gert.destroyForcibly();
        gert.waitFor();
        return inTime;
    }

    private static boolean child(KillRange range, int beginning, boolean both) throws Exception {
        Process gert = range.start();
        KillRange.until("the child", () -> range.child(beginning) != 0 || !gert.isAlive());
        boolean inTime = range.kill(range.child(beginning));
        if (both) {
            inTime |= gert.isAlive();
            gert.destroyForcibly();
        }
        assertThat(gert.waitFor(Workshop.GUARD_SECONDS, TimeUnit.SECONDS)).isTrue();
        return inTime;
    }

    private void add(List<Runnable> cases, KillRange.Course course, String name, Blow blow) {
        String kind = name.replaceAll(" [0-9]+.*$", "");
        cases.add(() -> {
            try {
                KillRange range = new KillRange(folder.resolve("r" + next.incrementAndGet()), course);
                boolean inTime = blow.strike(range);
                (inTime ? kinds : new TreeMap<String, Integer>()).merge(kind, 1, Integer::sum);
                late.addAndGet(inTime ? 0 : 1);
                int exit = range.finish();
                resumes.addAndGet(range.resumes);
                decides.addAndGet(range.decides);
                slowest.accumulateAndGet((int) range.leftMillis, Math::max);
                List<String> wrong = JournalFacts.wrong(range, exit);
                boolean mayFail = kind.equals("child") || kind.equals("both");
                if (!wrong.isEmpty() || exit != 0 && !mayFail) {
                    failures.add(course + ", " + name + ", exit " + exit + ", decided " + range.did + ": " + wrong);
                }
            } catch (Exception | AssertionError e) {
                failures.add(course + ", " + name + ": " + e);
            }
        });
    }

    /** As many side by side as there are processors. */
    private static void all(List<Runnable> cases) throws Exception {
        ExecutorService pool =
                Executors.newFixedThreadPool(Math.max(2, Runtime.getRuntime().availableProcessors()));
        List<Future<?>> futures = new ArrayList<>();
        for (Runnable each : cases) {
            futures.add(pool.submit(each));
        }
        for (Future<?> each : futures) {
            each.get();
        }
        pool.shutdown();
        Workshop.await("the supervisors' end", () -> orphanedKeepers() == 0);
    }

    private void say(String what, long begin) {
        System.out.println(what + ": " + kinds + ", too late " + late + "; " + resumes + " resumes, " + decides
                + " decides; at most " + slowest + " ms until no process was left; "
                + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin) + " s");
    }

    /** Supervisors whose gert is gone. */
    private static int orphanedKeepers() {
        int found = 0;
        for (ProcessHandle each : ProcessHandle.allProcesses().toList()) {
            try {
                String words =
                        Files.readString(Path.of("/proc/" + each.pid() + "/cmdline"), StandardCharsets.ISO_8859_1);
                boolean orphan = each.parent().map(parent -> parent.pid() == 1).orElse(true);
                found += words.endsWith("\0gert-keeper\0") && orphan ? 1 : 0;
            } catch (IOException e) {
                // it is gone
            }
        }
        return found;
    }
}

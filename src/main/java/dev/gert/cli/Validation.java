package dev.gert.cli;

import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Label;
import dev.gert.diagnostic.Severity;
import dev.gert.scenario.PathSearch;
import dev.gert.scenario.PolicyFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The static checks of {@code gert validate}: runbooks with their policies, tests, and policies by
 * themselves. Many files are shared out among threads; what is said is what one would say.
 */
final class Validation {
    /** Fewer files are done sooner than a thread is started. */
    private static final int MANY = 16;

    private final Path cwd;
    private final List<Path> policies;
    private final @Nullable PolicyFiles before;
    private final int threads;

    /** {@code cwd}: absolute; {@code policies}: the files of {@code --policy}; {@code threads}: at most. */
    Validation(Path cwd, List<Path> policies, int threads) {
        this(cwd, policies, null, threads);
    }

    /** {@code before}: policies that have to be met beside those that are there; null: none. */
    Validation(Path cwd, List<Path> policies, @Nullable PolicyFiles before, int threads) {
        this.cwd = cwd;
        this.policies = policies;
        this.before = before;
        this.threads = threads;
    }

    /**
     * What was found.
     *
     * @param checked the files that were looked at, the policies of runbooks aside
     * @param unusable whether a file could not be read or a runbook's policy is broken: the question
     *     was wrong, and not the answer
     */
    record Answer(List<Diagnostic> findings, List<String> checked, boolean unusable) {
        int count(Severity severity) {
            int count = 0;
            for (Diagnostic finding : findings) {
                count += finding.severity() == severity ? 1 : 0;
            }
            return count;
        }
    }

    /** Checks all that the paths mean, each file once. */
    Answer check(List<String> paths) {
        Diagnostics diagnostics = new Diagnostics();
        PathSearch.Found found = PathSearch.search(cwd, paths, true, diagnostics);
        List<PathSearch.Hit> hits = new ArrayList<>();
        for (PathSearch.Hit hit : found.hits()) {
            if (hit.kind() != PathSearch.Kind.SCENARIO) {
                hits.add(hit);
            }
        }
        List<Diagnostics> each = hits.size() < MANY || threads < 2 ? alone(hits) : shared(hits);
        boolean unusable = found.missing();
        List<String> checked = new ArrayList<>(hits.size());
        for (int i = 0; i < hits.size(); i++) {
            String name = hits.get(i).path().toString();
            checked.add(name);
            unusable |= isElsewhere(each.get(i), name);
            diagnostics.addAll(each.get(i));
        }
        return new Answer(once(diagnostics.sorted()), checked, unusable);
    }

    /** Whether something other than the file itself is wrong. */
    private static boolean isElsewhere(Diagnostics own, String name) {
        for (Diagnostic finding : own.sorted()) {
            Label place = finding.primary();
            boolean elsewhere = place == null || !place.span().source().name().equals(name);
            if (elsewhere && finding.severity() == Severity.ERROR) {
                return true;
            }
        }
        return false;
    }

    private List<Diagnostics> alone(List<PathSearch.Hit> hits) {
        FileCheck check = new FileCheck(cwd, policies, before);
        List<Diagnostics> found = new ArrayList<>(hits.size());
        for (PathSearch.Hit hit : hits) {
            found.add(check.check(hit));
        }
        return found;
    }

    private List<Diagnostics> shared(List<PathSearch.Hit> hits) {
        Share share = new Share(cwd, policies, before, hits);
        List<Thread> others = new ArrayList<>();
        for (int i = 1; i < threads; i++) {
            Thread other = new Thread(share, "validate-" + i);
            other.setDaemon(true);
            other.start();
            others.add(other);
        }
        share.run();
        boolean interrupted = false;
        for (Thread other : others) {
            while (other.isAlive()) {
                try {
                    other.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return share.found();
    }

    /** Takes file after file until none is left; run by several threads at once. */
    private static final class Share implements Runnable {
        private final Path cwd;
        private final List<Path> policies;
        private final @Nullable PolicyFiles before;
        private final List<PathSearch.Hit> hits;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicReferenceArray<@Nullable Diagnostics> found;
        private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();

        Share(Path cwd, List<Path> policies, @Nullable PolicyFiles before, List<PathSearch.Hit> hits) {
            this.cwd = cwd;
            this.policies = policies;
            this.before = before;
            this.hits = hits;
            this.found = new AtomicReferenceArray<>(hits.size());
        }

        @Override
        public void run() {
            try {
                FileCheck check = new FileCheck(cwd, policies, before);
                for (int i = next.getAndIncrement(); i < hits.size(); i = next.getAndIncrement()) {
                    if (broken.get() != null) {
                        return;
                    }
                    found.set(i, check.check(hits.get(i)));
                }
            } catch (RuntimeException | Error bug) {
                broken.compareAndSet(null, bug);
            }
        }

        /** In the order of the files; a bug that a thread ran into is thrown here. */
        List<Diagnostics> found() {
            Throwable bug = broken.get();
            if (bug instanceof Error error) {
                throw error;
            }
            if (bug instanceof RuntimeException exception) {
                throw exception;
            }
            List<Diagnostics> all = new ArrayList<>(hits.size());
            for (int i = 0; i < hits.size(); i++) {
                Diagnostics own = found.get(i);
                all.add(own == null ? new Diagnostics() : own);
            }
            return all;
        }
    }

    /** A policy's finding comes with each runbook that it governs, and is told once. */
    private static List<Diagnostic> once(List<Diagnostic> sorted) {
        List<Diagnostic> once = new ArrayList<>();
        for (Diagnostic finding : sorted) {
            if (!isTold(once, finding)) {
                once.add(finding);
            }
        }
        return once;
    }

    /** Those of one place stand together. */
    private static boolean isTold(List<Diagnostic> told, Diagnostic finding) {
        for (int i = told.size() - 1; i >= 0; i--) {
            Diagnostic before = told.get(i);
            if (before.code() != finding.code() || !place(before).equals(place(finding))) {
                return false;
            }
            if (before.message().equals(finding.message())) {
                return true;
            }
        }
        return false;
    }

    private static String place(Diagnostic finding) {
        @Nullable Label label = finding.primary();
        return label == null ? "" : label.span().place();
    }
}

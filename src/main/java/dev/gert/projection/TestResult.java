package dev.gert.projection;

import dev.gert.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one test.
 *
 * @param name the unit test's or the scenario's; a file's, when the file itself is broken
 * @param file the test file, or the scenario's folder, as the user named it
 * @param place where the test begins, null where that is not known
 * @param runbook the runbook's file as the user named it, null where that is not known
 * @param outcome how the run ended; empty when it was not run
 * @param ran the steps that ran, in order, over chain and invoked children
 * @param chain the runbooks that the run went on with, its own first; empty when it was not run
 * @param unknown the names without a value that conditions asked for
 * @param reason why it was not run, where no failure says it; else empty
 */
public record TestResult(
        Kind kind,
        String name,
        String file,
        @Nullable Span place,
        @Nullable String runbook,
        Status status,
        String outcome,
        List<String> ran,
        List<Link> chain,
        List<String> unknown,
        List<TestFinding> failures,
        List<TestFinding> warnings,
        String reason,
        long durationMicros) {
    /** A runbook of a chain, and how it ended. */
    public record Link(String runbook, String outcome) {}

    /** What kind of test. */
    public enum Kind {
        UNIT("unit"),
        SCENARIO("scenario");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /** {@code ERROR}: it could not be run, or not to its end; never a pass. */
    public enum Status {
        PASSED("passed"),
        FAILED("failed"),
        SKIPPED("skipped"),
        ERROR("error");

        private final String word;

        Status(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    public TestResult {
        ran = List.copyOf(ran);
        chain = List.copyOf(chain);
        unknown = List.copyOf(unknown);
        failures = List.copyOf(failures);
        warnings = List.copyOf(warnings);
    }

    /** One that was not run. */
    public static TestResult notRun(
            Kind kind,
            String name,
            String file,
            @Nullable Span place,
            @Nullable String runbook,
            Status status,
            List<TestFinding> failures,
            String reason) {
        return new TestResult(
                kind, name, file, place, runbook, status, "", List.of(), List.of(), List.of(), failures, List.of(),
                reason, 0);
    }
}

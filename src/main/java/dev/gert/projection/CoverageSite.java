package dev.gert.projection;

/**
 * A place of a runbook that scenarios should reach (formats.md, "Coverage, definition 1").
 *
 * @param type {@link #BRANCH} or {@link #OUTCOME}; of what is reported and not counted, its own word
 * @param path the node's address, with {@code .outcomes[n]} for an outcome
 */
public record CoverageSite(String type, String label, String path) {
    public static final String BRANCH = "branch";
    public static final String OUTCOME = "outcome";

    static final String WHEN_TRUE = "when_true";
    static final String WHEN_FALSE = "when_false";
    static final String PRECONDITION_SUCCEEDED = "precondition_succeeded";
    static final String PRECONDITION_FAILED = "precondition_failed";
    static final String CHOICE = "choice";
    static final String GATE_STOPPED = "gate_stopped";
    static final String GATE_ERROR_SKIPPED = "gate_error_skipped";
    static final String NO_ARM_MATCHED = "no_arm_matched";
    static final String ZERO_ITERATIONS = "zero_iterations";
    static final String PARALLEL_ARM = "parallel_arm";

    /** What {@link ReachedSites} calls the place: two sites that stand at one path have different keys. */
    String key() {
        return type.equals(BRANCH) || type.equals(OUTCOME) ? path : key(path, type);
    }

    static String key(String path, String type) {
        return path + "#" + type;
    }

    static String outcomePath(String step, int index) {
        return step + ".outcomes[" + index + "]";
    }

    static String choicePath(String step, int index) {
        return step + ".choices.options[" + index + "]";
    }

    static String stopPath(String step, int index) {
        return step + ".gate.stop_if[" + index + "]";
    }

    static String sidePath(String parallel, int index) {
        return parallel + ".parallel.branches[" + index + "]";
    }
}

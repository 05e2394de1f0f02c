package dev.gert.cli;

import org.jspecify.annotations.Nullable;

/**
 * Every environment variable that stands for a flag (cli.md, "Environment"): a flag that is given wins;
 * {@code --policy} adds to the variable's files, because layers only narrow. An empty variable counts
 * as not set.
 */
enum Variable {
    GERT_ANSWERS("--answers", "a file of inputs and of what manual steps ask for"),
    GERT_AS("--as", "who the run's actor is"),
    GERT_BASELINE("--baseline", "a coverage report of before, to compare with"),
    GERT_COLOR("--color", "`auto`, `always` or `never`"),
    GERT_FAIL_ON("--fail-on", "outcomes of a run that are exit code 1, joined by `,`"),
    GERT_FAIL_ON_DECREASE("--fail-on-decrease", "`1` or `true`: less coverage than the baseline's is a failure"),
    GERT_FORMAT("--format", "a word of `--format`, for `validate`, `test` and `coverage`"),
    GERT_INCIDENT("--incident", "the incident that a run belongs to"),
    GERT_INCLUDE_TESTS("--include-tests", "`1` or `true`: unit tests cover too"),
    GERT_MIN_BRANCH("--min-branch", "the least percentage of branches that is good enough"),
    GERT_MIN_OUTCOME("--min-outcome", "the same of outcomes"),
    GERT_NON_INTERACTIVE("--non-interactive", "`1` or `true`: nobody is asked"),
    GERT_OUTPUT("--output", "`text` or `json`, for `run` and `resume`"),
    GERT_PARALLEL("--parallel", "how many tests run at a time"),
    GERT_POLICY("--policy", "more policy files, joined by `:`"),
    GERT_REPORTS("--reports", "the folder that runs and coverage are written to"),
    GERT_STRICT("--strict", "`1` or `true`: warnings count as errors"),
    GERT_TOTAL("--total", "`1` or `true`: thresholds hold for the sum of all runbooks"),
    GERT_VARS("--vars", "a file of values for vars and inputs");

    private final String flag;
    private final String purpose;

    Variable(String flag, String purpose) {
        this.flag = flag;
        this.purpose = purpose;
    }

    /** The flag that it stands for. */
    String flag() {
        return flag;
    }

    String purpose() {
        return purpose;
    }

    /** The one that stands for a flag, or null. */
    static @Nullable Variable of(String flag) {
        for (Variable variable : values()) {
            if (variable.flag.equals(flag)) {
                return variable;
            }
        }
        return null;
    }
}

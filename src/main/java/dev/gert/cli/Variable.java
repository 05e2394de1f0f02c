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
    GERT_COLOR("--color", "`auto`, `always` or `never`"),
    GERT_FORMAT("--format", "a word of `--format`, for `validate`, `test` and `coverage`"),
    GERT_INCIDENT("--incident", "the incident that a run belongs to"),
    GERT_NON_INTERACTIVE("--non-interactive", "`1` or `true`: nobody is asked"),
    GERT_OUTPUT("--output", "`text` or `json`, for `run` and `resume`"),
    GERT_POLICY("--policy", "more policy files, joined by `:`"),
    GERT_REPORTS("--reports", "the folder that runs and coverage are written to"),
    GERT_STRICT("--strict", "`1` or `true`: warnings count as errors"),
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

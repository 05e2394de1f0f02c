package dev.gert.cli;

import org.jspecify.annotations.Nullable;

/** The command line can't be meant: exit 2, nothing was done. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String problem;
    private final @Nullable String help;

    /** {@code problem}: lower case, no final period, names in backticks; {@code help} only where something can be done. */
    UsageException(String problem, @Nullable String help) {
        super(problem, null, false, false);
        this.problem = problem;
        this.help = help;
    }

    String problem() {
        return problem;
    }

    @Nullable
    String help() {
        return help;
    }
}

package dev.gert.cli;

/** One command: it declares its arguments, calls one thing, and maps what comes back to an exit code (cli.md). */
interface Command {
    String name();

    /** What it is for, in one line, lower case. */
    String summary();

    /** An invocation that works in this repository. */
    String example();

    /** Declares what stands after the name; the options of every command are there already. */
    void declare(Options options);

    /**
     * Does it.
     *
     * @return the exit code (cli.md, "Exit codes")
     * @throws UsageException when the arguments can't be meant
     */
    int call(Arguments arguments, Io io);
}

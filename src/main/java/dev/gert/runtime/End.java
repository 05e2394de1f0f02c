package dev.gert.runtime;

/** How a child ended. */
public sealed interface End {
    /** By itself; 128 and the signal's number where one ended it. */
    record Exited(int code) implements End {}

    /** Its time was over, and its process tree was ended. */
    record TimedOut() implements End {}

    /** {@link Spawner#interruptAll} ended it, or kept it from beginning. */
    record Interrupted() implements End {}

    /** The program was never executed. */
    record NotStarted(String reason) implements End {}

    /** What it printed could not be kept, and its process tree was ended. */
    record Unrecorded(Throwable cause) implements End {}
}

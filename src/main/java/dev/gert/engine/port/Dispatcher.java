package dev.gert.engine.port;

import dev.gert.event.RunEvent.OutputFile;
import dev.gert.policy.ResolvedCommand;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings a command's effect about. Only the gateway calls it. In two moves, so that the intent is on
 * disk before the effect begins: {@link #prepare} makes everything ready, {@link Prepared#perform}
 * lets it go.
 */
public interface Dispatcher {
    /** What the gateway hands over with a command. */
    record Order(String step, String stepId, int attempt, int number, ResolvedCommand command, boolean keepStdout) {}

    /** Makes ready; starts nothing that has an effect. */
    Prepared prepare(Order order);

    /** Something ready to go. Closing it without {@link #perform} means that nothing happens. */
    interface Prepared extends AutoCloseable {
        /** The process that waits for its go, or 0. */
        long pid();

        /** Lets it go, and waits for the end. */
        Result perform();

        @Override
        void close();
    }

    /** What came of a dispatch. */
    sealed interface Result {
        /** It ran to its end. {@code stdout}, {@code stderr}: raw, in memory only, null when there was more than can be kept or nobody asked. */
        record Exited(
                int exitCode,
                @Nullable String stdout,
                @Nullable String stderr,
                @Nullable OutputFile outFile,
                @Nullable OutputFile errFile)
                implements Result {}

        /** Its time was over and its process tree was ended. */
        record TimedOut(
                @Nullable OutputFile outFile, @Nullable OutputFile errFile) implements Result {}

        /** A signal to gert ended it. */
        record Interrupted(
                @Nullable OutputFile outFile, @Nullable OutputFile errFile) implements Result {}

        /** It never began, so nothing happened; {@code reason} is gert's own words and may quote the command. */
        record NotStarted(String reason) implements Result {}

        /** It was not allowed to begin: what was checked is not what is there now. */
        record Refused(String reason) implements Result {}

        /** Captures given by a test in place of a command's output. */
        record Simulated(Map<String, String> captures) implements Result {}
    }
}

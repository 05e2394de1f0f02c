package dev.gert.engine.port;

import dev.gert.event.RunEvent.OutputFile;
import dev.gert.plan.PlanStep;
import dev.gert.policy.Redactor;
import dev.gert.policy.ResolvedCommand;
import dev.gert.policy.ToolCall;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings a command's effect about. Only the gateway calls it. In two moves, so that the intent is on
 * disk before the effect begins: {@link #prepare} makes everything ready, {@link Prepared#perform}
 * lets it go.
 */
public interface Dispatcher {
    /**
     * What the gateway hands over with a command.
     *
     * @param number of the dispatch in the run's folder
     * @param interactive whether the terminal is the command's
     * @param call what is sent to the program where it is a server; null: it is run for this step alone
     * @param timeoutMillis after which its process tree is ended
     * @param redactor through which everything goes that it prints
     */
    record Order(
            String run,
            String step,
            String stepId,
            int attempt,
            int number,
            ResolvedCommand command,
            boolean keepStdout,
            boolean interactive,
            @Nullable ToolCall call,
            long timeoutMillis,
            Redactor redactor) {}

    /** Makes ready; starts nothing that has an effect. */
    Prepared prepare(Order order);

    /** A step of which nothing is run; {@code step}: its address, with the numbers of iterations. */
    record Simulation(String run, String step, PlanStep node, Redactor redactor) {}

    /** What a test has in place of what would come of a step: unit tests and replays alone. */
    default Result simulate(Simulation simulation) {
        throw new IllegalStateException(simulation.step() + " can't be simulated here");
    }

    /** Something ready to go. Closing it without {@link #perform} means that nothing happens. */
    interface Prepared extends AutoCloseable {
        /** The process that waits for its go, or 0. */
        long pid();

        /** Lets it go, and waits for the end. */
        Result perform();

        /** What lives on although it has ended: asked after {@link #perform}. */
        default List<Leftover> leftovers() {
            return List.of();
        }

        @Override
        void close();
    }

    /** A process that was seen to live on; {@code command}: its words as the system tells them, raw. */
    record Leftover(long pid, String command) {}

    /** What came of a dispatch. */
    sealed interface Result {
        /**
         * It ran to its end.
         *
         * @param stdout raw, in memory only, null when there was more than can be kept or nobody asked; {@code stderr} likewise
         * @param failure what a server said went wrong; null: the exit code says it
         */
        record Exited(
                int exitCode,
                @Nullable String stdout,
                @Nullable String stderr,
                @Nullable OutputFile outFile,
                @Nullable OutputFile errFile,
                @Nullable String failure)
                implements Result {
            public Exited(
                    int exitCode,
                    @Nullable String stdout,
                    @Nullable String stderr,
                    @Nullable OutputFile outFile,
                    @Nullable OutputFile errFile) {
                this(exitCode, stdout, stderr, outFile, errFile, null);
            }
        }

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

        /** Whether it had its effect is not known; {@code reason} says why. */
        record Lost(String reason) implements Result {}

        /** Captures given by a test in place of a command's output. */
        record Simulated(Map<String, String> captures) implements Result {}
    }
}

package dev.gert.runtime;

import dev.gert.policy.SafeText;
import org.jspecify.annotations.Nullable;

/** How a session of a run ended; {@link #exitCode} is that of cli.md. */
public sealed interface RunEnd {
    int exitCode();

    /** The run is over. {@code outcome}: a state, {@code completed} or {@code error}. */
    record Completed(String outcome, int exitCode, @Nullable SafeText reason) implements RunEnd {}

    /** It waits for something that this session can't give. */
    record Pending(String step, String stepId, String reason) implements RunEnd {
        @Override
        public int exitCode() {
            return 8;
        }
    }

    /** A step may or may not have had its effect: a person must say. */
    record InDoubt(String step, String stepId, long pid) implements RunEnd {
        @Override
        public int exitCode() {
            return 5;
        }
    }

    /** A signal ended the session. */
    record Interrupted(String signal) implements RunEnd {
        /** 128 and the number of {@code INT}, {@code TERM} or {@code HUP}. */
        public static int code(String signal) {
            return signal.equals("TERM") ? 143 : signal.equals("HUP") ? 129 : 130;
        }

        @Override
        public int exitCode() {
            return code(signal);
        }
    }

    /** The journal can't be written. */
    record Unrecorded(String reason) implements RunEnd {
        @Override
        public int exitCode() {
            return 6;
        }
    }
}

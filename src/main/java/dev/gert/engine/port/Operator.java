package dev.gert.engine.port;

import dev.gert.policy.SafeText;

/** Has a person do a manual step. */
public interface Operator {
    /** What is to be done. */
    record Task(String step, String stepId, SafeText title, SafeText instructions) {}

    Answer perform(Task task);

    /** How it went. */
    sealed interface Answer {
        /** Done, says the person. */
        record Done() implements Answer {}

        /** Nobody can be asked in this session, or it is left for later; {@code reason} says why. */
        record Pending(String reason) implements Answer {}

        /** A signal came while waiting. */
        record Interrupted() implements Answer {}
    }
}

package dev.gert.engine.port;

import dev.gert.event.RunEvent.OutputFile;
import dev.gert.model.EvidenceKind;
import dev.gert.model.Step;
import dev.gert.policy.Redactor;
import dev.gert.policy.SafeText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Has a person do a manual step. */
public interface Operator {
    /**
     * What is to be done.
     *
     * @param prompt of the choice, empty without one
     * @param redactor what hides the run's secrets in what is copied or shown
     */
    record Task(
            String step,
            String stepId,
            SafeText title,
            SafeText instructions,
            SafeText prompt,
            Step.ManualStep manual,
            Redactor redactor) {}

    Answer perform(Task task);

    /**
     * A piece of evidence.
     *
     * @param value of a text, raw; else empty
     * @param ticked items of a checklist
     * @param file an attachment as it was copied into the run's folder
     * @param method {@code person}, {@code answers}, {@code recorded}, {@code simulated}
     */
    record Given(
            String name,
            EvidenceKind kind,
            String value,
            List<String> ticked,
            @Nullable OutputFile file,
            String method) {
        public Given {
            ticked = List.copyOf(ticked);
        }
    }

    /** How it went. */
    sealed interface Answer {
        /** Done, says the person. {@code choice}: the value chosen, null where nothing was to be chosen. */
        record Done(@Nullable String choice, List<Given> evidence) implements Answer {
            public Done {
                evidence = List.copyOf(evidence);
            }

            /** Done, and that is all. */
            public Done() {
                this(null, List.of());
            }
        }

        /** It was not done as it must be; {@code reason} says why. */
        record Failed(String reason) implements Answer {}

        /** The time for it was over. */
        record TimedOut() implements Answer {}

        /** Nobody can be asked in this session, or it is left for later; {@code reason} says why. */
        record Pending(String reason) implements Answer {}

        /** A signal came while waiting. */
        record Interrupted() implements Answer {}
    }
}

package dev.gert.engine.port;

import dev.gert.event.RunEvent;
import dev.gert.model.BlastRadius;
import dev.gert.plan.Plan;
import dev.gert.policy.Captured;
import dev.gert.policy.Need;
import dev.gert.policy.Redactor;
import dev.gert.policy.ResolvedCommand;
import dev.gert.policy.SafeText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gets people's yes or no to one frozen command (formats.md, "Approvals"). */
public interface Approver {
    /**
     * What is asked.
     *
     * @param step its address
     * @param attempts how often the command is made at most, by the step's {@code retry}
     * @param command the very command that will run if the answer is yes
     * @param needs whose yes is wanted, the rule of the most people first
     * @param values what the command was made of
     * @param plan the runbook and the policy that it is of
     * @param redactor what hides its secrets
     * @param earlier the digest of the request that an earlier session made for this attempt and that was not
     *     spent; null: none did
     */
    record Question(
            String run,
            String step,
            String stepId,
            int attempt,
            int attempts,
            SafeText title,
            ResolvedCommand command,
            List<Need> needs,
            @Nullable BlastRadius radius,
            List<Value> values,
            Plan plan,
            Redactor redactor,
            @Nullable String earlier) {
        public Question {
            needs = List.copyOf(needs);
            values = List.copyOf(values);
        }
    }

    /** A value with its name; {@code from}: where it came from, {@code capture} from the world outside. */
    record Value(String name, Captured value, String from) {}

    /** Puts the question where others can find it; null where nobody is really asked. */
    default RunEvent.@Nullable RequestFile request(Question question) {
        return null;
    }

    /** {@code request}: what {@link #request} gave. */
    Answer ask(Question question, RunEvent.@Nullable RequestFile request);

    /** Somebody's decision; {@code unverified}: roles were asked for that no roster tells of. */
    record Decided(String person, String method, boolean unverified, RunEvent.@Nullable Ballot ballot) {
        /** By one person, without a request. */
        public Decided(String person, String method) {
            this(person, method, false, null);
        }
    }

    /** No answer, end of input and no terminal are never a yes. */
    sealed interface Answer {
        /** By these people, whose yes is all that was wanted. */
        record Granted(List<Decided> given) implements Answer {
            public Granted {
                given = List.copyOf(given);
            }

            public Granted(String person, String method) {
                this(List.of(new Decided(person, method)));
            }
        }

        /** One no is final. */
        record Denied(Decided by, String reason) implements Answer {
            public Denied(String person, String reason) {
                this(new Decided(person, ""), reason);
            }
        }

        /** Nobody can say yes any more, or nobody ever could. */
        record Blocked(String reason) implements Answer {}

        /** Further people have to decide, and this session does not wait, whose words {@code reason} are. */
        record Pending(String reason) implements Answer {}

        /** A signal came while asking. */
        record Interrupted() implements Answer {}
    }
}

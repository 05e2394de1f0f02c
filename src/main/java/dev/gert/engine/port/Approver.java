package dev.gert.engine.port;

import dev.gert.policy.Policy;
import dev.gert.policy.Redactor;
import dev.gert.policy.ResolvedCommand;
import dev.gert.policy.RulePlace;
import dev.gert.policy.SafeText;

/** Gets a person's yes or no to one frozen command (formats.md, "Approvals"). */
public interface Approver {
    /** What is asked: the command that will run if the answer is yes, the rule that wants one, the policy that it is of, and what hides its secrets. */
    record Question(
            String step,
            String stepId,
            int attempt,
            SafeText title,
            ResolvedCommand command,
            RulePlace rule,
            Policy policy,
            Redactor redactor) {}

    Answer ask(Question question);

    /** No answer, end of input and no terminal are never a yes. */
    sealed interface Answer {
        /** {@code method}: {@code acknowledge} or {@code simulated}. */
        record Granted(String person, String method) implements Answer {}

        /** One no is final. */
        record Denied(String person, String reason) implements Answer {}

        /** Nobody can be asked in this session; {@code reason} says why. */
        record Pending(String reason) implements Answer {}

        /** A signal came while asking. */
        record Interrupted() implements Answer {}
    }
}

package dev.gert.policy;

/** What policy says of a command, with the rule that said it (design.md, invariant 5). */
public sealed interface Decision {
    RulePlace rule();

    /** The wire word: {@code allow}, {@code deny}, {@code acknowledge}, {@code undetermined}. */
    String word();

    /** May run. */
    record Allow(RulePlace rule) implements Decision {
        @Override
        public String word() {
            return "allow";
        }
    }

    /** May not run; {@code reason} says which view of the command the rule met. */
    record Deny(RulePlace rule, String reason) implements Decision {
        @Override
        public String word() {
            return "deny";
        }
    }

    /** May run once that many people have said yes; of one, the requester by typing the step's id. */
    record NeedsApproval(RulePlace rule, int people) implements Decision {
        @Override
        public String word() {
            return "acknowledge";
        }
    }

    /** Can't be said while templates are open; {@code reason} names what would decide it. Never an allow. */
    record Undetermined(RulePlace rule, String reason) implements Decision {
        @Override
        public String word() {
            return "undetermined";
        }
    }
}

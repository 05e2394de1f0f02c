package dev.gert.policy;

import java.util.ArrayList;
import java.util.List;

/** What policy says of a command, with the rule that said it (design.md, invariant 5). */
public sealed interface Decision {
    RulePlace rule();

    /** The wire word: {@code allow}, {@code deny}, {@code acknowledge}, {@code approve}, {@code undetermined}. */
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

    /**
     * May run once every need is met; one person's yes counts for each need that it fits.
     *
     * @param needs at least one, that of the most people first
     */
    record NeedsApproval(List<Need> needs) implements Decision {
        public NeedsApproval {
            List<Need> sorted = new ArrayList<>(needs);
            sorted.sort((a, b) -> Integer.compare(b.people(), a.people()));
            needs = List.copyOf(sorted);
            if (needs.isEmpty()) {
                throw new IllegalArgumentException("an approval is of something");
            }
        }

        /** Of one person, whoever it is. */
        public NeedsApproval(RulePlace rule) {
            this(List.of(new Need(rule)));
        }

        @Override
        public RulePlace rule() {
            return needs.get(0).rule();
        }

        /** How many distinct people it takes at least. */
        public int people() {
            return needs.get(0).people();
        }

        /** The same with one need more. */
        public NeedsApproval and(Need need) {
            List<Need> all = new ArrayList<>(needs);
            all.add(need);
            return new NeedsApproval(all);
        }

        @Override
        public String word() {
            return people() == 1 ? "acknowledge" : "approve";
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

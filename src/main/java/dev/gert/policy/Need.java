package dev.gert.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * Whose yes a rule wants (formats.md, section 3, "Approvals").
 *
 * @param people how many, from 1
 * @param roles of which each has to hold one; empty: anybody
 */
public record Need(RulePlace rule, int people, List<String> roles) {
    public Need {
        roles = List.copyOf(roles);
    }

    /** Of one person, whoever it is. */
    public Need(RulePlace rule) {
        this(rule, 1, List.of());
    }

    /** Whether whoever meets this meets the other as well. */
    private boolean implies(Need other) {
        return people >= other.people && (other.roles.isEmpty() || !roles.isEmpty() && other.roles.containsAll(roles));
    }

    /** The needs without those that are met whenever others of them are. */
    public static List<Need> least(List<Need> needs) {
        List<Need> least = new ArrayList<>();
        for (Need need : needs) {
            boolean implied = false;
            for (Need other : least) {
                implied |= other.implies(need);
            }
            if (!implied) {
                least.removeIf(need::implies);
                least.add(need);
            }
        }
        return least;
    }

    /** Whose yes these needs want together: {@code 2 of oncall-lead and one of dba}. */
    public static String who(List<Need> needs) {
        StringBuilder who = new StringBuilder();
        for (Need need : least(needs)) {
            who.append(who.length() == 0 ? "" : " and ").append(need.who());
        }
        return who.toString();
    }

    /** {@code 2 of oncall-lead or dba}, {@code one person}. */
    public String who() {
        if (roles.isEmpty()) {
            return people == 1 ? "one person" : people + " people";
        }
        return (people == 1 ? "one" : Integer.toString(people)) + " of " + String.join(" or ", roles);
    }
}

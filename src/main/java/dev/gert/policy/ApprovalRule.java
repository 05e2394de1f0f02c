package dev.gert.policy;

import java.util.List;

/** An entry of {@code require_approval_for}: who has to say yes to what the pattern meets (formats.md, section 3). */
record ApprovalRule(CommandPattern pattern, int people, List<String> roles) {
    ApprovalRule {
        roles = List.copyOf(roles);
    }

    /** {@code require_approval_for "Set-*", 2 of lead}. */
    String text() {
        String rule = "require_approval_for \"" + pattern.text() + "\"";
        if (roles.isEmpty()) {
            return people == 1 ? rule : rule + ", " + people + " people";
        }
        return rule + ", " + (people == 1 ? "one" : people) + " of " + String.join(" or ", roles);
    }
}

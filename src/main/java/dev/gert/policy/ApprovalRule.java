package dev.gert.policy;

import java.util.List;

/** An entry of {@code require_approval_for}: who has to say yes to what the pattern meets (formats.md, section 3). */
record ApprovalRule(CommandPattern pattern, int people, List<String> roles) {
    ApprovalRule {
        roles = List.copyOf(roles);
    }
}

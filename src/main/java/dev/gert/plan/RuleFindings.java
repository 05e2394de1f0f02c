package dev.gert.plan;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Label;
import dev.gert.diagnostic.Severity;
import dev.gert.policy.Policy;
import dev.gert.policy.RulePlace;
import dev.gert.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Findings that follow from a rule of policy: they show the runbook's line and the rule's. */
final class RuleFindings {
    private final Policy policy;
    private final Diagnostics diagnostics;

    RuleFindings(Policy policy, Diagnostics diagnostics) {
        this.policy = policy;
        this.diagnostics = diagnostics;
    }

    /** {@code help}: what can be done; null: nothing beyond reading the rule. */
    void error(Code code, @Nullable Span span, String message, RulePlace rule, @Nullable String help) {
        add(Severity.ERROR, code, span, message, rule, help);
    }

    void warning(Code code, @Nullable Span span, String message, RulePlace rule, @Nullable String help) {
        add(Severity.WARNING, code, span, message, rule, help);
    }

    private void add(
            Severity severity, Code code, @Nullable Span span, String message, RulePlace rule, @Nullable String help) {
        Span place = policy.span(rule);
        String said = "the rule is " + (place == null ? rule.describe() : rule.rule());
        String words = place != null ? help : help == null ? said : help + "; " + said;
        diagnostics.add(new Diagnostic(
                code,
                severity,
                message,
                span == null ? null : new Label(span, ""),
                place == null ? List.of() : List.of(new Label(place, said)),
                words));
    }
}

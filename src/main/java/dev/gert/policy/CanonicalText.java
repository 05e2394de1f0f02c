package dev.gert.policy;

import dev.gert.model.BlastRadius;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a policy says, as a text that depends on nothing else: not on where the files are, nor on the
 * order of layers or rules, nor on what is said twice.
 */
final class CanonicalText {
    private CanonicalText() {}

    static String of(List<PolicyLayer> layers) {
        List<String> texts = new ArrayList<>();
        for (PolicyLayer layer : layers) {
            texts.add(of(layer));
        }
        StringBuilder text = new StringBuilder("gert/policy/v1\n");
        append(text, texts);
        return text.toString();
    }

    private static String of(PolicyLayer layer) {
        boolean runbook = layer.kind() == PolicyLayer.Kind.RUNBOOK;
        StringBuilder text = new StringBuilder("layer ")
                .append(runbook ? "runbook" : "policy")
                .append('\n');
        text.append("default ").append(layer.standing().word()).append('\n');
        if (!runbook) {
            text.append("opaque_commands ")
                    .append(
                            layer.opaque() == Standing.ACKNOWLEDGE
                                    ? "approve"
                                    : layer.opaque().word())
                    .append('\n');
        }
        if (layer.isPolicyFile()) {
            terms(text, layer);
        }
        patterns(text, "deny", layer.deny());
        patterns(text, "allow", layer.allow());
        patterns(text, "read", layer.read());
        patterns(text, "deny_env", layer.denyEnvironment());
        List<String> redact = new ArrayList<>();
        for (RedactRule rule : layer.redact()) {
            redact.add("redact " + quoted(rule.pattern()) + " " + quoted(rule.replace()) + "\n");
        }
        append(text, redact);
        List<String> limits = new ArrayList<>();
        for (ApprovalRule rule : layer.approvals()) {
            limits.add("approval " + quoted(rule.pattern().text()) + " " + rule.people() + " "
                    + quoted(String.join(",", rule.roles())) + "\n");
        }
        for (RadiusRule rule : layer.radii()) {
            limits.add("radius " + quoted(rule.pattern().text()) + " "
                    + rule.radius().word() + "\n");
        }
        BlastRadius max = layer.maxRadius();
        if (max != null) {
            limits.add("max_radius " + max.word() + "\n");
        }
        if (layer.evidenceSpan() != null) {
            limits.add("evidence\n");
        }
        append(text, limits);
        return text.toString();
    }

    private static void terms(StringBuilder text, PolicyLayer layer) {
        ApprovalTerms terms = layer.terms();
        text.append("approvals timeout ")
                .append(terms.timeoutMillis())
                .append(" acknowledge ")
                .append(terms.acknowledge())
                .append(" allow_self ")
                .append(terms.allowSelf())
                .append(" local ")
                .append(terms.local())
                .append(" ssh ")
                .append(terms.ssh());
        if (layer.roster() != null) {
            text.append(" roster ").append(quoted(layer.roster().text()));
        }
        if (layer.exchange() != null) {
            text.append(" exchange ").append(quoted(layer.exchange().text()));
        }
        text.append("\nmax_ttl ").append(layer.maxTtlMillis()).append('\n');
    }

    /** An absent list says something else than an empty one. */
    private static void patterns(StringBuilder text, String key, @Nullable List<CommandPattern> patterns) {
        if (patterns == null) {
            return;
        }
        text.append(key).append('\n');
        List<String> lines = new ArrayList<>();
        for (CommandPattern pattern : patterns) {
            lines.add(key + " " + quoted(pattern.text()) + "\n");
        }
        append(text, lines);
    }

    private static void append(StringBuilder text, List<String> parts) {
        Collections.sort(parts);
        String last = null;
        for (String part : parts) {
            if (!part.equals(last)) {
                text.append(part);
            }
            last = part;
        }
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                default -> quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}

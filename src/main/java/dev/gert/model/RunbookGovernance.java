package dev.gert.model;

import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code meta.governance} (formats.md, section 3). Patterns stay scalars here: policy parses them, as
 * it does those of {@code governance.yaml}. A null list: the key is absent.
 */
public record RunbookGovernance(
        @Nullable List<YamlNode.Scalar> allowedCommands,
        List<YamlNode.Scalar> deniedCommands,
        List<YamlNode.Scalar> denyEnvVars,
        @Nullable List<Redaction> redact,
        @Nullable Span redactSpan,
        Limits limits) {
    public static RunbookGovernance none() {
        return new RunbookGovernance(null, List.of(), List.of(), null, null, Limits.none());
    }

    /** Whether the runbook adds nothing to the policy. */
    public boolean saysNothing() {
        return allowedCommands == null
                && deniedCommands.isEmpty()
                && denyEnvVars.isEmpty()
                && redact == null
                && limits.isNone();
    }

    /** A {@code {pattern, replace}} pair. */
    public record Redaction(YamlNode.Scalar pattern, YamlNode.Scalar replace) {}
}

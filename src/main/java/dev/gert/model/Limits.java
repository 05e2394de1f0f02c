package dev.gert.model;

import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a policy file or a runbook asks of steps beside their commands' names (formats.md, section 3). */
public record Limits(
        List<Approval> approvals,
        List<Radius> radii,
        @Nullable BlastRadius maxRadius,
        @Nullable Span maxRadiusSpan,
        @Nullable Span evidenceSpan) {
    public Limits {
        approvals = List.copyOf(approvals);
        radii = List.copyOf(radii);
    }

    public static Limits none() {
        return new Limits(List.of(), List.of(), null, null, null);
    }

    /** Whether nothing is asked. */
    public boolean isNone() {
        return approvals.isEmpty() && radii.isEmpty() && maxRadius == null && evidenceSpan == null;
    }

    /** An entry of {@code require_approval_for}. */
    public record Approval(YamlNode.Scalar pattern, int people, List<String> roles) {
        public Approval {
            roles = List.copyOf(roles);
        }
    }

    /** An entry of {@code blast_radius}. */
    public record Radius(YamlNode.Scalar pattern, BlastRadius radius) {}
}

package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Suggestions;
import dev.gert.model.BlastRadius;
import dev.gert.model.Limits;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code require_approval_for}, radii and evidence of policies and runbooks (formats.md, section 3). */
final class LimitsDecoder {
    private static final List<String> RADII =
            List.of("single_node", "single_cluster", "single_tr", "cluster", "region", "global");
    private static final int MOST_PEOPLE = 20;

    private LimitsDecoder() {}

    /** {@code evidenceSpan}: where evidence is required, null: it is not. */
    static Limits decode(Fields fields, boolean withRadii, @Nullable Span evidenceSpan, Diagnostics diagnostics) {
        List<Limits.Approval> approvals = approvals(fields, diagnostics);
        List<Limits.Radius> radii = withRadii ? radii(fields, diagnostics) : List.of();
        BlastRadius max = radius(fields.scalar("max_blast_radius"), "max_blast_radius", diagnostics);
        return new Limits(approvals, radii, max, max == null ? null : fields.keySpan("max_blast_radius"), evidenceSpan);
    }

    /** Null when absent, or with a diagnostic. */
    static @Nullable BlastRadius radius(YamlNode.@Nullable Scalar word, String key, Diagnostics diagnostics) {
        BlastRadius radius = word == null ? null : BlastRadius.of(word.text());
        if (word != null && radius == null) {
            diagnostics.error(
                    Code.Y113,
                    word.span(),
                    "`" + key + "` is `" + word.text() + "`, not one of " + String.join(", ", RADII),
                    Suggestions.didYouMean(word.text(), RADII),
                    null);
        }
        return radius;
    }

    private static List<Limits.Approval> approvals(Fields fields, Diagnostics diagnostics) {
        List<Limits.Approval> approvals = new ArrayList<>();
        List<YamlNode> items = fields.list("require_approval_for");
        for (YamlNode item : items == null ? List.<YamlNode>of() : items) {
            Fields rule = Fields.of(item, "a `require_approval_for` rule", diagnostics);
            if (rule == null) {
                continue;
            }
            YamlNode.Scalar pattern = Scalars.named(rule, "pattern", diagnostics);
            Integer people = rule.wholeNumber("min_approvers", 1, MOST_PEOPLE);
            List<YamlNode.Scalar> roles = rule.texts("roles");
            rule.done();
            List<String> names = new ArrayList<>();
            for (YamlNode.Scalar role : roles == null ? List.<YamlNode.Scalar>of() : roles) {
                names.add(role.text());
            }
            if (pattern != null) {
                approvals.add(new Limits.Approval(pattern, people == null ? 1 : people, names));
            }
        }
        return approvals;
    }

    private static List<Limits.Radius> radii(Fields fields, Diagnostics diagnostics) {
        List<Limits.Radius> radii = new ArrayList<>();
        List<YamlNode> items = fields.list("blast_radius");
        for (YamlNode item : items == null ? List.<YamlNode>of() : items) {
            Fields rule = Fields.of(item, "a `blast_radius` rule", diagnostics);
            if (rule == null) {
                continue;
            }
            YamlNode.Scalar pattern = Scalars.named(rule, "pattern", diagnostics);
            BlastRadius radius = radius(rule.requiredScalar("radius"), "radius", diagnostics);
            rule.done();
            if (pattern != null && radius != null) {
                radii.add(new Limits.Radius(pattern, radius));
            }
        }
        return radii;
    }
}

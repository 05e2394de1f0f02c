package dev.gert.policy;

import dev.gert.model.BlastRadius;
import dev.gert.model.Effect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a command stays within the radius that policy allows (formats.md, section 3). */
final class Reach {
    private Reach() {}

    /**
     * What the smallest {@code max_blast_radius} says of a command; null when there is none, or it
     * stays within. A command that changes something and of which nobody says how far it reaches
     * needs a yes.
     */
    static @Nullable Decision decide(List<PolicyLayer> layers, Subject command, @Nullable BlastRadius declared) {
        PolicyLayer strictest = null;
        for (PolicyLayer layer : layers) {
            BlastRadius max = layer.maxRadius();
            BlastRadius least = strictest == null ? null : strictest.maxRadius();
            if (max != null && (least == null || max.compareTo(least) < 0)) {
                strictest = layer;
            }
        }
        BlastRadius max = strictest == null ? null : strictest.maxRadius();
        if (strictest == null || max == null) {
            return null;
        }
        BlastRadius reach = declared;
        for (PolicyLayer layer : layers) {
            for (RadiusRule rule : layer.radii()) {
                boolean met = command.metBy(rule.pattern()).match() == Match.YES;
                if (met && (reach == null || rule.radius().compareTo(reach) > 0)) {
                    reach = rule.radius();
                }
            }
        }
        RulePlace rule = strictest.place("max_blast_radius: " + max.word(), strictest.maxRadiusSpan());
        if (reach == null) {
            return command.effect() == Effect.MUTATE ? new Decision.NeedsApproval(rule) : null;
        }
        return reach.compareTo(max) > 0
                ? new Decision.Deny(
                        rule, "its blast radius is " + reach.word() + ", and policy allows " + max.word() + " at most")
                : null;
    }
}

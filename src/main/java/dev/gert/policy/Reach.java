package dev.gert.policy;

import dev.gert.model.BlastRadius;
import dev.gert.model.Effect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a command stays within the radius that policy allows (formats.md, section 3). */
final class Reach {
    private Reach() {}

    /** How a pattern meets what is asked about. */
    interface Meeting {
        Subject.Met metBy(CommandPattern pattern);
    }

    /**
     * What the smallest {@code max_blast_radius} says of a command; null when there is none, or it
     * stays within. A command that changes something and of which nobody says how far it reaches
     * needs a yes.
     */
    static @Nullable Decision decide(List<PolicyLayer> layers, Subject command, @Nullable BlastRadius declared) {
        return decide(layers, command::metBy, command.effect(), command.undecided(), declared);
    }

    /** The same of whatever patterns meet; {@code undecided}: what would decide whether an open name is met. */
    static @Nullable Decision decide(
            List<PolicyLayer> layers,
            Meeting command,
            Effect effect,
            String undecided,
            @Nullable BlastRadius declared) {
        PolicyLayer strictest = strictest(layers);
        BlastRadius max = strictest == null ? null : strictest.maxRadius();
        if (strictest == null || max == null) {
            return null;
        }
        BlastRadius reach = declared;
        Decision doubt = null;
        for (PolicyLayer layer : layers) {
            for (RadiusRule rule : layer.radii()) {
                Match met = command.metBy(rule.pattern()).match();
                if (met == Match.YES && (reach == null || rule.radius().compareTo(reach) > 0)) {
                    reach = rule.radius();
                } else if (met == Match.MAYBE && rule.radius().compareTo(max) > 0 && doubt == null) {
                    doubt = new Decision.Undetermined(
                            place(strictest, max), "a `blast_radius` rule may fit it: " + undecided);
                }
            }
        }
        if (reach != null && reach.compareTo(max) > 0) {
            return new Decision.Deny(
                    place(strictest, max),
                    "its blast radius is " + reach.word() + ", and policy allows " + max.word() + " at most");
        }
        if (doubt != null) {
            return doubt;
        }
        return reach == null && effect == Effect.MUTATE ? new Decision.NeedsApproval(place(strictest, max)) : null;
    }

    private static RulePlace place(PolicyLayer layer, BlastRadius max) {
        return layer.place("max_blast_radius: " + max.word(), layer.maxRadiusSpan());
    }

    private static @Nullable PolicyLayer strictest(List<PolicyLayer> layers) {
        PolicyLayer strictest = null;
        for (PolicyLayer layer : layers) {
            BlastRadius max = layer.maxRadius();
            BlastRadius least = strictest == null ? null : strictest.maxRadius();
            if (max != null && (least == null || max.compareTo(least) < 0)) {
                strictest = layer;
            }
        }
        return strictest;
    }
}

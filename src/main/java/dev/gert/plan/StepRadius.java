package dev.gert.plan;

import dev.gert.expr.Lookup;
import dev.gert.expr.Part;
import dev.gert.model.BlastRadius;
import dev.gert.model.Step;
import org.jspecify.annotations.Nullable;

/** How far a step reaches by what it says itself (formats.md, section 3). */
public final class StepRadius {
    private StepRadius() {}

    /** The larger of what the step declares and its elevation's scope; null: it says neither. */
    public static @Nullable BlastRadius of(Step step) {
        BlastRadius declared = step.common().blastRadius();
        Step.Elevation elevation = step.work() == null ? null : step.work().elevation();
        BlastRadius elevated = elevation == null ? null : scope(elevation);
        if (declared == null || elevated == null) {
            return declared == null ? elevated : declared;
        }
        return elevated.compareTo(declared) > 0 ? elevated : declared;
    }

    /** Two segments name a node, one a cluster; no value may hold a {@code /}, so the template says which. */
    private static BlastRadius scope(Step.Elevation elevation) {
        boolean node = false;
        for (Part part : elevation.scope().parts(name -> new Lookup.Open())) {
            node |= part instanceof Part.Known known && known.text().indexOf('/') >= 0;
        }
        return node ? BlastRadius.SINGLE_NODE : BlastRadius.SINGLE_CLUSTER;
    }
}

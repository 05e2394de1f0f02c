package dev.gert.plan;

import dev.gert.model.Capture;
import dev.gert.model.Step;
import dev.gert.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The steps of a block, however deep. */
public final class StepsWithin {
    private final List<PlanStep> steps = new ArrayList<>();

    private StepsWithin() {}

    /** In document order; probes are not among them. */
    public static List<PlanStep> of(PlanBlock block) {
        StepsWithin within = new StepsWithin();
        within.collect(block);
        return within.steps;
    }

    private void collect(PlanBlock block) {
        for (PlanNode node : block.nodes()) {
            if (node instanceof PlanStep step) {
                steps.add(step);
                step.arms().forEach(this::collect);
                PlanBlock last = step.finallyBlock();
                if (last != null) {
                    collect(last);
                }
            } else if (node instanceof PlanLoop loop) {
                collect(loop.body());
            } else if (node instanceof PlanParallel parallel) {
                parallel.sides().forEach(this::collect);
            }
        }
    }

    /** The names that a step gives values, with where it says so. */
    public static Map<String, Span> given(PlanStep node) {
        Map<String, Span> names = new LinkedHashMap<>();
        for (Capture capture : node.step().common().captures()) {
            names.put(capture.name(), capture.span());
        }
        if (node.step() instanceof Step.ManualStep manual && manual.choices() != null) {
            names.put(manual.choices().variable(), manual.choices().variableSpan());
        }
        return names;
    }
}

package dev.gert.engine;

import dev.gert.decode.RunbookDecoder;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.event.RunEvent;
import dev.gert.model.Import;
import dev.gert.model.InputPattern;
import dev.gert.model.Runbook;
import dev.gert.model.ToolFile;
import dev.gert.plan.Plan;
import dev.gert.plan.Planner;
import dev.gert.plan.Surroundings;
import dev.gert.policy.Captured;
import dev.gert.policy.Policy;
import dev.gert.policy.PolicyLayer;
import dev.gert.runtime.RunParts;
import dev.gert.source.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The runbooks that one runbook leads to, in memory. */
final class Kin implements Surroundings {
    private final Map<String, String> texts;
    private final List<String> above;
    private final List<PolicyLayer> layers;
    private final boolean upstream;
    private final Map<String, Link> links = new HashMap<>();

    private Kin(Map<String, String> texts, List<String> above, List<PolicyLayer> layers, boolean upstream) {
        this.texts = texts;
        this.above = above;
        this.layers = layers;
        this.upstream = upstream;
    }

    static List<PolicyLayer> layers(@Nullable String policy) {
        if (policy == null) {
            return List.of(PolicyLayer.builtInFloor());
        }
        Diagnostics diagnostics = new Diagnostics();
        PolicyLayer layer = PolicyLayer.read(Source.of("governance.yaml", policy), diagnostics);
        if (layer == null) {
            throw new AssertionError(diagnostics.sorted().toString());
        }
        return List.of(layer);
    }

    static Plan plan(String runbook, List<PolicyLayer> layers, Surroundings surroundings) {
        return plan("x", runbook, layers, surroundings);
    }

    static Plan plan(String runbook, List<PolicyLayer> layers, Map<String, String> texts, boolean upstream) {
        List<PolicyLayer> all = withOwn("x", runbook, layers);
        return plan("x", runbook, all, new Kin(texts, List.of("x"), all, upstream));
    }

    private static Plan plan(String name, String text, List<PolicyLayer> layers, Surroundings surroundings) {
        Diagnostics diagnostics = new Diagnostics();
        Runbook decoded = RunbookDecoder.decode(Source.of(name + ".runbook.yaml", text), diagnostics);
        Plan plan = decoded == null ? null : Planner.plan(decoded, Policy.meet(layers), surroundings, diagnostics);
        if (plan == null || diagnostics.hasErrors()) {
            throw new AssertionError(diagnostics.sorted().toString());
        }
        return plan;
    }

    private static List<PolicyLayer> withOwn(String name, String text, List<PolicyLayer> layers) {
        Diagnostics diagnostics = new Diagnostics();
        Source source = Source.of(name + ".runbook.yaml", text);
        Runbook decoded = RunbookDecoder.decode(source, diagnostics);
        List<PolicyLayer> all = new ArrayList<>(layers);
        if (decoded != null && !decoded.governance().saysNothing()) {
            all.add(PolicyLayer.ofRunbook(source, decoded.governance(), diagnostics));
        }
        return all;
    }

    @Override
    public @Nullable ToolFile tool(Import declared) {
        return null;
    }

    @Override
    public Link runbook(String reference) {
        return links.computeIfAbsent(reference, this::find);
    }

    private Link find(String reference) {
        String text = texts.get(reference);
        if (above.contains(reference)) {
            return new Link.Missing(Link.Cause.ENDLESS, "leads back to itself");
        }
        if (text == null) {
            return new Link.Missing(Link.Cause.ABSENT, "is not there");
        }
        List<String> deeper = new ArrayList<>(above);
        deeper.add(reference);
        List<PolicyLayer> all = withOwn(reference, text, layers);
        return new Link.Found(plan(reference, text, all, new Kin(texts, deeper, all, upstream)));
    }

    @Override
    public boolean upstream() {
        return upstream;
    }

    /** As a session that can ask nobody. */
    static RunParts.Inputs inputs(Plan plan, Map<String, Captured> given) {
        Map<String, Captured> values = new LinkedHashMap<>();
        for (Runbook.Variable variable : plan.runbook().vars()) {
            values.put(variable.name(), Captured.recorded(variable.value(), false));
        }
        for (Runbook.Input input : plan.runbook().inputs()) {
            String otherwise = input.defaultValue();
            Captured value = given.get(input.name());
            if (value == null && otherwise != null) {
                value = Captured.recorded(otherwise, false);
            }
            if (value == null && input.required()) {
                return new RunParts.Inputs.Pending("needs " + input.name());
            }
            InputPattern pattern = input.pattern();
            if (value != null && pattern != null && !pattern.regex().find(String.valueOf(value.raw()))) {
                return new RunParts.Inputs.Wrong("`" + input.name() + "` does not match its pattern");
            }
            if (value != null) {
                values.put(input.name(), value);
            }
        }
        for (Map.Entry<String, Captured> each : given.entrySet()) {
            values.put(each.getKey(), each.getValue());
        }
        return new RunParts.Inputs.Resolved(new RunEvent.InputsResolved(values, Map.of()));
    }
}

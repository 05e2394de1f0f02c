package dev.gert.plan;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Label;
import dev.gert.diagnostic.Severity;
import dev.gert.expr.NameUse;
import dev.gert.model.Outcome;
import dev.gert.model.Step;
import dev.gert.source.Span;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is wrong with steps where they stand: in {@code finally}, side by side, under a ttl (formats.md, section 1). */
final class StepCheck {
    private final Diagnostics diagnostics;

    StepCheck(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    void check(Collection<PlanNode> nodes) {
        for (PlanNode node : nodes) {
            if (node instanceof PlanParallel parallel) {
                sides(parallel);
            } else if (node instanceof PlanStep step && !step.isProbe()) {
                ends(step);
                ttl(step);
                runs(step);
                query(step);
            }
        }
    }

    private void ends(PlanStep node) {
        boolean last = NameCheck.inFinally(node);
        for (Outcome outcome : node.step().common().outcomes()) {
            if (last) {
                diagnostics.error(
                        Code.R211,
                        outcome.span(),
                        "a step in `finally` can't end the run: what it ends with was decided before",
                        "",
                        "take `outcomes` out; `{{ .outcome }}` tells how the run ended");
                return;
            }
        }
        if (last
                && node.step() instanceof Step.InvokeStep invoke
                && !invoke.gate().stopIf().isEmpty()) {
            diagnostics.error(Code.R211, invoke.runbookSpan(), "`gate.stop_if` can't end the run in `finally`");
        }
    }

    private void runs(PlanStep node) {
        String lacks = lacking(node.step());
        if (lacks != null) {
            diagnostics.warning(
                    Code.R218,
                    node.step().common().idSpan(),
                    lacks + " can be tested, and not run, by this version of gert",
                    null);
        }
    }

    /** What of a step this version can't bring about, or null. */
    static @Nullable String lacking(Step step) {
        if (step instanceof Step.XtsStep || step instanceof Step.AwsStep) {
            return "steps of type `" + step.type() + "`";
        }
        return step.work() != null && step.work().elevation() != null ? "steps with an `elevation`" : null;
    }

    private void ttl(PlanStep node) {
        Step.Work work = node.step().work();
        Step.Elevation elevation = work == null ? null : work.elevation();
        Long timeout = node.step().common().timeoutMillis();
        if (elevation != null && timeout != null && timeout > elevation.ttlMillis()) {
            diagnostics.error(
                    Code.Y116,
                    elevation.span(),
                    "the step's timeout is longer than its elevation lasts",
                    "",
                    "make `timeout` shorter, or `ttl` longer");
        }
    }

    /** A query that reads the clock can't be asked again of the same time. */
    private void query(PlanStep node) {
        if (node.step() instanceof Step.XtsStep xts) {
            Step.Argument query = xts.text("query");
            if (query != null && hasAgo(query.value().source())) {
                diagnostics.warning(
                        Code.R219,
                        query.valueSpan(),
                        "`ago(` makes the query depend on when it is asked",
                        "use `{{ .query_start_time }}` and `{{ .query_end_time }}`");
            }
        }
    }

    private static boolean hasAgo(String text) {
        int at = text.indexOf("ago(");
        while (at >= 0) {
            char before = at == 0 ? ' ' : text.charAt(at - 1);
            boolean word = Character.isLetterOrDigit(before) || before == '_';
            if (!word) {
                return true;
            }
            at = text.indexOf("ago(", at + 1);
        }
        return false;
    }

    /** Two sides may not give one name a value, nor one side read what another gives. */
    private void sides(PlanParallel parallel) {
        List<PlanBlock> sides = parallel.sides();
        Map<String, Integer> owner = new HashMap<>();
        Map<String, Span> first = new HashMap<>();
        for (int i = 0; i < sides.size(); i++) {
            for (PlanStep step : StepsWithin.of(sides.get(i))) {
                for (Map.Entry<String, Span> given : StepsWithin.given(step).entrySet()) {
                    Integer other = owner.putIfAbsent(given.getKey(), i);
                    if (other == null) {
                        first.put(given.getKey(), given.getValue());
                    } else if (other != i) {
                        diagnostics.add(new Diagnostic(
                                Code.R210,
                                Severity.ERROR,
                                "two branches that run side by side give `" + given.getKey() + "` a value",
                                new Label(given.getValue(), ""),
                                List.of(new Label(first.getOrDefault(given.getKey(), given.getValue()), "the other")),
                                "give the two different names"));
                    }
                }
            }
        }
        for (int i = 0; i < sides.size(); i++) {
            Set<String> said = new HashSet<>();
            for (NameUse use : NodeNames.within(sides.get(i))) {
                Integer other = owner.get(use.name());
                if (other != null && other != i && said.add(use.name())) {
                    diagnostics.error(
                            Code.R210,
                            use.span(),
                            "`" + use.name() + "` gets its value in a branch that runs at the same time",
                            "",
                            "read it after the `parallel`");
                }
            }
        }
    }
}

package dev.gert.plan;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Label;
import dev.gert.diagnostic.Severity;
import dev.gert.expr.Condition;
import dev.gert.expr.NameUse;
import dev.gert.expr.Verdict;
import dev.gert.model.Node;
import dev.gert.model.Outcome;
import dev.gert.source.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Conditions that leave no choice: arms, outcomes and steps that no run can reach, and those that always fail. */
final class ArmCheck {
    private final Verdicts verdicts;
    private final Diagnostics diagnostics;

    ArmCheck(Verdicts verdicts, Diagnostics diagnostics) {
        this.verdicts = verdicts;
        this.diagnostics = diagnostics;
    }

    void check(Collection<PlanNode> nodes) {
        for (PlanNode node : nodes) {
            if (node instanceof PlanStep step && !step.isProbe()) {
                when(step);
                arms(step);
                outcomes(step);
                labels(step);
            } else if (node instanceof PlanLoop loop && loop.until() != null) {
                until(loop, loop.until());
            }
        }
    }

    private void when(PlanStep node) {
        Condition when = node.step().common().when();
        if (when == null) {
            return;
        }
        Span place = place(when, node.step().common().idSpan());
        Verdict verdict = verdicts.of(when);
        if (verdict instanceof Verdict.AlwaysFalse) {
            unreached(place, "`" + node.step().id() + "` never runs: its `when` is never true", List.of());
        } else {
            alone(when, place, verdict, "`" + node.step().id() + "` never runs");
        }
    }

    private void until(PlanLoop loop, Node.UntilNode until) {
        Verdict verdict = verdicts.of(until.until());
        if (verdict instanceof Verdict.AlwaysFalse) {
            unreached(
                    until.untilSpan(),
                    "`until` is never true: the run fails after " + until.max()
                            + (until.max() == 1 ? " iteration" : " iterations"),
                    List.of());
            return;
        }
        alone(until.until(), until.untilSpan(), verdict, "`until` never ends the loop");
        if (verdict instanceof Verdict.Open && until.max() > 1 && isFixed(loop, until.until())) {
            unreached(
                    until.untilSpan(),
                    "nothing in the loop changes what `until` reads, so one that is not over after its first"
                            + " iteration fails",
                    List.of());
        }
    }

    private static boolean isFixed(PlanLoop loop, Condition until) {
        Set<String> changing = new HashSet<>();
        changing.add(BuiltIns.ITERATION);
        changing.add(BuiltIns.IDEMPOTENCY_TOKEN);
        for (PlanStep step : StepsWithin.of(loop.body())) {
            changing.addAll(StepsWithin.given(step).keySet());
        }
        for (NameUse use : until.names()) {
            if (changing.contains(use.name())) {
                return false;
            }
        }
        return !until.names().isEmpty();
    }

    private void arms(PlanStep node) {
        List<Verdict> all = verdicts.arms(node);
        for (int i = 0; i < all.size(); i++) {
            PlanArm arm = node.arms().get(i);
            Condition condition = arm.branch().condition();
            String lead = "no run enters the branch `" + arm.branch().label() + "`";
            Verdict verdict = all.get(i);
            Span place = arm.branch().conditionSpan();
            if (verdict instanceof Verdict.Unreachable unreachable) {
                List<Label> before = new ArrayList<>();
                for (int position : unreachable.behind()) {
                    before.add(new Label(node.arms().get(position).branch().conditionSpan(), said(all.get(position))));
                }
                unreached(place, lead + behind(unreachable, all, "a branch"), before);
            } else if (verdict instanceof Verdict.AlwaysFalse never) {
                List<Label> before = new ArrayList<>();
                boolean same = false;
                for (int position : never.because()) {
                    Condition other = node.arms().get(position).branch().condition();
                    same |= other.source().equals(condition.source());
                    before.add(new Label(
                            node.arms().get(position).branch().conditionSpan(),
                            other.source().equals(condition.source()) ? "the same condition" : "false here"));
                }
                unreached(place, lead + never(same, before), before);
            } else {
                alone(condition, place, verdict, lead);
            }
        }
    }

    private void outcomes(PlanStep node) {
        List<Outcome> outcomes = node.step().common().outcomes();
        if (outcomes.size() == 1 && outcomes.get(0).when() == null) {
            return;
        }
        List<Verdict> all = verdicts.outcomes(node);
        for (int i = 0; i < all.size(); i++) {
            Outcome outcome = outcomes.get(i);
            Condition when = outcome.when() == null ? Condition.always() : outcome.when();
            String lead = "no run ends with this outcome";
            Verdict verdict = all.get(i);
            Span place = place(when, outcome.span());
            if (verdict instanceof Verdict.Unreachable unreachable) {
                List<Label> before = new ArrayList<>();
                for (int position : unreachable.behind()) {
                    before.add(label(outcomes.get(position), said(all.get(position))));
                }
                unreached(place, lead + behind(unreachable, all, "an outcome"), before);
            } else if (verdict instanceof Verdict.AlwaysFalse never) {
                List<Label> before = new ArrayList<>();
                boolean same = false;
                for (int position : never.because()) {
                    Condition other = outcomes.get(position).when();
                    boolean repeats = other != null && other.source().equals(when.source());
                    same |= repeats;
                    before.add(label(outcomes.get(position), repeats ? "the same condition" : "false here"));
                }
                unreached(place, lead + never(same, before), before);
            } else {
                alone(when, place, verdict, lead);
            }
        }
    }

    private static Label label(Outcome outcome, String text) {
        Condition when = outcome.when();
        return new Label(when == null ? outcome.span() : place(when, outcome.span()), text);
    }

    private static String behind(Verdict.Unreachable unreachable, List<Verdict> all, String what) {
        if (unreachable.behind().size() > 1) {
            return ": one before it is always true";
        }
        boolean fails =
                !unreachable.behind().isEmpty() && all.get(unreachable.behind().get(0)) instanceof Verdict.AlwaysFails;
        return ": " + what + (fails ? " before it always fails" : " before it is always taken");
    }

    private static String said(Verdict verdict) {
        if (verdict instanceof Verdict.AlwaysFails) {
            return "always fails";
        }
        return verdict instanceof Verdict.AlwaysTrue always && always.because().isEmpty() ? "always true" : "true here";
    }

    private static String never(boolean same, List<Label> before) {
        if (before.isEmpty()) {
            return ": its condition is never true";
        }
        return same
                ? ": its condition stands before it already"
                : ": its condition is never true where those before it are false";
    }

    /** What a condition comes to whatever stands before it. */
    private void alone(Condition condition, Span place, Verdict verdict, String lead) {
        if (verdict instanceof Verdict.AlwaysFails fails) {
            diagnostics.error(Code.T302, fails.place(), "this condition always fails: " + fails.why());
        } else if (verdict instanceof Verdict.AlwaysTrue always
                && always.because().isEmpty()
                && !condition.names().isEmpty()) {
            diagnostics.warning(
                    Code.R216,
                    place,
                    "this condition is never false, whatever `"
                            + condition.names().get(0).name() + "` holds",
                    "write `true` if that is meant");
        } else if (verdict instanceof Verdict.Open) {
            String name = verdicts.neverChosen(condition);
            if (name != null) {
                diagnostics.warning(
                        Code.R216,
                        place,
                        lead + ": its condition is true for none of the choices of `" + name + "`",
                        "they are `" + String.join("`, `", new TreeSet<>(verdicts.choices(name))) + "`");
            }
        }
    }

    private void unreached(Span place, String message, List<Label> others) {
        diagnostics.add(new Diagnostic(
                Code.R216,
                Severity.WARNING,
                message,
                new Label(place, ""),
                others.subList(0, Math.min(2, others.size())),
                null));
    }

    /** Tests name an arm by its label. */
    private void labels(PlanStep node) {
        if (node.arms().size() < 2) {
            return;
        }
        Map<String, Span> first = new HashMap<>();
        for (PlanArm arm : node.arms()) {
            Span other = first.putIfAbsent(arm.branch().label(), arm.branch().labelSpan());
            if (other != null) {
                diagnostics.add(new Diagnostic(
                        Code.R205,
                        Severity.ERROR,
                        "two branches of `" + node.step().id() + "` have the label `"
                                + arm.branch().label() + "`",
                        new Label(arm.branch().labelSpan(), ""),
                        List.of(new Label(other, "first here")),
                        "tests and coverage name a branch by its label"));
            }
        }
    }

    /** The condition's place as far as it is kept: that of the first name in it. */
    private static Span place(Condition condition, @Nullable Span otherwise) {
        if (otherwise != null && condition.names().isEmpty()) {
            return otherwise;
        }
        return condition.names().get(0).span();
    }
}

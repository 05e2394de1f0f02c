package dev.gert.projection;

import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.expr.Condition;
import dev.gert.expr.NameUse;
import dev.gert.model.Node;
import dev.gert.model.Outcome;
import dev.gert.model.Step;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanArm;
import dev.gert.plan.PlanBlock;
import dev.gert.plan.PlanLoop;
import dev.gert.plan.PlanNode;
import dev.gert.plan.PlanParallel;
import dev.gert.plan.PlanStep;
import dev.gert.policy.Captured;
import dev.gert.policy.RulePlace;
import dev.gert.source.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Goes through what a runbook declares, in document order, and says of each what came of it and why. */
final class AuditConstructs {
    static final String RAN = "ran";
    static final String FAILED = "failed";
    static final String SKIPPED = "skipped";
    static final String BLOCKED = "blocked";
    static final String WAITING = "waiting";
    static final String NOT_REACHED = "not_reached";

    private final AuditHistory history;
    private final List<AuditItem> items = new ArrayList<>();

    private AuditConstructs(AuditHistory history) {
        this.history = history;
    }

    static List<AuditItem> of(Plan plan, AuditHistory history) {
        AuditConstructs constructs = new AuditConstructs(history);
        constructs.block(plan.root(), 0, "");
        return constructs.items;
    }

    /** {@code closed}: why nothing in the block can have begun; empty: it was entered. */
    private void block(PlanBlock block, int depth, String closed) {
        for (PlanNode node : block.nodes()) {
            if (node instanceof PlanStep step) {
                step(step, depth, closed);
            } else if (node instanceof PlanLoop loop) {
                loop(loop, depth, closed);
            } else if (node instanceof PlanParallel parallel) {
                parallel(parallel, depth, closed);
            }
        }
    }

    private void step(PlanStep node, int depth, String closed) {
        Step step = node.step();
        List<EvidenceAttempt> attempts = history.attempts(node.address());
        EvidenceAttempt last = attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
        String state = state(last);
        String because = last == null ? reason(closed) : because(step, last);
        String times = attempts.size() > 1 ? attempts.size() + " times" : "";
        add(
                node.address(),
                "step",
                step.id(),
                state,
                because.isEmpty() ? times : because,
                depth,
                step.common().idSpan());
        String after = state.equals(RAN) ? "" : "`" + step.id() + "` " + (last == null ? "did not run" : said(state));
        String below = after.isEmpty() ? "" : last == null ? reason(closed) : after;
        if (node.probe() != null) {
            EvidenceAttempt probe = last(history.attempts(node.probe().address()));
            String said = probe == null ? reason(below) : state(probe).equals(RAN) ? "" : because(step, probe);
            add(node.probe().address(), "precondition", step.id(), state(probe), said, depth + 1, spanOf(step));
        }
        if (step instanceof Step.InvokeStep invoke && !invoke.gate().stopIf().isEmpty()) {
            RunEvent.OutcomeReached reached = history.run.outcome;
            boolean stopped = reached != null && reached.index() < 0 && at(reached.step(), node.address());
            String said = stopped && reached != null ? "it ended the run with " + reached.state() : reason(below);
            boolean asked = below.isEmpty() && !stopped;
            add(
                    node.address(),
                    "gate",
                    step.id(),
                    stopped ? RAN : asked ? SKIPPED : NOT_REACHED,
                    asked ? "the invoked runbook ended in no state that it stops at" : said,
                    depth + 1,
                    invoke.runbookSpan());
        }
        outcomes(node, depth + 1, below);
        arms(node, depth + 1, below);
        PlanBlock cleanup = node.finallyBlock();
        if (cleanup != null) {
            String why = last == null || state.equals(SKIPPED) ? (below.isEmpty() ? history.end() : below) : "";
            boolean ran = anyRan(cleanup);
            add(
                    node.address(),
                    "finally",
                    step.id(),
                    ran ? RAN : NOT_REACHED,
                    ran ? "" : why.isEmpty() ? history.end() : why,
                    depth + 1,
                    step.common().idSpan());
            block(cleanup, depth + 2, ran ? "" : why.isEmpty() ? history.end() : why);
        }
    }

    private boolean anyRan(PlanBlock block) {
        for (PlanNode node : block.nodes()) {
            boolean ran = node instanceof PlanLoop ? history.loop(node.address()) != null : false;
            if (ran || !history.attempts(node.address()).isEmpty() || node instanceof PlanParallel) {
                return true;
            }
        }
        return false;
    }

    private static Span spanOf(Step step) {
        Step.Work work = step.work();
        Step.Precondition check = work == null ? null : work.precondition();
        return check == null ? step.common().idSpan() : check.span();
    }

    private void outcomes(PlanStep node, int depth, String below) {
        RunEvent.OutcomeReached reached = history.run.outcome;
        boolean here = reached != null && reached.index() >= 0 && at(reached.step(), node.address());
        List<Outcome> outcomes = node.step().common().outcomes();
        for (int i = 0; i < outcomes.size(); i++) {
            Outcome outcome = outcomes.get(i);
            boolean chosen = here && reached != null && reached.index() == i;
            String state = chosen ? RAN : here || below.isEmpty() ? SKIPPED : NOT_REACHED;
            String because = "";
            if (chosen && reached != null) {
                because = held(reached.condition().text(), reached.operands(), true);
            } else if (here && reached != null && reached.index() < i) {
                because = "the outcome before it was reached";
            } else if (state.equals(SKIPPED)) {
                because = outcome.when() == null
                        ? history.end()
                        : "`" + outcome.when().source() + "` did not hold" + values(outcome.when(), node);
            } else {
                because = reason(below);
            }
            String label = outcome.label().source();
            String name = outcome.state().word() + (label.isEmpty() ? "" : " \"" + label + "\"");
            add(node.address(), "outcome", name, state, because, depth, outcome.span());
        }
    }

    private void arms(PlanStep node, int depth, String below) {
        String taken = null;
        for (PlanArm arm : node.arms()) {
            RunEvent.BranchTaken entered = null;
            RunEvent.BranchSkipped passed = null;
            for (RunEvent event : history.branch(arm.address())) {
                entered = event instanceof RunEvent.BranchTaken said ? said : entered;
                passed = event instanceof RunEvent.BranchSkipped said ? said : passed;
            }
            String state = entered != null ? RAN : passed != null || taken != null ? SKIPPED : NOT_REACHED;
            String because;
            if (entered != null) {
                because = held(entered.condition().text(), entered.operands(), true);
            } else if (passed != null) {
                because = passed.unknown()
                        ? "`" + passed.condition().text() + "` could not be told"
                        : held(passed.condition().text(), passed.operands(), false);
            } else if (taken != null) {
                because = "the branch before it was taken: " + taken;
            } else {
                because = reason(below);
            }
            String label = arm.branch().label();
            add(
                    arm.address(),
                    "branch",
                    label,
                    state,
                    because,
                    depth,
                    arm.branch().span());
            block(arm, depth + 1, entered != null ? "" : "its branch was not taken");
            taken = entered != null ? label : taken;
        }
    }

    private void loop(PlanLoop node, int depth, String closed) {
        EvidenceLoop loop = history.loop(node.address());
        int turns = loop == null ? 0 : loop.turns().size();
        RunEvent.IterationEnded ended = loop == null ? null : loop.ended;
        String state = loop == null ? NOT_REACHED : ended != null && !ended.converged() ? FAILED : RAN;
        String because = reason(closed);
        if (loop != null) {
            because = turns + (turns == 1 ? " turn" : " turns");
            if (ended == null) {
                because += "; it did not come to its end";
            } else if (!ended.converged()) {
                because += ", and its condition still did not hold" + values(ended.operands());
            }
        }
        Node.EachNode each = node.each();
        Node.UntilNode until = node.until();
        String name = each != null
                ? "over " + each.over().source()
                : until != null ? "until " + until.until().source() : "";
        add(node.address(), "iterate", name, state, because, depth, node.node().span());
        block(node.body(), depth + 1, turns > 0 ? "" : loop == null ? reason(closed) : "the loop made no turn");
    }

    private void parallel(PlanParallel node, int depth, String closed) {
        List<String> entered = new ArrayList<>();
        for (PlanBlock side : node.sides()) {
            entered.add(anyRan(side) ? "" : reason(closed));
        }
        boolean ran = entered.contains("");
        add(
                node.address(),
                "parallel",
                node.sides().size() + " arms",
                ran ? RAN : NOT_REACHED,
                ran ? "" : reason(closed),
                depth,
                node.node().span());
        for (int i = 0; i < node.sides().size(); i++) {
            String why = entered.get(i);
            Node.Arm arm = node.node().arms().get(i);
            add(
                    node.address() + ".branches[" + i + "]",
                    "arm",
                    arm.label(),
                    why.isEmpty() ? RAN : NOT_REACHED,
                    why,
                    depth + 1,
                    arm.span());
            block(node.sides().get(i), depth + 2, why);
        }
    }

    /** Why what was declared there was not begun. */
    private String reason(String closed) {
        return closed.isEmpty() ? history.end() : closed;
    }

    private static @Nullable EvidenceAttempt last(List<EvidenceAttempt> attempts) {
        return attempts.isEmpty() ? null : attempts.get(attempts.size() - 1);
    }

    private static boolean at(String instance, String address) {
        return Plan.withoutIterations(instance).equals(address);
    }

    private static String state(@Nullable EvidenceAttempt attempt) {
        if (attempt == null) {
            return NOT_REACHED;
        }
        return switch (attempt.status()) {
            case "passed", "did_run" -> RAN;
            case "skipped" -> SKIPPED;
            case "blocked", "denied" -> BLOCKED;
            case "failed", "timed_out", "lost", "abort", "did_not_run" -> FAILED;
            default -> WAITING;
        };
    }

    private static String said(String state) {
        return switch (state) {
            case SKIPPED -> "was skipped";
            case BLOCKED -> "was blocked";
            case FAILED -> "failed";
            default -> "is not over";
        };
    }

    private String because(Step step, EvidenceAttempt attempt) {
        RunEvent.StepBlocked blocked = attempt.blocked;
        if (blocked != null) {
            RulePlace rule = blocked.rule();
            return blocked.reason().text() + (rule == null ? "" : ": " + rule.describe());
        }
        RunEvent.ApprovalDenied refused = attempt.refused;
        if (refused != null) {
            return refused.person() + " said no: " + refused.reason().text();
        }
        RunEvent.StepCompleted completed = attempt.completed;
        boolean skipped = completed != null && completed.status() == StepStatus.SKIPPED;
        Condition when = step.common().when();
        if (skipped && completed != null && completed.reason() == null && when != null) {
            return "`when`: `" + when.source() + "` did not hold" + values(when, attempt);
        }
        if (completed != null && completed.reason() != null && completed.status() != StepStatus.PASSED) {
            return completed.reason().text();
        }
        return switch (attempt.status()) {
            case "passed" -> "";
            case "did_run" -> "a person said that it ran";
            case "did_not_run" -> "a person said that it did not run";
            case "in_doubt" -> "nobody knows whether it ran";
            default -> attempt.status().replace('_', ' ');
        };
    }

    private static String held(String condition, Map<String, Captured> operands, boolean holds) {
        return condition.isEmpty() ? "" : "`" + condition + "` " + (holds ? "held" : "did not hold") + values(operands);
    }

    private static String values(Map<String, Captured> operands) {
        Map<String, String> shown = new LinkedHashMap<>();
        operands.forEach((name, value) -> shown.put(name, value.shown().text()));
        return written(shown);
    }

    private String values(Condition condition, EvidenceAttempt before) {
        List<String> names = new ArrayList<>();
        for (NameUse use : condition.names()) {
            names.add(use.name());
        }
        return written(history.values(names, before));
    }

    /** What the condition of an outcome read: all that is known after its step. */
    private String values(Condition condition, PlanStep node) {
        EvidenceAttempt last = last(history.attempts(node.address()));
        List<EvidenceAttempt> all = history.attempts();
        int next = last == null ? -1 : all.indexOf(last) + 1;
        if (next <= 0) {
            return "";
        }
        List<String> names = new ArrayList<>();
        for (NameUse use : condition.names()) {
            names.add(use.name());
        }
        return written(history.valuesAfter(names, all.subList(0, next)));
    }

    private static String written(Map<String, String> values) {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) -> text.append(text.length() == 0 ? ": " : ", ")
                .append(name)
                .append('=')
                .append(value.isEmpty() ? "\"\"" : value));
        return text.toString();
    }

    private void add(
            String address, String kind, String name, String state, String because, int depth, @Nullable Span span) {
        String place =
                span == null ? "" : span.source().name() + ":" + span.position().line();
        items.add(new AuditItem(address, kind, name, state, because, depth, place));
    }
}

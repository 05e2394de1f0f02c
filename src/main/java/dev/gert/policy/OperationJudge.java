package dev.gert.policy;

import dev.gert.model.BlastRadius;
import dev.gert.model.Effect;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the layers say of an operation that is no program (formats.md, section 3). */
final class OperationJudge {
    private final List<PolicyLayer> layers;
    private final NamedOperation operation;

    OperationJudge(List<PolicyLayer> layers, NamedOperation operation) {
        this.layers = layers;
        this.operation = operation;
    }

    Decision decide(@Nullable BlastRadius declared) {
        String flaw = operation.flaw();
        if (flaw != null) {
            return new Decision.Deny(new RulePlace("names are printable ASCII", "built-in rule", 0), flaw);
        }
        LayerJudge.Verdict strictest = null;
        for (PolicyLayer layer : layers) {
            LayerJudge.Verdict verdict = judge(layer);
            if (verdict.sure() && verdict.standing() == Standing.DENY) {
                return new Decision.Deny(verdict.rule(), verdict.reason());
            }
            strictest = strictest == null || stricter(verdict, strictest) ? verdict : strictest;
        }
        if (strictest == null) {
            throw new IllegalStateException("a policy has a layer");
        }
        Decision reach = Reach.decide(layers, operation::metBy, effect(), operation.undecided(), declared);
        if (reach instanceof Decision.Deny) {
            return reach;
        }
        if (!strictest.sure()) {
            return new Decision.Undetermined(strictest.rule(), strictest.reason());
        }
        if (reach instanceof Decision.Undetermined) {
            return reach;
        }
        Decision asked = approval();
        if (asked != null) {
            return asked;
        }
        if (strictest.standing() != Standing.ALLOW) {
            return new Decision.NeedsApproval(strictest.rule());
        }
        return reach == null ? new Decision.Allow(strictest.rule()) : reach;
    }

    /** The effect by which its reach is judged: a read that a limit's own layer does not believe may change something. */
    Effect effect() {
        for (PolicyLayer layer : layers) {
            if (operation.effect() == Effect.READ && layer.maxRadius() != null && !believedBy(layer)) {
                return Effect.MUTATE;
            }
        }
        return operation.effect();
    }

    /** A layer without a list of its own goes by what the operation is: a list that is added can't answer for it. */
    private boolean believedBy(PolicyLayer layer) {
        return operation.effect() == Effect.READ && (operation.reads() || layer.read() != null && listed());
    }

    /** Whether it reads: by what it is, or where it says so and every {@code read_commands} names it. */
    boolean believed() {
        return operation.effect() == Effect.READ && (operation.reads() || listed());
    }

    private boolean listed() {
        boolean lists = false;
        for (PolicyLayer layer : layers) {
            if (layer.read() != null) {
                lists = true;
                if (operation.namedBy(layer.read()).match() != Match.YES) {
                    return false;
                }
            }
        }
        return lists;
    }

    private static boolean stricter(LayerJudge.Verdict verdict, LayerJudge.Verdict than) {
        int order = verdict.standing().compareTo(than.standing());
        return order > 0 || (order == 0 && verdict.named() && !than.named());
    }

    private LayerJudge.Verdict judge(PolicyLayer layer) {
        LayerJudge.Verdict doubt = null;
        for (CommandPattern pattern : layer.deny()) {
            Subject.Met met = operation.metBy(pattern);
            if (met.match() == Match.YES) {
                return LayerJudge.Verdict.deny(
                        layer.place(layer.denyKey(), pattern),
                        "policy denies " + name() + ": the rule fits " + met.what());
            }
            if (met.match() == Match.MAYBE && doubt == null) {
                doubt = unsure(layer.place(layer.denyKey(), pattern), "a deny rule may fit " + met.what());
            }
        }
        LayerJudge.Verdict rest = allowed(layer);
        return doubt != null && !(rest.sure() && rest.standing() == Standing.DENY) ? doubt : rest;
    }

    private LayerJudge.Verdict allowed(PolicyLayer layer) {
        List<CommandPattern> allow = layer.allow();
        if (allow != null && speaksOf(layer, allow)) {
            Subject.Named named = operation.namedBy(allow);
            if (named.match() == Match.YES && named.by() != null) {
                return new LayerJudge.Verdict(
                        Standing.ALLOW, true, true, layer.place(layer.allowKey(), named.by()), "");
            }
            if (named.match() != Match.NO && named.by() != null) {
                return unsure(layer.place(layer.allowKey(), named.by()), "an allow rule may not name it");
            }
            return LayerJudge.Verdict.deny(
                    layer.place(layer.allowKey(), layer.allowSpan()),
                    "policy does not allow " + name() + ": no `" + layer.allowKey() + "` pattern names it");
        }
        RulePlace rule = layer.place(
                layer.standingSpan() == null && layer.kind() != PolicyLayer.Kind.FLOOR
                        ? "no rule: default allow"
                        : "default: " + layer.standing().word(),
                layer.standingSpan());
        if (layer.standing() == Standing.DENY) {
            return LayerJudge.Verdict.deny(
                    rule, "policy does not allow " + name() + ": `default: deny`, and no rule names it");
        }
        if (layer.standing() == Standing.ACKNOWLEDGE && believedBy(layer)) {
            return new LayerJudge.Verdict(Standing.ALLOW, true, true, reading(layer), "");
        }
        return new LayerJudge.Verdict(layer.standing(), true, false, rule, "");
    }

    /** The rule by which nobody has to be asked. */
    private RulePlace reading(PolicyLayer layer) {
        CommandPattern by = layer.read() == null || operation.reads()
                ? null
                : operation.namedBy(layer.read()).by();
        return by == null
                ? new RulePlace("reads \"" + operation.name() + "\"", "built-in read list", 0)
                : layer.place("read_commands", by);
    }

    /** A runbook's own list is of commands: of queries it speaks where it says so. */
    private boolean speaksOf(PolicyLayer layer, List<CommandPattern> allow) {
        if (layer.kind() != PolicyLayer.Kind.RUNBOOK || !operation.queries()) {
            return true;
        }
        for (CommandPattern pattern : allow) {
            if (Glob.fold(pattern.text()).startsWith("xts:")) {
                return true;
            }
        }
        return false;
    }

    private @Nullable Decision approval() {
        List<Need> needs = new ArrayList<>();
        int most = 0;
        Decision doubt = null;
        for (PolicyLayer layer : layers) {
            for (ApprovalRule rule : layer.approvals()) {
                Subject.Met met = operation.metBy(rule.pattern());
                RulePlace place = layer.place(rule.text(), rule.pattern().span());
                if (met.match() == Match.YES) {
                    needs.add(new Need(place, rule.people(), rule.roles()));
                    most = Math.max(most, rule.people());
                } else if (met.match() == Match.MAYBE && doubt == null) {
                    doubt = new Decision.Undetermined(
                            place, "an approval rule may fit " + met.what() + ": " + operation.undecided());
                }
            }
        }
        if (doubt != null && most < 2) {
            return doubt;
        }
        return needs.isEmpty() ? null : new Decision.NeedsApproval(needs);
    }

    private LayerJudge.Verdict unsure(RulePlace rule, String why) {
        return LayerJudge.Verdict.unsure(rule, why + ": " + operation.undecided());
    }

    private String name() {
        return operation.open() ? "the operation" : "`" + CodePoints.escaped(operation.name()) + "`";
    }
}

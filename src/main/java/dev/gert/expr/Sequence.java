package dev.gert.expr;

import dev.gert.json.JsonValue;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conditions that are asked in order until one is true. */
final class Sequence {
    /** So many of those before are asked whether one of them alone is the reason. */
    private static final int SINGLES = 32;

    private final FormulaMaker maker;
    private final Budget budget;
    private final Ground ground;
    private final List<Formula> before = new ArrayList<>();
    private Verdict.@Nullable Unreachable closed;

    Sequence(Scope scope, Budget budget) {
        this.maker = new FormulaMaker(scope);
        this.budget = budget;
        this.ground = new Ground(budget);
    }

    /** A condition that was false, whatever else could be said of it. */
    void wasFalse(Condition condition) {
        Formula ifFalse = condition.isBroken() ? Formula.ALWAYS : maker.of(condition, false);
        falseIs(ifFalse);
    }

    private void falseIs(Formula ifFalse) {
        int position = before.size();
        before.add(ifFalse);
        if (closed == null) {
            BitSet core = new BitSet();
            budget.ask(Formula.size(ifFalse));
            if (!ground.add(ifFalse, position, core)) {
                closed = new Verdict.Unreachable(core.isEmpty() ? List.of(position) : positions(core));
            }
        }
    }

    /** What the next condition comes to where all before it were false; it then is one of those before. */
    Verdict next(Condition condition) {
        if (condition.isBroken()) {
            before.add(Formula.ALWAYS);
            return new Verdict.Open();
        }
        int position = before.size();
        maker.folding().takeFailure();
        Formula ifTrue = maker.of(condition, true);
        Formula ifFalse = maker.of(condition, false);
        Verdict verdict = verdict(condition, ifTrue, ifFalse);
        if (verdict instanceof Verdict.AlwaysTrue || verdict instanceof Verdict.AlwaysFails) {
            closed = new Verdict.Unreachable(List.of(position));
        } else if (verdict instanceof Verdict.Unreachable unreachable) {
            closed = unreachable;
        }
        falseIs(ifFalse);
        return verdict;
    }

    private Verdict verdict(Condition condition, Formula ifTrue, Formula ifFalse) {
        Verdict known = closed;
        if (known != null) {
            return known;
        }
        BitSet whyNotTrue = new BitSet();
        BitSet whyNotFalse = new BitSet();
        boolean mayBeTrue = Search.mayHold(ifTrue, ground, whyNotTrue);
        boolean mayBeFalse = Search.mayHold(ifFalse, ground, whyNotFalse);
        if (mayBeTrue && mayBeFalse) {
            return new Verdict.Open();
        }
        if (mayBeTrue) {
            return new Verdict.AlwaysTrue(because(ifFalse, whyNotFalse));
        }
        List<Integer> because = because(ifTrue, whyNotTrue);
        if (mayBeFalse || !because.isEmpty() || !because(ifFalse, whyNotFalse).isEmpty()) {
            return new Verdict.AlwaysFalse(because);
        }
        return failing(condition);
    }

    private Verdict failing(Condition condition) {
        Evaluation.Failure failure = maker.folding().takeFailure();
        if (failure != null) {
            return new Verdict.AlwaysFails(failure.message(), failure.span());
        }
        Scope sample = name -> new Lookup.Known(JsonValue.text("x"));
        return condition.test(sample) instanceof Truth.Failure found
                ? new Verdict.AlwaysFails(found.message(), found.span())
                : new Verdict.Open();
    }

    /** The fewest of those before, as far as that is cheaply told, that leave nothing that fits. */
    private List<Integer> because(Formula formula, BitSet core) {
        if (core.isEmpty() || !holdsAfter(formula, new BitSet())) {
            return List.of();
        }
        List<Integer> all = positions(core);
        if (all.size() > 1) {
            for (int i = 0; i < Math.min(SINGLES, all.size()); i++) {
                if (!holdsAfter(formula, only(all.get(i)))) {
                    return List.of(all.get(i));
                }
            }
        }
        return all;
    }

    /** Whether a formula may hold after those of the conditions before alone. */
    private boolean holdsAfter(Formula formula, BitSet positions) {
        Ground alone = new Ground(budget);
        BitSet core = new BitSet();
        for (int i = positions.nextSetBit(0); i >= 0; i = positions.nextSetBit(i + 1)) {
            if (!alone.add(before.get(i), i, core)) {
                return false;
            }
        }
        return Search.mayHold(formula, alone, core);
    }

    private static BitSet only(int position) {
        BitSet positions = new BitSet();
        positions.set(position);
        return positions;
    }

    private static List<Integer> positions(BitSet set) {
        List<Integer> positions = new ArrayList<>();
        for (int i = set.nextSetBit(0); i >= 0; i = set.nextSetBit(i + 1)) {
            positions.add(i);
        }
        return positions;
    }
}

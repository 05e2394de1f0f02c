package dev.gert.expr;

import java.util.ArrayList;
import java.util.List;

/**
 * What conditions come to whatever their names hold (formats.md, section 2): each name is taken for
 * any text, or unset. Pure, and bounded: what would take too long is {@link Verdict.Open}. One analysis
 * serves all conditions of a file, and all that it is asked together takes a second at most.
 */
public final class ConditionAnalysis {
    private static final Scope NOTHING_KNOWN = name -> new Lookup.Open();

    private final Budget budget = new Budget();

    /** What a condition comes to by itself. */
    public Verdict fold(Condition condition) {
        return fold(condition, NOTHING_KNOWN);
    }

    /**
     * What a condition comes to where the scope's known names are known, its open ones any text or
     * unset, and its unset and undeclared ones failures.
     */
    public Verdict fold(Condition condition, Scope scope) {
        return new Sequence(scope, budget).next(condition);
    }

    /** What a condition comes to that is asked only when all of {@code falseBefore} were false. */
    public Verdict given(List<Condition> falseBefore, Condition condition) {
        Sequence sequence = new Sequence(NOTHING_KNOWN, budget);
        for (Condition before : falseBefore) {
            sequence.wasFalse(before);
        }
        return sequence.next(condition);
    }

    /**
     * What each of the conditions comes to that are asked in order until one is true: the arms of a
     * node, or its outcomes. In time about linear in their text.
     */
    public List<Verdict> inOrder(List<Condition> conditions) {
        Sequence sequence = new Sequence(NOTHING_KNOWN, budget);
        List<Verdict> verdicts = new ArrayList<>(conditions.size());
        for (Condition condition : conditions) {
            verdicts.add(sequence.next(condition));
        }
        return verdicts;
    }

    /** Whether one of them is always true, where none fails; false where that can't be told. */
    public boolean exhaustive(List<Condition> conditions) {
        for (Verdict verdict : inOrder(conditions)) {
            if (verdict instanceof Verdict.AlwaysTrue) {
                return true;
            }
        }
        return false;
    }
}

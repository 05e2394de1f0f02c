package dev.gert.expr;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What holds because all conditions so far were false: facts by term, and clauses by the terms they speak of. */
final class Ground {
    private final Budget budget;
    private final Map<Integer, Facts> facts = new HashMap<>();
    private final Map<Integer, List<Clause>> clauses = new HashMap<>();

    Ground(Budget budget) {
        this.budget = budget;
    }

    Budget budget() {
        return budget;
    }

    @Nullable
    Facts facts(Term term) {
        return facts.get(term.index());
    }

    /** The clauses that speak of a term. */
    List<Clause> clauses(Term term) {
        return clauses.getOrDefault(term.index(), List.of());
    }

    /** Adds what holds from now on; false where nothing can fit all of it, then {@code core} holds why. */
    boolean add(Formula formula, int origin, BitSet core) {
        if (formula == Formula.NEVER) {
            Range.add(origin, core);
            return false;
        }
        List<Facts> touched = new ArrayList<>();
        hold(formula, origin, touched);
        for (Facts each : touched) {
            if (!each.possible(core)) {
                return false;
            }
        }
        return true;
    }

    private void hold(Formula formula, int origin, List<Facts> touched) {
        if (formula instanceof Formula.Both both) {
            for (Formula part : both.parts()) {
                hold(part, origin, touched);
            }
        } else if (formula instanceof Formula.Either either) {
            Clause clause = new Clause(either.parts(), origin);
            index(either, clause);
        } else if (formula instanceof Formula.Fact fact) {
            Facts held = facts.get(fact.term().index());
            if (held == null) {
                held = new Facts(fact.term(), budget);
                facts.put(fact.term().index(), held);
            }
            held.add(new Held(fact.question(), fact.wanted(), origin));
            if (touched.isEmpty() || touched.get(touched.size() - 1) != held) {
                touched.add(held);
            }
        }
    }

    private void index(Formula formula, Clause clause) {
        if (formula instanceof Formula.Fact fact) {
            List<Clause> known = clauses.get(fact.term().index());
            if (known == null) {
                known = new ArrayList<>();
                clauses.put(fact.term().index(), known);
            }
            if (known.isEmpty() || known.get(known.size() - 1) != clause) {
                known.add(clause);
            }
            return;
        }
        List<Formula> parts = formula instanceof Formula.Both both
                ? both.parts()
                : formula instanceof Formula.Either either ? either.parts() : List.<Formula>of();
        for (Formula part : parts) {
            index(part, clause);
        }
    }
}

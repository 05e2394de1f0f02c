package dev.gert.expr;

import dev.gert.json.JsonValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for values that fit a formula and the ground. It may find values that do not exist, as when
 * it runs out of steps, but where it finds none there are none. One level of it stands for each
 * choice that is tried.
 */
final class Search {
    private static final int DEPTH = 100;

    private final Ground ground;
    private final Budget budget;
    private final BitSet core;
    private final @Nullable Search parent;
    private final int depth;
    private final Map<Integer, Facts> facts = new LinkedHashMap<>();
    private final Set<Integer> reached;
    private final Set<Clause> known;
    private List<Clause> clauses = new ArrayList<>();
    private final Deque<Term> touched = new ArrayDeque<>();

    private Search(Ground ground, BitSet core) {
        this.ground = ground;
        this.budget = ground.budget();
        this.core = core;
        this.parent = null;
        this.depth = 0;
        this.reached = new HashSet<>();
        this.known = Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private Search(Search parent, List<Clause> clauses) {
        this.ground = parent.ground;
        this.budget = parent.budget;
        this.core = parent.core;
        this.parent = parent;
        this.depth = parent.depth + 1;
        this.reached = new HashSet<>(parent.reached);
        this.known = Collections.newSetFromMap(new IdentityHashMap<>());
        this.known.addAll(parent.known);
        this.clauses = new ArrayList<>(clauses);
    }

    /** Whether something may fit; where nothing does, the positions of what it would contradict are in {@code core}. */
    static boolean mayHold(Formula formula, Ground ground, BitSet core) {
        if (formula == Formula.NEVER) {
            return false;
        }
        ground.budget().ask(Formula.size(formula));
        Search search = new Search(ground, core);
        search.hold(formula, -1);
        return search.goOn();
    }

    private void hold(Formula formula, int origin) {
        if (formula instanceof Formula.Both both) {
            for (Formula part : both.parts()) {
                hold(part, origin);
            }
        } else if (formula instanceof Formula.Either either) {
            clauses.add(new Clause(either.parts(), origin));
        } else if (formula instanceof Formula.Fact fact) {
            own(fact.term()).add(new Held(fact.question(), fact.wanted(), origin));
            touched.add(fact.term());
        }
    }

    /** What is held of a term at this level, to be added to. */
    private Facts own(Term term) {
        Facts own = facts.get(term.index());
        if (own == null) {
            Facts above = above(term);
            own = above == null ? new Facts(term, budget) : new Facts(above);
            facts.put(term.index(), own);
        }
        return own;
    }

    private @Nullable Facts above(Term term) {
        for (Search level = parent; level != null; level = level.parent) {
            Facts held = level.facts.get(term.index());
            if (held != null) {
                return held;
            }
        }
        return ground.facts(term);
    }

    /** Whether something may fit what is held at this level. */
    private boolean goOn() {
        while (true) {
            if (!settle()) {
                return false;
            }
            if (budget.isSpent() || depth > DEPTH) {
                return true;
            }
            Clause narrowest = null;
            List<Formula> choices = List.of();
            List<Clause> left = new ArrayList<>(clauses.size());
            for (Clause clause : clauses) {
                List<Formula> viable = viable(clause);
                if (viable.isEmpty()) {
                    Range.add(clause.origin(), core);
                    return false;
                }
                if (narrowest == null || viable.size() < choices.size()) {
                    narrowest = clause;
                    choices = viable;
                }
                left.add(clause);
            }
            if (narrowest == null) {
                return consistent();
            }
            left.remove(narrowest);
            clauses = left;
            Range.add(narrowest.origin(), core);
            if (choices.size() > 1) {
                return tryEach(choices, narrowest.origin());
            }
            hold(choices.get(0), narrowest.origin());
        }
    }

    private boolean tryEach(List<Formula> choices, int origin) {
        for (Formula choice : choices) {
            if (!budget.spend(1 + clauses.size())) {
                return true;
            }
            Search level = new Search(this, clauses);
            level.hold(choice, origin);
            if (level.goOn()) {
                return true;
            }
        }
        return false;
    }

    /** Whether each term that was touched may have a value; brings in the ground's clauses about it. */
    private boolean settle() {
        while (!touched.isEmpty()) {
            Term term = touched.pop();
            if (!budget.spend(1)) {
                return true;
            }
            if (!own(term).possible(core)) {
                return false;
            }
            if (reached.add(term.index())) {
                for (Clause clause : ground.clauses(term)) {
                    if (known.add(clause)) {
                        clauses.add(clause);
                    }
                }
            }
        }
        return true;
    }

    /** The parts of a clause that may hold. */
    private List<Formula> viable(Clause clause) {
        List<Formula> viable = new ArrayList<>(clause.parts().size());
        for (Formula part : clause.parts()) {
            if (!budget.spend(1) || mayHold(part)) {
                viable.add(part);
            }
        }
        return viable;
    }

    private boolean mayHold(Formula part) {
        if (!(part instanceof Formula.Fact fact)) {
            return part != Formula.NEVER;
        }
        Facts held = facts.get(fact.term().index());
        Facts above = held == null ? above(fact.term()) : held;
        Facts tried = above == null ? new Facts(fact.term(), budget) : new Facts(above);
        tried.add(new Held(fact.question(), fact.wanted(), -1));
        return tried.possible(core);
    }

    /** Whether what is computed from names that have one value left has a value that fits. */
    private boolean consistent() {
        Map<String, JsonValue> values = new HashMap<>();
        BitSet origins = new BitSet();
        List<Facts> held = all();
        for (Facts each : held) {
            JsonValue only = each.only();
            if (only != null && each.term().node() instanceof Node.Name name) {
                values.put(name.name(), only);
                each.originsOfOnly(origins);
            }
        }
        if (values.isEmpty()) {
            return true;
        }
        Folding folding = new Folding(name -> {
            JsonValue value = values.get(name);
            return value == null ? new Lookup.Open() : new Lookup.Known(value);
        });
        for (Facts each : held) {
            Node node = each.term().node();
            if (node == null || node instanceof Node.Name || !budget.spend(5)) {
                continue;
            }
            Evaluation value = folding.fold(node);
            boolean fits = value == null
                    || (value instanceof Evaluation.Value found
                            && (Kinds.isStructure(found.value()) || each.fits(found.value(), core)));
            if (!fits) {
                core.or(origins);
                return false;
            }
        }
        return true;
    }

    /** What is held of the terms that are in question, at this level or above. */
    private List<Facts> all() {
        Map<Integer, Facts> all = new LinkedHashMap<>(facts);
        for (Search level = parent; level != null; level = level.parent) {
            for (Map.Entry<Integer, Facts> entry : level.facts.entrySet()) {
                all.putIfAbsent(entry.getKey(), entry.getValue());
            }
        }
        return new ArrayList<>(all.values());
    }
}

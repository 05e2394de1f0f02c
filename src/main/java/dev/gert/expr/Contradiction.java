package dev.gert.expr;

import dev.gert.json.JsonValue;
import dev.gert.source.Source;
import dev.gert.source.Span;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether goals can't be met together, whatever their symbols hold. Said only where it is so. */
public final class Contradiction {
    static final Span PLACE = Source.of("", "").span(0, 0);

    /** Of so many goals each is asked whether it can be left out. */
    private static final int MOST = 64;

    private final Budget budget = new Budget();

    /**
     * The positions of goals that contradict each other, in order, or null where some values may meet
     * all of them. None of those named can be left out, as far as that is cheaply told.
     */
    public @Nullable List<Integer> among(List<Goal> goals, Collection<Symbol> symbols) {
        BitSet core = new BitSet();
        BitSet all = new BitSet();
        all.set(0, goals.size());
        if (mayBeMet(goals, all, symbols, core)) {
            return null;
        }
        if (core.isEmpty() || mayBeMet(goals, core, symbols, new BitSet())) {
            core = all;
        }
        if (core.cardinality() <= MOST) {
            for (int i = core.length() - 1; i >= 0; i--) {
                if (core.get(i) && core.cardinality() > 1) {
                    core.clear(i);
                    core.set(i, mayBeMet(goals, core, symbols, new BitSet()));
                }
            }
        }
        List<Integer> positions = new ArrayList<>();
        for (int i = core.nextSetBit(0); i >= 0; i = core.nextSetBit(i + 1)) {
            positions.add(i);
        }
        return positions;
    }

    /** Whether those of the goals may be met together; if not, {@code core} has some that are why. */
    private boolean mayBeMet(List<Goal> goals, BitSet of, Collection<Symbol> symbols, BitSet core) {
        FormulaMaker maker = new FormulaMaker(Contradiction::lookup);
        Ground ground = new Ground(budget);
        List<Formula> all = new ArrayList<>();
        for (int i = of.nextSetBit(0); i >= 0; i = of.nextSetBit(i + 1)) {
            Node node = goals.get(i).node();
            if (node == null) {
                continue;
            }
            Formula formula = maker.of(node, goals.get(i).wanted());
            all.add(formula);
            budget.ask(Formula.size(formula));
            if (!ground.add(formula, i, core)) {
                core.set(i);
                return false;
            }
        }
        for (Symbol symbol : symbols) {
            Formula values = values(symbol, maker);
            all.add(values);
            budget.ask(Formula.size(values));
            if (!ground.add(values, -1, core)) {
                return false;
            }
        }
        return Search.mayHold(Formula.all(all), ground, core);
    }

    private static Formula values(Symbol symbol, FormulaMaker maker) {
        Term term = maker.term("." + symbol.key(), Term.TEXT, null);
        TextPattern pattern = symbol.pattern();
        if (pattern != null) {
            JsonValue source = JsonValue.text(pattern.source());
            Node.Match match = new Node.Match(
                    new Node.Literal(source, PLACE),
                    new Node.Literal(source, PLACE),
                    Regex.of(pattern.source()),
                    PLACE);
            String key = "_matches" + NodeKey.of(source);
            return new Formula.Fact(term, new Question.Asked(match, source, true, key), true);
        }
        List<String> only = symbol.only();
        if (only == null) {
            return Formula.ALWAYS;
        }
        List<Formula> values = new ArrayList<>();
        for (String text : only) {
            values.add(new Formula.Fact(term, new Question.Equal(JsonValue.text(text)), true));
        }
        return Formula.any(values);
    }

    private static Lookup lookup(String name) {
        return name.startsWith(Meaning.UNSET) ? new Lookup.Unset("") : new Lookup.Open();
    }
}

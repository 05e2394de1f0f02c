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
    private static final Span PLACE = Source.of("", "").span(0, 0);

    private final Budget budget = new Budget();

    /**
     * The positions of goals that contradict each other, in order, or null where some values may meet
     * all of them.
     */
    public @Nullable List<Integer> among(List<Goal> goals, Collection<Symbol> symbols) {
        FormulaMaker maker = new FormulaMaker(Contradiction::lookup);
        Ground ground = new Ground(budget);
        BitSet core = new BitSet();
        List<Formula> all = new ArrayList<>();
        int last = 0;
        for (int i = 0; i < goals.size(); i++) {
            Node node = goals.get(i).node();
            if (node == null) {
                continue;
            }
            Formula formula = maker.of(node, goals.get(i).wanted());
            all.add(formula);
            last = i;
            budget.ask(Formula.size(formula));
            if (!ground.add(formula, i, core)) {
                core.set(i);
                return positions(core);
            }
        }
        for (Symbol symbol : symbols) {
            Formula values = values(symbol, maker);
            all.add(values);
            budget.ask(Formula.size(values));
            if (!ground.add(values, -1, core)) {
                return core.isEmpty() ? List.of(alone(goals, maker, last)) : positions(core);
            }
        }
        if (Search.mayHold(Formula.all(all), ground, core)) {
            return null;
        }
        return core.isEmpty() ? List.of(alone(goals, maker, last)) : positions(core);
    }

    /** The goal that can't be met by itself, where there is one. */
    private int alone(List<Goal> goals, FormulaMaker maker, int otherwise) {
        for (int i = 0; i < goals.size(); i++) {
            Node node = goals.get(i).node();
            if (node != null
                    && !Search.mayHold(maker.of(node, goals.get(i).wanted()), new Ground(budget), new BitSet())) {
                return i;
            }
        }
        return otherwise;
    }

    private static Formula values(Symbol symbol, FormulaMaker maker) {
        Term term = maker.term("." + symbol.key(), Term.TEXT, null);
        TextPattern pattern = symbol.pattern();
        if (pattern != null) {
            JsonValue source = JsonValue.text(pattern.source());
            Node.Match match = new Node.Match(
                    new Node.Literal(source, PLACE), new Node.Literal(source, PLACE), Regex.of(pattern.source()), PLACE);
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

    private static List<Integer> positions(BitSet core) {
        List<Integer> positions = new ArrayList<>();
        for (int i = core.nextSetBit(0); i >= 0; i = core.nextSetBit(i + 1)) {
            positions.add(i);
        }
        return positions;
    }
}

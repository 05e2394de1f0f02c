package dev.gert.expr;

import dev.gert.json.JsonText;
import dev.gert.json.JsonValue;
import dev.gert.source.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What values are sought for: that a condition is true, or false (formats.md, section 2). */
public final class Goal {
    /** Asks what no tree says. */
    private interface Asking {
        Truth test(Scope scope);
    }

    private final @Nullable Node node;
    private final @Nullable Asking asking;
    private final boolean wanted;
    private final List<String> hints;
    private final Set<String> keys;

    private Goal(@Nullable Node node, @Nullable Asking asking, boolean wanted, List<String> hints, Set<String> keys) {
        this.node = node;
        this.asking = asking;
        this.wanted = wanted;
        this.hints = hints;
        this.keys = keys;
    }

    private static Goal of(Node node, boolean wanted) {
        return new Goal(node, null, wanted, List.of(), keys(node));
    }

    /** That the condition is true, or with {@code wanted} false that it is false, and does not fail. */
    public static Goal of(Condition condition, boolean wanted, Function<String, Meaning> names) {
        Node tree = condition.tree();
        if (tree != null && !condition.isBroken()) {
            return of(Substitution.in(tree, names), wanted);
        }
        Set<String> keys = new LinkedHashSet<>();
        for (NameUse use : condition.names()) {
            keys.addAll(keys(names.apply(use.name()).node()));
        }
        Asking asking = scope -> condition.test(name -> lookup(names.apply(name).node(), scope));
        return new Goal(null, asking, wanted, List.of(), keys);
    }

    /** That a text stands in what the symbol holds, or does not. */
    public static Goal contains(Symbol symbol, String part, boolean wanted, Span place) {
        return compared(Comparison.CONTAINS, symbol, part, wanted, place);
    }

    /** That the symbol holds just this text, or another. */
    public static Goal equal(Symbol symbol, String text, boolean wanted, Span place) {
        return compared(Comparison.EQUAL, symbol, text, wanted, place);
    }

    private static Goal compared(Comparison comparison, Symbol symbol, String text, boolean wanted, Span place) {
        Node name = new Node.Name(symbol.key(), place);
        return of(new Node.Compare(comparison, name, new Node.Literal(JsonValue.text(text), place), place), wanted);
    }

    /** That the pattern is found in what the symbol holds. */
    public static Goal matches(Symbol symbol, TextPattern pattern, Span place) {
        Node name = new Node.Name(symbol.key(), place);
        Node literal = new Node.Literal(JsonValue.text(pattern.source()), place);
        return of(new Node.Match(name, literal, Regex.of(pattern.source()), place), true);
    }

    /** That a text has what is asked of it; {@code hints} are texts that may have it. */
    public static Goal that(Meaning meaning, Predicate<String> asked, List<String> hints) {
        Asking asking = scope -> {
            Evaluation value = new Evaluator(scope).evaluate(meaning.node());
            if (value instanceof Evaluation.Value found) {
                boolean holds = asked.test(JsonText.of(found.value()));
                return holds ? new Truth.True() : new Truth.False();
            }
            return value instanceof Evaluation.Unknown unknown
                    ? new Truth.Unknown(unknown.names())
                    : new Truth.Failure("", meaning.node().span());
        };
        return new Goal(null, asking, true, hints, keys(meaning.node()));
    }

    private static Lookup lookup(Node node, Scope scope) {
        Evaluation value = new Evaluator(scope).evaluate(node);
        if (value instanceof Evaluation.Value found) {
            return new Lookup.Known(found.value());
        }
        return value instanceof Evaluation.Unknown ? new Lookup.Open() : new Lookup.Unset("");
    }

    private static Set<String> keys(Node node) {
        Set<String> keys = new LinkedHashSet<>();
        Deque<Node> ahead = new ArrayDeque<>();
        ahead.push(node);
        while (!ahead.isEmpty()) {
            Node each = ahead.pop();
            if (each instanceof Node.Name name && !name.name().startsWith(Meaning.UNSET)) {
                keys.add(name.name());
            }
            Children.of(each).forEach(ahead::push);
        }
        return keys;
    }

    /**
     * The ways to meet it, of which one is enough: each a list of goals that must all be met. Null where
     * it is not made of others.
     */
    public @Nullable List<List<Goal>> ways() {
        Node tree = node;
        boolean truth = wanted;
        while (tree instanceof Node.Not not) {
            tree = not.operand();
            truth = !truth;
        }
        if (tree instanceof Node.Any any) {
            return truth ? oneOf(any.operands(), true) : List.of(each(any.operands(), false));
        }
        if (tree instanceof Node.All all) {
            return truth ? List.of(each(all.operands(), true)) : oneOf(all.operands(), false);
        }
        return tree == null || tree == node ? null : List.of(List.of(of(tree, truth)));
    }

    private static List<Goal> each(List<Node> operands, boolean wanted) {
        List<Goal> goals = new ArrayList<>();
        for (Node operand : operands) {
            goals.add(of(operand, wanted));
        }
        return goals;
    }

    /** The operand that decides, and those before it, which do not. */
    private static List<List<Goal>> oneOf(List<Node> operands, boolean deciding) {
        List<List<Goal>> ways = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            List<Goal> way = each(operands.subList(0, i), !deciding);
            way.add(of(operands.get(i), deciding));
            ways.add(way);
        }
        return ways;
    }

    /** Whether it is met; a failure meets nothing. */
    boolean isMet(Scope scope) {
        if (asking != null) {
            Truth truth = asking.test(scope);
            return wanted ? truth instanceof Truth.True : truth instanceof Truth.False;
        }
        return node != null
                && new Evaluator(scope).truth(node) instanceof Evaluation.Value value
                && Values.isTrue(value.value()) == wanted;
    }

    /** Null where no tree says what is asked. */
    @Nullable
    Node node() {
        return node;
    }

    boolean wanted() {
        return wanted;
    }

    List<String> hints() {
        return hints;
    }

    /** The keys of the symbols that it reads. */
    Set<String> keys() {
        return keys;
    }
}

package dev.gert.expr;

import dev.gert.expr.Evaluation.Failure;
import dev.gert.expr.Evaluation.Value;
import dev.gert.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From trees to what must hold for them to be true or false; its terms are those of all it has made. */
final class FormulaMaker {
    private final Map<String, Term> terms = new HashMap<>();
    private final Folding folding;
    private final IdentityHashMap<Node, Formula> whenTrue = new IdentityHashMap<>();
    private final IdentityHashMap<Node, Formula> whenFalse = new IdentityHashMap<>();

    FormulaMaker(Scope scope) {
        this.folding = new Folding(scope);
    }

    Folding folding() {
        return folding;
    }

    /** What must hold for a condition to be true, or false. */
    Formula of(Condition condition, boolean wanted) {
        Node tree = condition.tree();
        if (tree != null) {
            return of(tree, wanted);
        }
        if (condition.source().isBlank()) {
            return Formula.known(wanted);
        }
        Truth truth = folding.fold(condition);
        if (truth != null) {
            return truth instanceof Truth.Failure
                    ? Formula.NEVER
                    : Formula.known(truth instanceof Truth.True == wanted);
        }
        String key = "{{" + condition.source();
        return new Formula.Fact(term(key, Term.BOOLEAN, null), new Question.Truthy(), wanted);
    }

    /** What must hold for the node's value to be true, or false. */
    Formula of(Node node, boolean wanted) {
        if (node instanceof Node.Not not) {
            return of(not.operand(), !wanted);
        }
        if (node instanceof Node.Any any) {
            return joined(node, any.operands(), wanted, !wanted);
        }
        if (node instanceof Node.All all) {
            return joined(node, all.operands(), wanted, wanted);
        }
        if (node instanceof Node.Compare compare) {
            return new ComparisonMaker(this, compare).make(wanted);
        }
        if (node instanceof Node.Match match) {
            return match(match, wanted);
        }
        Evaluation known = folding.fold(node);
        if (known != null) {
            return known instanceof Value value ? Formula.known(Values.isTrue(value.value()) == wanted) : Formula.NEVER;
        }
        return new Formula.Fact(term(node), new Question.Truthy(), wanted);
    }

    /** {@code all}: of all the operands, not of one of them. Behind an operand that only fails nothing is read. */
    private Formula joined(Node node, List<Node> operands, boolean wanted, boolean all) {
        IdentityHashMap<Node, Formula> made = wanted ? whenTrue : whenFalse;
        Formula known = made.get(node);
        if (known != null) {
            return known;
        }
        List<Formula> parts = new ArrayList<>(operands.size());
        for (Node operand : operands) {
            Formula part = of(operand, wanted);
            if (part == Formula.NEVER && of(operand, !wanted) == Formula.NEVER) {
                parts.add(Formula.NEVER);
                break;
            }
            parts.add(part);
        }
        Formula formula = all ? Formula.all(parts) : Formula.any(parts);
        made.put(node, formula);
        return formula;
    }

    private Formula match(Node.Match match, boolean wanted) {
        Evaluation text = folding.fold(match.text());
        Evaluation pattern = folding.fold(match.pattern());
        if (text instanceof Failure || pattern instanceof Failure) {
            return Formula.NEVER;
        }
        if (pattern instanceof Value known && !(text instanceof Value)) {
            return asked(match, match.text(), known.value(), true, wanted);
        }
        return text instanceof Value && pattern instanceof Value ? settled(match, wanted) : opaque(match, wanted);
    }

    /** A node with operands that are known. */
    Formula settled(Node node, boolean wanted) {
        Evaluation known = folding.fold(node);
        if (known == null) {
            return opaque(node, wanted);
        }
        return known instanceof Value value ? Formula.known(Values.isTrue(value.value()) == wanted) : Formula.NEVER;
    }

    /** A node of which nothing is known but that it is one or the other. */
    Formula opaque(Node node, boolean wanted) {
        return new Formula.Fact(term(NodeKey.of(node), Term.BOOLEAN, node), new Question.Truthy(), wanted);
    }

    /** A comparison or search in which one operand is known. */
    Formula asked(Node node, Node open, JsonValue other, boolean onLeft, boolean wanted) {
        String sign =
                node instanceof Node.Compare compare ? compare.comparison().sign() : "matches";
        String key = (onLeft ? "_" : "") + sign + NodeKey.of(other);
        return fact(open, new Question.Asked(node, other, onLeft, key), wanted);
    }

    /** Of an open node; of one that is itself true or false, what makes it what is wanted. */
    Formula fact(Node open, Question question, boolean wanted) {
        if (!isTruth(open)) {
            return new Formula.Fact(term(open), question, wanted);
        }
        Boolean ifTrue = question.answer(JsonValue.bool(true));
        Boolean ifFalse = question.answer(JsonValue.bool(false));
        boolean byTrue = ifTrue != null && ifTrue == wanted;
        boolean byFalse = ifFalse != null && ifFalse == wanted;
        if (byTrue && byFalse) {
            return Formula.ALWAYS;
        }
        return byTrue ? of(open, true) : byFalse ? of(open, false) : Formula.NEVER;
    }

    private static boolean isTruth(Node node) {
        return node instanceof Node.Compare || node instanceof Node.Not || node instanceof Node.Match;
    }

    Term term(Node node) {
        return term(NodeKey.of(node), Kinds.of(node), node);
    }

    Term term(String key, int kinds, @Nullable Node node) {
        Term term = terms.get(key);
        if (term == null) {
            term = new Term(terms.size(), key, kinds, node);
            terms.put(key, term);
        }
        return term;
    }
}

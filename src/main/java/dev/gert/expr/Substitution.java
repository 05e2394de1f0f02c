package dev.gert.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A tree with other nodes in place of its names. */
final class Substitution {
    private final Function<String, Meaning> names;

    private Substitution(Function<String, Meaning> names) {
        this.names = names;
    }

    static Node in(Node node, Function<String, Meaning> names) {
        return new Substitution(names).of(node);
    }

    private Node of(Node node) {
        if (node instanceof Node.Literal) {
            return node;
        }
        if (node instanceof Node.Name name) {
            return names.apply(name.name()).node();
        }
        if (node instanceof Node.Path path) {
            return path(path);
        }
        if (node instanceof Node.Items items) {
            return new Node.Items(all(items.items()), items.span());
        }
        if (node instanceof Node.Any any) {
            return new Node.Any(all(any.operands()), any.span());
        }
        if (node instanceof Node.All all) {
            return new Node.All(all(all.operands()), all.span());
        }
        if (node instanceof Node.Not not) {
            return new Node.Not(of(not.operand()), not.span());
        }
        if (node instanceof Node.Compare compare) {
            return new Node.Compare(compare.comparison(), of(compare.left()), of(compare.right()), compare.span());
        }
        if (node instanceof Node.Match match) {
            return new Node.Match(of(match.text()), of(match.pattern()), match.compiled(), match.span());
        }
        if (node instanceof Node.Default fallback) {
            return new Node.Default(of(fallback.fallback()), of(fallback.value()), fallback.span());
        }
        if (node instanceof Node.Call call) {
            return new Node.Call(call.function(), all(call.arguments()), call.span());
        }
        return arithmetic(node);
    }

    private Node arithmetic(Node node) {
        if (node instanceof Node.Sum sum) {
            List<Node.Term> rest = new ArrayList<>();
            for (Node.Term term : sum.rest()) {
                rest.add(new Node.Term(term.minus(), of(term.operand())));
            }
            return new Node.Sum(of(sum.first()), rest, sum.span());
        }
        if (node instanceof Node.Product product) {
            return new Node.Product(all(product.factors()), product.span());
        }
        Node.Negate negate = (Node.Negate) node;
        return new Node.Negate(of(negate.operand()), negate.span());
    }

    private Node path(Node.Path path) {
        List<Node.Step> steps = new ArrayList<>();
        for (Node.Step step : path.steps()) {
            steps.add(step instanceof Node.Step.At at ? new Node.Step.At(of(at.index()), at.span()) : step);
        }
        Node head = of(path.head());
        if (head instanceof Node.Path inner) {
            List<Node.Step> joined = new ArrayList<>(inner.steps());
            joined.addAll(steps);
            return new Node.Path(inner.head(), joined, path.span());
        }
        return new Node.Path(head, steps, path.span());
    }

    private List<Node> all(List<Node> nodes) {
        List<Node> made = new ArrayList<>(nodes.size());
        for (Node node : nodes) {
            made.add(of(node));
        }
        return made;
    }
}

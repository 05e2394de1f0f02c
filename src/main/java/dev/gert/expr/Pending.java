package dev.gert.expr;

import dev.gert.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators of one strength, with what stands before them; the operand behind the last is still being read. */
final class Pending {
    private final int precedence;
    private final int from;
    private final List<Node> operands = new ArrayList<>();
    private final List<Token> signs = new ArrayList<>();
    private boolean negated;

    /** {@code from} is where the first operand begins, or the first sign of a prefix. */
    Pending(int precedence, int from) {
        this.precedence = precedence;
        this.from = from;
    }

    int precedence() {
        return precedence;
    }

    int from() {
        return from;
    }

    Token sign() {
        return signs.get(signs.size() - 1);
    }

    /** One more sign of a prefix. */
    void add(Token sign) {
        signs.add(sign);
    }

    /** An operand and the sign behind it. */
    void add(Node operand, Token sign) {
        operands.add(operand);
        signs.add(sign);
    }

    /** A comparison that was written with {@code not} before its sign. */
    void negate() {
        negated = true;
    }

    /** The node with its last operand; null, and reported, where a pattern is broken. */
    @Nullable
    Node finish(Node last, Span span, Problems problems) {
        operands.add(last);
        return switch (precedence) {
            case Operators.OR -> new Node.Any(operands, span);
            case Operators.AND -> new Node.All(operands, span);
            case Operators.COMPARISON -> comparison(span, problems);
            case Operators.SUM -> sum(span);
            case Operators.PRODUCT -> new Node.Product(operands, span);
            default -> prefixed(last, span);
        };
    }

    private @Nullable Node comparison(Span span, Problems problems) {
        Node left = operands.get(0);
        Node right = operands.get(1);
        Node node = sign().kind() == Token.Kind.MATCHES
                ? Functions.match(left, right, span, problems)
                : new Node.Compare(Operators.comparison(sign().kind()), left, right, span);
        return negated && node != null ? new Node.Not(node, span) : node;
    }

    private Node sum(Span span) {
        List<Node.Term> rest = new ArrayList<>(signs.size());
        for (int i = 0; i < signs.size(); i++) {
            rest.add(new Node.Term(signs.get(i).kind() == Token.Kind.MINUS, operands.get(i + 1)));
        }
        return new Node.Sum(operands.get(0), rest, span);
    }

    /** However many signs there are, two of them do what all of an even number do. */
    private Node prefixed(Node operand, Span span) {
        Node once = prefix(operand, span);
        return signs.size() % 2 == 1 ? once : prefix(once, span);
    }

    private Node prefix(Node operand, Span span) {
        return precedence == Operators.NOT ? new Node.Not(operand, span) : new Node.Negate(operand, span);
    }
}

package dev.gert.expr;

import dev.gert.json.JsonValue;
import dev.gert.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The syntax tree that both surfaces share. Chains ({@code a or b or c}, {@code a + b - c}, {@code
 * a.b[0].c}) are one node with many operands, so that the tree is never deeper than what was nested.
 */
sealed interface Node {
    Span span();

    /** A value as written. */
    record Literal(JsonValue value, Span span) implements Node {}

    /** A name that the scope knows. */
    record Name(String name, Span span) implements Node {}

    /** Reading into a value: {@code head.a[0]}; at least one step. */
    record Path(Node head, List<Step> steps, Span span) implements Node {}

    /** A list made from its items. */
    record Items(List<Node> items, Span span) implements Node {}

    /** {@code or}: the first operand that is true, else the last. */
    record Any(List<Node> operands, Span span) implements Node {}

    /** {@code and}: the first operand that is false, else the last. */
    record All(List<Node> operands, Span span) implements Node {}

    /** {@code not}. */
    record Not(Node operand, Span span) implements Node {}

    /** A comparison or a question of membership. */
    record Compare(Comparison comparison, Node left, Node right, Span span) implements Node {}

    /** {@code matches}; {@code compiled} where the pattern is a literal. */
    record Match(Node text, Node pattern, @Nullable Regex compiled, Span span) implements Node {}

    /** Terms added to or taken from the first. */
    record Sum(Node first, List<Term> rest, Span span) implements Node {}

    /** A product of two or more factors. */
    record Product(List<Node> factors, Span span) implements Node {}

    /** Unary minus. */
    record Negate(Node operand, Span span) implements Node {}

    /** {@code default}: the value, or where there is none, the fallback. */
    record Default(Node fallback, Node value, Span span) implements Node {}

    /** A call of a function that no other node stands for. */
    record Call(Function function, List<Node> arguments, Span span) implements Node {}

    /** One term of a sum. */
    record Term(boolean minus, Node operand) {}

    /** One step of a path. */
    sealed interface Step {
        Span span();

        /** {@code .name}. */
        record Key(String name, Span span) implements Step {}

        /** {@code [index]}. */
        record At(Node index, Span span) implements Step {}
    }
}

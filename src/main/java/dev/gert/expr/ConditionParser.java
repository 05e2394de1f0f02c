package dev.gert.expr;

import dev.gert.expr.Token.Kind;
import dev.gert.json.JsonValue;
import dev.gert.source.Span;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads infix conditions by precedence, from the loosest: or; and; not; comparison and membership,
 * which do not chain; + and -; *; unary -; reading into a value. Every method gives null once a
 * problem is reported.
 */
final class ConditionParser {
    private final Tokens tokens;

    private ConditionParser(Tokens tokens) {
        this.tokens = tokens;
    }

    static @Nullable Node parse(Tokens tokens) {
        ConditionParser parser = new ConditionParser(tokens);
        Node node = parser.expression();
        return node == null || tokens.kind() == Kind.END ? node : parser.unexpectedAfterValue("an operator or the end");
    }

    /**
     * An expression up to what no operator is. Operators wait on a stack of their own, so that only
     * nesting goes deeper here.
     */
    private @Nullable Node expression() {
        Deque<Pending> waiting = new ArrayDeque<>();
        while (true) {
            takePrefixes(waiting);
            int from = tokens.peek().start();
            Node value = postfix();
            int precedence = nextIsComparison() ? Operators.COMPARISON : Operators.precedence(tokens.kind());
            Pending top = waiting.peek();
            while (value != null && top != null && top.precedence() > precedence) {
                waiting.pop();
                from = top.from();
                value = top.finish(value, since(from), tokens.problems());
                top = waiting.peek();
            }
            if (value == null || precedence == 0) {
                return value;
            }
            Pending next = top;
            if (next == null || next.precedence() != precedence) {
                next = new Pending(precedence, from);
                waiting.push(next);
            } else if (precedence == Operators.COMPARISON) {
                return chained(next);
            }
            if (!takeSign(next, value)) {
                return null;
            }
        }
    }

    /** The span from an offset to the last token taken. */
    private Span since(int from) {
        return tokens.problems().place(from, tokens.last().end());
    }

    /** Takes {@code not} and unary minus; a {@code not} after an operator that binds tighter is left. */
    private void takePrefixes(Deque<Pending> waiting) {
        while (tokens.kind() == Kind.NOT || tokens.kind() == Kind.MINUS) {
            int precedence = tokens.kind() == Kind.NOT ? Operators.NOT : Operators.UNARY;
            Pending top = waiting.peek();
            int above = top == null ? 0 : top.precedence();
            if (above > precedence) {
                return;
            }
            if (top == null || above < precedence) {
                top = new Pending(precedence, tokens.peek().start());
                waiting.push(top);
            }
            top.add(tokens.take());
        }
    }

    /** Whether a comparison's sign comes next, with or without {@code not} before it. */
    private boolean nextIsComparison() {
        Token sign = tokens.kind() == Kind.NOT ? tokens.second() : tokens.peek();
        return Operators.precedence(sign.kind()) == Operators.COMPARISON;
    }

    /** Takes the sign behind a value; false, and reported, where {@code not} stands before a sign that is no word. */
    private boolean takeSign(Pending pending, Node value) {
        boolean negated = tokens.takeIf(Kind.NOT);
        Token sign = tokens.take();
        if (negated && !Operators.isWord(sign.kind())) {
            String help = "write `not a " + sign.text() + " b`";
            tokens.problems().broken(sign.start(), sign.end(), "`not` before `" + sign.text() + "`", help);
            return false;
        }
        pending.add(value, sign);
        if (negated) {
            pending.negate();
        }
        return true;
    }

    private @Nullable Node chained(Pending first) {
        Token sign = tokens.peek();
        String next = sign.kind() == Kind.NOT ? "not " + tokens.second().text() : sign.text();
        String help = "write `a " + first.sign().text() + " b and b " + next + " c`, or put parentheses";
        tokens.problems().broken(sign.start(), sign.end(), "comparisons do not chain", help);
        return null;
    }

    private @Nullable Node postfix() {
        int from = tokens.peek().start();
        Node head = primary();
        if (head == null) {
            return null;
        }
        List<Node.Step> steps = new ArrayList<>();
        while (true) {
            Token token = tokens.peek();
            if (token.kind() == Kind.FIELD && token.follows(tokens.last())) {
                tokens.take();
                steps.add(new Node.Step.Key(token.text(), since(token.start())));
            } else if (token.kind() == Kind.OPEN_BRACKET) {
                Node index = bracketed();
                if (index == null) {
                    return null;
                }
                steps.add(new Node.Step.At(index, since(token.start())));
            } else {
                return steps.isEmpty() ? head : new Node.Path(head, steps, since(from));
            }
        }
    }

    private @Nullable Node bracketed() {
        Token opening = tokens.take();
        if (!tokens.enter(opening)) {
            return null;
        }
        Node index = expression();
        tokens.leave();
        return index == null || tokens.takeIf(Kind.CLOSE_BRACKET) ? index : unexpectedAfterValue("`]`");
    }

    private @Nullable Node primary() {
        Token token = tokens.peek();
        if (tokens.second().kind() == Kind.OPEN_PAREN && isCallable(token)) {
            return call();
        }
        JsonValue literal = literal(token);
        if (literal != null) {
            tokens.take();
            return new Node.Literal(literal, since(token.start()));
        }
        return switch (token.kind()) {
            case NAME, FIELD -> {
                tokens.take();
                yield new Node.Name(token.text(), since(token.start()));
            }
            case OPEN_PAREN -> grouped();
            case OPEN_BRACKET -> list();
            case NOT -> tokens.expected("a value", "put parentheses around the negation: `(not a)`");
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                tokens.expected("a value", "a comparison has a value on both sides");
            case END -> tokens.expected("a value", "");
            case IN, CONTAINS, STARTS_WITH, ENDS_WITH, MATCHES -> tokens.expected("a value", between(token.text()));
            case AND, OR ->
                tokens.expected("a value", "write `." + token.text() + "` for a name that is spelled like an operator");
            default -> tokens.expected("a value", "");
        };
    }

    /** The value of a literal, null for anything else. */
    static @Nullable JsonValue literal(Token token) {
        return switch (token.kind()) {
            case TEXT -> JsonValue.text(token.text());
            case NUMBER -> new JsonValue.Num(new BigDecimal(token.text()));
            case TRUE -> JsonValue.bool(true);
            case FALSE -> JsonValue.bool(false);
            case NULL -> Values.NULL;
            default -> null;
        };
    }

    private static boolean isCallable(Token token) {
        return switch (token.kind()) {
            case NAME, AND, OR, CONTAINS, STARTS_WITH, ENDS_WITH, MATCHES -> true;
            case NOT -> token.text().equals("not");
            default -> false;
        };
    }

    private @Nullable Node grouped() {
        Token opening = tokens.take();
        if (!tokens.enter(opening)) {
            return null;
        }
        Node node = expression();
        tokens.leave();
        return node == null || tokens.takeIf(Kind.CLOSE_PAREN) ? node : unexpectedAfterValue("`)`");
    }

    private @Nullable Node list() {
        Token opening = tokens.take();
        List<Node> items = items(opening, Kind.CLOSE_BRACKET, "`,` or `]`");
        return items == null ? null : new Node.Items(items, since(opening.start()));
    }

    private @Nullable Node call() {
        Token name = tokens.take();
        Token opening = tokens.take();
        Function function = Functions.find(name, tokens.problems(), "");
        List<Node> arguments = function == null ? null : items(opening, Kind.CLOSE_PAREN, "`,` or `)`");
        return function == null || arguments == null
                ? null
                : Functions.call(function, arguments, since(name.start()), tokens.problems());
    }

    /** What stands between commas up to {@code closing}, which is taken. */
    private @Nullable List<Node> items(Token opening, Kind closing, String wanted) {
        List<Node> items = new ArrayList<>();
        if (tokens.takeIf(closing)) {
            return items;
        }
        if (!tokens.enter(opening)) {
            return null;
        }
        do {
            Node item = expression();
            if (item == null) {
                return null;
            }
            items.add(item);
        } while (tokens.takeIf(Kind.COMMA));
        tokens.leave();
        if (tokens.takeIf(closing)) {
            return items;
        }
        unexpectedAfterValue(wanted);
        return null;
    }

    /** Reports what stands where only an operator or {@code wanted} can. */
    private @Nullable Node unexpectedAfterValue(String wanted) {
        Token token = tokens.peek();
        Token last = tokens.last();
        String help = switch (token.kind()) {
            case CLOSE_PAREN -> "no `(` belongs to it";
            case OPEN_PAREN -> last.kind() == Kind.FIELD ? method(last.text()) : "";
            default -> "";
        };
        boolean value = token.kind() == Kind.NAME || token.kind() == Kind.FIELD || literal(token) != null;
        if (value && last.kind() == Kind.NAME && Function.named(last.text()) != null) {
            help = "a call has parentheses, and commas between arguments: `" + last.text() + "(...)`";
        } else if (token.kind() == Kind.NAME) {
            help = Operators.meantBy(token.text());
        }
        return tokens.expected(wanted, help);
    }

    private static String between(String operator) {
        return "write `a " + operator + " b`; a name that is spelled like an operator is `." + operator + "`";
    }

    /** What to write instead of {@code a.name(b)}. */
    private static String method(String name) {
        String operator = switch (name) {
            case "contains", "includes" -> "contains";
            case "startsWith", "startswith", "hasPrefix" -> "startsWith";
            case "endsWith", "endswith", "hasSuffix" -> "endsWith";
            case "matches", "match" -> "matches";
            default -> "";
        };
        if (!operator.isEmpty()) {
            return "write `a " + operator + " b`";
        }
        return Function.named(name) == null ? "values have no methods" : "write `" + name + "(a)`";
    }
}

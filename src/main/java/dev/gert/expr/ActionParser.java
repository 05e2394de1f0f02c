package dev.gert.expr;

import dev.gert.diagnostic.Code;
import dev.gert.expr.Token.Kind;
import dev.gert.json.JsonValue;
import dev.gert.source.Span;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what stands between <code>{{</code> and <code>}}</code>: commands as {@code eq .x "1"},
 * parted by pipes. Every method gives null once a problem is reported.
 */
final class ActionParser {
    private final Tokens tokens;
    private int pipes;

    private ActionParser(Tokens tokens) {
        this.tokens = tokens;
    }

    static @Nullable Node parse(Tokens tokens) {
        ActionParser parser = new ActionParser(tokens);
        Node node = parser.pipeline();
        return node == null || tokens.kind() == Kind.END ? node : parser.misplaced("`}}`");
    }

    private Span since(int from) {
        return tokens.problems().place(from, tokens.last().end());
    }

    private @Nullable Node pipeline() {
        int from = tokens.peek().start();
        Node node = command(null, from);
        while (node != null && tokens.kind() == Kind.PIPE) {
            Token pipe = tokens.take();
            if (++pipes > Limits.DEPTH) {
                tokens.problems().broken(pipe.start(), pipe.end(), "more than " + Limits.DEPTH + " pipes", "");
                return null;
            }
            if (tokens.kind() != Kind.NAME && tokens.kind() != Kind.BROKEN) {
                return tokens.expected("a function after `|`", "such as `| lower`");
            }
            node = command(node, from);
        }
        return node;
    }

    /** A call, or a value alone; {@code piped} is the call's last argument. */
    private @Nullable Node command(@Nullable Node piped, int from) {
        Token first = tokens.peek();
        if (first.kind() == Kind.NAME && constant(first) == null) {
            return call(piped, from);
        }
        Node value = operand();
        if (value == null) {
            return null;
        }
        if (piped != null) {
            Span place = value.span();
            tokens.problems().error(Code.T303, place, "a pipe into what is no function", "write a function after `|`");
            return null;
        }
        if (startsOperand(tokens.kind())) {
            String what = Tokens.shown(first);
            return tokens.expected("`|` or `}}`", what + " is a value and takes no arguments");
        }
        return value;
    }

    private static boolean startsOperand(Kind kind) {
        return switch (kind) {
            case NAME, FIELD, NUMBER, TEXT, OPEN_PAREN -> true;
            default -> false;
        };
    }

    private static boolean endsCommand(Kind kind) {
        return switch (kind) {
            case PIPE, CLOSE_PAREN, CLOSE_BRACKET, END -> true;
            default -> false;
        };
    }

    private @Nullable Node call(@Nullable Node piped, int from) {
        Token name = tokens.take();
        if (isKeyword(name.text())) {
            tokens.problems()
                    .broken(
                            name.start(),
                            name.end(),
                            "`" + name.text() + "` is not part of templates",
                            "a template only puts values in; decide with `when` and branches");
            return null;
        }
        if (tokens.kind() == Kind.FIELD && tokens.peek().follows(name)) {
            String path = name.text() + "." + tokens.peek().text();
            tokens.problems()
                    .broken(
                            name.start(),
                            tokens.peek().end(),
                            "`" + path + "` without a dot before it",
                            "write `." + path + "`");
            return null;
        }
        Function function = Functions.find(name, tokens.problems(), "write `." + name.text() + "` for a value");
        if (function == null) {
            return null;
        }
        List<Node> arguments = new ArrayList<>();
        while (startsOperand(tokens.kind())) {
            Token start = tokens.peek();
            boolean spaced = !start.follows(tokens.last());
            Node argument = operand();
            if (argument == null) {
                return null;
            }
            if (!spaced) {
                tokens.problems()
                        .broken(
                                start.start(),
                                start.end(),
                                "no space before " + Tokens.shown(start),
                                "a space parts arguments");
                return null;
            }
            arguments.add(argument);
        }
        if (!endsCommand(tokens.kind())) {
            return misplaced("an argument or `}}`");
        }
        if (piped != null) {
            warnOfPipe(function, name, arguments);
            arguments.add(piped);
        }
        Span span = piped == null ? since(from) : since(name.start());
        return Functions.call(function, arguments, span, tokens.problems());
    }

    /** {@code .x | contains "a"} asks whether "a" contains x, which few mean. */
    private void warnOfPipe(Function function, Token name, List<Node> arguments) {
        if (function.textFirst() && !arguments.isEmpty() && arguments.get(0) instanceof Node.Literal) {
            String what =
                    function.parameters().substring(0, function.parameters().indexOf(','));
            tokens.problems()
                    .warning(
                            Code.T303,
                            tokens.problems().place(name.start(), name.end()),
                            "the piped value is the last argument of `" + function.word() + "`, not its " + what,
                            "write `" + function.word() + " .x …`");
        }
    }

    private static boolean isKeyword(String word) {
        return switch (word) {
            case "if", "else", "end", "range", "with", "define", "template", "block", "break", "continue" -> true;
            default -> false;
        };
    }

    private static @Nullable JsonValue constant(Token name) {
        return switch (name.text()) {
            case "true" -> JsonValue.bool(true);
            case "false" -> JsonValue.bool(false);
            case "nil", "null" -> Values.NULL;
            default -> null;
        };
    }

    /** A value with the steps into it that stand right behind it. */
    private @Nullable Node operand() {
        int from = tokens.peek().start();
        Node head = primary();
        if (head == null) {
            return null;
        }
        List<Node.Step> steps = new ArrayList<>();
        while (tokens.peek().follows(tokens.last())) {
            Token token = tokens.peek();
            if (token.kind() == Kind.FIELD) {
                tokens.take();
                steps.add(new Node.Step.Key(token.text(), since(token.start())));
            } else if (token.kind() == Kind.OPEN_BRACKET) {
                Node index = nested(Kind.CLOSE_BRACKET, "`]`");
                if (index == null) {
                    return null;
                }
                steps.add(new Node.Step.At(index, since(token.start())));
            } else {
                break;
            }
        }
        return steps.isEmpty() ? head : new Node.Path(head, steps, since(from));
    }

    private @Nullable Node primary() {
        Token token = tokens.peek();
        switch (token.kind()) {
            case FIELD -> {
                tokens.take();
                return new Node.Name(token.text(), since(token.start()));
            }
            case TEXT -> {
                tokens.take();
                return new Node.Literal(JsonValue.text(token.text()), since(token.start()));
            }
            case NUMBER -> {
                tokens.take();
                return new Node.Literal(new JsonValue.Num(new BigDecimal(token.text())), since(token.start()));
            }
            case OPEN_PAREN -> {
                return nested(Kind.CLOSE_PAREN, "`)`");
            }
            case NAME -> {
                return named(token);
            }
            case END -> {
                return tokens.expected("a value", "an action holds a value: `{{ .name }}`");
            }
            default -> {
                return misplaced("a value");
            }
        }
    }

    /** A name as an argument: a constant, or what should have been a field or stand in parentheses. */
    private @Nullable Node named(Token token) {
        JsonValue constant = constant(token);
        if (constant != null) {
            tokens.take();
            return new Node.Literal(constant, since(token.start()));
        }
        String word = token.text();
        String help = Function.named(word) == null
                ? "write `." + word + "` for a value, `\"" + word + "\"` for text"
                : "put parentheses around a call: `(" + word + " …)`";
        return tokens.expected("a value", help);
    }

    /** A pipeline between brackets of either kind, which are taken. */
    private @Nullable Node nested(Kind closing, String wanted) {
        Token opening = tokens.take();
        if (!tokens.enter(opening)) {
            return null;
        }
        Node node = pipeline();
        tokens.leave();
        return node == null || tokens.takeIf(closing) ? node : misplaced(wanted);
    }

    private @Nullable Node misplaced(String wanted) {
        return switch (tokens.kind()) {
            case OPEN_BRACKET ->
                tokens.expected(wanted, "a list is `(list .a .b)`; an index stands right behind: `.a[0]`");
            case CLOSE_PAREN -> tokens.expected(wanted, "no `(` belongs to it");
            default -> tokens.expected(wanted, "");
        };
    }
}

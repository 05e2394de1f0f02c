package dev.gert.expr;

import dev.gert.expr.Token.Kind;
import org.jspecify.annotations.Nullable;

/** The words of one expression while they are read, and how deep the reader is. */
final class Tokens {
    private final Lexer lexer;
    private final Problems problems;
    private Token current;
    private @Nullable Token second;
    private Token last;
    private int depth;

    Tokens(Lexer lexer, Problems problems) {
        this.lexer = lexer;
        this.problems = problems;
        this.current = lexer.next();
        this.last = current;
    }

    Problems problems() {
        return problems;
    }

    Token peek() {
        return current;
    }

    Kind kind() {
        return current.kind();
    }

    /** The token after the next one; the last one where there is none. */
    Token second() {
        if (isLast()) {
            return current;
        }
        Token known = second;
        if (known == null) {
            known = lexer.next();
            second = known;
        }
        return known;
    }

    private boolean isLast() {
        return current.kind() == Kind.END || current.kind() == Kind.BROKEN;
    }

    /** Takes the next token; the last one stays. */
    Token take() {
        Token token = current;
        if (!isLast()) {
            current = second();
            second = null;
            last = token;
        }
        return token;
    }

    /** Takes the next token if it is of this kind. */
    boolean takeIf(Kind kind) {
        if (kind() != kind) {
            return false;
        }
        take();
        return true;
    }

    /** The token taken last; before one was, the first. */
    Token last() {
        return last;
    }

    /** Takes all tokens but the last, which is given. */
    Token takeRest() {
        while (!isLast()) {
            take();
        }
        return current;
    }

    /** Goes one nesting deeper at {@code opening}; false, and reported, where that is too deep. */
    boolean enter(Token opening) {
        if (++depth > Limits.DEPTH) {
            problems.broken(opening.start(), opening.end(), "nested deeper than " + Limits.DEPTH, "");
            return false;
        }
        return true;
    }

    void leave() {
        depth--;
    }

    /** Reports that the next token is not what should stand there; always null. */
    @Nullable
    Node expected(String what, String help) {
        Token token = peek();
        if (token.kind() == Kind.BROKEN) {
            problems.broken(token.start(), token.end(), token.text(), token.help());
        } else {
            problems.broken(token.start(), token.end(), "expected " + what + ", found " + shown(token), help);
        }
        return null;
    }

    static String shown(Token token) {
        return switch (token.kind()) {
            case END -> token.text().isEmpty() ? "the end" : "`}}`";
            case TEXT -> "a text";
            case FIELD -> "`." + token.text() + "`";
            default -> "`" + token.text() + "`";
        };
    }
}

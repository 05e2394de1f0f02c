package dev.gert.expr;

/**
 * A word of an expression, from {@code start} to before {@code end} in its text. {@code text} is a
 * quotation's value, a field's name without its dot, otherwise what was written; of a {@link
 * Kind#BROKEN} one it is the message, with {@code help} (empty: none).
 */
record Token(Kind kind, String text, String help, int start, int end) {
    enum Kind {
        NAME,
        /** A name with a dot before it. */
        FIELD,
        NUMBER,
        TEXT,
        OPEN_PAREN,
        CLOSE_PAREN,
        OPEN_BRACKET,
        CLOSE_BRACKET,
        COMMA,
        PIPE,
        OR,
        AND,
        NOT,
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        IN,
        CONTAINS,
        STARTS_WITH,
        ENDS_WITH,
        MATCHES,
        PLUS,
        MINUS,
        STAR,
        TRUE,
        FALSE,
        NULL,
        /** The end of a condition, or the <code>}}</code> of an action with its trim marker. */
        END,
        /** What can't be read; the last token of its list. */
        BROKEN
    }

    static Token of(Kind kind, String text, int start, int end) {
        return new Token(kind, text, "", start, end);
    }

    static Token broken(String message, String help, int start, int end) {
        return new Token(Kind.BROKEN, message, help, start, end);
    }

    /** Whether nothing stands between the other token and this one. */
    boolean follows(Token other) {
        return other.end == start;
    }
}

package dev.gert.expr;

import org.jspecify.annotations.Nullable;

/** The functions of both surfaces; {@link Functions} says what each does. */
enum Function {
    EQ("eq", 2, Function.MANY, "value, other…"),
    NE("ne", 2, 2, "value, other"),
    LT("lt", 2, 2, "value, other"),
    LE("le", 2, 2, "value, other"),
    GT("gt", 2, 2, "value, other"),
    GE("ge", 2, 2, "value, other"),
    AND("and", 1, Function.MANY, "value…"),
    OR("or", 1, Function.MANY, "value…"),
    NOT("not", 1, 1, "value"),
    CONTAINS("contains", 2, 2, "text, part"),
    HAS_PREFIX("hasPrefix", 2, 2, "text, prefix"),
    HAS_SUFFIX("hasSuffix", 2, 2, "text, suffix"),
    STARTS_WITH("startsWith", 2, 2, "text, prefix"),
    ENDS_WITH("endsWith", 2, 2, "text, suffix"),
    MATCHES("matches", 2, 2, "text, pattern"),
    HAS("has", 2, 2, "list, item"),
    LIST("list", 0, Function.MANY, "item…"),
    LOWER("lower", 1, 1, "text"),
    UPPER("upper", 1, 1, "text"),
    TRIM("trim", 1, 1, "text"),
    SPLIT("split", 2, 2, "text, separator"),
    JOIN("join", 2, 2, "list, separator"),
    REPLACE("replace", 3, 3, "text, old, new"),
    TRIM_PREFIX("trimPrefix", 2, 2, "text, prefix"),
    TRIM_SUFFIX("trimSuffix", 2, 2, "text, suffix"),
    DEFAULT("default", 2, 2, "fallback, value"),
    LEN("len", 1, 1, "value"),
    INT("int", 1, 1, "value"),
    JSON("json", 1, 1, "value"),
    INDEX("index", 2, Function.MANY, "value, key…");

    private static final int MANY = Integer.MAX_VALUE;
    private static final Function[] ALL = values();

    private final String word;
    private final int least;
    private final int most;
    private final String parameters;

    Function(String word, int least, int most, String parameters) {
        this.word = word;
        this.least = least;
        this.most = most;
        this.parameters = parameters;
    }

    static @Nullable Function named(String word) {
        for (Function function : ALL) {
            if (function.word.equals(word)) {
                return function;
            }
        }
        return null;
    }

    String word() {
        return word;
    }

    int least() {
        return least;
    }

    int most() {
        return most;
    }

    /** The arguments' names, in order. */
    String parameters() {
        return parameters;
    }

    /**
     * Whether the text comes first, so that a pipe, which gives its value as the last argument, gives
     * it as what is looked for.
     */
    boolean textFirst() {
        return switch (this) {
            case CONTAINS,
                    HAS_PREFIX,
                    HAS_SUFFIX,
                    STARTS_WITH,
                    ENDS_WITH,
                    MATCHES,
                    HAS,
                    SPLIT,
                    JOIN,
                    REPLACE,
                    TRIM_PREFIX,
                    TRIM_SUFFIX -> true;
            default -> false;
        };
    }
}

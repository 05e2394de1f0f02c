package dev.gert.model;

import dev.gert.json.JsonValue;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What an action's argument may be (formats-dialect.md, {@code args}). */
public enum ArgType {
    STRING("string", "text"),
    INT("int", "a whole number"),
    BOOL("bool", "`true` or `false`"),
    FLOAT("float", "a number");

    private static final int DIGITS = 400;

    private final String word;
    private final String wanted;

    ArgType(String word, String wanted) {
        this.word = word;
        this.wanted = wanted;
    }

    public String word() {
        return word;
    }

    /** What a value must be, as messages say it. */
    public String wanted() {
        return wanted;
    }

    /** Null for another word. */
    public static @Nullable ArgType of(String word) {
        for (ArgType type : values()) {
            if (type.word.equals(word)) {
                return type;
            }
        }
        return null;
    }

    /** The value that a text spells, null where it spells none; {@code +07} is 7, {@code True} is true. */
    public @Nullable JsonValue read(String text) {
        return switch (this) {
            case STRING -> JsonValue.text(text);
            case INT -> number(text, false);
            case FLOAT -> number(text, true);
            case BOOL -> truth(text);
        };
    }

    private static @Nullable JsonValue truth(String text) {
        return switch (text) {
            case "true", "True", "TRUE" -> JsonValue.bool(true);
            case "false", "False", "FALSE" -> JsonValue.bool(false);
            default -> null;
        };
    }

    /** A plain decimal, and a whole one of 64 bits where a fraction does not fit. */
    private static @Nullable JsonValue number(String text, boolean fraction) {
        int length = text.length();
        int first = length > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        boolean point = false;
        for (int i = first; i < length; i++) {
            char c = text.charAt(i);
            if (fraction && c == '.' && !point && i > first && i < length - 1) {
                point = true;
            } else if (c < '0' || c > '9') {
                return null;
            }
        }
        if (first == length || length > DIGITS) {
            return null;
        }
        BigDecimal number = new BigDecimal(text);
        return fraction || number.toBigInteger().bitLength() < Long.SIZE ? new JsonValue.Num(number) : null;
    }
}

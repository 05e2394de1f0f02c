package dev.gert.expr;

import dev.gert.diagnostic.Suggestions;
import dev.gert.expr.Token.Kind;
import java.util.List;

/** How tightly the operators of conditions bind, what they compare, and what others are meant for them. */
final class Operators {
    static final int OR = 1;
    static final int AND = 2;
    static final int NOT = 3;
    static final int COMPARISON = 4;
    static final int SUM = 5;
    static final int PRODUCT = 6;
    static final int UNARY = 7;

    private Operators() {}

    /** How tightly a binary operator binds, 0 for what is none. */
    static int precedence(Kind kind) {
        return switch (kind) {
            case OR -> OR;
            case AND -> AND;
            case EQUAL,
                    NOT_EQUAL,
                    LESS,
                    LESS_OR_EQUAL,
                    GREATER,
                    GREATER_OR_EQUAL,
                    IN,
                    CONTAINS,
                    STARTS_WITH,
                    ENDS_WITH,
                    MATCHES -> COMPARISON;
            case PLUS, MINUS -> SUM;
            case STAR -> PRODUCT;
            default -> 0;
        };
    }

    /** What a sign or word compares; of {@code matches}, which is a node of its own, never asked. */
    static Comparison comparison(Kind kind) {
        return switch (kind) {
            case EQUAL -> Comparison.EQUAL;
            case NOT_EQUAL -> Comparison.NOT_EQUAL;
            case LESS -> Comparison.LESS;
            case LESS_OR_EQUAL -> Comparison.LESS_OR_EQUAL;
            case GREATER -> Comparison.GREATER;
            case GREATER_OR_EQUAL -> Comparison.GREATER_OR_EQUAL;
            case IN -> Comparison.IN;
            case CONTAINS -> Comparison.CONTAINS;
            case STARTS_WITH -> Comparison.STARTS_WITH;
            case ENDS_WITH -> Comparison.ENDS_WITH;
            default -> throw new IllegalStateException("no comparison");
        };
    }

    /** Whether it is a word, before which {@code not} may stand: {@code a not in b}. */
    static boolean isWord(Kind kind) {
        return switch (kind) {
            case IN, CONTAINS, STARTS_WITH, ENDS_WITH, MATCHES -> true;
            default -> false;
        };
    }

    /** What to do about a name where an operator should stand. */
    static String meantBy(String word) {
        String sign = switch (word) {
            case "eq", "is", "equals" -> "==";
            case "ne" -> "!=";
            case "lt" -> "<";
            case "le" -> "<=";
            case "gt" -> ">";
            case "ge" -> ">=";
            case "hasPrefix" -> "startsWith";
            case "hasSuffix" -> "endsWith";
            default -> "";
        };
        if (!sign.isEmpty()) {
            return "did you mean `" + sign + "`?";
        }
        String nearest = Suggestions.didYouMean(
                word, List.of("and", "or", "in", "contains", "startsWith", "endsWith", "matches"));
        return nearest.isEmpty() ? "text stands between quotes" : nearest;
    }
}

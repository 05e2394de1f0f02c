package dev.gert.expr;

/** What two values can be asked (formats.md, section 2, "Values"). */
enum Comparison {
    EQUAL("=="),
    NOT_EQUAL("!="),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">="),
    IN("in"),
    CONTAINS("contains"),
    STARTS_WITH("startsWith"),
    ENDS_WITH("endsWith");

    private final String sign;

    Comparison(String sign) {
        this.sign = sign;
    }

    /** As a condition writes it. */
    String sign() {
        return sign;
    }
}

package dev.gert.expr;

import org.jspecify.annotations.Nullable;

/**
 * What has one value throughout a question: a name, a path, a call, or how two of them compare. Equal
 * keys mean equal values. {@code node} makes the value where an expression does.
 */
record Term(int index, String key, int kinds, @Nullable Node node) {
    static final int TEXT = 1;
    static final int NUMBER = 2;
    static final int BOOLEAN = 4;
    static final int NULL = 8;
    static final int STRUCTURE = 16;
    static final int ANY = 31;

    boolean mayBe(int kind) {
        return (kinds & kind) != 0;
    }
}

package dev.gert.policy;

import org.jspecify.annotations.Nullable;

/**
 * What an RE2 pattern's text tells without compiling it: about how large its program becomes (nested
 * repetitions multiply, and compiling them may never end), and a literal that every match holds, by
 * which lines without one are passed over quickly.
 */
final class RegexShape {
    private static final String ANY_CASE = "(?i)";

    private final String pattern;
    private final long[] outer = new long[64];
    private int depth;
    private long size;
    private long last;
    private boolean tooDeep;
    private final StringBuilder run = new StringBuilder();
    private String longest = "";
    private boolean literal = true;
    private boolean anyCase;

    private RegexShape(String pattern) {
        this.pattern = pattern;
    }

    static RegexShape of(String pattern) {
        RegexShape shape = new RegexShape(pattern);
        shape.read();
        return shape;
    }

    /** About the number of instructions; never far below it. */
    long size() {
        return tooDeep ? Long.MAX_VALUE : size;
    }

    /** ASCII text that stands in every match, null where none is known. */
    @Nullable
    String required() {
        return literal && !longest.isEmpty() ? longest : null;
    }

    /** Whether {@link #required} may stand there in letters of any case. */
    boolean anyCase() {
        return anyCase;
    }

    private void read() {
        anyCase = pattern.startsWith(ANY_CASE);
        int i = anyCase ? ANY_CASE.length() : 0;
        while (i < pattern.length()) {
            i = part(i);
        }
        endRun(0);
        while (depth > 0) {
            close();
        }
    }

    private int part(int i) {
        char c = pattern.charAt(i);
        switch (c) {
            case '\\' -> {
                return escape(i + 1);
            }
            case '[' -> {
                endRun(0);
                atom();
                return afterClass(i + 1);
            }
            case '(' -> {
                endRun(0);
                open(i);
            }
            case ')' -> {
                endRun(0);
                close();
            }
            case '|' -> {
                endRun(0);
                literal &= depth > 0;
                atom();
            }
            case '*', '?' -> endRun(1);
            case '+' -> endRun(0);
            case '{' -> {
                return repetition(i);
            }
            case '.', '^', '$' -> {
                endRun(0);
                atom();
            }
            default -> character(c);
        }
        return i + 1;
    }

    private void character(char c) {
        atom();
        if (CodePoints.printableAscii(c) && depth == 0 && !(anyCase && foldsBeyondAscii(c))) {
            run.append(c);
        } else {
            endRun(0);
        }
    }

    /** {@code (?i)k} is the sign of Kelvin too, {@code (?i)s} the long s. */
    private static boolean foldsBeyondAscii(char c) {
        return c == 'k' || c == 'K' || c == 's' || c == 'S';
    }

    private int escape(int i) {
        if (i == pattern.length()) {
            return i;
        }
        char c = pattern.charAt(i);
        if (c == 'Q') {
            literal = false;
        }
        if (!Character.isLetterOrDigit(c)) {
            character(c);
            return i + 1;
        }
        endRun(0);
        atom();
        boolean braced = (c == 'p' || c == 'P' || c == 'x') && i + 1 < pattern.length() && pattern.charAt(i + 1) == '{';
        int close = braced ? pattern.indexOf('}', i) : -1;
        return close < 0 ? i + 1 : close + 1;
    }

    /** A {@code ]} right after the bracket, or after {@code ^}, is a member of the class. */
    private int afterClass(int i) {
        int at = i < pattern.length() && pattern.charAt(i) == '^' ? i + 1 : i;
        at = at < pattern.length() && pattern.charAt(at) == ']' ? at + 1 : at;
        while (at < pattern.length() && pattern.charAt(at) != ']') {
            if (pattern.startsWith("[:", at) && pattern.indexOf(":]", at + 2) > 0) {
                at = pattern.indexOf(":]", at + 2) + 1;
            } else if (pattern.charAt(at) == '\\') {
                at++;
            }
            at++;
        }
        return at + 1;
    }

    private int repetition(int i) {
        int close = pattern.indexOf('}', i);
        int count = close < 0 ? -1 : largest(pattern.substring(i + 1, close));
        endRun(1);
        if (count < 0) {
            atom();
            return i + 1;
        }
        size += last * (Math.max(1, count) - 1);
        last *= Math.max(1, count);
        limit();
        return close + 1;
    }

    /** Of {@code 3}, {@code 3,} and {@code 3,5}; -1: not a repetition, so the brace is a letter. */
    private static int largest(String counts) {
        int largest = -1;
        int number = 0;
        for (int i = 0; i <= counts.length(); i++) {
            char c = i == counts.length() ? ',' : counts.charAt(i);
            if (c >= '0' && c <= '9') {
                number = Math.min(number * 10 + (c - '0'), 1_000_000);
            } else if (c == ',') {
                largest = Math.max(largest, number);
                number = 0;
            } else {
                return -1;
            }
        }
        return largest;
    }

    private void open(int i) {
        if (pattern.startsWith("(?", i) && !pattern.startsWith("(?:", i) && !pattern.startsWith("(?P<", i)) {
            literal = false;
        }
        if (depth == outer.length) {
            tooDeep = true;
            return;
        }
        outer[depth++] = size;
        size = 2;
    }

    private void close() {
        if (depth > 0) {
            last = size;
            size += outer[--depth];
            limit();
        }
    }

    private void atom() {
        last = 1;
        size++;
    }

    private void limit() {
        size = Math.min(size, Integer.MAX_VALUE);
        last = Math.min(last, Integer.MAX_VALUE);
    }

    /** The run is over; its last {@code optional} characters need not be there. */
    private void endRun(int optional) {
        int length = Math.max(0, run.length() - optional);
        if (length > longest.length()) {
            longest = run.substring(0, length);
        }
        run.setLength(0);
    }
}

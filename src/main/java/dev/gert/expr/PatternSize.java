package dev.gert.expr;

/**
 * How large an RE2 pattern grows once its repetitions are written out. re2j bounds one repetition
 * but not those within each other: 30 characters can ask for gigabytes.
 */
final class PatternSize {
    /** Steps that a pattern may have; matching takes at most this many for each character. */
    static final int LIMIT = 2_000;

    private final String pattern;
    private int at;
    private long total;
    private long atom;

    private PatternSize(String pattern) {
        this.pattern = pattern;
    }

    static boolean tooLarge(String pattern) {
        return of(pattern) > LIMIT;
    }

    /**
     * At least the steps of a valid pattern, but for the few that every pattern has; counts no further
     * than over the limit. RE2 refuses a repetition of a repetition.
     */
    static long of(String pattern) {
        return new PatternSize(pattern).count();
    }

    private long count() {
        long[] outer = new long[pattern.length() + 1];
        int depth = 0;
        while (at < pattern.length() && total <= LIMIT) {
            char c = pattern.charAt(at++);
            switch (c) {
                case '(' -> {
                    outer[depth++] = total;
                    total = 0;
                    atom = 0;
                }
                case ')' -> {
                    if (depth > 0) {
                        atom = total + 2;
                        total = outer[--depth] + atom;
                    }
                }
                case '[' -> {
                    skipClass();
                    add(1);
                }
                case '\\' -> escape();
                case '{' -> repeat();
                case '*', '+', '?' -> total += 2;
                case '|' -> add(1);
                default -> add(1);
            }
        }
        return total;
    }

    private void add(long size) {
        atom = size;
        total += size;
    }

    private void escape() {
        if (at >= pattern.length()) {
            return;
        }
        char c = pattern.charAt(at++);
        if (c == 'Q') {
            int end = pattern.indexOf("\\E", at);
            int stop = end < 0 ? pattern.length() : end;
            total += stop - at;
            atom = 1;
            at = end < 0 ? stop : end + 2;
            return;
        }
        if ((c == 'p' || c == 'P' || c == 'x') && at < pattern.length() && pattern.charAt(at) == '{') {
            int end = pattern.indexOf('}', at);
            at = end < 0 ? pattern.length() : end + 1;
        }
        add(1);
    }

    private void skipClass() {
        if (at < pattern.length() && pattern.charAt(at) == '^') {
            at++;
        }
        int first = at;
        while (at < pattern.length() && (pattern.charAt(at) != ']' || at == first)) {
            if (pattern.startsWith("[:", at)) {
                int end = pattern.indexOf(":]", at + 2);
                at = end < 0 ? at + 1 : end + 2;
            } else {
                at += pattern.charAt(at) == '\\' ? 2 : 1;
            }
        }
        at = Math.min(at + 1, pattern.length());
    }

    /** A repetition {@code n}, {@code n,} or {@code n,m} in braces; anything else in braces is text. */
    private void repeat() {
        int end = pattern.indexOf('}', at);
        String braces = end < 0 ? "" : pattern.substring(at, end);
        int comma = braces.indexOf(',');
        long least = number(comma < 0 ? braces : braces.substring(0, comma));
        boolean open = comma >= 0 && comma == braces.length() - 1;
        long most = comma < 0 ? least : open ? least + 1 : number(braces.substring(comma + 1));
        if (least < 0 || most < 0) {
            add(1);
            return;
        }
        at = end + 1;
        long copy = comma < 0 ? atom : atom + 2;
        total += copy * Math.max(1, most) - atom;
    }

    /** The number that up to nine digits make, -1 for anything else. */
    private static long number(String digits) {
        if (digits.isEmpty() || digits.length() > 9) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + (c - '0');
        }
        return value;
    }
}

package dev.gert.policy;

/**
 * The first letters of some texts: of hundreds of patterns, most begin with another one, and needn't
 * be compared.
 */
final class Initials {
    private long low;
    private long high;
    private boolean any;

    void add(String text) {
        if (!text.isEmpty()) {
            char first = Glob.fold(text.charAt(0));
            if (first == Glob.OPEN) {
                any = true;
            } else if (first < 64) {
                low |= 1L << first;
            } else if (first < 128) {
                high |= 1L << (first - 64);
            }
        }
    }

    /** False: the pattern matches none of the texts, whatever becomes of what is open in them. */
    boolean mayMatch(CommandPattern pattern) {
        char first = pattern.initial();
        return any
                || first == '*'
                || first == '?'
                || (first < 64 ? (low >>> first & 1) != 0 : first < 128 && (high >>> (first - 64) & 1) != 0);
    }
}

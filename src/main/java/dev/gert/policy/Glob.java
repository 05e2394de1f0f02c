package dev.gert.policy;

/**
 * {@code *} for any run of characters, {@code ?} for one, anchored at both ends. Letters compare by
 * ASCII alone, in every locale. A match costs at most pattern times text.
 */
final class Glob {
    /**
     * Stands in a text for a part that is not known yet: any characters, also none. A noncharacter,
     * taken out of real words before they come here ({@link #plain}).
     */
    static final char OPEN = '\uFFFF';

    /** Joins words where a pattern's space may mean nothing but the gap between two of them; no argument can hold it. */
    static final char GAP = '\0';

    private final String pattern;
    private final boolean anyCase;

    private Glob(String pattern, boolean anyCase) {
        this.pattern = pattern;
        this.anyCase = anyCase;
    }

    static Glob anyCase(String pattern) {
        return new Glob(fold(pattern), true);
    }

    /** ASCII capitals as small letters; the same in every locale. */
    static String fold(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (fold(text.charAt(i)) != text.charAt(i)) {
                StringBuilder folded = new StringBuilder(text.length());
                for (int k = 0; k < text.length(); k++) {
                    folded.append(fold(text.charAt(k)));
                }
                return folded.toString();
            }
        }
        return text;
    }

    static Glob exact(String pattern) {
        return new Glob(pattern, false);
    }

    /** A word without the characters that have a meaning of their own here. */
    static String plain(String word) {
        return word.indexOf(OPEN) < 0 ? word : word.replace(OPEN, '\uFFFE');
    }

    static boolean open(String text) {
        return text.indexOf(OPEN) >= 0;
    }

    Match match(String text) {
        if (surely(text)) {
            return Match.YES;
        }
        return open(text) && possibly(text) ? Match.MAYBE : Match.NO;
    }

    /**
     * Whether it matches from some word's start to the end. What follows the first {@code *} matches
     * wherever it matches further on, so the first start at which the head fits is the only one to try.
     */
    boolean fromAnyWord(String line) {
        int head = pattern.indexOf('*');
        int length = head < 0 ? pattern.length() : head;
        for (int start = head < 0 ? Math.max(0, line.length() - length) : 0; start + length <= line.length(); start++) {
            if ((start == 0 || Words.beforeWord(line.charAt(start - 1))) && fits(line, start, length)) {
                return head < 0 ? start + length == line.length() : surely(line, length, start + length);
            }
        }
        return false;
    }

    private boolean fits(String line, int start, int length) {
        for (int i = 0; i < length; i++) {
            if (!one(pattern.charAt(i), line.charAt(start + i))) {
                return false;
            }
        }
        return true;
    }

    private boolean surely(String text) {
        return surely(text, 0, 0);
    }

    /** With {@link #OPEN} taken by {@code *} alone, so that it holds whatever stands there. */
    private boolean surely(String text, int from, int seenFrom) {
        int at = from;
        int seen = seenFrom;
        int star = -1;
        int retry = 0;
        while (seen < text.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                retry = seen;
            } else if (at < pattern.length() && one(pattern.charAt(at), text.charAt(seen))) {
                at++;
                seen++;
            } else if (star >= 0) {
                at = star + 1;
                seen = ++retry;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    /** Whether some text in place of {@link #OPEN} makes it match: all places of the pattern at once. */
    private boolean possibly(String text) {
        int end = pattern.length();
        if (!headFits(text)) {
            return false;
        }
        if (end > 1 && pattern.charAt(0) == '*' && pattern.charAt(end - 1) == '*') {
            return true;
        }
        boolean[] now = new boolean[end + 1];
        boolean[] next = new boolean[end + 1];
        now[0] = true;
        skipStars(now);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean alive = false;
            for (int p = 0; p <= end; p++) {
                next[p] = (c == OPEN && alive)
                        || (now[p] && (c == OPEN || (p < end && pattern.charAt(p) == '*')))
                        || (c != OPEN && p > 0 && now[p - 1] && one(pattern.charAt(p - 1), c));
                alive |= next[p];
            }
            if (!alive) {
                return false;
            }
            skipStars(next);
            boolean[] spare = now;
            now = next;
            next = spare;
        }
        return now[end];
    }

    /** Whether what stands before the first {@code *} and what before the first {@link #OPEN} agree. */
    private boolean headFits(String text) {
        int most = Math.min(pattern.length(), text.length());
        for (int i = 0; i < most; i++) {
            char wanted = pattern.charAt(i);
            char c = text.charAt(i);
            if (wanted == '*' || c == OPEN) {
                return true;
            }
            if (!one(wanted, c)) {
                return false;
            }
        }
        return true;
    }

    private void skipStars(boolean[] places) {
        for (int p = 0; p < pattern.length(); p++) {
            if (places[p] && pattern.charAt(p) == '*') {
                places[p + 1] = true;
            }
        }
    }

    private boolean one(char wanted, char c) {
        if (wanted == '?') {
            return c != OPEN && c != GAP;
        }
        return wanted == (anyCase ? fold(c) : c);
    }

    static char fold(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }
}

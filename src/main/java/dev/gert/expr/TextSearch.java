package dev.gert.expr;

/** Finds a text in another in time linear in both, however they were made to look alike. */
final class TextSearch {
    /** Up to this length the plain search is as good. */
    private static final int SHORT = 64;

    private final String wanted;
    private final int[] borders;

    TextSearch(String wanted) {
        this.wanted = wanted;
        this.borders = wanted.length() <= SHORT ? new int[0] : borders(wanted);
    }

    /** For each prefix the length of its longest proper border (Knuth, Morris, Pratt). */
    private static int[] borders(String text) {
        int[] borders = new int[text.length()];
        int matched = 0;
        for (int i = 1; i < text.length(); i++) {
            while (matched > 0 && text.charAt(i) != text.charAt(matched)) {
                matched = borders[matched - 1];
            }
            if (text.charAt(i) == text.charAt(matched)) {
                matched++;
            }
            borders[i] = matched;
        }
        return borders;
    }

    /** The first offset from {@code from} on where the wanted text stands, -1 where it does not. */
    int find(String text, int from) {
        if (borders.length == 0) {
            return text.indexOf(wanted, from);
        }
        int matched = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            while (matched > 0 && c != wanted.charAt(matched)) {
                matched = borders[matched - 1];
            }
            if (c == wanted.charAt(matched)) {
                matched++;
            }
            if (matched == wanted.length()) {
                return i - matched + 1;
            }
        }
        return -1;
    }
}

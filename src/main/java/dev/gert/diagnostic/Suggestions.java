package dev.gert.diagnostic;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The nearest known word to one that is not known. */
public final class Suggestions {
    private static final int SHORT = 3;

    private Suggestions() {}

    /** The candidate within a third of the word's length in edits (at least one), else null. */
    public static @Nullable String nearest(String word, Collection<String> candidates) {
        int limit = Math.max(1, word.length() / 3);
        String best = null;
        int bestDistance = limit + 1;
        String folded = word.toLowerCase(Locale.ROOT);
        for (String candidate : candidates) {
            if (Math.abs(candidate.length() - word.length()) > limit) {
                continue;
            }
            String other = candidate.toLowerCase(Locale.ROOT);
            int distance = distance(folded, other);
            if (distance < bestDistance && isClose(folded, other, distance)) {
                bestDistance = distance;
                best = candidate;
            }
        }
        return best;
    }

    /** Of up to three letters another one makes another word: {@code now} is not meant to be {@code not}. */
    private static boolean isClose(String word, String candidate, int distance) {
        if (distance == 0 || word.length() > SHORT || word.length() != candidate.length()) {
            return true;
        }
        char[] letters = word.toCharArray();
        char[] others = candidate.toCharArray();
        Arrays.sort(letters);
        Arrays.sort(others);
        return Arrays.equals(letters, others);
    }

    /** "did you mean `x`?" or the empty text. */
    public static String didYouMean(String word, Collection<String> candidates) {
        String nearest = nearest(word, candidates);
        return nearest == null ? "" : "did you mean `" + nearest + "`?";
    }

    /** Edits (insert, delete, change, swap of neighbours) from one word to the other. */
    private static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[b.length()];
    }
}

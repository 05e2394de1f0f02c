package dev.gert.render;

import java.util.ArrayList;
import java.util.List;

/** What is different between two texts, for a person to read. */
public final class LineDifference {
    private static final int CONTEXT = 1;
    /** Past this many pairs of lines to compare, everything between the first and last difference is shown as changed. */
    private static final long MOST_PAIRS = 4_000_000;

    private LineDifference() {}

    /** The lines that differ, with the line before and after each; {@code -}, {@code +} or a blank begins each. */
    public static List<String> of(String then, String now) {
        String[] a = lines(then);
        String[] b = lines(now);
        int head = 0;
        while (head < a.length && head < b.length && a[head].equals(b[head])) {
            head++;
        }
        int aEnd = a.length;
        int bEnd = b.length;
        while (aEnd > head && bEnd > head && a[aEnd - 1].equals(b[bEnd - 1])) {
            aEnd--;
            bEnd--;
        }
        List<String> all = new ArrayList<>();
        for (int i = Math.max(0, head - CONTEXT); i < head; i++) {
            all.add("  " + a[i]);
        }
        between(a, b, head, aEnd, bEnd, all);
        for (int i = aEnd; i < Math.min(a.length, aEnd + CONTEXT); i++) {
            all.add("  " + a[i]);
        }
        return near(all);
    }

    private static void between(String[] a, String[] b, int from, int aEnd, int bEnd, List<String> all) {
        int rows = aEnd - from;
        int columns = bEnd - from;
        boolean compared = (long) rows * columns <= MOST_PAIRS;
        int[][] length = compared ? lengths(a, b, from, rows, columns) : new int[0][0];
        int i = 0;
        int j = 0;
        while (i < rows || j < columns) {
            boolean both = compared && i < rows && j < columns;
            if (both && a[from + i].equals(b[from + j])) {
                all.add("  " + a[from + i]);
                i++;
                j++;
            } else if (i < rows && (!both || length[i + 1][j] >= length[i][j + 1])) {
                all.add("- " + a[from + i++]);
            } else {
                all.add("+ " + b[from + j++]);
            }
        }
    }

    /** The length of the longest common part of what comes after each pair of lines. */
    private static int[][] lengths(String[] a, String[] b, int from, int rows, int columns) {
        int[][] length = new int[rows + 1][columns + 1];
        for (int i = rows - 1; i >= 0; i--) {
            for (int j = columns - 1; j >= 0; j--) {
                length[i][j] = a[from + i].equals(b[from + j])
                        ? length[i + 1][j + 1] + 1
                        : Math.max(length[i + 1][j], length[i][j + 1]);
            }
        }
        return length;
    }

    private static String[] lines(String text) {
        return (text.endsWith("\n") ? text.substring(0, text.length() - 1) : text).split("\n", -1);
    }

    private static List<String> near(List<String> all) {
        List<String> near = new ArrayList<>();
        for (int k = 0; k < all.size(); k++) {
            boolean shown = false;
            for (int at = Math.max(0, k - CONTEXT); at <= Math.min(all.size() - 1, k + CONTEXT); at++) {
                shown |= all.get(at).charAt(0) != ' ';
            }
            if (shown) {
                near.add(all.get(k));
            }
        }
        return near;
    }
}

package dev.gert.render;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of cells under a head, as wide as they have to be; where that is too wide, some columns give way. A column of
 * numbers in which there is none is left out.
 */
final class TextTable {
    private static final int LEAST = 8;
    private static final String BETWEEN = "  ";

    /** A number that is not there. */
    static final String NONE = "-";

    private final boolean unicode;
    private final List<List<String>> rows = new ArrayList<>();
    private final List<Integer> giving;
    private final int firstNumber;
    private final int lastNumber;

    /**
     * {@code giving}: the columns that are cut, one after the other, down to eight; {@code firstNumber} to
     * {@code lastNumber}: those that are written to the right.
     */
    TextTable(boolean unicode, List<String> head, List<Integer> giving, int firstNumber, int lastNumber) {
        this.unicode = unicode;
        this.giving = giving;
        this.firstNumber = firstNumber;
        this.lastNumber = lastNumber;
        rows.add(head);
    }

    /** A row of as many cells as the head has; what came from elsewhere went through {@link RunLines#safe}. */
    void row(List<String> cells) {
        rows.add(cells);
    }

    boolean isEmpty() {
        return rows.size() == 1;
    }

    /** A line a row, each with its newline. {@code width}: 0: as wide as it gets. */
    String text(int width) {
        int[] widths = widths(width);
        StringBuilder out = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                String cell = RunLines.fitting(row.get(i), unicode, widths[i]);
                String room = " ".repeat(Math.max(0, widths[i] - RunLines.columns(cell)));
                if (widths[i] > 0) {
                    line.append(i == 0 ? "" : BETWEEN).append(isNumber(i) ? room + cell : cell + room);
                }
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }

    private boolean isNumber(int column) {
        return column >= firstNumber && column <= lastNumber;
    }

    private boolean isWithout(int column) {
        for (List<String> row : rows.subList(1, rows.size())) {
            if (!row.get(column).equals(NONE)) {
                return false;
            }
        }
        return true;
    }

    private int[] widths(int width) {
        int[] widths = new int[rows.get(0).size()];
        int all = -BETWEEN.length();
        for (int i = 0; i < widths.length; i++) {
            for (List<String> row : rows) {
                widths[i] = isNumber(i) && isWithout(i) ? 0 : Math.max(widths[i], RunLines.columns(row.get(i)));
            }
            all += widths[i] == 0 ? 0 : widths[i] + BETWEEN.length();
        }
        for (int column : giving) {
            int over = width == 0 ? 0 : Math.max(0, all - width);
            int less = Math.min(over, Math.max(0, widths[column] - LEAST));
            widths[column] -= less;
            all -= less;
        }
        return widths;
    }
}

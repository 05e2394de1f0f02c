package dev.gert.projection;

import java.util.List;

/** The steps that were to run and those that ran, for a reader who looks for where the way parted. */
public record PathComparison(List<String> expected, List<String> actual) {
    public PathComparison {
        expected = List.copyOf(expected);
        actual = List.copyOf(actual);
    }

    /** How many steps the two have in common from the start. */
    public int common() {
        int common = 0;
        while (common < expected.size()
                && common < actual.size()
                && expected.get(common).equals(actual.get(common))) {
            common++;
        }
        return common;
    }

    public boolean same() {
        return expected.size() == actual.size() && common() == expected.size();
    }
}

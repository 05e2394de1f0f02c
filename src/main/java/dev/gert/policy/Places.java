package dev.gert.policy;

import com.google.re2j.Matcher;
import java.util.Arrays;
import java.util.List;

/**
 * What the rules take out of one line: every rule reads the same text, and matches that overlap go
 * out as one, under the text of the one that begins first. So no rule hides from another what it
 * would have taken, and a rule more never shows more.
 */
final class Places {
    private int[] bounds = new int[8];
    private String[] replaces = new String[4];
    private int count;

    private Places() {}

    /** Matches that begin at {@code from} or later; empty ones take nothing out. */
    static Places of(List<RedactRule> rules, String text, int from) {
        Places all = new Places();
        for (RedactRule rule : rules) {
            Places own = new Places();
            Matcher matcher = rule.matcher(text);
            int next = from;
            while (next <= text.length() && matcher.find(next)) {
                if (matcher.end() > matcher.start()) {
                    own.add(matcher.start(), matcher.end(), rule.replace());
                    next = matcher.end();
                } else {
                    next = matcher.end() + 1;
                }
            }
            all = all.count == 0 ? own : all.with(own);
        }
        return all;
    }

    private void add(int start, int end, String replace) {
        if (count > 0 && start < bounds[2 * count - 1]) {
            bounds[2 * count - 1] = Math.max(bounds[2 * count - 1], end);
            return;
        }
        if (count == replaces.length) {
            bounds = Arrays.copyOf(bounds, 4 * count);
            replaces = Arrays.copyOf(replaces, 2 * count);
        }
        bounds[2 * count] = start;
        bounds[2 * count + 1] = end;
        replaces[count++] = replace;
    }

    private Places with(Places others) {
        Places merged = new Places();
        int i = 0;
        int k = 0;
        while (i < count || k < others.count) {
            if (k == others.count || (i < count && start(i) <= others.start(k))) {
                merged.add(start(i), end(i), replaces[i]);
                i++;
            } else {
                merged.add(others.start(k), others.end(k), others.replaces[k]);
                k++;
            }
        }
        return merged;
    }

    int count() {
        return count;
    }

    int start(int i) {
        return bounds[2 * i];
    }

    int end(int i) {
        return bounds[2 * i + 1];
    }

    String replace(int i) {
        return replaces[i];
    }

    /** {@code at}, or the end of the place that it is in. */
    int after(int at) {
        for (int i = 0; i < count; i++) {
            if (start(i) < at && at < end(i)) {
                return end(i);
            }
        }
        return at;
    }
}

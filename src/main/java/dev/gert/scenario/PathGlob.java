package dev.gert.scenario;

import java.util.ArrayList;
import java.util.List;

/**
 * Shell patterns over paths: {@code *} and {@code ?} within a segment, {@code **} over any number of
 * folders. Time grows with the pattern's length times the name's, whatever they hold.
 */
final class PathGlob {
    static final String ANY_FOLDERS = "**";

    private PathGlob() {}

    static boolean isGlob(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    /** The segments of a path, without empty ones and {@code .}. */
    static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= path.length(); i++) {
            if (i == path.length() || path.charAt(i) == '/') {
                String segment = path.substring(start, i);
                if (!segment.isEmpty() && !segment.equals(".")) {
                    segments.add(segment);
                }
                start = i + 1;
            }
        }
        return segments;
    }

    /** Whether the whole name fits one segment of a pattern. A leading dot must be written out. */
    static boolean matches(String pattern, String name) {
        if (name.startsWith(".") && !pattern.startsWith(".")) {
            return false;
        }
        int p = 0;
        int star = -1;
        int resume = 0;
        int n = 0;
        while (n < name.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = n;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == name.charAt(n))) {
                p++;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}

package dev.gert.expr;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Texts in which a pattern may be found. It reads what RE2 patterns are mostly made of and takes the
 * rest literally, so each text is to be tried.
 */
final class PatternSamples {
    private static final int MOST = 8;
    private static final int LENGTH = 200;
    private static final String SAMPLE = "ax0_- .:/AZ9b1@=,\"'";

    private final String pattern;
    private int at;

    private PatternSamples(String pattern) {
        this.pattern = pattern;
    }

    static List<String> of(String pattern) {
        PatternSamples samples = new PatternSamples(pattern);
        List<String> found = samples.alternatives(0);
        found.removeIf(text -> text.length() > LENGTH);
        return found;
    }

    private boolean more() {
        return at < pattern.length();
    }

    private List<String> alternatives(int depth) {
        Set<String> all = new LinkedHashSet<>();
        do {
            all.addAll(sequence(depth));
        } while (more() && pattern.charAt(at) == '|' && ++at > 0);
        return new ArrayList<>(all);
    }

    private List<String> sequence(int depth) {
        List<String> made = List.of("");
        while (more() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
            made = joined(made, repeated(atom(depth)));
        }
        return made;
    }

    /** Not all pairs: each of both is in one of them. */
    private static List<String> joined(List<String> left, List<String> right) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST, Math.max(left.size(), right.size())); i++) {
            pairs.add(left.get(i % left.size()).concat(right.get(i % right.size())));
        }
        return pairs;
    }

    private List<String> atom(int depth) {
        char c = pattern.charAt(at++);
        return switch (c) {
            case '(' -> group(depth);
            case '[' -> characters();
            case '.' -> List.of("x", "a", "0");
            case '^', '$' -> List.of("");
            case '\\' -> escaped();
            default -> List.of(String.valueOf(c));
        };
    }

    private List<String> group(int depth) {
        if (pattern.startsWith("?", at)) {
            int colon = pattern.indexOf(':', at);
            int close = pattern.indexOf(')', at);
            int name = pattern.indexOf('>', at);
            boolean named = pattern.startsWith("?P<", at) || pattern.startsWith("?<", at);
            if (named && name > 0) {
                at = name + 1;
            } else if (colon > 0 && colon < close) {
                at = colon + 1;
            } else {
                at = close < 0 ? pattern.length() : close + 1;
                return List.of("");
            }
        }
        List<String> inside = depth > 50 ? List.of("") : alternatives(depth + 1);
        at = Math.min(pattern.length(), at + 1);
        return inside;
    }

    private List<String> escaped() {
        if (!more()) {
            return List.of("");
        }
        char c = pattern.charAt(at++);
        return switch (c) {
            case 'd' -> List.of("1", "0", "7");
            case 'w' -> List.of("a", "1", "_");
            case 's' -> List.of(" ");
            case 'D', 'W' -> List.of("-");
            case 'S' -> List.of("x");
            case 'b', 'B', 'A', 'z', 'Q', 'E' -> List.of("");
            case 'n' -> List.of("\n");
            case 't' -> List.of("\t");
            case 'r' -> List.of("\r");
            default -> List.of(String.valueOf(c));
        };
    }

    /** {@code [a-z]}: the ends of the first ranges; of a class that excludes, what is not in it. */
    private List<String> characters() {
        boolean not = pattern.startsWith("^", at);
        at += not ? 1 : 0;
        List<String> in = new ArrayList<>();
        StringBuilder ranges = new StringBuilder();
        boolean first = true;
        while (more() && (first || pattern.charAt(at) != ']')) {
            first = false;
            char from = pattern.charAt(at++);
            if (from == '[' && pattern.startsWith(":", at)) {
                int end = pattern.indexOf(":]", at);
                String name = end < 0 ? "" : pattern.substring(at + 1, end);
                at = end < 0 ? pattern.length() : end + 2;
                in.add(name.equals("digit") || name.equals("xdigit") ? "1" : name.equals("space") ? " " : "a");
            } else if (from == '\\' && more()) {
                in.addAll(escaped());
            } else if (pattern.startsWith("-", at) && at + 1 < pattern.length() && pattern.charAt(at + 1) != ']') {
                char to = pattern.charAt(at + 1);
                at += 2;
                in.add(String.valueOf(from));
                ranges.append(from).append(to);
            } else {
                in.add(String.valueOf(from));
            }
        }
        at = Math.min(pattern.length(), at + 1);
        return not ? outside(in, ranges) : in.isEmpty() ? List.of("") : in;
    }

    private static List<String> outside(List<String> in, CharSequence ranges) {
        List<String> out = new ArrayList<>();
        for (int i = 0; i < SAMPLE.length(); i++) {
            char c = SAMPLE.charAt(i);
            boolean inside = in.contains(String.valueOf(c));
            for (int j = 0; j + 1 < ranges.length(); j += 2) {
                inside |= c >= ranges.charAt(j) && c <= ranges.charAt(j + 1);
            }
            if (!inside) {
                out.add(String.valueOf(c));
            }
        }
        return out.isEmpty() ? List.of("\u00e9") : out;
    }

    private List<String> repeated(List<String> once) {
        int least = 1;
        boolean more = false;
        char c = more() ? pattern.charAt(at) : ' ';
        if (c == '*' || c == '+' || c == '?') {
            at++;
            least = c == '+' ? 1 : 0;
            more = true;
        } else if (c == '{' && at + 1 < pattern.length() && Character.isDigit(pattern.charAt(at + 1))) {
            int end = pattern.indexOf('}', at);
            String range = end < 0 ? "1" : pattern.substring(at + 1, end);
            int comma = range.indexOf(',');
            least = number(comma < 0 ? range : range.substring(0, comma));
            more = comma >= 0;
            at = end < 0 ? pattern.length() : end + 1;
        }
        if (more && more() && (pattern.charAt(at) == '?' || pattern.charAt(at) == '+')) {
            at++;
        }
        return times(once, least, more);
    }

    private static int number(String digits) {
        int number = 0;
        for (int i = 0; i < digits.length() && number < LENGTH; i++) {
            number = number * 10 + Character.digit(digits.charAt(i), 10);
        }
        return number;
    }

    private static List<String> times(List<String> once, int least, boolean more) {
        if (least == 1 && !more) {
            return once;
        }
        List<String> all = new ArrayList<>();
        for (String each : once) {
            all.add(each.repeat(Math.min(least == 0 ? 1 : least, LENGTH)));
        }
        if (least == 0) {
            all.add("");
        } else if (more) {
            all.add(once.get(0).repeat(Math.min(least + 1, LENGTH)));
        }
        return all;
    }
}

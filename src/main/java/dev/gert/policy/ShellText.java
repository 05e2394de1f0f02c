package dev.gert.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * What a shell makes of the text after {@code -c}, where that is one plain command: words between
 * blanks, each whole in quotes or without any, and nothing that a shell would read otherwise. Every
 * other text is unreadable.
 */
final class ShellText {
    /** Beside letters and digits: what no shell gives a meaning inside a word. */
    private static final String PLAIN = "_./:,+-@%=";

    /** What a shell reads between double quotes. */
    private static final String ACTIVE = "$`\\!";

    private ShellText() {}

    static Wrapped read(List<String> arguments, boolean dashes) {
        if (arguments.size() != 2) {
            return Wrapped.UNREADABLE;
        }
        String option = arguments.get(0);
        int gap = option.indexOf(Glob.OPEN);
        if (gap >= 0) {
            boolean possible = "-c".startsWith(option.substring(0, gap)) && (gap > 0 || dashes);
            return possible ? Wrapped.UNCERTAIN : Wrapped.UNREADABLE;
        }
        return option.equals("-c") ? words(arguments.get(1)) : Wrapped.UNREADABLE;
    }

    private static Wrapped words(String text) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char first = text.charAt(at);
            if (blank(first)) {
                at++;
                continue;
            }
            boolean quoted = first == '\'' || first == '"';
            int start = quoted ? at + 1 : at;
            int end = start;
            while (end < text.length() && (quoted ? text.charAt(end) != first : !blank(text.charAt(end)))) {
                char c = text.charAt(end);
                if (c == Glob.OPEN) {
                    return Wrapped.UNCERTAIN;
                }
                if (quoted ? !inQuotes(c, first) : !plain(c)) {
                    return Wrapped.UNREADABLE;
                }
                end++;
            }
            at = quoted ? end + 1 : end;
            if (at > text.length() || (at < text.length() && !blank(text.charAt(at)) && text.charAt(at) != Glob.OPEN)) {
                return Wrapped.UNREADABLE;
            }
            if (at < text.length() && text.charAt(at) == Glob.OPEN) {
                return Wrapped.UNCERTAIN;
            }
            words.add(text.substring(start, end));
        }
        return words.isEmpty() || !namesProgram(words.get(0))
                ? Wrapped.UNREADABLE
                : new Wrapped(Match.YES, List.copyOf(words), List.of(), false);
    }

    private static boolean blank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean plain(char c) {
        return letterOrDigit(c) || PLAIN.indexOf(c) >= 0;
    }

    private static boolean inQuotes(char c, char quote) {
        return CodePoints.printableAscii(c) && (quote == '\'' || ACTIVE.indexOf(c) < 0);
    }

    private static boolean letterOrDigit(char c) {
        char small = Glob.fold(c);
        return (small >= 'a' && small <= 'z') || (c >= '0' && c <= '9');
    }

    /** Not a variable that is set, an option, a job, nor a word of the shell's own. */
    private static boolean namesProgram(String word) {
        return !word.isEmpty()
                && (letterOrDigit(word.charAt(0)) || "_./".indexOf(word.charAt(0)) >= 0)
                && !word.equals(".")
                && word.indexOf('=') < 0
                && !BuiltInLists.shellWords().contains(word);
    }
}

package dev.gert.policy;

import java.util.ArrayList;
import java.util.List;

/** How a command's words are read together. */
final class Words {
    /** What ends a command or a word for a shell. */
    private static final String SHELL = ";|&()<>$`{}\"'";

    /** What may stand before a program's name inside a word: {@code --use=rm}, {@code sh:rm}, {@code :!rm}, {@code \rm}. */
    private static final String JOINTS = "=,:!@#%[]\\^+~?*";

    private Words() {}

    static boolean blank(char c) {
        return c == ' ' || Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    static String joined(String first, List<String> rest, char gap) {
        StringBuilder line = new StringBuilder(first);
        for (String word : rest) {
            line.append(gap).append(word);
        }
        return line.toString();
    }

    /** Every run of white space one space, none at the ends: what empty arguments, newlines and double spaces hide. */
    static String collapsed(String line) {
        StringBuilder tidy = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (!blank(c)) {
                tidy.append(c);
            } else if (tidy.length() > 0 && tidy.charAt(tidy.length() - 1) != ' ') {
                tidy.append(' ');
            }
        }
        int end = tidy.length();
        return end > 0 && tidy.charAt(end - 1) == ' ' ? tidy.substring(0, end - 1) : tidy.toString();
    }

    /** Every name that may be a program's inside the words of a command that starts others. */
    static List<String> innerNames(List<String> words) {
        List<String> names = new ArrayList<>();
        for (String word : words) {
            View.names(word, names);
            for (String piece : split(word, true)) {
                names(piece, names);
            }
            for (String piece : split(unquoted(word), true)) {
                names(piece, names);
            }
        }
        return names;
    }

    /** A value may stand right behind the letter of its option, and that behind another: {@code -vSrm}. */
    private static void names(String piece, List<String> into) {
        View.names(piece, into);
        if (piece.startsWith("-") && !piece.startsWith("--")) {
            for (int at = 2; at <= 3 && at < piece.length(); at++) {
                View.names(piece.substring(at), into);
            }
        }
    }

    /**
     * Every line that may hold a command inside the words of a command that starts others: the whole,
     * and each simple command that a shell would see in it; each also without quotes and endings.
     * {@link Glob#fromAnyWord} then reads them from each word on.
     */
    static List<String> innerLines(List<String> words) {
        List<String> lines = new ArrayList<>();
        if (words.isEmpty()) {
            return lines;
        }
        String all = joined(words.get(0), words.subList(1, words.size()), ' ');
        lines(all, lines);
        lines(unquoted(all), lines);
        return lines;
    }

    private static void lines(String text, List<String> into) {
        add(into, collapsed(text));
        for (String piece : split(text, false)) {
            String line = collapsed(piece);
            add(into, line);
            StringBuilder plain = new StringBuilder(line.length());
            int start = 0;
            while (start <= line.length()) {
                int space = line.indexOf(' ', start);
                int end = space < 0 ? line.length() : space;
                plain.append(start == 0 ? "" : " ").append(View.withoutEnding(line.substring(start, end)));
                start = end + 1;
            }
            add(into, plain.toString());
        }
    }

    private static void add(List<String> lines, String line) {
        if (!line.isEmpty() && (lines.isEmpty() || !lines.get(lines.size() - 1).equals(line))) {
            lines.add(line);
        }
    }

    /** At what ends a command for a shell; with {@code names} also at white space and joints. */
    private static List<String> split(String text, boolean names) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || splits(text.charAt(i), names)) {
                if (i > start) {
                    pieces.add(text.substring(start, i));
                }
                start = i + 1;
            }
        }
        return pieces;
    }

    private static boolean splits(char c, boolean names) {
        return c == '\n' || c == '\r' || SHELL.indexOf(c) >= 0 || (names && (blank(c) || JOINTS.indexOf(c) >= 0));
    }

    /** Whether a word may begin after this character. */
    static boolean beforeWord(char c) {
        return c == ' ' || c == '/' || SHELL.indexOf(c) >= 0 || JOINTS.indexOf(c) >= 0;
    }

    /** As a shell would read {@code r""m} and {@code r\m}. */
    private static String unquoted(String word) {
        if (word.indexOf('"') < 0 && word.indexOf('\'') < 0 && word.indexOf('\\') < 0) {
            return word;
        }
        StringBuilder plain = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c != '"' && c != '\'' && c != '\\') {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}

package dev.gert.render;

import java.util.ArrayList;
import java.util.List;

/**
 * What is shown before a question, on lines that fit: text is folded between its words, and a command,
 * which is shown as JSON, only between its arguments, so that no blank of an argument is lost.
 */
public final class PromptLines {
    private static final int NARROWEST = 20;

    private PromptLines() {}

    /** {@code safe}: one line without anything that moves the cursor. What is longer than a line and has no place to fold stays whole. */
    public static List<String> folded(String safe, int width) {
        if (RunLines.columns(safe) <= width) {
            return List.of(safe);
        }
        int text = 0;
        while (text < safe.length() && safe.charAt(text) == ' ') {
            text++;
        }
        int value = value(safe, text);
        boolean labelled = value > text && width - value >= NARROWEST;
        String beginning = safe.substring(0, Math.max(text, value));
        RunTextFold fold = new RunTextFold(width, beginning, RunLines.columns(beginning), labelled ? value : text);
        String rest = safe.substring(beginning.length());
        boolean json = rest.startsWith("[\"") || rest.startsWith("\"");
        return fold.pieces(json ? arguments(rest) : words(rest), json ? "" : " ")
                .lines();
    }

    /** Where the text after a label and its blanks begins; {@code text} where there is no label. */
    private static int value(String safe, int text) {
        int end = safe.indexOf(' ', text);
        if (end < 0 || end + 1 >= safe.length() || safe.charAt(end + 1) != ' ') {
            return text;
        }
        while (end < safe.length() && safe.charAt(end) == ' ') {
            end++;
        }
        return end;
    }

    /** The sign that typing begins after stays with the word before it. */
    private static List<String> words(String text) {
        List<String> words = new ArrayList<>(List.of(text.split(" ", -1)));
        int last = words.size() - 1;
        if (last > 0 && words.get(last).equals(">")) {
            words.remove(last);
            words.set(last - 1, words.get(last - 1) + " >");
        }
        return words;
    }

    private static List<String> arguments(String json) {
        List<String> arguments = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == ',') {
                arguments.add(json.substring(from, i + 1));
                from = i + 1;
            }
        }
        arguments.add(json.substring(from));
        return arguments;
    }
}

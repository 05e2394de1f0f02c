package dev.gert.render;

import java.util.ArrayList;
import java.util.List;

/**
 * A diagnostic's page (docs/codes): what stands under its title, and its sections {@code Wrong},
 * {@code Output}, {@code Right}, {@code Why} in the order of the page.
 *
 * @param summary Markdown, without blank lines at its ends
 */
public record CodePage(String summary, List<Section> sections) {
    public CodePage {
        sections = List.copyOf(sections);
    }

    /** A section: the words of its heading, and Markdown without blank lines at its ends. */
    public record Section(String title, String text) {}

    /** Reads a page; every Markdown is one. A heading inside a code block is none. */
    public static CodePage read(String markdown) {
        List<Section> sections = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        String summary = "";
        String title = null;
        boolean fenced = false;
        for (String line : lines(markdown)) {
            fenced ^= line.startsWith("```");
            if (!fenced && line.startsWith("## ")) {
                if (title == null) {
                    summary = ends(text);
                } else {
                    sections.add(new Section(title, ends(text)));
                }
                title = line.substring(3).strip();
                text.setLength(0);
            } else if (fenced || !line.startsWith("# ")) {
                text.append(line).append('\n');
            }
        }
        if (title == null) {
            return new CodePage(ends(text), sections);
        }
        sections.add(new Section(title, ends(text)));
        return new CodePage(summary, sections);
    }

    private static String ends(StringBuilder text) {
        return text.toString().strip();
    }

    /** The lines of a text, whichever way they end. */
    static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', from)) {
            lines.add(text.substring(from, at > from && text.charAt(at - 1) == '\r' ? at - 1 : at));
            from = at + 1;
        }
        if (from < text.length()) {
            lines.add(text.substring(from));
        }
        return lines;
    }
}

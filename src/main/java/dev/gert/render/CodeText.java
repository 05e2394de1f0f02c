package dev.gert.render;

import dev.gert.diagnostic.Code;
import java.util.List;

/** What {@code gert explain} prints: the list of codes, or a code's page for a terminal. */
public final class CodeText {
    private static final String BOLD = "\u001b[1m";
    private static final String RESET = "\u001b[0m";
    private static final String INDENT = "    ";

    private final StringBuilder out = new StringBuilder();
    private final StringBuilder paragraph = new StringBuilder();
    private final int width;
    private final boolean colour;
    private final boolean unicode;

    private CodeText(int width, boolean colour, boolean unicode) {
        this.width = width;
        this.colour = colour;
        this.unicode = unicode;
    }

    /** Every code with its title, one a line. */
    public static String list() {
        StringBuilder out = new StringBuilder();
        for (Code code : Code.values()) {
            out.append(code.name()).append("  ").append(code.title()).append('\n');
        }
        return out.toString();
    }

    /**
     * The page: headings by themselves, paragraphs folded, code blocks indented and otherwise as they
     * are, a block's file named in front of it.
     *
     * @param width the columns of the terminal
     * @param colour whether headings are bold; the words are the same
     * @param unicode whether the output can show more than ASCII; if not, the rest is escaped
     */
    public static String page(Code code, CodePage page, int width, boolean colour, boolean unicode) {
        CodeText text = new CodeText(width, colour, unicode);
        text.heading(code.name() + ": " + code.title());
        text.body(page.summary());
        for (CodePage.Section section : page.sections()) {
            text.out.append('\n');
            text.heading(section.title());
            text.body(section.text());
        }
        return text.out.toString();
    }

    private void heading(String words) {
        String safe = SafeLine.of(words, unicode);
        out.append(colour ? BOLD + safe + RESET : safe).append('\n');
    }

    private void body(String markdown) {
        List<String> lines = CodePage.lines(markdown);
        if (!lines.isEmpty()) {
            out.append('\n');
        }
        boolean fenced = false;
        for (String line : lines) {
            if (line.startsWith("```")) {
                fold();
                fenced = !fenced;
                int file = line.indexOf(' ');
                if (fenced && file > 0) {
                    out.append("  ")
                            .append(SafeLine.of(line.substring(file + 1), unicode))
                            .append('\n');
                }
            } else if (fenced) {
                out.append(line.isEmpty() ? "" : INDENT)
                        .append(SafeLine.of(line, unicode))
                        .append('\n');
            } else if (line.isBlank()) {
                fold();
                out.append('\n');
            } else {
                if (line.startsWith("- ") || line.startsWith("|")) {
                    fold();
                }
                paragraph.append(paragraph.isEmpty() ? "" : " ").append(line.strip());
            }
        }
        fold();
    }

    /** Ends a paragraph; the further lines of a list's item stand under its first word. */
    private void fold() {
        String indent = paragraph.indexOf("- ") == 0 ? "  " : "";
        int column = 0;
        for (String word : words(paragraph)) {
            String safe = SafeLine.of(word, unicode);
            if (column > 0 && column + 1 + columns(safe) > width) {
                out.append('\n').append(indent).append(safe);
                column = indent.length() + columns(safe);
            } else {
                out.append(column > 0 ? " " : "").append(safe);
                column += (column > 0 ? 1 : 0) + columns(safe);
            }
        }
        out.append(paragraph.isEmpty() ? "" : "\n");
        paragraph.setLength(0);
    }

    private static String[] words(StringBuilder text) {
        return text.isEmpty() ? new String[0] : text.toString().split(" ", -1);
    }

    private static int columns(String safe) {
        int columns = 0;
        for (int i = 0; i < safe.length(); ) {
            int point = safe.codePointAt(i);
            i += Character.charCount(point);
            columns += Glyphs.width(point);
        }
        return columns;
    }
}

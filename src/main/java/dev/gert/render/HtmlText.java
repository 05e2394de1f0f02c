package dev.gert.render;

/** Text of a file, a command or a person as it may stand in an element or an attribute of a page: nothing alive. */
final class HtmlText {
    private static final int LIMIT = 2000;

    private HtmlText() {}

    /** On one line. */
    static String line(String text) {
        return escaped(SafeLine.of(text, true, LIMIT));
    }

    /** On as many lines as it has. */
    static String lines(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        int from = 0;
        while (from <= text.length()) {
            int end = text.indexOf('\n', from);
            end = end < 0 ? text.length() : end;
            out.append(from == 0 ? "" : "\n").append(escaped(RunLines.source(text.substring(from, end), true)));
            from = end + 1;
        }
        return out.toString();
    }

    /** What is safe to show already. */
    static String escaped(String text) {
        return XmlText.attribute(text).replace("&#10;", "\n").replace("'", "&#39;");
    }
}

package dev.gert.render;

/**
 * Text inside XML 1.0. What XML can't hold (most control characters, halves of surrogate pairs,
 * U+FFFE, U+FFFF) and what can't be seen in a viewer is written out as {@code \\u{1b}}.
 */
final class XmlText {
    private XmlText() {}

    /** The value of an attribute in double quotes; tabs and line ends survive. */
    static String attribute(String text) {
        return escaped(text, true);
    }

    /** The text of an element; a carriage return survives. */
    static String element(String text) {
        return escaped(text, false);
    }

    private static String escaped(String text, boolean attribute) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            i += Character.charCount(point);
            switch (point) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append(attribute ? "&quot;" : "\"");
                case '\t' -> out.append(attribute ? "&#9;" : "\t");
                case '\n' -> out.append(attribute ? "&#10;" : "\n");
                case '\r' -> out.append("&#13;");
                default -> Wording.visible(point, out);
            }
        }
        return out.toString();
    }
}

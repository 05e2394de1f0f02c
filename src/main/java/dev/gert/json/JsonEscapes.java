package dev.gert.json;

/** Text as a JSON string that is valid UTF-8 and safe inside a line of output. */
final class JsonEscapes {
    private static final String HEX = "0123456789abcdef";

    private JsonEscapes() {}

    static void quote(String text, StringBuilder out) {
        out.append('"');
        int done = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c < 0x80 || escaped(c)) {
                out.append(text, done, i);
                escape(c, out);
                done = i + 1;
            }
        }
        out.append(text, done, text.length()).append('"');
    }

    /** C1, line separators, half pairs, and what turns the direction of text on a terminal. */
    private static boolean escaped(char c) {
        if (c < 0x200e) {
            return c < 0xa0 || c == 0x61c;
        }
        return c <= 0x200f
                || (c >= 0x2028 && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0xfeff
                || Character.isSurrogate(c);
    }

    private static void escape(char c, StringBuilder out) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            default -> {
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(HEX.charAt((c >> shift) & 15));
                }
            }
        }
    }
}

package dev.gert.policy;

/** Names and patterns are printable ASCII; these say what stands there instead. */
final class CodePoints {
    private static final int SHOWN = 60;

    private CodePoints() {}

    static boolean printableAscii(int c) {
        return c >= ' ' && c < 0x7F;
    }

    /** Whether all of it is. */
    static boolean printableAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!printableAscii(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** {@code U+0440, U+00A0}: what is not printable ASCII, each once, the first five. */
    static String named(String text) {
        StringBuilder named = new StringBuilder();
        int count = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (!printableAscii(c) && named.indexOf(name(c)) < 0) {
                if (count == 5) {
                    return named + " and more";
                }
                named.append(count == 0 ? "" : ", ").append(name(c));
                count++;
            }
        }
        return named.toString();
    }

    /** Text for a message: what is not printable ASCII as {@code \\u{…}}, long text cut. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (printableAscii(c)) {
                escaped.append((char) c);
            } else {
                escaped.append("\\u{").append(hex(c)).append('}');
            }
            if (escaped.length() >= SHOWN && i < text.length()) {
                return escaped + "…";
            }
        }
        return escaped.toString();
    }

    private static String name(int c) {
        return "U+" + hex(c);
    }

    private static String hex(int c) {
        String digits = Integer.toHexString(c);
        StringBuilder hex = new StringBuilder();
        for (int i = digits.length(); i < 4; i++) {
            hex.append('0');
        }
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            hex.append(digit >= 'a' ? (char) (digit - 32) : digit);
        }
        return hex.toString();
    }
}

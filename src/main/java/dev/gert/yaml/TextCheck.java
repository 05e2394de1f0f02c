package dev.gert.yaml;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Source;
import java.util.Locale;

/** Finds characters that a text file doesn't hold: what a reader of the file can't see, a program would. */
final class TextCheck {
    private static final int SHOWN = 5;

    private TextCheck() {}

    /** Whether the text is clean; the first few places are reported, with how many there are. */
    static boolean isClean(Source source, Diagnostics diagnostics) {
        String text = source.text();
        int found = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isRefused(text, i) && ++found <= SHOWN) {
                char c = text.charAt(i);
                String message = "the character " + name(c) + " is not allowed in a text file";
                boolean escapable = c != 0 && !Character.isSurrogate(c);
                String help = escapable ? "delete it, or write it as an escape in double quotes" : "delete it";
                diagnostics.error(Code.Y112, source.span(i, i + 1), message, "", help);
            }
        }
        if (found > SHOWN) {
            diagnostics.error(Code.Y112, source.span(0, 0), found + " characters of this file are not allowed in text");
        }
        return found == 0;
    }

    /** C0 but tab and line ends, DEL, C1 (NEL among them), U+2028, U+2029, U+FEFF, non-characters, lone surrogates. */
    private static boolean isRefused(String text, int at) {
        char c = text.charAt(at);
        if (c < 0x7f) {
            return c < ' ' && c != '\n' && c != '\r' && c != '\t';
        }
        if (c < 0x2028) {
            return c < 0xa0;
        }
        if (c < 0xd800) {
            return c <= 0x2029;
        }
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return at == 0 || !Character.isHighSurrogate(text.charAt(at - 1));
        }
        return c == 0xfeff || c >= 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
    }

    /** The first character of a scalar's text that no escape may bring in (NUL, half a surrogate pair), or -1. */
    static int unusable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || (Character.isSurrogate(c) && isRefused(text, i))) {
                return i;
            }
        }
        return -1;
    }

    /** {@code U+0000}, with its usual name where it has one that people know. */
    static String name(char c) {
        String hex = Integer.toHexString(c).toUpperCase(Locale.ROOT);
        String point = "U+" + "0000".substring(hex.length()) + hex;
        return switch (c) {
            case 0 -> point + " (NUL)";
            case 0x1b -> point + " (escape)";
            case 0x7f -> point + " (delete)";
            case 0x85 -> point + " (next line)";
            case 0x2028 -> point + " (line separator)";
            case 0x2029 -> point + " (paragraph separator)";
            case 0xfeff -> point + " (byte order mark)";
            default -> point;
        };
    }
}

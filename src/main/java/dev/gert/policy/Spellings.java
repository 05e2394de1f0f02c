package dev.gert.policy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How one secret may be written (threats.md, "Output"), as sequences of {@link Spelling}s: character by
 * character as it is, or as URLs, JSON, shells, C and XML write it, mixed as one likes; in base64 wherever
 * among other bytes it begins, of both alphabets, in lines of any length; in hexadecimal with what usually
 * stands between bytes. Equal characters share their spelling.
 */
final class Spellings {
    private static final String HEX = "0123456789abcdef";
    private static final int MOST_INDENT = 8;
    private static final String[] LINE_BREAKS = {"\n", "\r\n", "\\n", "\\r\\n", "\\\\n"};
    private static final String[] BETWEEN_BYTES = {
        " ", ":", "-", ",", ", ", "\n", "\\x", "\\\\x", "0x", " 0x", ",0x", ", 0x", ",\n0x", " \\x"
    };

    private final Map<Integer, Spelling> characters = new HashMap<>();
    private final Map<Integer, Spelling> digits = new HashMap<>();
    private final Map<Integer, Spelling> bytes = new HashMap<>();

    /** What the characters of {@code secret} look like as text. */
    List<Spelling> text(String secret) {
        List<Spelling> spelled = new ArrayList<>(secret.length());
        int i = 0;
        while (i < secret.length()) {
            int c = secret.codePointAt(i);
            Spelling known = characters.get(c);
            if (known == null) {
                known = character(c);
                characters.put(c, known);
            }
            spelled.add(known);
            i += Character.charCount(c);
        }
        return spelled;
    }

    private static Spelling character(int c) {
        Spelling spelling = new Spelling();
        String raw = new String(Character.toChars(c));
        byte[] utf8 = raw.getBytes(StandardCharsets.UTF_8);
        spelling.add(utf8, false);
        StringBuilder unicode = new StringBuilder();
        for (int i = 0; i < raw.length(); i++) {
            unicode.append("\\u");
            hex(raw.charAt(i), 4, unicode);
        }
        add(spelling, unicode.toString(), true);
        StringBuilder url = new StringBuilder();
        StringBuilder escaped = new StringBuilder();
        StringBuilder octal = new StringBuilder();
        for (byte b : utf8) {
            hex(b, 2, url.append('%'));
            hex(b, 2, escaped.append("\\x"));
            octal.append('\\').append((char) ('0' + (b >> 6 & 3)));
            octal.append((char) ('0' + (b >> 3 & 7))).append((char) ('0' + (b & 7)));
        }
        add(spelling, url.toString(), true);
        add(spelling, escaped.toString(), true);
        add(spelling, octal.toString(), false);
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (c < 127 && c != '\n' && !letter) {
            add(spelling, "\\" + raw, false);
        }
        for (String more : others(c)) {
            add(spelling, more, false);
        }
        return spelling;
    }

    /** What is special about some characters: what JSON, JSON in JSON, shells, forms and XML make of them. */
    private static String[] others(int c) {
        return switch (c) {
            case ' ' -> new String[] {"+"};
            case '\n' -> new String[] {"\\n", "\\\\n", "\r\n", "\\r\\n", " "};
            case '\r' -> new String[] {"\\r", "\\\\r"};
            case '\t' -> new String[] {"\\t", "\\\\t"};
            case '\b' -> new String[] {"\\b"};
            case '\f' -> new String[] {"\\f"};
            case '"' -> new String[] {"\\\\\\\"", "&quot;", "&#34;", "\"\""};
            case '\\' -> new String[] {"\\\\\\\\"};
            case '\'' -> new String[] {"'\\''", "'\"'\"'", "'\\\\''", "'\\\"'\\\"'", "''", "&#39;", "&apos;"};
            case '&' -> new String[] {"&amp;", "\\u0026amp;"};
            case '<' -> new String[] {"&lt;"};
            case '>' -> new String[] {"&gt;"};
            default -> new String[0];
        };
    }

    /** The characters of base64 that the secret alone decides, if {@code before} bytes of a group stand before it. */
    List<Spelling> base64(byte[] secret, int before) {
        byte[] shifted = new byte[before + secret.length];
        System.arraycopy(secret, 0, shifted, before, secret.length);
        String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int from = before == 0 ? 0 : before + 1;
        int to = shifted.length % 3 == 0 ? text.length() : text.length() - 1;
        List<Spelling> spelled = new ArrayList<>();
        for (int i = from; i < to; i++) {
            int key = text.charAt(i) | (i == from ? 0 : 256);
            Spelling known = digits.get(key);
            if (known == null) {
                known = digit(text.charAt(i), i == from);
                digits.put(key, known);
            }
            spelled.add(known);
        }
        return spelled;
    }

    private static Spelling digit(char c, boolean first) {
        Spelling spelling = new Spelling();
        String[] forms = c == '+'
                ? new String[] {"+", "-", "%2B", "%2b", "\\u002b", "\\u002B"}
                : c == '/' ? new String[] {"/", "_", "%2F", "%2f", "\\/", "\\u002f"} : new String[] {String.valueOf(c)};
        for (String form : forms) {
            add(spelling, form, false);
        }
        if (!first) {
            for (String lineBreak : LINE_BREAKS) {
                StringBuilder before = new StringBuilder(lineBreak);
                for (int indent = 0; indent <= MOST_INDENT; indent++) {
                    add(spelling, before + forms[0], false);
                    if (forms.length > 1) {
                        add(spelling, before + forms[1], false);
                    }
                    before.append(' ');
                }
            }
        }
        return spelling;
    }

    List<Spelling> hex(byte[] secret) {
        List<Spelling> spelled = new ArrayList<>(secret.length);
        for (int i = 0; i < secret.length; i++) {
            int key = secret[i] & 0xFF | (i == 0 ? 0 : 256);
            Spelling known = bytes.get(key);
            if (known == null) {
                known = new Spelling();
                StringBuilder two = new StringBuilder();
                hex(secret[i], 2, two);
                add(known, two.toString(), true);
                for (int k = 0; i > 0 && k < BETWEEN_BYTES.length; k++) {
                    add(known, BETWEEN_BYTES[k] + two, true);
                }
                bytes.put(key, known);
            }
            spelled.add(known);
        }
        return spelled;
    }

    private static void hex(int value, int count, StringBuilder into) {
        for (int shift = 4 * (count - 1); shift >= 0; shift -= 4) {
            into.append(HEX.charAt(value >> shift & 15));
        }
    }

    private static void add(Spelling spelling, String text, boolean digitsOfAnyCase) {
        spelling.add(text.getBytes(StandardCharsets.UTF_8), digitsOfAnyCase);
    }
}

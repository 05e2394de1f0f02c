package dev.gert.policy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The texts that would give a secret away, made without what finds them (threats.md, "Output"). */
public final class SecretForms {
    private SecretForms() {}

    /** Each once, the secret itself first; of base64 the characters that the secret alone decides. */
    public static List<String> of(String secret) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(secret);
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        for (int before = 0; before < 3; before++) {
            forms.addAll(base64(bytes, before));
        }
        String hex = hex(bytes, "");
        forms.add(hex);
        forms.add(hex.toUpperCase(Locale.ROOT));
        for (String between : new String[] {" ", ":", "-", ", 0x", "\\x", "\n"}) {
            forms.add(hex(bytes, between));
            forms.add(hex(bytes, between).toUpperCase(Locale.ROOT).replace("X", "x"));
        }
        for (boolean all : new boolean[] {true, false}) {
            forms.add(url(bytes, all, "%20"));
            forms.add(url(bytes, all, "+"));
            forms.add(lowerEscapes(url(bytes, all, "%20")));
            forms.add(json(secret, all, false));
            forms.add(json(secret, all, true));
        }
        forms.add(json(json(secret, false, false), false, false));
        forms.add(json(secret, false, false).replace("/", "\\/"));
        forms.add(secret.replace("'", "'\\''"));
        forms.add(secret.replace("'", "'\"'\"'"));
        forms.add(secret.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("$", "\\$")
                .replace("`", "\\`"));
        forms.add(backslashed(secret));
        forms.add(ansi(secret));
        forms.add(xml(secret));
        return new ArrayList<>(forms);
    }

    /** Standard and for URLs, on one line and on lines of 64 and 76 columns that begin anywhere. */
    private static List<String> base64(byte[] bytes, int before) {
        byte[] shifted = new byte[before + bytes.length];
        System.arraycopy(bytes, 0, shifted, before, bytes.length);
        String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int from = before == 0 ? 0 : before + 1;
        String own = text.substring(from, shifted.length % 3 == 0 ? text.length() : text.length() - 1);
        List<String> forms = new ArrayList<>();
        if (own.length() < 4) {
            return forms;
        }
        for (String alphabet : new String[] {own, own.replace('+', '-').replace('/', '_')}) {
            forms.add(alphabet);
            for (int width : new int[] {64, 76}) {
                for (int offset = 1; offset < Math.min(width, alphabet.length()); offset += 7) {
                    forms.add(wrapped(alphabet, width, offset, "\n"));
                    forms.add(wrapped(alphabet, width, offset, "\r\n"));
                    forms.add(wrapped(alphabet, width, offset, "\\n"));
                    forms.add(wrapped(alphabet, width, offset, "\n    "));
                }
            }
        }
        return forms;
    }

    private static String wrapped(String text, int width, int first, String lineBreak) {
        StringBuilder lines = new StringBuilder(text.substring(0, first));
        for (int at = first; at < text.length(); at += width) {
            lines.append(lineBreak).append(text, at, Math.min(text.length(), at + width));
        }
        return lines.toString();
    }

    private static String hex(byte[] bytes, String between) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.length; i++) {
            text.append(i == 0 ? "" : between).append(String.format(Locale.ROOT, "%02x", bytes[i]));
        }
        return text.toString();
    }

    private static String url(byte[] bytes, boolean all, String space) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            boolean plain = Character.isLetterOrDigit(b & 0xFF) && b >= 0 || "-_.~".indexOf(b) >= 0;
            text.append(
                    b == ' ' && !all
                            ? space
                            : plain && !all ? String.valueOf((char) b) : String.format(Locale.ROOT, "%%%02X", b));
        }
        return text.toString();
    }

    private static String lowerEscapes(String url) {
        StringBuilder text = new StringBuilder(url);
        for (int i = 0; i + 2 < text.length(); i++) {
            if (text.charAt(i) == '%') {
                text.replace(i, i + 3, text.substring(i, i + 3).toLowerCase(Locale.ROOT));
            }
        }
        return text.toString();
    }

    private static String json(String secret, boolean all, boolean upper) {
        StringBuilder text = new StringBuilder();
        for (char c : secret.toCharArray()) {
            int at = "\"\\\n\r\t\b\f".indexOf(c);
            if (at >= 0 && !all) {
                text.append('\\').append("\"\\nrtbf".charAt(at));
            } else if (all || c < ' ' || (upper && c > '~')) {
                text.append(String.format(Locale.ROOT, upper ? "\\u%04X" : "\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }

    private static String backslashed(String secret) {
        StringBuilder text = new StringBuilder();
        for (char c : secret.toCharArray()) {
            boolean plain = c > '~' || Character.isLetterOrDigit(c) || "_-./:,@%+=\n".indexOf(c) >= 0;
            text.append(plain ? "" : "\\").append(c);
        }
        return text.toString();
    }

    /** As in {@code $'…'}. */
    private static String ansi(String secret) {
        StringBuilder text = new StringBuilder();
        for (byte b : secret.getBytes(StandardCharsets.UTF_8)) {
            int c = b & 0xFF;
            if (c == '\n' || c == '\t') {
                text.append(c == '\n' ? "\\n" : "\\t");
            } else if (c < ' ' || c > '~') {
                text.append(String.format(Locale.ROOT, "\\%03o", c));
            } else {
                text.append("'\\".indexOf(c) >= 0 ? "\\" : "").append((char) c);
            }
        }
        return text.toString();
    }

    private static String xml(String secret) {
        return secret.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}

package dev.gert.policy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The texts by which one secret can be recognised in output (threats.md, "Output"): as it is, its lines,
 * and in base64, hexadecimal, URL, JSON and shell-quoted form.
 */
public final class SecretForms {
    private static final int SHORTEST_LINE = 8;
    private static final String HEX = "0123456789abcdef";

    private SecretForms() {}

    /** Each once; the secret itself first. */
    public static List<String> of(String secret) {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(secret);
        for (String line : secret.split("\n", -1)) {
            if (line.strip().length() >= SHORTEST_LINE) {
                forms.add(line.strip());
            }
        }
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        base64(bytes, forms);
        String hex = hex(bytes, "");
        forms.add(hex);
        forms.add(hex.toUpperCase(Locale.ROOT));
        forms.add(hex(bytes, " "));
        forms.add(url(bytes, HEX, "%20"));
        forms.add(url(bytes, HEX.toUpperCase(Locale.ROOT), "%20"));
        forms.add(url(bytes, HEX.toUpperCase(Locale.ROOT), "+"));
        forms.add(json(secret, false));
        forms.add(json(secret, true));
        forms.add(secret.replace("'", "'\\''"));
        forms.add(secret.replace("'", "'\"'\"'"));
        return new ArrayList<>(forms);
    }

    /** The characters that the secret alone decides, wherever among others it begins. */
    private static void base64(byte[] bytes, Set<String> forms) {
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            int from = before == 0 ? 0 : before + 1;
            int to = shifted.length % 3 == 0 ? text.length() : text.length() - 1;
            if (to - from >= Redactor.SHORTEST) {
                String own = text.substring(from, to);
                forms.add(own);
                forms.add(own.replace('+', '-').replace('/', '_'));
            }
        }
    }

    private static String hex(byte[] bytes, String between) {
        StringBuilder text = new StringBuilder(bytes.length * 2);
        for (int i = 0; i < bytes.length; i++) {
            text.append(i == 0 ? "" : between);
            text.append(HEX.charAt((bytes[i] >> 4) & 15)).append(HEX.charAt(bytes[i] & 15));
        }
        return text.toString();
    }

    private static String url(byte[] bytes, String digits, String space) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            char c = (char) (b & 255);
            boolean plain = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "-_.~".indexOf(c) >= 0;
            if (plain) {
                text.append(c);
            } else if (c == ' ') {
                text.append(space);
            } else {
                text.append('%').append(digits.charAt((b >> 4) & 15)).append(digits.charAt(b & 15));
            }
        }
        return text.toString();
    }

    private static String json(String secret, boolean ascii) {
        StringBuilder text = new StringBuilder(secret.length());
        for (int i = 0; i < secret.length(); i++) {
            char c = secret.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (c < ' ' || (ascii && c > '~')) {
                        text.append("\\u");
                        for (int shift = 12; shift >= 0; shift -= 4) {
                            text.append(HEX.charAt((c >> shift) & 15));
                        }
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        return text.toString();
    }
}

package dev.gert.yaml;

import dev.gert.yaml.YamlNode.Scalar.Kind;
import org.jspecify.annotations.Nullable;

/** What a plain scalar spells: YAML 1.1 and 1.2 together, so that no number is taken for text by accident. */
final class ScalarKinds {
    private ScalarKinds() {}

    static Kind of(String text) {
        switch (text) {
            case "", "~", "null", "Null", "NULL" -> {
                return Kind.NULL;
            }
            case "true", "True", "TRUE", "false", "False", "FALSE" -> {
                return Kind.BOOLEAN;
            }
            default -> {
                return isNumber(text) ? Kind.NUMBER : Kind.TEXT;
            }
        }
    }

    static @Nullable Boolean truth(String text) {
        return switch (text) {
            case "true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON" -> Boolean.TRUE;
            case "false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF" -> Boolean.FALSE;
            default -> null;
        };
    }

    /** An optional minus, digits without a leading zero, perhaps a point and digits; not {@code -0}. */
    static boolean isDecimal(String text) {
        boolean negative = text.startsWith("-");
        int at = negative ? 1 : 0;
        int point = text.indexOf('.');
        int end = point < 0 ? text.length() : point;
        if (end == at || !digits(text, at, end, false) || (text.charAt(at) == '0' && end > at + 1)) {
            return false;
        }
        if (point < 0) {
            return !(negative && text.charAt(at) == '0');
        }
        return point + 1 < text.length() && digits(text, point + 1, text.length(), false);
    }

    private static boolean isNumber(String text) {
        int at = text.charAt(0) == '+' || text.charAt(0) == '-' ? 1 : 0;
        String body = text.substring(at);
        switch (body) {
            case "" -> {
                return false;
            }
            case ".inf", ".Inf", ".INF" -> {
                return true;
            }
            case ".nan", ".NaN", ".NAN" -> {
                return at == 0;
            }
            default -> {
                return body.charAt(0) == '0' && body.length() > 2 && prefixed(body) || isFloat(body);
            }
        }
    }

    /** {@code 0x1F}, {@code 0o17}, {@code 0b11}. */
    private static boolean prefixed(String body) {
        int radix = switch (body.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            case 'b', 'B' -> 2;
            default -> 0;
        };
        if (radix == 0) {
            return false;
        }
        for (int i = 2; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c != '_' && (c > 'f' || Character.digit(c, radix) < 0)) {
                return false;
            }
        }
        return true;
    }

    /** Digits (with {@code _} among them), a point somewhere, an exponent. */
    private static boolean isFloat(String body) {
        int end = body.indexOf('e') >= 0 ? body.indexOf('e') : body.indexOf('E');
        if (end >= 0) {
            int power = end + 1;
            if (power < body.length() && (body.charAt(power) == '+' || body.charAt(power) == '-')) {
                power++;
            }
            if (power == body.length() || !digits(body, power, body.length(), false)) {
                return false;
            }
        } else {
            end = body.length();
        }
        int point = body.indexOf('.');
        int whole = point < 0 ? end : point;
        if (whole > end || (whole == 0 && point + 1 >= end) || (end == 0)) {
            return false;
        }
        if (whole > 0 && body.charAt(0) == '_') {
            return false;
        }
        return digits(body, 0, whole, true) && (point < 0 || digits(body, point + 1, end, true));
    }

    private static boolean digits(String text, int from, int to, boolean underscores) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && !(underscores && c == '_')) {
                return false;
            }
        }
        return true;
    }
}

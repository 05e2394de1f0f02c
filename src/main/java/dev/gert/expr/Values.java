package dev.gert.expr;

import dev.gert.json.JsonText;
import dev.gert.json.JsonValue;
import dev.gert.json.JsonValue.Bool;
import dev.gert.json.JsonValue.ListValue;
import dev.gert.json.JsonValue.MapValue;
import dev.gert.json.JsonValue.Num;
import dev.gert.json.JsonValue.Text;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Truth, equality and order of values (formats.md, section 2, "Values"). */
final class Values {
    static final JsonValue NULL = JsonValue.Null.NULL;

    private Values() {}

    /** Captures are text, so the texts {@code false} and {@code 0} are false like what they spell. */
    static boolean isTrue(JsonValue value) {
        if (value instanceof Text text) {
            String written = text.value();
            return !written.isEmpty() && !written.equals("false") && !written.equals("0");
        }
        if (value instanceof Bool bool) {
            return bool.value();
        }
        return value instanceof Num num ? num.value().signum() != 0 : !isEmpty(value);
    }

    /** Null, the empty text, an empty list or map: what {@code default} replaces. */
    static boolean isEmpty(JsonValue value) {
        if (value instanceof Text text) {
            return text.value().isEmpty();
        }
        if (value instanceof ListValue list) {
            return list.items().isEmpty();
        }
        return value instanceof MapValue map ? map.entries().isEmpty() : value instanceof JsonValue.Null;
    }

    /** What a message calls the value; never the value itself, which may be a secret. */
    static String kind(JsonValue value) {
        if (value instanceof Text text) {
            return text.value().isEmpty() ? "an empty text" : "text";
        }
        if (value instanceof Num) {
            return "a number";
        }
        if (value instanceof Bool) {
            return "a boolean";
        }
        if (value instanceof ListValue) {
            return "a list";
        }
        return value instanceof MapValue ? "a map" : "null";
    }

    /** The number that a value is or, as text, spells; null where it is none. */
    static @Nullable BigDecimal number(JsonValue value) {
        if (value instanceof Num num) {
            return num.value();
        }
        return value instanceof Text text ? spelled(text.value()) : null;
    }

    /** The number that a plain decimal spells: a sign, digits, a fraction, and nothing else. */
    static @Nullable BigDecimal spelled(String text) {
        int length = text.length();
        if (length == 0 || length > Limits.DIGITS) {
            return null;
        }
        int first = text.charAt(0) == '-' || text.charAt(0) == '+' ? 1 : 0;
        boolean point = false;
        for (int i = first; i < length; i++) {
            char c = text.charAt(i);
            if (c == '.' && !point && i > first && i < length - 1) {
                point = true;
            } else if (c < '0' || c > '9') {
                return null;
            }
        }
        return first == length ? null : new BigDecimal(text);
    }

    static boolean equal(JsonValue a, JsonValue b) {
        if (a instanceof Text left && b instanceof Text right) {
            return left.value().equals(right.value());
        }
        if (a instanceof Num || b instanceof Num) {
            BigDecimal left = number(a);
            BigDecimal right = number(b);
            return left != null && right != null && left.compareTo(right) == 0;
        }
        if (a instanceof Bool left) {
            return spells(b, left.value());
        }
        if (b instanceof Bool right) {
            return spells(a, right.value());
        }
        if (a instanceof ListValue left && b instanceof ListValue right) {
            return equal(left.items(), right.items());
        }
        if (a instanceof MapValue left && b instanceof MapValue right) {
            return equal(left.entries(), right.entries());
        }
        return a instanceof JsonValue.Null && b instanceof JsonValue.Null;
    }

    /** A boolean is equal to itself and to the text that spells it, as a number is. */
    private static boolean spells(JsonValue value, boolean truth) {
        if (value instanceof Text text) {
            return text.value().equals(truth ? "true" : "false");
        }
        return value instanceof Bool bool && bool.value() == truth;
    }

    private static boolean equal(List<JsonValue> left, List<JsonValue> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!equal(left.get(i), right.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean equal(Map<String, JsonValue> left, Map<String, JsonValue> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (Map.Entry<String, JsonValue> entry : left.entrySet()) {
            JsonValue other = right.get(entry.getKey());
            if (other == null || !equal(entry.getValue(), other)) {
                return false;
            }
        }
        return true;
    }

    static boolean holds(List<JsonValue> items, JsonValue wanted) {
        for (JsonValue item : items) {
            if (equal(item, wanted)) {
                return true;
            }
        }
        return false;
    }

    /** Order by number when both are or spell one, else by code point; null where there is no order. */
    static @Nullable Integer order(JsonValue a, JsonValue b) {
        BigDecimal left = number(a);
        BigDecimal right = number(b);
        if (left != null && right != null) {
            return left.compareTo(right);
        }
        String first = text(a);
        String second = text(b);
        return first == null || second == null ? null : byCodePoint(first, second);
    }

    /** The text of a text, number or boolean, null for the rest. */
    static @Nullable String text(JsonValue value) {
        if (value instanceof Text text) {
            return text.value();
        }
        if (value instanceof Num num) {
            return JsonText.of(num);
        }
        return value instanceof Bool bool ? String.valueOf(bool.value()) : null;
    }

    /** Characters beyond the first 65,536 come last, which the order of UTF-16 units does not give. */
    static int byCodePoint(String a, String b) {
        int shared = Math.min(a.length(), b.length());
        for (int i = 0; i < shared; i++) {
            char left = a.charAt(i);
            char right = b.charAt(i);
            if (left != right) {
                boolean leftPair = Character.isSurrogate(left);
                boolean rightPair = Character.isSurrogate(right);
                return leftPair == rightPair ? Character.compare(left, right) : leftPair ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}

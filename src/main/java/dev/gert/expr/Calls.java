package dev.gert.expr;

import dev.gert.expr.Evaluation.Failure;
import dev.gert.expr.Evaluation.Value;
import dev.gert.json.JsonText;
import dev.gert.json.JsonValue;
import dev.gert.json.JsonValue.ListValue;
import dev.gert.json.JsonValue.MapValue;
import dev.gert.json.JsonValue.Text;
import dev.gert.json.JsonWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the functions of {@link Node.Call} make of their arguments. */
final class Calls {
    private final Node.Call call;
    private final List<JsonValue> values;
    private final Reading reading;

    private Calls(Node.Call call, List<JsonValue> values, Reading reading) {
        this.call = call;
        this.values = values;
        this.reading = reading;
    }

    static Evaluation apply(Node.Call call, List<JsonValue> values, Reading reading) {
        return new Calls(call, values, reading).apply();
    }

    private Evaluation apply() {
        return switch (call.function()) {
            case LEN -> length();
            case INT -> whole();
            case JSON -> json();
            case JOIN -> join();
            default -> ofTexts();
        };
    }

    private Evaluation ofTexts() {
        List<String> texts = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            String text = Values.text(values.get(i));
            if (text == null) {
                return wrong(i, "text");
            }
            texts.add(text);
        }
        String first = texts.get(0);
        return switch (call.function()) {
            case LOWER -> text(first.toLowerCase(Locale.ROOT));
            case UPPER -> text(first.toUpperCase(Locale.ROOT));
            case TRIM -> text(trim(first));
            case SPLIT -> split(first, texts.get(1));
            case REPLACE -> replace(first, texts.get(1), texts.get(2));
            case TRIM_PREFIX ->
                text(
                        first.startsWith(texts.get(1))
                                ? first.substring(texts.get(1).length())
                                : first);
            case TRIM_SUFFIX ->
                text(
                        first.endsWith(texts.get(1))
                                ? first.substring(
                                        0, first.length() - texts.get(1).length())
                                : first);
            default ->
                throw new IllegalStateException(
                        "no call stands for " + call.function().word());
        };
    }

    private static Evaluation text(String text) {
        return new Value(JsonValue.text(text));
    }

    private Failure wrong(int argument, String wanted) {
        String message = "`" + call.function().word() + "` needs " + wanted + ", found ";
        return new Failure(
                message + Values.kind(values.get(argument)),
                call.arguments().get(argument).span());
    }

    private Failure tooLong() {
        return new Failure("the text would be longer than 16 Mi characters", call.span());
    }

    private static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** Unicode's white space, as Go's {@code TrimSpace} takes it. */
    private static boolean isBlank(char c) {
        return (c >= '\t' && c <= '\r') || c == '\u0085' || Character.isSpaceChar(c);
    }

    private Evaluation split(String text, String separator) {
        List<JsonValue> parts = new ArrayList<>();
        TextSearch search = new TextSearch(separator);
        int from = 0;
        while (parts.size() < Limits.ITEMS) {
            int end;
            if (!separator.isEmpty()) {
                end = search.find(text, from);
            } else if (from == text.length()) {
                return new Value(new ListValue(parts));
            } else {
                end = text.offsetByCodePoints(from, 1);
            }
            if (end < 0) {
                parts.add(JsonValue.text(text.substring(from)));
                return new Value(new ListValue(parts));
            }
            parts.add(JsonValue.text(text.substring(from, end)));
            from = end + separator.length();
        }
        return new Failure("the list would be longer than a million items", call.span());
    }

    private Evaluation replace(String text, String old, String with) {
        TextSearch search = new TextSearch(old);
        StringBuilder made = new StringBuilder();
        int from = 0;
        int found = search.find(text, 0);
        while (found >= 0) {
            if ((long) made.length() + (found - from) + with.length() > Limits.TEXT) {
                return tooLong();
            }
            made.append(text, from, found).append(with);
            from = found + old.length();
            if (!old.isEmpty()) {
                found = search.find(text, from);
            } else {
                found = found == text.length() ? -1 : text.offsetByCodePoints(found, 1);
            }
        }
        if ((long) made.length() + text.length() - from > Limits.TEXT) {
            return tooLong();
        }
        return text(made.append(text, from, text.length()).toString());
    }

    private Evaluation join() {
        JsonValue list = reading.openedIfSound(values.get(0));
        if (!(list instanceof ListValue items)) {
            return wrong(0, "a list");
        }
        String separator = Values.text(values.get(1));
        if (separator == null) {
            return wrong(1, "text");
        }
        StringBuilder made = new StringBuilder();
        for (int i = 0; i < items.items().size(); i++) {
            JsonValue item = items.items().get(i);
            if (TextSize.of(item) + separator.length() + made.length() > Limits.TEXT) {
                return tooLong();
            }
            made.append(i == 0 ? "" : separator).append(JsonText.of(item));
        }
        return text(made.toString());
    }

    private Evaluation json() {
        JsonValue value = values.get(0);
        return TextSize.of(value) > Limits.TEXT ? tooLong() : text(JsonWriter.compact(value));
    }

    private Evaluation length() {
        JsonValue value = reading.openedIfSound(values.get(0));
        if (value instanceof ListValue list) {
            return new Value(JsonValue.number(list.items().size()));
        }
        if (value instanceof MapValue map) {
            return new Value(JsonValue.number(map.entries().size()));
        }
        if (value instanceof Text text) {
            String written = text.value();
            return new Value(JsonValue.number(written.codePointCount(0, written.length())));
        }
        return wrong(0, "text, a list or a map");
    }

    private Evaluation whole() {
        BigDecimal number = Values.number(values.get(0));
        if (number == null) {
            return wrong(0, "a number");
        }
        return new Value(new JsonValue.Num(number.setScale(0, RoundingMode.DOWN)));
    }
}

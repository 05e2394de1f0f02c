package dev.gert.expr;

import dev.gert.expr.Evaluation.Failure;
import dev.gert.expr.Evaluation.Value;
import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import dev.gert.json.JsonValue.ListValue;
import dev.gert.json.JsonValue.MapValue;
import dev.gert.json.JsonValue.Text;
import dev.gert.source.Span;
import java.math.BigDecimal;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/** Reads into values; text that is a JSON list or object is read as what it spells, once an evaluation. */
final class Reading {
    private @Nullable IdentityHashMap<String, JsonResult> read;

    /** The list or map that text spells, or the value itself. */
    Evaluation opened(JsonValue value, Span span) {
        if (!(value instanceof Text text) || !looksStructured(text.value())) {
            return new Value(value);
        }
        JsonResult result = json(text.value());
        if (result instanceof JsonResult.Ok ok) {
            return new Value(ok.value());
        }
        String why = result instanceof JsonResult.Broken broken ? ": " + broken.message() : "";
        return new Failure("the text looks like JSON and is not" + why, span);
    }

    /** The list or map that text spells, else the value as it is. */
    JsonValue openedIfSound(JsonValue value) {
        if (value instanceof Text text
                && looksStructured(text.value())
                && json(text.value()) instanceof JsonResult.Ok ok) {
            return ok.value();
        }
        return value;
    }

    private static boolean looksStructured(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Lexer.isSpace(c)) {
                return c == '[' || c == '{';
            }
        }
        return false;
    }

    private JsonResult json(String text) {
        IdentityHashMap<String, JsonResult> known = read;
        if (known == null) {
            known = new IdentityHashMap<>();
            read = known;
        }
        JsonResult result = known.get(text);
        if (result == null) {
            result = JsonReader.read(text);
            known.put(text, result);
        }
        return result;
    }

    /**
     * One step into a value. {@code of} names the value in messages. {@code lenient}: what is not
     * there is null.
     */
    Evaluation step(JsonValue value, JsonValue key, String of, Span span, boolean lenient) {
        if (value instanceof JsonValue.Null) {
            return lenient ? new Value(Values.NULL) : new Failure(of + " is null" + hasNo(key), span);
        }
        Evaluation opened = opened(value, span);
        if (!(opened instanceof Value container)) {
            return opened;
        }
        if (container.value() instanceof MapValue map) {
            return entry(map, key, of, span, lenient);
        }
        if (container.value() instanceof ListValue list) {
            return item(list, key, of, span, lenient);
        }
        String what = value instanceof Text ? "text that is no JSON list or object" : Values.kind(value);
        return new Failure(of + " is " + what + hasNo(key), span);
    }

    private static Evaluation entry(MapValue map, JsonValue key, String of, Span span, boolean lenient) {
        String name = Values.text(key);
        JsonValue found = name == null ? null : map.entries().get(name);
        if (found != null) {
            return new Value(found);
        }
        return lenient ? new Value(Values.NULL) : new Failure(of + " has no key" + named(key), span);
    }

    private static Evaluation item(ListValue list, JsonValue key, String of, Span span, boolean lenient) {
        BigDecimal number = Values.number(key);
        if (number == null || number.stripTrailingZeros().scale() > 0) {
            return new Failure(of + " is a list: its items have numbers, such as `[0]`, not keys", span);
        }
        int size = list.items().size();
        if (number.signum() >= 0 && number.compareTo(BigDecimal.valueOf(size)) < 0) {
            return new Value(list.items().get(number.intValue()));
        }
        if (lenient) {
            return new Value(Values.NULL);
        }
        String holds = size == 0 ? " is an empty list" : " has " + size + (size == 1 ? " item" : " items");
        return new Failure(of + holds + hasNo(key), span);
    }

    private static String hasNo(JsonValue key) {
        String name = named(key);
        return name.isEmpty() ? "" : "; there is no" + name;
    }

    /** The key between backquotes after a space; a long one is not shown. */
    private static String named(JsonValue key) {
        String name = Values.text(key);
        return name == null || name.length() > 80 ? "" : " `" + name + "`";
    }
}

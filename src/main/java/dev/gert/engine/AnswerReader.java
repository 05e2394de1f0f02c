package dev.gert.engine;

import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonText;
import dev.gert.json.JsonValue;
import dev.gert.model.Capture;
import dev.gert.model.Step;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the captures of an xts or aws step out of its answer (formats.md, "Captures"). */
public final class AnswerReader {
    private final JsonValue answer;
    private final boolean rows;

    private AnswerReader(JsonValue answer, boolean rows) {
        this.answer = answer;
        this.rows = rows;
    }

    /** {@code answer}: the document as JSON. */
    public static CaptureReader.Reading read(Step step, String answer) {
        JsonResult document = JsonReader.read(answer);
        if (document instanceof JsonResult.Broken broken) {
            return new CaptureReader.Reading.Missing("the answer is not JSON: " + broken.message());
        }
        AnswerReader reader = new AnswerReader(((JsonResult.Ok) document).value(), step instanceof Step.XtsStep);
        Map<String, String> values = new LinkedHashMap<>();
        for (Capture capture : step.common().captures()) {
            String value = reader.value(capture.from(), answer);
            if (value == null) {
                return new CaptureReader.Reading.Missing(
                        "capture `" + capture.name() + "`: the answer has nothing at " + written(capture.from()));
            }
            values.put(capture.name(), value);
        }
        return new CaptureReader.Reading.Values(values);
    }

    private static String written(Capture.From from) {
        if (from instanceof Capture.From.Path path) {
            return path.written();
        }
        return from instanceof Capture.From.Named named ? "`" + named.name() + "`" : "that name";
    }

    private @Nullable String value(Capture.From from, String text) {
        if (from instanceof Capture.From.RowCount) {
            return rowCount();
        }
        if (from instanceof Capture.From.Path path) {
            return at(path.steps());
        }
        if (from instanceof Capture.From.Named named) {
            JsonValue found = member(named.name());
            return found == null ? null : JsonText.of(found);
        }
        return text;
    }

    private @Nullable JsonValue member(String name) {
        return answer instanceof JsonValue.MapValue map ? map.entries().get(name) : null;
    }

    /** As the answer says, else as many as it has. */
    private @Nullable String rowCount() {
        for (String name : List.of("rowCount", "row_count")) {
            if (member(name) instanceof JsonValue.Num number) {
                return JsonText.of(number);
            }
        }
        return member("data") instanceof JsonValue.ListValue data
                ? Integer.toString(data.items().size())
                : null;
    }

    private @Nullable String at(List<Capture.PathStep> steps) {
        boolean inRows = rows
                && !steps.isEmpty()
                && steps.get(0) instanceof Capture.PathStep.Member first
                && first.name().equals("data");
        if (inRows && isEmpty()) {
            return "";
        }
        List<JsonValue> found = List.of(answer);
        for (Capture.PathStep step : steps) {
            List<JsonValue> next = new ArrayList<>();
            for (JsonValue each : found) {
                if (!step(each, step, next)) {
                    return null;
                }
            }
            found = next;
        }
        List<String> texts = new ArrayList<>();
        for (JsonValue each : found) {
            texts.add(JsonText.of(each));
        }
        return String.join("\n", texts);
    }

    private static boolean step(JsonValue from, Capture.PathStep step, List<JsonValue> into) {
        if (step instanceof Capture.PathStep.Every) {
            if (from instanceof JsonValue.ListValue list) {
                into.addAll(list.items());
            }
            return from instanceof JsonValue.ListValue;
        }
        JsonValue found = CaptureReader.walk(from, List.of(step));
        return found != null && into.add(found);
    }

    /** A result of no rows: reading from it is no error. */
    private boolean isEmpty() {
        JsonValue data = member("data");
        if (data instanceof JsonValue.ListValue list) {
            return list.items().isEmpty();
        }
        boolean none = member("rowCount") instanceof JsonValue.Num count
                && count.value().compareTo(BigDecimal.ZERO) == 0;
        return (data == null || data instanceof JsonValue.Null) && none;
    }
}

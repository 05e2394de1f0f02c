package dev.gert.engine;

import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonText;
import dev.gert.json.JsonValue;
import dev.gert.model.Capture;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a step's captures out of a command's result (formats.md, "Captures"). */
public final class CaptureReader {
    /** The values by name, or what is missing. */
    public sealed interface Reading {
        /** Every capture has a value. */
        record Values(Map<String, String> values) implements Reading {}

        /** One has none. */
        record Missing(String reason) implements Reading {}
    }

    private CaptureReader() {}

    /** {@code stdout} and {@code stderr}: null when there was more than can be kept. */
    public static Reading read(List<Capture> captures, int exitCode, @Nullable String stdout, @Nullable String stderr) {
        Map<String, String> values = new LinkedHashMap<>();
        JsonValue document = null;
        for (Capture capture : captures) {
            Capture.From from = capture.from();
            if (from instanceof Capture.From.ExitCode) {
                values.put(capture.name(), Integer.toString(exitCode));
                continue;
            }
            boolean error = from instanceof Capture.From.Stderr;
            String text = error ? stderr : stdout;
            if (text == null) {
                return new Reading.Missing(
                        "capture `" + capture.name() + "`: the step printed more than can be captured");
            }
            if (!(from instanceof Capture.From.Path path)) {
                values.put(capture.name(), withoutNewline(text));
                continue;
            }
            if (document == null) {
                JsonResult result = JsonReader.read(text);
                if (result instanceof JsonResult.Broken broken) {
                    return new Reading.Missing("capture `" + capture.name() + "` (" + path.written()
                            + "): standard output is not JSON: " + broken.message());
                }
                document = ((JsonResult.Ok) result).value();
            }
            JsonValue found = walk(document, path.steps());
            if (found == null) {
                return new Reading.Missing(
                        "capture `" + capture.name() + "`: standard output has nothing at " + path.written());
            }
            values.put(capture.name(), JsonText.of(found));
        }
        return new Reading.Values(values);
    }

    /** Whether any capture reads what the command prints. */
    public static boolean readsOutput(List<Capture> captures) {
        for (Capture capture : captures) {
            if (!(capture.from() instanceof Capture.From.ExitCode)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable JsonValue walk(JsonValue document, List<Capture.PathStep> steps) {
        JsonValue at = document;
        for (Capture.PathStep step : steps) {
            JsonValue next = null;
            if (step instanceof Capture.PathStep.Member member && at instanceof JsonValue.MapValue map) {
                next = map.entries().get(member.name());
            } else if (step instanceof Capture.PathStep.Item item
                    && at instanceof JsonValue.ListValue list
                    && item.index() < list.items().size()) {
                next = list.items().get(item.index());
            }
            if (next == null) {
                return null;
            }
            at = next;
        }
        return at;
    }

    private static String withoutNewline(String text) {
        int end = text.length();
        if (end > 0 && text.charAt(end - 1) == '\n') {
            end--;
            if (end > 0 && text.charAt(end - 1) == '\r') {
                end--;
            }
        }
        return text.substring(0, end);
    }
}

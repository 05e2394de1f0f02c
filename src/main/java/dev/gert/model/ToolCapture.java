package dev.gert.model;

import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonWriter;

/**
 * A name that an action gives a value (formats-dialect.md, {@code capture}).
 *
 * @param json whether the source must be JSON, and is written again as compact JSON
 */
public record ToolCapture(Capture capture, boolean json) {
    /** What a source's text comes to. */
    public sealed interface Reading {
        /** The capture's value. */
        record Value(String text) implements Reading {}

        /** Why the text is not the JSON that it should be: an error of the step. */
        record NotJson(String message) implements Reading {}
    }

    /** {@code text}: what the source gave, raw. */
    public Reading read(String text) {
        if (!json) {
            return new Reading.Value(text);
        }
        JsonResult result = JsonReader.read(text);
        if (result instanceof JsonResult.Broken broken) {
            return new Reading.NotJson("capture `" + capture.name()
                    + "` has `format: json`, and its source is not JSON: " + broken.message());
        }
        return new Reading.Value(JsonWriter.compact(((JsonResult.Ok) result).value()));
    }
}

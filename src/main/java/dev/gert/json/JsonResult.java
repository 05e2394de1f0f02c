package dev.gert.json;

/** What reading a JSON document came to. */
public sealed interface JsonResult {
    /** The document's value. */
    record Ok(JsonValue value) implements JsonResult {}

    /** Why it is not JSON that is accepted here, and the offset in the text (UTF-16 units) where that shows. */
    record Broken(String message, int offset) implements JsonResult {}
}

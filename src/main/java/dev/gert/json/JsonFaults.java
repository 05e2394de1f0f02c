package dev.gert.json;

/** What the parser found wrong, in gert's words: its own name classes and switches of the library. */
final class JsonFaults {
    private JsonFaults() {}

    /**
     * Says what is wrong.
     *
     * @param problem the parser's message
     * @param at the offset in the text where the parser stopped
     */
    static String describe(String problem, String text, int at) {
        char c = at < text.length() ? text.charAt(at) : ' ';
        if (problem.contains("closing quote")) {
            return "a text is never closed";
        } else if (problem.startsWith("Unexpected end-of-input")) {
            return "the document ends too early";
        } else if (problem.contains("expecting comma")) {
            return "a comma is missing before this";
        } else if (problem.contains("expecting a colon")) {
            return "a colon is missing before this";
        } else if (problem.contains("start field name")) {
            return c == '}' ? "nothing follows the comma" : "a key must stand in double quotes";
        } else if (problem.contains("numeric value")) {
            return "not a valid number";
        } else if (problem.startsWith("Illegal unquoted character")) {
            return "a control character in a text must be escaped";
        } else if (problem.contains("surrogate")) {
            return "half of a surrogate pair in a key";
        } else if (problem.contains("escape")) {
            return "not a valid escape";
        } else if (problem.startsWith("Unexpected close marker")) {
            return "`" + c + "` closes nothing that is open";
        } else if (problem.contains("expected a v") && (c == ',' || c == ']' || c == '}')) {
            return "a value is missing before `" + c + "`";
        }
        return "not a JSON value";
    }
}

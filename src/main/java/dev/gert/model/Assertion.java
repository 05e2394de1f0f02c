package dev.gert.model;

import dev.gert.expr.Template;
import dev.gert.expr.TextPattern;
import dev.gert.source.Span;
import java.util.List;

/** What a step's standard output, untrimmed, or its exit code must be (formats.md, "Step"). */
public sealed interface Assertion {
    /** The place of the key. */
    Span span();

    /** {@code contains}, {@code not_contains}, {@code equals}, {@code not_equals}. */
    record Text(Relation relation, Template operand, Span span) implements Assertion {}

    /** {@code matches}: the pattern is found in it. */
    record Matches(TextPattern pattern, Span span) implements Assertion {}

    /** {@code exit_code}: it replaces the step's {@code exit_codes}. */
    record ExitCode(int code, Span span) implements Assertion {}

    /** {@code json_path}: the value at the path, as text. */
    record JsonPath(String written, List<Capture.PathStep> path, Template operand, Span span) implements Assertion {
        public JsonPath {
            path = List.copyOf(path);
        }
    }

    /** How standard output stands to a text. */
    enum Relation {
        CONTAINS("contains"),
        NOT_CONTAINS("not_contains"),
        EQUALS("equals"),
        NOT_EQUALS("not_equals");

        private final String word;

        Relation(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}

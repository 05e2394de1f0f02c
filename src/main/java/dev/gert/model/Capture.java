package dev.gert.model;

import dev.gert.source.Span;
import java.util.List;

/** A name that a step gives a value (formats.md, "Captures"). */
public record Capture(String name, Span span, From from, Span sourceSpan) {
    /** Where the value is found in a command's result. */
    public sealed interface From {
        /** All of standard output, without one trailing newline. */
        record Stdout() implements From {}

        /** All of standard error, without one trailing newline. */
        record Stderr() implements From {}

        /** The exit code as a number's text. */
        record ExitCode() implements From {}

        /** The number of rows of an xts result. */
        record RowCount() implements From {}

        /** What the step's tool action, aws operation or invoked runbook calls by that name. */
        record Named(String name) implements From {}

        /** A path into standard output read as JSON: names and positions, outermost first. */
        record Path(String written, List<PathStep> steps) implements From {
            public Path {
                steps = List.copyOf(steps);
            }
        }
    }

    /** One move into a JSON value. */
    public sealed interface PathStep {
        /** An entry of a map. */
        record Member(String name) implements PathStep {}

        /** An item of a list, from 0. */
        record Item(int index) implements PathStep {}

        /** Every item of a list; the values found are joined by line ends. */
        record Every() implements PathStep {}
    }
}

package dev.gert.model;

import dev.gert.source.Source;
import dev.gert.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A runbook as its file says it, decoded and not yet checked against anything else (formats.md, section 1). */
public record Runbook(
        Source source,
        String name,
        Span nameSpan,
        Kind kind,
        String description,
        List<Variable> vars,
        List<Input> inputs,
        RunbookGovernance governance,
        List<Node> nodes) {
    public Runbook {
        vars = List.copyOf(vars);
        inputs = List.copyOf(inputs);
        nodes = List.copyOf(nodes);
    }

    /** {@code meta.kind}. */
    public enum Kind {
        MITIGATION,
        REFERENCE,
        COMPOSABLE,
        RCA
    }

    /** An entry of {@code meta.vars}. */
    public record Variable(String name, Span span, String value) {}

    /** An entry of {@code meta.inputs}. */
    public record Input(
            String name,
            Span span,
            From from,
            String description,
            @Nullable String defaultValue,
            @Nullable InputPattern pattern,
            @Nullable String example,
            boolean sensitive,
            boolean required) {}

    /** Where an input's value comes from. */
    public sealed interface From {
        /** Asked for. */
        record Prompt() implements From {}

        /** An environment variable of gert's own. */
        record Env(String variable) implements From {}
    }
}

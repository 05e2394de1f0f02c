package dev.gert.model;

import dev.gert.source.Source;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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
        List<Import> imports,
        List<Import> tools,
        About about,
        List<Node> nodes) {
    public Runbook {
        vars = List.copyOf(vars);
        inputs = List.copyOf(inputs);
        imports = List.copyOf(imports);
        tools = List.copyOf(tools);
        nodes = List.copyOf(nodes);
    }

    /**
     * The parts of {@code meta} that no step reads.
     *
     * @param metrics captures that also go out as gauges
     * @param prose texts by their key, as written
     * @param scenarios paths by name
     */
    public record About(
            List<YamlNode.Scalar> metrics,
            Map<String, String> prose,
            List<Reference> references,
            Map<String, String> origin,
            Map<String, YamlNode.Scalar> scenarios,
            Map<String, YamlNode.Scalar> xts) {
        public About {
            metrics = List.copyOf(metrics);
            prose = Collections.unmodifiableMap(prose);
            references = List.copyOf(references);
            origin = Collections.unmodifiableMap(origin);
            scenarios = Collections.unmodifiableMap(scenarios);
            xts = Collections.unmodifiableMap(xts);
        }
    }

    /** An entry of {@code meta.prose.references}. */
    public record Reference(String title, String url) {}

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

        /** A provider: the word before the first dot, and the whole binding. */
        record Provider(String prefix, String binding) implements From {}

        /** {@code enrichment} and {@code parent}: accepted, and like {@link Prompt}. */
        record Dialect(String word) implements From {}
    }
}

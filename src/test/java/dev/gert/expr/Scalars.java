package dev.gert.expr;

import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;

/** Scalars whose text is all of their source, so that a column is an offset plus one. */
final class Scalars {
    private Scalars() {}

    static YamlNode.Scalar of(String text) {
        Source source = Source.of("test", text);
        return new YamlNode.Scalar(text, YamlNode.Scalar.Kind.TEXT, source.span(0, text.length()));
    }
}

package dev.gert.expr;

import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;

/** The places of parts of one scalar; asks once where its text stands in the source. */
final class Places {
    private final Span whole;
    private final Span vague;
    private final int contentStart;

    Places(YamlNode.Scalar scalar) {
        this.whole = scalar.span();
        this.contentStart = scalar.contentStart();
        this.vague = scalar.spanOf(0, 0);
    }

    /** The part of the text from {@code from} to before {@code to}; the scalar's start where it is escaped or folded. */
    Span of(int from, int to) {
        return contentStart < 0 ? vague : whole.source().span(contentStart + from, contentStart + to);
    }
}

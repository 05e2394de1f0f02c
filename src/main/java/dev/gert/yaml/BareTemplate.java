package dev.gert.yaml;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Span;

/** The commonest mistake of runbooks: a title that begins with a template, without quotes, is a map to YAML. */
final class BareTemplate {
    private BareTemplate() {}

    static void report(Span place, Diagnostics diagnostics) {
        diagnostics.error(
                Code.Y101,
                place,
                "a value that begins with a template must stand in quotes",
                "",
                "YAML takes `{` for the start of a map");
    }
}

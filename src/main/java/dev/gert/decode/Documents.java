package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Suggestions;
import dev.gert.yaml.YamlNode;
import java.util.List;

/** What the documents of every kind begin with. */
final class Documents {
    private Documents() {}

    /** Reports an {@code apiVersion} that is missing or not one of {@code versions}. */
    static void apiVersion(Fields fields, Diagnostics diagnostics, String... versions) {
        YamlNode.Scalar version = fields.requiredScalar("apiVersion");
        List<String> known = List.of(versions);
        if (version != null && !known.contains(version.text())) {
            diagnostics.error(
                    Code.Y113,
                    version.span(),
                    "`apiVersion` is `" + version.text() + "`, but this file must be " + String.join(" or ", versions),
                    Suggestions.didYouMean(version.text(), known),
                    null);
        }
    }
}

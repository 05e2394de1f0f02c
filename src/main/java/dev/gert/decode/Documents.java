package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Suggestions;
import dev.gert.yaml.YamlNode;
import java.util.List;

/** What the documents of every kind begin with. */
final class Documents {
    private Documents() {}

    /** The {@code apiVersion}, empty when it is missing; one that is not of {@code versions} is reported. */
    static String apiVersion(Fields fields, Diagnostics diagnostics, String... versions) {
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
        return version == null ? "" : version.text();
    }
}

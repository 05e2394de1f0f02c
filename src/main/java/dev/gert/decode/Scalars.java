package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Suggestions;
import dev.gert.yaml.YamlNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The texts that documents of tests share. */
final class Scalars {
    /** How a run may end, in the words of expectations. */
    private static final List<String> OUTCOMES =
            List.of("resolved", "escalated", "no_action", "needs_rca", "completed", "error");

    private Scalars() {}

    /** A text that is there and says something. */
    static YamlNode.@Nullable Scalar named(Fields fields, String key, Diagnostics diagnostics) {
        return filled(key, fields.requiredScalar(key), diagnostics);
    }

    /** A text that, where it is there, says something. */
    static YamlNode.@Nullable Scalar filled(Fields fields, String key, Diagnostics diagnostics) {
        return filled(key, fields.scalar(key), diagnostics);
    }

    private static YamlNode.@Nullable Scalar filled(
            String key, YamlNode.@Nullable Scalar scalar, Diagnostics diagnostics) {
        if (scalar != null && scalar.text().isBlank()) {
            diagnostics.error(Code.Y119, scalar.span(), "`" + key + "` may not be empty");
            return null;
        }
        return scalar;
    }

    /** A state, {@code completed} or {@code error}. */
    static YamlNode.@Nullable Scalar outcome(Fields fields, String key, Diagnostics diagnostics) {
        return oneOf(key, fields.scalar(key), OUTCOMES, diagnostics);
    }

    static YamlNode.@Nullable Scalar oneOf(
            String key, YamlNode.@Nullable Scalar scalar, List<String> words, Diagnostics diagnostics) {
        if (scalar == null || words.contains(scalar.text())) {
            return scalar;
        }
        diagnostics.error(
                Code.Y113,
                scalar.span(),
                "`" + key + "` is `" + scalar.text() + "`, not one of " + String.join(", ", words),
                Suggestions.didYouMean(scalar.text(), words),
                null);
        return null;
    }
}

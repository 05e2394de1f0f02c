package dev.gert.expr;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.yaml.YamlNode;
import org.jspecify.annotations.Nullable;

/** A regular expression that a file asks of a value: RE2, so that no pattern and no text can make it hang. */
public final class TextPattern {
    private final String source;
    private final Regex regex;

    private TextPattern(String source, Regex regex) {
        this.source = source;
        this.regex = regex;
    }

    /** Null, with a T305 diagnostic, when the text is not RE2. */
    public static @Nullable TextPattern parse(YamlNode.Scalar scalar, Diagnostics diagnostics) {
        Regex regex = Regex.of(scalar.text());
        String problem = regex.problem();
        if (problem != null) {
            diagnostics.error(
                    Code.T305, scalar.span(), problem, "", "patterns are RE2: no look-around, no back references");
            return null;
        }
        return new TextPattern(scalar.text(), regex);
    }

    public String source() {
        return source;
    }

    /** Whether the pattern is found in {@code text}; {@code ^} and {@code $} make it speak of all of it. */
    public boolean find(String text) {
        return regex.finds(text);
    }
}

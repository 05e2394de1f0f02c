package dev.gert.policy;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.yaml.YamlNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a policy takes out of every sink: an RE2 pattern and the literal text put in its place (formats.md, section 3). */
public final class RedactRule {
    /** Above it a pattern would be slower than the output that it is to read. */
    private static final int LARGEST = 500;

    private final String pattern;
    private final String replace;
    private final Pattern compiled;
    private final byte @Nullable [] required;

    private RedactRule(String pattern, String replace, Pattern compiled, byte @Nullable [] required) {
        this.pattern = pattern;
        this.replace = replace;
        this.compiled = compiled;
        this.required = required;
    }

    /** Null and a T305 diagnostic if the pattern is not RE2, or too large. */
    public static @Nullable RedactRule parse(
            YamlNode.Scalar pattern, YamlNode.Scalar replace, Diagnostics diagnostics) {
        String text = pattern.text();
        RegexShape shape = RegexShape.of(text);
        Pattern compiled = null;
        String fault = "it is too large: its repetitions multiply to more than " + LARGEST + " steps";
        if (text.isEmpty()) {
            fault = "it is empty";
        } else if (shape.size() <= LARGEST) {
            try {
                compiled = Pattern.compile(text);
            } catch (PatternSyntaxException e) {
                fault = e.getDescription() + (e.getPattern().isEmpty() ? "" : " `" + e.getPattern() + "`");
            }
        }
        if (compiled == null || compiled.programSize() > 4 * LARGEST) {
            diagnostics.error(
                    Code.T305, pattern.span(), "the `redact` pattern is not one that RE2 can follow: " + fault);
            return null;
        }
        String required = shape.required();
        return new RedactRule(
                text, replace.text(), compiled, required == null ? null : required.getBytes(StandardCharsets.US_ASCII));
    }

    public String pattern() {
        return pattern;
    }

    /** Put in place of a match as it stands: {@code $1} means nothing here. */
    public String replace() {
        return replace;
    }

    boolean isAmong(List<RedactRule> rules) {
        for (RedactRule rule : rules) {
            if (rule.pattern.equals(pattern) && rule.replace.equals(replace)) {
                return true;
            }
        }
        return false;
    }

    /** False only if nothing between the offsets can match. */
    boolean mayMatch(byte[] bytes, int from, int to) {
        if (required == null) {
            return true;
        }
        byte first = required[0];
        int end = to - required.length;
        for (int i = from; i <= end; i++) {
            if (bytes[i] == first && at(bytes, i, required)) {
                return true;
            }
        }
        return false;
    }

    private static boolean at(byte[] bytes, int at, byte[] wanted) {
        for (int k = 1; k < wanted.length; k++) {
            if (bytes[at + k] != wanted[k]) {
                return false;
            }
        }
        return true;
    }

    Matcher matcher(CharSequence text) {
        return compiled.matcher(text);
    }
}

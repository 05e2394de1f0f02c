package dev.gert.policy;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a policy takes out of every sink: an RE2 pattern and the literal text put in its place (formats.md, section 3). */
public final class RedactRule {
    /** Above it a pattern would be slower than the output that it is to read. */
    private static final int LARGEST = 500;

    private final String pattern;
    private final Span span;
    private final String replace;
    private final Pattern compiled;
    private final @Nullable RequiredText required;

    private RedactRule(String pattern, Span span, String replace, Pattern compiled, @Nullable RequiredText required) {
        this.pattern = pattern;
        this.span = span;
        this.replace = replace;
        this.compiled = compiled;
        this.required = required;
    }

    /** Null and a T305 diagnostic if the pattern is not RE2, or too large; T307 warns of one without a literal. */
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
        if (required == null) {
            diagnostics.warning(
                    Code.T307,
                    pattern.span(),
                    "no text stands in every match of the `redact` pattern, so each line of output has to be matched",
                    "begin it with letters that are always there, as in `token=\\S+`");
        }
        return new RedactRule(
                text,
                pattern.span(),
                replace.text(),
                compiled,
                required == null ? null : new RequiredText(required, shape.anyCase()));
    }

    public String pattern() {
        return pattern;
    }

    /** Where the pattern stands. */
    public Span span() {
        return span;
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

    /** Where between the offsets it may match, at the earliest, if on that line at all; -1: nowhere. */
    int candidate(byte[] bytes, int from, int to) {
        return required == null ? from : required.find(bytes, from, to);
    }

    /** False only if nothing between the offsets can match. */
    boolean mayMatch(byte[] bytes, int from, int to) {
        return required == null || required.find(bytes, from, to) >= 0;
    }

    /** Whether every match holds a literal that can be looked for first: output is read quickly then. */
    public boolean isLed() {
        return required != null;
    }

    Matcher matcher(CharSequence text) {
        return compiled.matcher(text);
    }
}

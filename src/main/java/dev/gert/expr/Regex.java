package dev.gert.expr;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** An RE2 pattern. Loaded, and re2j with it, only where {@code matches} is used. */
final class Regex {
    private final @Nullable Pattern pattern;
    private final String problem;

    private Regex(@Nullable Pattern pattern, String problem) {
        this.pattern = pattern;
        this.problem = problem;
    }

    static Regex of(String written) {
        if (written.length() > Limits.PATTERN) {
            return new Regex(null, "a pattern of more than 1,000 characters");
        }
        if (PatternSize.tooLarge(written)) {
            return new Regex(null, "a pattern whose repetitions make it too large");
        }
        try {
            return new Regex(Pattern.compile(written), "");
        } catch (PatternSyntaxException e) {
            return new Regex(null, "not a regular expression: " + e.getDescription());
        }
    }

    /** Why it is no pattern, null where it is one. */
    @Nullable
    String problem() {
        return pattern == null ? problem : null;
    }

    /** Whether the pattern is found anywhere in the text; a broken one nowhere. */
    boolean finds(String text) {
        return pattern != null && pattern.matcher(text).find();
    }
}

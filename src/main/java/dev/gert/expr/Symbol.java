package dev.gert.expr;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A value that is sought: what a name holds at one moment of a run. Symbols compare by identity; their
 * keys must differ where they do.
 */
public final class Symbol {
    /** What a symbol holds of which nothing is asked. */
    public static final String ANYTHING = "value";

    private final String key;
    private final List<String> first;
    private final @Nullable List<String> only;
    private final @Nullable TextPattern pattern;
    private final Predicate<String> fits;
    private final boolean settled;

    private Symbol(
            String key,
            List<String> first,
            @Nullable List<String> only,
            @Nullable TextPattern pattern,
            Predicate<String> fits,
            boolean settled) {
        this.key = key;
        this.first = List.copyOf(first);
        this.only = only == null ? null : List.copyOf(only);
        this.pattern = pattern;
        this.fits = fits;
        this.settled = settled;
    }

    /** Any text; those of {@code first} are tried before others. */
    public static Symbol text(String key, List<String> first) {
        return new Symbol(key, first, null, null, text -> true, false);
    }

    /** One of these texts. */
    public static Symbol oneOf(String key, List<String> only) {
        return new Symbol(key, List.of(), only, null, text -> true, false);
    }

    /** The same, and only what matches the pattern. */
    public Symbol matching(TextPattern wanted) {
        return new Symbol(key, first, only, wanted, fits.and(wanted::find), settled);
    }

    /** The same, and only what fits. */
    public Symbol where(Predicate<String> wanted) {
        return new Symbol(key, first, only, pattern, fits.and(wanted), settled);
    }

    /** The same, with a value that it has unless another is needed. */
    public Symbol settled() {
        return new Symbol(key, first, only, pattern, fits, true);
    }

    /** What tells it from others. */
    public String key() {
        return key;
    }

    List<String> first() {
        return first;
    }

    @Nullable
    List<String> only() {
        return only;
    }

    @Nullable
    TextPattern pattern() {
        return pattern;
    }

    boolean fits(String text) {
        return fits.test(text);
    }

    boolean isSettled() {
        return settled;
    }
}

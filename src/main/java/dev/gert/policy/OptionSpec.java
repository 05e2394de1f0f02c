package dev.gert.policy;

/**
 * An argument that a form of the built-in lists must not hold. Options are met too readily rather
 * than too seldom: in clusters ({@code -ro}), abbreviated ({@code --outp}), and behind {@code --}.
 *
 * <ul>
 *   <li>{@code -o}: a letter among an argument's short options
 *   <li>{@code -exec}: an argument that begins so, with one dash or two
 *   <li>{@code --output}: that option, with a value or not, or an abbreviation or extension of it
 *   <li>{@code =glob}: an argument that matches the glob; letter case counts
 * </ul>
 */
final class OptionSpec {
    private enum Kind {
        LETTER,
        WORD,
        LONG,
        ARGUMENT
    }

    private final Kind kind;
    private final String text;
    private final Glob glob;

    private OptionSpec(Kind kind, String text) {
        this.kind = kind;
        this.text = text;
        this.glob = Glob.exact(text);
    }

    static OptionSpec of(String text) {
        if (text.startsWith("=")) {
            return new OptionSpec(Kind.ARGUMENT, text.substring(1));
        }
        if (text.startsWith("--") && text.length() > 2) {
            return new OptionSpec(Kind.LONG, text);
        }
        if (text.startsWith("-") && text.length() > 1) {
            return new OptionSpec(text.length() == 2 ? Kind.LETTER : Kind.WORD, text);
        }
        throw new IllegalArgumentException("not an option or =argument: " + text);
    }

    /** Whether {@code word} is one; {@code flags}: an open word without a prefix may begin with a dash. */
    Match meets(String word, boolean flags) {
        int gap = word.indexOf(Glob.OPEN);
        String known = gap < 0 ? word : word.substring(0, gap);
        boolean open = gap >= 0;
        if (open && known.isEmpty() && !flags && text.startsWith("-")) {
            return Match.NO;
        }
        return switch (kind) {
            case LETTER -> letter(known, open);
            case WORD -> begins(known.startsWith("--") ? known.substring(1) : known, open);
            case LONG -> name(known, open);
            case ARGUMENT -> glob.match(word);
        };
    }

    private Match letter(String known, boolean open) {
        if (known.length() < 2) {
            return open && "-".startsWith(known) ? Match.MAYBE : Match.NO;
        }
        if (known.charAt(0) != '-' || known.charAt(1) == '-') {
            return Match.NO;
        }
        return known.indexOf(text.charAt(1), 1) > 0 ? Match.YES : open ? Match.MAYBE : Match.NO;
    }

    private Match begins(String known, boolean open) {
        return known.startsWith(text) ? Match.YES : open && text.startsWith(known) ? Match.MAYBE : Match.NO;
    }

    private Match name(String known, boolean open) {
        int equals = known.indexOf('=');
        String name = (equals < 0 ? known : known.substring(0, equals)).replace('_', '-');
        if (name.startsWith(text)) {
            return Match.YES;
        }
        if (!text.startsWith(name)) {
            return Match.NO;
        }
        return open && equals < 0 ? Match.MAYBE : Match.of(name.length() > 2);
    }
}

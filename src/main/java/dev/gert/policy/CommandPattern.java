package dev.gert.policy;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of a policy's list (formats.md, section 3): globs {@code *} and {@code ?}, anchored,
 * letters without case. Without a space it names a program, with one it speaks of the whole line.
 *
 * <p>It is read generously where it denies and strictly where it allows: a denying space also meets
 * a space inside an argument; an allowing one is the gap between two arguments and nothing else, so
 * that {@code kubectl get *} can't be met by one argument {@code get pods}, and {@code ?} does not
 * stand for a gap.
 */
public final class CommandPattern {
    /** Bounds what a match can cost: pattern times text. */
    private static final int LONGEST = 1000;

    private final String text;
    private final Span span;
    private final boolean spaced;
    private final boolean path;
    private final Glob denies;
    private final @Nullable Glob deniesAlone;
    private final Glob allows;
    private final @Nullable Glob allowsByName;
    private final char initial;
    private final @Nullable Glob service;
    private final @Nullable Glob operation;

    private CommandPattern(String text, Span span) {
        this.text = text;
        this.span = span;
        int space = text.indexOf(' ');
        this.spaced = space >= 0;
        int slash = text.lastIndexOf('/', spaced ? space : text.length());
        this.path = slash >= 0;
        this.denies = Glob.anyCase(text);
        this.deniesAlone = text.endsWith(" *") ? Glob.anyCase(text.substring(0, text.length() - 2)) : null;
        String strict = text.replace(' ', Glob.GAP);
        this.allows = Glob.anyCase(strict);
        this.allowsByName = path ? Glob.anyCase(strict.substring(slash + 1)) : null;
        this.initial = Glob.fold(text.charAt(0));
        int colon = spaced ? -1 : text.indexOf(':');
        this.service = colon < 0 ? null : Glob.anyCase(text.substring(0, colon));
        this.operation = colon < 0 ? null : Glob.anyCase(text.substring(colon + 1));
    }

    /** Null and a P003 diagnostic if it is not valid: empty, not printable ASCII, with a space too many. */
    public static @Nullable CommandPattern parse(YamlNode.Scalar scalar, Diagnostics diagnostics) {
        String text = scalar.text();
        int length = text.length();
        if (length == 0) {
            diagnostics.error(Code.P003, scalar.span(), "an empty pattern matches nothing");
            return null;
        }
        if (length > LONGEST) {
            diagnostics.error(Code.P003, scalar.span(), "the pattern is longer than " + LONGEST + " characters");
            return null;
        }
        for (int i = 0; i < length; i++) {
            if (!CodePoints.printableAscii(text.charAt(i))) {
                diagnostics.error(
                        Code.P003,
                        scalar.spanOf(i, text.offsetByCodePoints(i, 1)),
                        "the pattern `" + CodePoints.escaped(text) + "` holds " + CodePoints.named(text),
                        "",
                        "only printable ASCII is allowed in a pattern: look-alike letters would never match");
                return null;
            }
        }
        int twice = text.indexOf("  ");
        if (text.charAt(0) == ' ' || text.charAt(length - 1) == ' ' || twice >= 0) {
            diagnostics.error(
                    Code.P003,
                    scalar.span(),
                    "the pattern `" + text + "` "
                            + (twice >= 0 ? "holds two spaces in a row" : "begins or ends with a space"),
                    "",
                    "the words of a command are joined by single spaces, so this would never match");
            return null;
        }
        if (isExpression(text)) {
            diagnostics.error(
                    Code.P003,
                    scalar.span(),
                    "the pattern `" + text + "` is written as a regular expression, and would match nothing",
                    "",
                    "`*` stands for any text and `?` for one character; alternatives are items of their own");
            return null;
        }
        return new CommandPattern(text, scalar.span());
    }

    /** As {@link #parse}, of a variable's name, in which no space can be. */
    static @Nullable CommandPattern parseVariable(YamlNode.Scalar scalar, Diagnostics diagnostics) {
        CommandPattern pattern = parse(scalar, diagnostics);
        if (pattern != null && pattern.spaced()) {
            diagnostics.error(
                    Code.P003,
                    scalar.span(),
                    "the pattern `" + pattern.text() + "` holds a space, which no name of a variable does",
                    "",
                    "make one item of the list out of each name");
            return null;
        }
        return pattern;
    }

    /** Whether its first word has what only an expression has: no program is called so, but for {@code [} itself. */
    private static boolean isExpression(String text) {
        int space = text.indexOf(' ');
        String first = space < 0 ? text : text.substring(0, space);
        if (first.charAt(0) == '^' || first.length() > 1 && first.charAt(first.length() - 1) == '$') {
            return true;
        }
        int open = first.indexOf('[');
        return first.indexOf('|') >= 0 || open >= 0 && first.indexOf(']', open) > open + 1;
    }

    public String text() {
        return text;
    }

    public Span span() {
        return span;
    }

    /** Whether it speaks of the whole line. */
    boolean spaced() {
        return spaced;
    }

    /** False: it matches nothing that begins with this name, whatever becomes of what is open in it. */
    boolean mayBegin(String name) {
        if (name.isEmpty() || initial == '*' || initial == '?') {
            return true;
        }
        char first = name.charAt(0);
        return first == Glob.OPEN || Glob.fold(first) == initial;
    }

    /** Its first character, a letter as a small one. */
    char initial() {
        return initial;
    }

    /** What stands before the colon of an operation; null where there is none. */
    @Nullable
    Glob service() {
        return service;
    }

    /** What stands after it. */
    @Nullable
    Glob operation() {
        return operation;
    }

    /** Whether its first word is a path, not a name. */
    boolean path() {
        return path;
    }

    /** Of a name, or of words joined by single spaces; {@code rm *} denies {@code rm} without arguments too. */
    Match denies(String nameOrLine) {
        Match match = denies.match(nameOrLine);
        return match == Match.YES || deniesAlone == null ? match : match.or(deniesAlone.match(nameOrLine));
    }

    /** Of a line that may hold a command somewhere inside. */
    boolean deniesInside(String line) {
        return denies.fromAnyWord(line) || (deniesAlone != null && deniesAlone.fromAnyWord(line));
    }

    /** Of a name, or of words joined by {@link Glob#GAP}. */
    Match allows(String nameOrLine) {
        return allows.match(nameOrLine);
    }

    /** As {@link #allows}, with the folder of a path left out: where no program has been looked for. */
    Match allowsByName(String nameOrLine) {
        return allowsByName == null ? Match.NO : allowsByName.match(nameOrLine);
    }

    /** Of a variable's name. */
    boolean names(String variable) {
        return denies.match(variable) == Match.YES;
    }
}

package dev.gert.policy;

import dev.gert.model.Effect;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command as patterns see it, frozen or open: its views and its lines (formats.md, section 3;
 * threats.md, "Matching"). Open words hold {@link Glob#OPEN}.
 */
final class Subject {
    /** Files that are many programs: which one, the name of the link says by which they are started. So is git. */
    private static final List<String> MULTI_CALL = List.of("busybox", "toybox", "coreutils");

    private final List<String> words;
    private final List<View> views = new ArrayList<>();
    /** What stands after a script's {@code #!}. */
    private final List<String> interpreter = new ArrayList<>();

    private final Effect effect;
    /** What an open word's template is, null when all is known. */
    private final @Nullable String open;

    private final boolean flags;
    /** A further name by which a rule may stand against the command; it never allows what the program's names do not. */
    private final @Nullable String operation;

    /** A program's path may still come, and decide; false also where none will ever come. */
    private final boolean before;

    private final boolean located;
    private @Nullable SuspectLines suspectLines;
    private @Nullable Inside inside;

    private Subject(
            List<String> words,
            Effect effect,
            @Nullable String program,
            @Nullable String realPath,
            boolean before,
            @Nullable String open,
            boolean flags,
            @Nullable String operation) {
        this.words = words;
        this.effect = effect;
        this.open = open;
        this.flags = flags;
        this.operation = operation == null ? null : Glob.plain(operation);
        this.before = before;
        this.located = program != null;
        View written = View.of("its name as written", words.get(0));
        if (program != null) {
            View found = View.of("the program found for it", program);
            views.add(written.name().equals(found.name()) ? written.alsoKnownAs(program) : written);
            views.add(resolved(written, found));
            if (realPath != null && !realPath.equals(program)) {
                View real = resolved(written, View.of("its real path", realPath));
                views.add(linkDecides(found.name(), real.name()) ? real.alsoKnownAs(found.name()) : real);
            }
        } else {
            views.add(written);
        }
    }

    /** A relative path is known by what was written too, if it leads where the words say. */
    private static View resolved(View written, View found) {
        String path = View.withoutDot(written.spelled());
        boolean relative = written.spelled().indexOf('/') > 0;
        return relative && found.spelled().endsWith("/" + path)
                ? found.alsoKnownAs(written.spelled()).alsoKnownAs(path)
                : found;
    }

    static Subject of(ResolvedCommand command) {
        List<String> words = new ArrayList<>(command.argv().size());
        for (String word : command.argv()) {
            words.add(Glob.plain(word));
        }
        Subject subject = new Subject(
                words, command.effect(), command.program(), command.realPath(), false, null, true, command.operation());
        for (String word : command.interpreter()) {
            subject.interpreter.add(Glob.plain(word));
        }
        return subject;
    }

    static Subject of(OpenCommand command) {
        List<String> words = new ArrayList<>(command.argv().size());
        String source = null;
        for (OpenWord word : command.argv()) {
            if (word instanceof OpenWord.Known known) {
                words.add(Glob.plain(known.text()));
            } else if (word instanceof OpenWord.Open gap) {
                words.add(Glob.plain(gap.prefix()) + Glob.OPEN);
                source = source == null ? gap.source() : source;
            }
        }
        return new Subject(words, command.effect(), null, null, true, source, command.flags(), command.operation());
    }

    /** The words as written; {@link Glob#OPEN} stands for what is not known. */
    List<String> words() {
        return words;
    }

    List<String> arguments() {
        return words.subList(1, words.size());
    }

    /** The views that say what runs: not the file behind a link to one of many programs in it. */
    List<View> running() {
        return views.size() == 3
                        && linkDecides(views.get(1).name(), views.get(2).name())
                ? views.subList(0, 2)
                : views;
    }

    /**
     * Whether such a file goes by its link's name: {@code git} by none but {@code git-NAME}, a busybox
     * not by one that begins as its own, coreutils not if an argument says which program it is.
     */
    private boolean linkDecides(String link, String real) {
        if (real.equals("git")) {
            return link.startsWith("git-");
        }
        for (String word : arguments()) {
            if (word.startsWith("--coreutils-prog")) {
                return false;
            }
        }
        return MULTI_CALL.contains(real) && !Glob.fold(link).startsWith(real);
    }

    View written() {
        return views.get(0);
    }

    Effect effect() {
        return effect;
    }

    /** Whether an open word without a prefix may turn out to be an option. */
    boolean flags() {
        return flags;
    }

    /** For messages: what would decide. */
    String undecided() {
        return open == null ? "the path of the program found decides" : "`" + CodePoints.escaped(open) + "` decides";
    }

    /** Why this is no command that policy can speak of; null if it is one. */
    @Nullable
    String flaw() {
        for (String word : words) {
            if (word.indexOf(Glob.GAP) >= 0) {
                return "a word of the command holds U+0000, which no program can be given";
            }
        }
        String first = words.get(0);
        int gap = first.indexOf(Glob.OPEN);
        String flaw = flaw(gap < 0 ? first : first.substring(0, gap));
        if (flaw != null) {
            return flaw;
        }
        for (View view : views) {
            if (view.name().isEmpty() || view.name().equals(".") || view.name().equals("..")) {
                return "`" + CodePoints.escaped(view.spelled()) + "` names no program";
            }
            flaw = Glob.open(view.spelled()) ? null : flaw(view.name());
            if (flaw != null) {
                return flaw;
            }
        }
        return null;
    }

    private static @Nullable String flaw(String name) {
        return CodePoints.printableAscii(name)
                ? null
                : "the program's name `" + CodePoints.escaped(name) + "` holds " + CodePoints.named(name)
                        + ": only printable ASCII is allowed in it";
    }

    /** How a denying pattern met a command; {@code what} is for messages. */
    record Met(Match match, String what) {
        static final Met NOT = new Met(Match.NO, "");
    }

    /** How a list of allowing patterns named a command, and by which of them (that of the first view). */
    record Named(Match match, @Nullable CommandPattern by) {}

    /** Whether a denying pattern meets one of the views, or a line that begins with one of them. */
    Met metBy(CommandPattern pattern) {
        Met action = actionMetBy(pattern);
        if (action.match() == Match.YES) {
            return action;
        }
        Met met = pattern.spaced()
                ? new Met(suspectLines().metBy(pattern), "its whole command line")
                : nameMetBy(pattern);
        if (met.match() != Match.YES && isAws()) {
            Match operation = AwsOperations.metBy(pattern, arguments());
            met = operation.compareTo(met.match()) > 0 ? new Met(operation, "the operation it calls") : met;
        }
        met = action.match().compareTo(met.match()) > 0 ? action : met;
        if (met.match() == Match.NO && !located && byNameAlone(pattern) != Match.NO) {
            // the pattern has a path and the command none yet: it may come, or in replay never will
            return new Met(before ? Match.MAYBE : Match.YES, "its name");
        }
        return met;
    }

    private Met actionMetBy(CommandPattern pattern) {
        if (operation == null) {
            return Met.NOT;
        }
        Match match = pattern.denies(pattern.spaced() ? Words.joined(operation, arguments(), ' ') : operation);
        return new Met(match, "the tool's action");
    }

    /** Whether a denying pattern meets what a script is started with. */
    Met interpreterMetBy(CommandPattern pattern) {
        boolean met = false;
        for (String word : interpreter) {
            met |= pattern.denies(word) == Match.YES;
        }
        return met || Inside.of(interpreter).metBy(pattern) != null
                ? new Met(Match.YES, "the interpreter of the script")
                : Met.NOT;
    }

    private boolean isAws() {
        for (View view : views) {
            for (String name : view.suspect()) {
                if (Glob.fold(name).equals("aws")) {
                    return true;
                }
            }
        }
        return false;
    }

    private Met nameMetBy(CommandPattern pattern) {
        Met met = Met.NOT;
        for (View view : views) {
            for (String name : view.suspect()) {
                Match match = pattern.denies(name);
                if (match.compareTo(met.match()) > 0) {
                    met = new Met(match, view.what());
                }
                if (match == Match.YES) {
                    return met;
                }
            }
        }
        return met;
    }

    private SuspectLines suspectLines() {
        if (suspectLines == null) {
            suspectLines = SuspectLines.of(views, arguments(), flags);
        }
        return suspectLines;
    }

    /** Whether each of the views is allowed by one of the patterns; {@code lines}: by one with a space. */
    Named namedBy(List<CommandPattern> patterns, boolean lines) {
        Match all = Match.YES;
        CommandPattern by = null;
        boolean first = true;
        for (View view : views) {
            Match best = Match.NO;
            for (CommandPattern pattern : patterns) {
                if (best == Match.YES || (lines && !pattern.spaced())) {
                    continue;
                }
                Match match = allows(pattern, view);
                if (match.compareTo(best) > 0) {
                    best = match;
                    by = first ? pattern : by;
                }
            }
            all = all.and(best);
            first = false;
        }
        return new Named(all, by);
    }

    private Match allows(CommandPattern pattern, View view) {
        Match best = Match.NO;
        for (String name : view.known()) {
            best = best.or(pattern.allows(line(pattern, name)));
        }
        if (!located) {
            Match byName = byNameAlone(pattern);
            best = best.or(before ? byName.and(Match.MAYBE) : byName);
        }
        return best;
    }

    private Match byNameAlone(CommandPattern pattern) {
        if (!before && words.get(0).startsWith("/")) {
            return Match.NO;
        }
        return pattern.allowsByName(line(pattern, written().name()));
    }

    private String line(CommandPattern pattern, String name) {
        return pattern.spaced() ? Words.joined(name, arguments(), Glob.GAP) : name;
    }

    /** Whether a denying pattern meets what may be a command inside the arguments: of a program that starts others. */
    Met insideMetBy(CommandPattern pattern) {
        if (inside == null) {
            inside = Inside.of(arguments());
        }
        String met = inside.metBy(pattern);
        return met != null
                ? new Met(Match.YES, met)
                : open != null ? new Met(Match.MAYBE, "what is inside it") : Met.NOT;
    }
}

package dev.gert.policy;

import dev.gert.model.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A command as patterns see it, frozen or open: its views and its lines (formats.md, section 3;
 * threats.md, "Matching"). Open words hold {@link Glob#OPEN}.
 */
final class Subject {
    /** Files that are many programs: which one, the name of the link says by which they are started. So is git. */
    private static final List<String> MULTI_CALL = List.of("busybox", "toybox", "coreutils");

    private static final String WRITTEN = "its name as written";

    /** Commands inside commands that are looked at (threats.md: "six deep"). */
    private static final int DEEPEST = 6;

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
    /** How many commands it is inside of. */
    private final int depth;

    private @Nullable Wrapped wrapped;
    private List<Subject> parts = List.of();
    private @Nullable SuspectLines suspectLines;
    private @Nullable Initials initials;
    private @Nullable AwsOperations aws;
    private boolean awsAsked;
    private @Nullable String tail;
    private @Nullable Inside inside;

    private Subject(
            List<String> words,
            Effect effect,
            @Nullable String program,
            @Nullable String realPath,
            boolean before,
            @Nullable String open,
            boolean flags,
            @Nullable String operation,
            int depth) {
        this.words = words;
        this.effect = effect;
        this.open = open;
        this.flags = flags;
        this.operation = operation == null ? null : Glob.plain(operation);
        this.before = before;
        this.located = program != null;
        this.depth = depth;
        View written = View.of(WRITTEN, words.get(0));
        if (program != null) {
            View found = View.of("the program found for it", program);
            boolean itself = depth == 0 && written.name().equals(found.name());
            views.add(itself ? written.alsoKnownAs(program) : written);
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
        Subject subject = new Subject(
                plain(command.argv()),
                command.effect(),
                command.program(),
                command.realPath(),
                false,
                null,
                true,
                command.operation(),
                0);
        subject.startedBy(command.interpreter());
        return subject.lookInside(command.inside());
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
        return new Subject(words, command.effect(), null, null, true, source, command.flags(), command.operation(), 0)
                .lookInside(Map.of());
    }

    /** The names of the programs inside a command. */
    static List<String> programsInside(List<String> argv) {
        List<String> names = new ArrayList<>();
        Subject command = new Subject(plain(argv), Effect.MUTATE, null, null, false, null, true, null, 0);
        for (Subject part : command.lookInside(Map.of()).parts) {
            if (part.depth > 0) {
                names.add(part.words.get(0));
            }
        }
        return names;
    }

    private static List<String> plain(List<String> argv) {
        List<String> words = new ArrayList<>(argv.size());
        for (String word : argv) {
            words.add(Glob.plain(word));
        }
        return words;
    }

    private void startedBy(List<String> interpreter) {
        for (String word : interpreter) {
            this.interpreter.add(Glob.plain(word));
        }
    }

    /** Finds the commands inside this one, as far as the words show them. */
    private Subject lookInside(Map<String, ResolvedCommand.Started> found) {
        List<Subject> chain = new ArrayList<>(1);
        Subject part = this;
        while (part != null) {
            chain.add(part);
            part.wrapped = part.unwrapped();
            part = part.inner(found);
        }
        parts = chain;
        return this;
    }

    private @Nullable Wrapped unwrapped() {
        Wrapper wrapper = null;
        for (View view : running()) {
            if (Glob.open(view.name())) {
                return Wrapped.UNCERTAIN;
            }
            String name = Glob.fold(View.withoutEnding(view.name()));
            Wrapper known = BuiltInLists.opaque().knows(name) == Match.YES
                    ? BuiltInLists.wrappers().get(name)
                    : null;
            if (known == null) {
                return null;
            }
            if (wrapper != null && wrapper != known) {
                return Wrapped.UNREADABLE;
            }
            wrapper = known;
        }
        return wrapper == null || depth == DEEPEST ? Wrapped.UNREADABLE : wrapper.read(arguments(), flags);
    }

    private @Nullable Subject inner(Map<String, ResolvedCommand.Started> found) {
        if (wrapped == null || wrapped.readable() != Match.YES) {
            return null;
        }
        List<String> command = wrapped.words();
        ResolvedCommand.Started started = found.get(command.get(0));
        Subject inner = new Subject(
                command,
                effect,
                started == null ? null : started.program(),
                started == null ? null : started.realPath(),
                before,
                open,
                flags,
                null,
                depth + 1);
        if (started != null) {
            inner.startedBy(started.interpreter());
        }
        return inner;
    }

    /** This command and those inside it, from the outermost in. */
    List<Subject> parts() {
        return parts;
    }

    /** What its words say of the command inside it; null: it is no wrapper. */
    @Nullable
    Wrapped wrapped() {
        return wrapped;
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
        for (Subject part : parts) {
            String flaw = part.nameFlaw();
            if (flaw != null) {
                return flaw;
            }
        }
        return null;
    }

    private @Nullable String nameFlaw() {
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

    /** Whether a denying pattern meets one of the views, or a line that begins with one of them, or a command inside. */
    Met metBy(CommandPattern pattern) {
        Met met = metAlone(pattern);
        for (int i = 1; i < parts.size() && met.match() != Match.YES; i++) {
            Met inner = parts.get(i).metAlone(pattern);
            met = inner.match().compareTo(met.match()) > 0 ? parts.get(i).insideIt(inner) : met;
        }
        return met;
    }

    private Met insideIt(Met met) {
        String name = Glob.open(words.get(0)) ? "a command" : "`" + CodePoints.escaped(words.get(0)) + "`";
        return new Met(met.match(), name + " inside it" + (met.what().equals(WRITTEN) ? "" : ", by " + met.what()));
    }

    private Met metAlone(CommandPattern pattern) {
        Met met = Met.NOT;
        if (initials().mayMatch(pattern)) {
            Met action = actionMetBy(pattern);
            if (action.match() == Match.YES) {
                return action;
            }
            met = pattern.spaced()
                    ? new Met(suspectLines().metBy(pattern), "its whole command line")
                    : nameMetBy(pattern);
            met = action.match().compareTo(met.match()) > 0 ? action : met;
        }
        if (met.match() != Match.YES && aws() != null) {
            Match called = aws().metBy(pattern);
            met = called.compareTo(met.match()) > 0 ? new Met(called, "the operation it calls") : met;
        }
        if (met.match() != Match.YES
                && pattern.path()
                && depth > 0
                && words.get(0).indexOf('/') < 0) {
            // whatever starts it looks for it by itself, and may find that very path
            Match byName = byNameAlone(pattern);
            return byName.compareTo(met.match()) > 0 ? new Met(byName, "its name") : met;
        }
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

    /** Whether a denying pattern meets what a script, or one inside, is started with. */
    Met interpreterMetBy(CommandPattern pattern) {
        for (Subject part : parts) {
            if (part.isInterpretedBy(pattern)) {
                return new Met(Match.YES, "the interpreter of the script");
            }
        }
        return Met.NOT;
    }

    private boolean isInterpretedBy(CommandPattern pattern) {
        boolean met = false;
        for (String word : interpreter) {
            met |= pattern.denies(word) == Match.YES;
        }
        return met || (!interpreter.isEmpty() && Inside.of(interpreter).metBy(pattern) != null);
    }

    /** What names and lines begin with. */
    private Initials initials() {
        if (initials == null) {
            initials = new Initials();
            for (View view : views) {
                view.suspect().forEach(initials::add);
            }
            if (operation != null) {
                initials.add(operation);
            }
        }
        return initials;
    }

    /** The operations that it may call; null: it is not aws. */
    private @Nullable AwsOperations aws() {
        if (!awsAsked) {
            awsAsked = true;
            for (View view : views) {
                for (String name : view.suspect()) {
                    if (aws == null && Glob.fold(name).equals("aws")) {
                        aws = AwsOperations.of(arguments());
                    }
                }
            }
        }
        return aws;
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

    /** Whether each of the views, not of a command inside, is allowed by one of the patterns; {@code lines}: by one with a space. */
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
            if (pattern.mayBegin(name)) {
                best = best.or(pattern.allows(line(pattern, name)));
            }
        }
        if (!located && depth == 0) {
            Match byName = byNameAlone(pattern);
            best = best.or(before ? byName.and(Match.MAYBE) : byName);
        }
        return best;
    }

    private Match byNameAlone(CommandPattern pattern) {
        if (!pattern.path() || (!before && words.get(0).startsWith("/"))) {
            return Match.NO;
        }
        return pattern.allowsByName(line(pattern, written().name()));
    }

    private String line(CommandPattern pattern, String name) {
        if (!pattern.spaced()) {
            return name;
        }
        if (tail == null) {
            tail = Words.joined("", arguments(), Glob.GAP);
        }
        return name + tail;
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

package dev.gert.policy;

import dev.gert.model.Effect;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an xts or aws step asks a service for, as patterns see it (formats.md, section 3): no program,
 * so it has no path, starts nothing else and is never opaque. Parts that templates leave open are held
 * as {@link Glob#OPEN}.
 */
public final class NamedOperation {
    private static final String[] QUERY_TYPES = {"sql", "kusto", "cms", "mds"};
    private static final String[] READING = {"Get", "List", "Describe", "Lookup", "Head"};

    private final String name;
    /** A deny rule fits if it fits one of them. */
    private final List<String> names;
    /** An allow rule has to name each of them. */
    private final List<String> own;
    /** What rules with a space are held against; the same as the names where there is no more to say. */
    private final List<String> lines;

    private final List<String> commands;
    private final boolean queries;
    private final boolean reads;
    private final Effect effect;
    private final @Nullable String open;

    private NamedOperation(
            List<String> names,
            List<String> own,
            List<String> lines,
            List<String> commands,
            boolean queries,
            boolean reads,
            @Nullable Effect declared,
            @Nullable String open) {
        this.name = own.get(0);
        this.names = names;
        this.own = own;
        this.lines = lines;
        this.commands = commands;
        this.queries = queries;
        this.reads = reads;
        this.effect = declared != null ? declared : reads ? Effect.READ : Effect.MUTATE;
        this.open = open;
    }

    /** {@code declared}: the step's {@code effect}; null: it says none. */
    public static NamedOperation activity(OpenWord activity, @Nullable Effect declared) {
        List<String> names = List.of(text(activity));
        return new NamedOperation(names, names, names, List.of(), false, false, declared, source(null, activity));
    }

    /** {@code type}: null where the step says none; it may then be any of them. */
    public static NamedOperation query(@Nullable String type, OpenWord query, @Nullable Effect declared) {
        List<String> names = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        String text = text(query);
        for (String each : QUERY_TYPES) {
            if (type == null || type.equals(each)) {
                String name = "xts:query:" + each;
                names.add(name);
                lines.add(name + " " + text);
                String even = singleSpaced(text);
                if (!even.equals(text)) {
                    lines.add(name + " " + even);
                }
            }
        }
        return new NamedOperation(names, names, lines, List.of(), true, true, declared, source(null, query));
    }

    /** {@code file}: as the step has it. */
    public static NamedOperation view(OpenWord file, @Nullable Effect declared) {
        String written = text(file);
        String plain = withoutDetours(written);
        List<String> names = plain.equals(written) ? List.of(written) : List.of(written, plain);
        return new NamedOperation(names, List.of(plain), names, List.of(), true, true, declared, source(null, file));
    }

    /**
     * {@code service} and {@code operation} by the API's own names.
     *
     * @param commands what the operation has a machine run ({@code ssm:SendCommand}): for denying and approval alone
     */
    public static NamedOperation aws(
            OpenWord service, OpenWord operation, List<OpenWord> commands, @Nullable Effect declared) {
        String prefix = text(service);
        String name = text(operation);
        List<String> own = AwsActions.of(prefix, name);
        List<String> names = new ArrayList<>(own);
        String written = prefix + ":" + name;
        if (!own.contains(written)) {
            names.add(written);
        }
        List<String> inside = new ArrayList<>();
        String open = source(source(null, service), operation);
        for (OpenWord command : commands) {
            inside.add(text(command));
            open = source(open, command);
        }
        boolean reads = false;
        for (String each : READING) {
            reads |= name.startsWith(each);
        }
        return new NamedOperation(names, own, names, inside, false, reads, declared, open);
    }

    private static String text(OpenWord word) {
        return word instanceof OpenWord.Open gap
                ? Glob.plain(gap.prefix()) + Glob.OPEN
                : Glob.plain(((OpenWord.Known) word).text());
    }

    private static @Nullable String source(@Nullable String before, OpenWord word) {
        return before == null && word instanceof OpenWord.Open gap ? gap.source() : before;
    }

    /** Line ends and runs of spaces mean nothing in a query: a rule can't be kept off by them. */
    private static String singleSpaced(String text) {
        StringBuilder even = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean space = c == ' ' || c == '\n' || c == '\r' || c == '\t';
            if (!space) {
                even.append(c);
            } else if (even.length() > 0 && even.charAt(even.length() - 1) != ' ') {
                even.append(' ');
            }
        }
        int last = even.length() - 1;
        return last >= 0 && even.charAt(last) == ' ' ? even.substring(0, last) : even.toString();
    }

    private static String withoutDetours(String path) {
        List<String> kept = new ArrayList<>();
        int start = 0;
        while (start <= path.length()) {
            int slash = path.indexOf('/', start);
            int end = slash < 0 ? path.length() : slash;
            String segment = path.substring(start, end);
            boolean first = start == 0 && segment.isEmpty();
            String before = kept.isEmpty() ? "" : kept.get(kept.size() - 1);
            if (segment.equals("..") && !before.isEmpty() && !before.equals("..") && !Glob.open(before)) {
                kept.remove(kept.size() - 1);
            } else if (first || !segment.isEmpty() && !segment.equals(".")) {
                kept.add(segment);
            }
            start = end + 1;
        }
        return String.join("/", kept);
    }

    /** For people: what stands where a command has its program. Open parts are {@code …}. */
    public String name() {
        return name.replace(Glob.OPEN, '\u2026');
    }

    /** The effect that the step declares, else that of the operation itself. */
    public Effect effect() {
        return effect;
    }

    /** Whether the operation only reads, by what it is: no list has to say so. */
    boolean reads() {
        return reads;
    }

    /** Whether it is an xts query or view, of which a runbook's own allow list speaks only if it says {@code xts:}. */
    boolean queries() {
        return queries;
    }

    List<String> own() {
        return own;
    }

    /** For messages: what would decide. */
    String undecided() {
        return open == null ? "its type decides" : "`" + CodePoints.escaped(open) + "` decides";
    }

    boolean open() {
        return Glob.open(name);
    }

    /** Why this is no name that policy can speak of; null if it is one. */
    @Nullable
    String flaw() {
        for (String each : names) {
            int gap = each.indexOf(Glob.OPEN);
            String known = gap < 0 ? each : each.substring(0, gap);
            if (!CodePoints.printableAscii(known)) {
                return "the name `" + CodePoints.escaped(known) + "` holds " + CodePoints.named(known)
                        + ": only printable ASCII is allowed in it";
            }
        }
        return null;
    }

    /** Whether a denying pattern, or one that asks for approval, meets it; also a command that it has a machine run. */
    Subject.Met metBy(CommandPattern pattern) {
        Match met = Match.NO;
        for (String each : pattern.spaced() ? lines : names) {
            met = met.or(pattern.denies(each));
        }
        if (met == Match.YES || commands.isEmpty()) {
            return new Subject.Met(met, queries && pattern.spaced() ? "its query" : "its name");
        }
        Inside inside = Inside.of(commands);
        String what = inside.metBy(pattern);
        if (what != null) {
            return new Subject.Met(Match.YES, what);
        }
        for (String command : commands) {
            if (Glob.open(command)) {
                return new Subject.Met(Match.MAYBE, "what is inside it");
            }
        }
        return new Subject.Met(met, "its name");
    }

    /** Whether the list names it, and by which pattern. */
    Subject.Named namedBy(List<CommandPattern> patterns) {
        Match all = Match.YES;
        CommandPattern by = null;
        for (int i = 0; i < own.size(); i++) {
            Match best = Match.NO;
            for (CommandPattern pattern : patterns) {
                String line = pattern.spaced() && queries ? line(own.get(i)) : own.get(i);
                Match match = pattern.allows(line.replace(' ', Glob.GAP));
                if (match.compareTo(best) > 0) {
                    best = match;
                    by = i == 0 ? pattern : by;
                }
            }
            all = all.and(best);
        }
        return new Subject.Named(all, by);
    }

    private String line(String named) {
        for (String line : lines) {
            if (line.startsWith(named + " ")) {
                return line;
            }
        }
        return named;
    }
}

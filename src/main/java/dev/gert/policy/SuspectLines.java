package dev.gert.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a command that a denying pattern with a space may meet: each suspect spelling with all
 * arguments, and with those behind its leading options, so that {@code git -C . push} is a
 * {@code git push}; each also with all white space tidied up.
 */
final class SuspectLines {
    /** More leading options than this nobody writes: behind them anything is taken to stand. */
    private static final int MOST = 64;

    private final List<String> sure = new ArrayList<>();
    /** Lines only if an open word turns out to be an option. */
    private final List<String> unsure = new ArrayList<>();
    /** What begins with these, and holds anything after. */
    private final List<String> endless = new ArrayList<>();

    private SuspectLines() {}

    static SuspectLines of(List<View> views, List<String> arguments, boolean flags) {
        List<String> names = new ArrayList<>();
        for (View view : views) {
            for (String name : view.suspect()) {
                names.add(name);
                if (Glob.fold(name).startsWith("git-")) {
                    names.add("git " + name.substring("git-".length()));
                }
            }
        }
        SuspectLines lines = new SuspectLines();
        Match reached = Match.YES;
        Match afterOption = Match.NO;
        for (int i = 0; reached != Match.NO && i <= MOST && i < Math.max(1, arguments.size()); i++) {
            for (String name : names) {
                lines.add(name, arguments.subList(i, arguments.size()), reached, i == MOST);
            }
            if (i < arguments.size()) {
                Match option = option(arguments.get(i), flags);
                reached = reached.and(option.or(afterOption));
                afterOption = option;
            }
        }
        return lines;
    }

    /** An empty argument hides nothing that stands behind it. */
    private static Match option(String word, boolean flags) {
        String tidy = Words.collapsed(word);
        if (tidy.isEmpty() || tidy.charAt(0) == '-') {
            return Match.YES;
        }
        return tidy.charAt(0) == Glob.OPEN && flags ? Match.MAYBE : Match.NO;
    }

    private void add(String name, List<String> tail, Match reached, boolean last) {
        if (last) {
            (reached == Match.YES ? endless : unsure).add(name + " " + Glob.OPEN);
            return;
        }
        List<String> lines = reached == Match.YES ? sure : unsure;
        String line = Words.joined(name, tail, ' ');
        String tidy = Words.collapsed(line);
        if (!lines.contains(line)) {
            lines.add(line);
        }
        if (!tidy.equals(line) && !lines.contains(tidy)) {
            lines.add(tidy);
        }
    }

    Match metBy(CommandPattern pattern) {
        Match match = Match.NO;
        for (String line : sure) {
            match = match.or(pattern.denies(line));
            if (match == Match.YES) {
                return match;
            }
        }
        for (String line : unsure) {
            match = match.or(pattern.denies(line).and(Match.MAYBE));
        }
        for (String line : endless) {
            match = match.or(Match.of(pattern.denies(line) != Match.NO));
        }
        return match;
    }
}

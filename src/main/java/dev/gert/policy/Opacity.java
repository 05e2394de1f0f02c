package dev.gert.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a command can start programs that its words don't show, by {@code opaque.txt}: shells,
 * interpreters, others by an option, and wrappers whose command can't be read.
 *
 * @param match whether it or a command inside it can
 * @param parts the same of each alone, in the order of {@link Subject#parts}
 */
record Opacity(Match match, List<Match> parts) {
    static Opacity of(Subject command) {
        Match any = Match.NO;
        List<Match> parts = new ArrayList<>(1);
        for (Subject part : command.parts()) {
            Match alone = alone(part);
            parts.add(alone);
            any = any.or(alone);
        }
        return new Opacity(any, parts);
    }

    private static Match alone(Subject command) {
        Wrapped wrapped = command.wrapped();
        if (wrapped != null && wrapped.readable() == Match.YES) {
            return Match.of(wrapped.adds());
        }
        ProgramTable table = BuiltInLists.opaque();
        Match opaque = Match.NO;
        for (View view : command.running()) {
            for (String name : view.suspect()) {
                Match known = table.knows(name);
                if (known != Match.NO) {
                    opaque = opaque.or(known.and(plain(name, command, table).not()));
                }
            }
        }
        return wrapped == null ? opaque : opaque.and(wrapped.readable().not());
    }

    private static Match plain(String name, Subject command, ProgramTable table) {
        Match plain = Match.NO;
        for (Form form : table.forms(name)) {
            plain = plain.or(form.match(name, command));
        }
        return plain;
    }
}

package dev.gert.policy;

/**
 * Whether a command can start programs that its words don't show, by {@code opaque.txt}: wrappers,
 * shells, interpreters, and others by an option. Wrappers are not looked through yet.
 */
record Opacity(Match match) {
    static Opacity of(Subject command) {
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
        return new Opacity(opaque);
    }

    private static Match plain(String name, Subject command, ProgramTable table) {
        Match plain = Match.NO;
        for (Form form : table.forms(name)) {
            plain = plain.or(form.match(name, command));
        }
        return plain;
    }
}

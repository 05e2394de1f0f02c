package dev.gert.policy;

import java.util.List;

/**
 * The command inside a command that starts it, as the words show it.
 *
 * @param readable whether they do; {@link Match#MAYBE}: open words decide
 * @param words the command inside, empty if it can't be read
 * @param sets the variables that are set for it
 * @param adds whether it is given arguments that the words don't show
 */
record Wrapped(Match readable, List<String> words, List<String> sets, boolean adds) {
    static final Wrapped UNREADABLE = new Wrapped(Match.NO, List.of(), List.of(), false);
    static final Wrapped UNCERTAIN = new Wrapped(Match.MAYBE, List.of(), List.of(), false);
}

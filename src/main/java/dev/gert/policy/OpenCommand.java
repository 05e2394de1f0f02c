package dev.gert.policy;

import dev.gert.model.Effect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A command before the run: some words open, no program found yet (formats.md, section 3).
 *
 * @param argv the words; {@code argv[0]} may be open
 * @param effect the declared effect
 * @param flags whether an open word with an empty prefix may turn out to begin with {@code -}: true for
 *     a step that says {@code args: flags}, false where such values are refused ({@code args: values})
 * @param operation what else a rule may call it: {@code name:action} of a tool; null: nothing else
 */
public record OpenCommand(
        List<OpenWord> argv,
        Effect effect,
        boolean flags,
        @Nullable String operation) {
    public OpenCommand {
        argv = List.copyOf(argv);
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a command has a program");
        }
    }

    /** Of a step that may pass anything: the careful reading. */
    public OpenCommand(List<OpenWord> argv, Effect effect) {
        this(argv, effect, true, null);
    }
}

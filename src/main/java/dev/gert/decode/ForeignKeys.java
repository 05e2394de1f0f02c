package dev.gert.decode;

import org.jspecify.annotations.Nullable;

/** Keys that people know from other tools, and what they are called here. */
final class ForeignKeys {
    private static final String UNDER_WITH = "it belongs under `with`";
    private static final String IN_ORDER = "steps run in the order in which they stand";

    private ForeignKeys() {}

    /** The key here, or a sentence about where it goes; null where neither is known. {@code what}: as messages call the map. */
    static @Nullable String meantBy(String key, String what) {
        return switch (what) {
            case "a step" -> ofStep(key);
            case "`with`" -> ofWith(key);
            case "a branch" ->
                switch (key) {
                    case "if", "when" -> "condition";
                    case "name", "title" -> "label";
                    default -> null;
                };
            case "an outcome" ->
                switch (key) {
                    case "if", "condition" -> "when";
                    case "name", "title" -> "label";
                    case "status", "outcome" -> "state";
                    default -> null;
                };
            case "a node" ->
                switch (key) {
                    case "while", "loop", "for", "for_each", "foreach", "repeat" -> "iterate";
                    default -> null;
                };
            case "a runbook" ->
                key.equals("name") || key.equals("inputs") || key.equals("vars") ? "it belongs under `meta`" : null;
            default -> null;
        };
    }

    private static @Nullable String ofStep(String key) {
        return switch (key) {
            case "if", "condition" -> "when";
            case "name" -> "title";
            case "register", "output", "outputs" -> "capture";
            case "retries" -> "retry";
            case "run", "cmd", "command", "script", "shell", "exec" -> "a command stands under `with: {argv: [...]}`";
            case "env", "environment", "enviroment", "cwd", "stdin", "args", "interactive" -> UNDER_WITH;
            case "depends_on", "needs" -> IN_ORDER;
            case "loop", "for_each", "with_items" -> "steps are repeated by an `iterate` node in `tree`";
            default -> null;
        };
    }

    private static @Nullable String ofWith(String key) {
        return switch (key) {
            case "cmd", "command", "run" -> "argv";
            case "environment", "enviroment", "envs" -> "env";
            case "dir", "workdir", "working_directory", "working_dir", "chdir" -> "cwd";
            case "input" -> "stdin";
            default -> null;
        };
    }
}

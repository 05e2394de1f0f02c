package dev.gert.engine.port;

import dev.gert.policy.Operand;
import dev.gert.policy.ResolvedCommand;
import java.util.List;

/** Finds the program of a command, once, before policy is asked. */
public interface Programs {
    /** {@code name} is {@code argv[0]} as rendered; a name with a slash is taken from the project root. */
    Found find(String name);

    /** The files that a command's words name, as they are now; none where nothing will run. */
    default List<Operand> operands(ResolvedCommand command) {
        return List.of();
    }

    /** What was found. */
    sealed interface Found {
        /**
         * An executable file: the absolute path to execute, the path behind all links, the digest in hex; of a
         * script the words after {@code #!}, and the interpreter's path behind all links.
         */
        record Program(String path, String realPath, String sha256, List<String> interpreter) implements Found {
            public Program {
                interpreter = List.copyOf(interpreter);
            }

            /** Not a script. */
            public Program(String path, String realPath, String sha256) {
                this(path, realPath, sha256, List.of());
            }
        }

        /** None; {@code reason} says where it was looked for. */
        record Missing(String reason) implements Found {}

        /** Nothing is looked for, because nothing will run (replay). */
        record NotSought() implements Found {}
    }
}

package dev.gert.engine.port;

/** Finds the program of a command, once, before policy is asked. */
public interface Programs {
    /** {@code name} is {@code argv[0]} as rendered; a name with a slash is taken from the project root. */
    Found find(String name);

    /** What was found. */
    sealed interface Found {
        /** An executable file: the absolute path to execute, the path behind all links, the digest in hex. */
        record Program(String path, String realPath, String sha256) implements Found {}

        /** None; {@code reason} says where it was looked for. */
        record Missing(String reason) implements Found {}

        /** Nothing is looked for, because nothing will run (replay). */
        record NotSought() implements Found {}
    }
}

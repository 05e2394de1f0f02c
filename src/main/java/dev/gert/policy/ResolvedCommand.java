package dev.gert.policy;

import dev.gert.model.Effect;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The one frozen command (design.md, invariant 3): rendered once, found once. Policy, approval,
 * journal, display and exec all use this object.
 *
 * @param argv the words as rendered; {@code argv[0]} as the runbook wrote it
 * @param program the absolute path found for {@code argv[0]}, the one that is executed; null in replay, where nothing is found or run
 * @param realPath {@code program} after all links
 * @param sha256 the program's digest in hex, asked again at exec
 * @param cwd the absolute working directory
 * @param environment what the step adds to the allow-listed environment
 * @param stdin what the child reads; null: nothing
 * @param effect the declared effect
 * @param timeoutMillis after which the process tree is ended
 * @param interpreter of a script, the words after its {@code #!} and the interpreter's path behind all links
 * @param operands the files that its words name, of a command that people are asked about
 * @param operation what else a rule may call it: {@code name:action} of a tool; null: nothing else
 * @param inside what was found for the programs inside it ({@link #programsInside}), by their names as written
 */
public record ResolvedCommand(
        List<String> argv,
        @Nullable String program,
        @Nullable String realPath,
        @Nullable String sha256,
        String cwd,
        Map<String, String> environment,
        @Nullable String stdin,
        Effect effect,
        long timeoutMillis,
        List<String> interpreter,
        List<Operand> operands,
        @Nullable String operation,
        Map<String, Started> inside) {
    public ResolvedCommand {
        argv = List.copyOf(argv);
        interpreter = List.copyOf(interpreter);
        operands = List.copyOf(operands);
        inside = Map.copyOf(inside);
        if (argv.isEmpty() || argv.get(0).isEmpty()) {
            throw new IllegalArgumentException("a command has a program");
        }
    }

    /** The same with these files. */
    public ResolvedCommand among(List<Operand> files) {
        return new ResolvedCommand(
                argv,
                program,
                realPath,
                sha256,
                cwd,
                environment,
                stdin,
                effect,
                timeoutMillis,
                interpreter,
                files,
                operation,
                inside);
    }

    /** Of a program that is no script, by a step of type {@code cli}. */
    public ResolvedCommand(
            List<String> argv,
            @Nullable String program,
            @Nullable String realPath,
            @Nullable String sha256,
            String cwd,
            Map<String, String> environment,
            @Nullable String stdin,
            Effect effect,
            long timeoutMillis) {
        this(
                argv,
                program,
                realPath,
                sha256,
                cwd,
                environment,
                stdin,
                effect,
                timeoutMillis,
                List.of(),
                List.of(),
                null,
                Map.of());
    }

    /** Of which nothing is known of programs inside it. */
    public ResolvedCommand(
            List<String> argv,
            @Nullable String program,
            @Nullable String realPath,
            @Nullable String sha256,
            String cwd,
            Map<String, String> environment,
            @Nullable String stdin,
            Effect effect,
            long timeoutMillis,
            List<String> interpreter,
            @Nullable String operation) {
        this(
                argv,
                program,
                realPath,
                sha256,
                cwd,
                environment,
                stdin,
                effect,
                timeoutMillis,
                interpreter,
                List.of(),
                operation,
                Map.of());
    }

    /**
     * A program that another one starts, where gert would find it: the other looks for it by itself, so this
     * can deny and never allow what the name as written does not.
     *
     * @param program the absolute path
     * @param realPath the same behind all links
     * @param interpreter as of a command
     */
    public record Started(String program, String realPath, List<String> interpreter) {
        public Started {
            interpreter = List.copyOf(interpreter);
        }
    }

    /** The names of the programs that {@code argv} starts by wrappers and shells, as far as its words show them. */
    public static List<String> programsInside(List<String> argv) {
        return Subject.programsInside(argv);
    }
}

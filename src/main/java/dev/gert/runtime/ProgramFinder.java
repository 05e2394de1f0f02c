package dev.gert.runtime;

import dev.gert.engine.port.Programs;
import dev.gert.policy.Operand;
import dev.gert.policy.ResolvedCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds a program once, and says at exec whether it is still the one that was found (threats.md,
 * "Matching"): a name without a slash on the command path, one with a slash from the project root.
 */
public final class ProgramFinder implements Programs {
    private final CommandPath commandPath;
    private final Path projectRoot;
    private final Digests digests = new Digests();

    public ProgramFinder(CommandPath commandPath, Path projectRoot) {
        this.commandPath = commandPath;
        this.projectRoot = projectRoot.toAbsolutePath();
    }

    @Override
    public Found find(String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            return new Found.Missing("a program has a name");
        }
        try {
            return name.indexOf('/') >= 0 ? atPath(name) : onCommandPath(name);
        } catch (InvalidPathException e) {
            return new Found.Missing("`" + name + "` holds characters that this session's locale can't carry unchanged;"
                    + " start gert by its launcher, or with LC_ALL=C.UTF-8");
        }
    }

    /**
     * Why the command may not begin, or null: its program, the path behind its links, its bytes or its
     * working directory are not what was frozen. {@code cwd} was frozen as a path behind all links, see
     * {@link #folder}.
     */
    public @Nullable String changed(ResolvedCommand command) {
        String program = command.program();
        String realPath = command.realPath();
        if (program == null || realPath == null) {
            return "no program was found for it when it was checked";
        }
        try {
            Path real = Path.of(program).toRealPath();
            if (!real.toString().equals(realPath)) {
                return "`" + program + "` leads to `" + real + "`; when it was checked it led to `" + realPath + "`";
            }
            if (!digests.of(real).equals(command.sha256())) {
                return "the bytes of `" + realPath + "` are not those that were checked";
            }
        } catch (IOException | InvalidPathException e) {
            return "`" + program + "` can't be read any more: " + reason(e);
        }
        try {
            Path real = Path.of(command.cwd()).toRealPath();
            if (!real.toString().equals(command.cwd())) {
                return "the working directory `" + command.cwd() + "` leads to `" + real + "` now";
            }
        } catch (IOException | InvalidPathException e) {
            return "the working directory `" + command.cwd() + "` is not there any more";
        }
        for (Operand then : command.operands()) {
            if (!then.equals(operand(command.cwd(), then.word()))) {
                return "the file `" + then.word() + "` is not what people were asked about";
            }
        }
        return null;
    }

    /** The programs inside it; and a word, or what stands after the first {@code =} of it, is taken from the command's working directory. */
    @Override
    public List<Operand> operands(ResolvedCommand command) {
        List<Operand> operands = new ArrayList<>();
        List<String> inside = new ArrayList<>();
        command.inside().values().forEach(started -> inside.add(started.program()));
        Collections.sort(inside);
        for (String program : inside) {
            Operand operand = operand(command.cwd(), program);
            if (operand != null && !operands.contains(operand)) {
                operands.add(operand);
            }
        }
        for (String word : command.argv().subList(1, command.argv().size())) {
            int equals = word.indexOf('=');
            for (String name : equals < 0 ? List.of(word) : List.of(word, word.substring(equals + 1))) {
                Operand operand = operand(command.cwd(), name);
                if (operand != null && !operands.contains(operand)) {
                    operands.add(operand);
                }
            }
        }
        return operands;
    }

    /** Null where the word names no file. */
    private @Nullable Operand operand(String cwd, String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            return null;
        }
        try {
            Path file = Path.of(cwd).resolve(name);
            if (!Files.isRegularFile(file)) {
                return null;
            }
            Path real = file.toRealPath();
            return new Operand(name, real.toString(), digests.of(real));
        } catch (IOException e) {
            return new Operand(name, name, "unreadable");
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /** A folder as a command's frozen {@code cwd}, from the project root and behind all links; null if there is none. */
    public @Nullable String folder(String path) {
        try {
            Path real = projectRoot.resolve(path).toRealPath();
            return Files.isDirectory(real) ? real.toString() : null;
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }

    private Found onCommandPath(String name) {
        String passedOver = "";
        for (String folder : commandPath.folders()) {
            Path candidate = Path.of(folder, name);
            if (Files.isRegularFile(candidate)) {
                if (Files.isExecutable(candidate)) {
                    return program(candidate);
                }
                passedOver = "; `" + candidate + "` is not executable";
            }
        }
        String folders = commandPath.text();
        return new Found.Missing("`" + name + "` was not found"
                + (folders.isEmpty() ? ": there is no folder to look in" : " in " + folders)
                + passedOver);
    }

    private Found atPath(String name) {
        Path candidate = projectRoot.resolve(name).normalize();
        if (!Files.exists(candidate)) {
            return new Found.Missing("`" + candidate + "` is not there");
        }
        if (!Files.isRegularFile(candidate)) {
            return new Found.Missing("`" + candidate + "` is not a file");
        }
        return Files.isExecutable(candidate)
                ? program(candidate)
                : new Found.Missing("`" + candidate + "` is not executable");
    }

    private Found program(Path path) {
        try {
            Path real = path.toRealPath();
            List<String> interpreter = new ArrayList<>();
            String problem = ProgramFormat.problem(real, interpreter);
            return problem == null
                    ? new Found.Program(path.toString(), real.toString(), digests.of(real), interpreter)
                    : new Found.Missing(problem);
        } catch (IOException e) {
            return new Found.Missing("`" + path + "` can't be read, so what it is can't be recorded: " + reason(e));
        }
    }

    private static String reason(Exception e) {
        return e.getClass().getSimpleName() + " " + e.getMessage();
    }
}

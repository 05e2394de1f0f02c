package dev.gert.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether the system itself can execute a file. What it refuses, a shell would read as a script of its
 * own, line by line, whatever it is; so it must not get that far.
 */
final class ProgramFormat {
    private static final int HEAD = 4096;
    private static final int MAX_INTERPRETERS = 4;
    private static final int ELF_64 = 2;
    private static final int X86_64 = 62;
    private static final int I386 = 3;

    private ProgramFormat() {}

    /** What is wrong with the program, or null; of a script, {@code interpreter} gets the words that start it. */
    static @Nullable String problem(Path program, List<String> interpreter) throws IOException {
        return problem(program, 0, interpreter);
    }

    private static @Nullable String problem(Path program, int depth, List<String> words) throws IOException {
        byte[] head = head(program);
        if (head.length > 2 && head[0] == '#' && head[1] == '!') {
            return depth == MAX_INTERPRETERS
                    ? "`" + program + "` is a script for a script, too many times over"
                    : interpreterProblem(program, head, depth, words);
        }
        int machine = machine(head);
        if (machine < 0) {
            return "`" + program + "` is neither a program of this system nor a script that begins with `#!`";
        }
        int own = machine(head(Path.of("/bin/sh")));
        if (machine == own || own == X86_64 && machine == I386) {
            return null;
        }
        return "`" + program + "` is a program for another kind of machine";
    }

    private static @Nullable String interpreterProblem(Path program, byte[] head, int depth, List<String> words)
            throws IOException {
        int before = words.size();
        words(head, words);
        String interpreter = before < words.size() ? words.get(before) : "";
        if (!interpreter.startsWith("/")) {
            return "`" + program + "` names no absolute path of an interpreter after `#!`";
        }
        try {
            Path path = Path.of(interpreter);
            if (!Files.isRegularFile(path) || !Files.isExecutable(path)) {
                return "`" + program + "` is a script for `" + interpreter + "`, which is not a program here";
            }
            words.add(path.toRealPath().toString());
            return problem(path, depth + 1, words);
        } catch (InvalidPathException e) {
            return "`" + program + "` is a script for an interpreter whose path this session can't carry";
        }
    }

    /** What stands after {@code #!}, word by word: the interpreter, and what it is given. */
    private static void words(byte[] head, List<String> into) {
        int start = 2;
        for (int i = 2; i <= head.length; i++) {
            boolean end = i == head.length || head[i] == '\n' || head[i] == 0;
            if (end || head[i] == ' ' || head[i] == '\t') {
                if (i > start) {
                    into.add(new String(head, start, i - start, StandardCharsets.UTF_8));
                }
                start = i + 1;
            }
            if (end) {
                return;
            }
        }
    }

    /** The machine that an ELF file is for, or -1. */
    private static int machine(byte[] head) {
        if (head.length < 20 || head[0] != 0x7f || head[1] != 'E' || head[2] != 'L' || head[3] != 'F') {
            return -1;
        }
        boolean little = head[5] != ELF_64;
        int low = head[little ? 18 : 19] & 0xff;
        int high = head[little ? 19 : 18] & 0xff;
        return high << 8 | low;
    }

    private static byte[] head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(HEAD);
        }
    }
}

package dev.gert.cli;

import dev.gert.terminal.TerminalFacts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A command line run in this JVM, without a terminal, for tests of other packages. */
public final class InProcess {
    private InProcess() {}

    /** What came of it. */
    public record Said(int exitCode, String out, String err) {}

    /** {@code words}: what follows {@code gert}; {@code folder}: the current folder, absolute and real. */
    public static Said gert(List<String> words, Path folder) {
        return gert(words, folder, Map.of("LANG", "C.UTF-8"));
    }

    /** The same with these variables. */
    public static Said gert(List<String> words, Path folder, Map<String, String> env) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        TerminalFacts facts = TerminalFacts.of(null, null, null, env);
        Io io = new Io(new ByteArrayInputStream(new byte[0]), out, err, env, folder, facts);
        int exitCode = Cli.run(words.toArray(new String[0]), io);
        return new Said(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}

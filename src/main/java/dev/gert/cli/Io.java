package dev.gert.cli;

import dev.gert.policy.SafeText;
import dev.gert.render.RunLines;
import dev.gert.terminal.TerminalControl;
import dev.gert.terminal.TerminalFacts;
import dev.gert.terminal.TextOutput;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a command touches of its process: streams, environment, current folder, what the
 * terminal is. A test brings its own. Results go to {@link #out}, everything else to {@link #err}.
 */
final class Io {
    private final InputStream in;
    private final TextOutput out;
    private final TextOutput err;
    private final Map<String, String> env;
    private final Path cwd;
    private final TerminalFacts facts;
    private String colour = "auto";

    /** {@code cwd}: absolute. */
    Io(InputStream in, OutputStream out, OutputStream err, Map<String, String> env, Path cwd, TerminalFacts facts) {
        this.in = in;
        this.out = new TextOutput(out);
        this.err = new TextOutput(err);
        this.env = env;
        this.cwd = cwd;
        this.facts = facts;
    }

    /** That of this process. The streams are the descriptors themselves: Java's own encode by the locale. */
    static Io ofProcess() {
        Map<String, String> env = System.getenv();
        return new Io(
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                env,
                Path.of("").toAbsolutePath(),
                TerminalFacts.ofProcess(env));
    }

    InputStream in() {
        return in;
    }

    TextOutput out() {
        return out;
    }

    TextOutput err() {
        return err;
    }

    /** A line of results, as it is: the caller has escaped what came from elsewhere. */
    void out(String line) {
        out.line(line);
    }

    /** A line of results, with everything escaped that a terminal would act on. */
    void out(SafeText line) {
        out.line(safe(line.text()));
    }

    /** A line of progress or complaint, as it is. */
    void err(String line) {
        err.line(line);
    }

    /** {@code error: message}, and {@code = help: …} where there is help; both are escaped here. */
    void error(String message, @Nullable String help) {
        complain("error", "\u001b[1;31m", message, help);
    }

    /** The same for what stops nothing. */
    void warning(String message, @Nullable String help) {
        complain("warning", "\u001b[1;33m", message, help);
    }

    private void complain(String word, String tone, String message, @Nullable String help) {
        err.line((colourOnErr() ? tone + word + "\u001b[0m" : word) + ": " + safe(message));
        if (help != null && !help.isEmpty()) {
            err.line("  = help: " + safe(help));
        }
    }

    /** Text from a file, a variable, a command or the command line, as it may be printed: one line, nothing alive. */
    String safe(String text) {
        return RunLines.safe(text, facts.unicode());
    }

    /** The value of an environment variable; one that is empty counts as not set. */
    @Nullable
    String env(String name) {
        String value = env.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    Map<String, String> env() {
        return env;
    }

    Path cwd() {
        return cwd;
    }

    TerminalFacts facts() {
        return facts;
    }

    /** {@code auto}, {@code always} or {@code never}, from {@code --color}. */
    void colour(String when) {
        colour = when;
    }

    boolean colourOnOut() {
        return facts.colour(colour, facts.outIsTerminal());
    }

    boolean colourOnErr() {
        return facts.colour(colour, facts.errIsTerminal());
    }

    /** The columns of the terminal that results go to; 0: there is none, or nobody knows. */
    int widthOfOut() {
        return facts.outIsTerminal() ? width() : 0;
    }

    /** The columns of the terminal that everything else goes to; 0: there is none, or nobody knows. */
    int widthOfErr() {
        return facts.errIsTerminal() ? width() : 0;
    }

    private int width() {
        if (facts.widthUnknown()) {
            facts.measured(TerminalControl.of(facts).columns());
        }
        return facts.widthUnknown() ? 0 : facts.width();
    }

    /** The exit code of a command whose answer is what it printed: not 0 where the answer did not get through. */
    int verdict(int code) {
        out.flush();
        IOException failure = out.failure();
        if (failure == null) {
            return code;
        }
        if (!"Broken pipe".equals(failure.getMessage())) {
            error("standard output can't be written: " + failure.getMessage(), null);
        }
        return code == Cli.OK ? Cli.NEGATIVE : code;
    }

    void flush() {
        out.flush();
        err.flush();
    }
}

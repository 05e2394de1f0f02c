package dev.gert.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands at the other end of the three streams (cli.md, "Terminal"). Each question is answered
 * when it is asked first: most commands ask one.
 */
public final class TerminalFacts {
    private static final int WIDTH = 80;
    private static final int NARROWEST = 20;
    private static final int WIDEST = 1000;

    private final Map<String, String> env;
    private final @Nullable String[] devices = new @Nullable String[3];
    private final boolean[] known = new boolean[3];
    private int width;

    private TerminalFacts(Map<String, String> env) {
        this.env = env;
    }

    /** Those of this process. */
    public static TerminalFacts ofProcess(Map<String, String> env) {
        return new TerminalFacts(env);
    }

    /** Given ones: {@code device} is the terminal's path, or null where the stream is none. */
    public static TerminalFacts of(
            @Nullable String in, @Nullable String out, @Nullable String err, Map<String, String> env) {
        TerminalFacts facts = new TerminalFacts(env);
        facts.devices[0] = in;
        facts.devices[1] = out;
        facts.devices[2] = err;
        for (int i = 0; i < 3; i++) {
            facts.known[i] = true;
        }
        return facts;
    }

    public boolean inIsTerminal() {
        return device(0) != null;
    }

    public boolean outIsTerminal() {
        return device(1) != null;
    }

    public boolean errIsTerminal() {
        return device(2) != null;
    }

    /** Whether somebody can be asked: prompts go to standard error and answers come from standard input. */
    public boolean canAsk() {
        return inIsTerminal() && errIsTerminal();
    }

    /** The path of the terminal: the one that answers, else the one that shows; null where there is none. */
    public @Nullable String device() {
        String in = device(0);
        String err = device(2);
        return in != null ? in : err != null ? err : device(1);
    }

    /** Whether a line on standard error may be drawn again and again. */
    public boolean redraws() {
        return errIsTerminal() && !isDumb() && !isSet("CI");
    }

    /** {@code when}: {@code auto}, {@code always} or {@code never}; {@code terminal}: what the stream in question is. */
    public boolean colour(String when, boolean terminal) {
        if (when.equals("always") || when.equals("never")) {
            return when.equals("always");
        }
        if (isSet("NO_COLOR")) {
            return false;
        }
        String force = env.get("CLICOLOR_FORCE");
        if (force != null && !force.isEmpty() && !force.equals("0")) {
            return true;
        }
        return terminal && !isDumb() && !isSet("CI");
    }

    /**
     * Whether more than ASCII can be shown: not where the locale in effect names something else than
     * UTF-8. The launcher gives the JVM a locale of its own and hands on the user's.
     */
    public boolean unicode() {
        String all = isSet("GERT_ORIGINAL_LC_ALL_UNSET")
                ? null
                : env.getOrDefault("GERT_ORIGINAL_LC_ALL", env.getOrDefault("LC_ALL", ""));
        String locale = all;
        if (locale == null || locale.isEmpty()) {
            locale = env.getOrDefault("LC_CTYPE", "");
        }
        if (locale.isEmpty()) {
            locale = env.getOrDefault("LANG", "");
        }
        String folded = locale.toLowerCase(Locale.ROOT);
        return locale.isEmpty() || folded.contains("utf-8") || folded.contains("utf8");
    }

    /** Columns of a line: {@code COLUMNS}, else what {@link #measured} was told, else 80. */
    public int width() {
        if (width == 0) {
            width = inBounds(number(env.getOrDefault("COLUMNS", "")));
        }
        return width == 0 ? WIDTH : width;
    }

    /** Whether nobody knows yet how wide the terminal is. */
    public boolean widthUnknown() {
        return width == 0 && inBounds(number(env.getOrDefault("COLUMNS", ""))) == 0;
    }

    /** Tells how wide the terminal is; what can't be is ignored. */
    public void measured(int columns) {
        width = inBounds(columns);
    }

    private static int inBounds(int columns) {
        return columns < NARROWEST || columns > WIDEST ? 0 : columns;
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private boolean isDumb() {
        return "dumb".equals(env.get("TERM"));
    }

    private boolean isSet(String name) {
        String value = env.get(name);
        return value != null && !value.isEmpty();
    }

    private @Nullable String device(int descriptor) {
        if (!known[descriptor]) {
            known[descriptor] = true;
            devices[descriptor] = terminalBehind(descriptor);
        }
        return devices[descriptor];
    }

    /**
     * Java's console answers for input and output together, and differently from one version to the
     * next; the link answers for each. Where there are no such links nothing counts as a terminal.
     */
    private static @Nullable String terminalBehind(int descriptor) {
        String target;
        try {
            target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
        } catch (IOException e) {
            return null;
        }
        boolean terminal =
                target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        return terminal ? target : null;
    }
}

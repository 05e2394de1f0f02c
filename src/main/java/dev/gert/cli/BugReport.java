package dev.gert.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What an internal error leaves behind. The report holds classes and lines of code, and of the command
 * line the names alone: messages and values may hold secrets.
 */
final class BugReport {
    private static final int DEEPEST = 8;

    private BugReport() {}

    /** Writes the report, says where it is, and returns exit code 70. */
    static int write(Throwable bug, String[] args, Io io) {
        try {
            Path file = Files.createTempFile("gert-bug-", ".txt");
            Files.write(file, text(bug, args).getBytes(StandardCharsets.UTF_8));
            io.error("an error inside gert, a bug", "what is known of it is in " + file);
        } catch (IOException e) {
            io.error(
                    "an error inside gert, a bug (" + bug.getClass().getName() + ")",
                    "no report could be written to the folder for temporary files");
        }
        return Cli.BUG;
    }

    private static String text(Throwable bug, String[] args) {
        StringBuilder text = new StringBuilder();
        text.append("gert ").append(Version.current()).append(", Java ");
        text.append(System.getProperty("java.version")).append(", ");
        text.append(System.getProperty("os.name")).append(' ').append(System.getProperty("os.version"));
        text.append(' ').append(System.getProperty("os.arch")).append("\ncommand:");
        for (int i = 0; i < args.length; i++) {
            text.append(' ').append(i == 0 ? command(args[i]) : option(args[i]));
        }
        text.append('\n');
        Throwable at = bug;
        for (int depth = 0; at != null && depth < DEEPEST; depth++) {
            text.append('\n')
                    .append(depth == 0 ? "" : "caused by ")
                    .append(at.getClass().getName());
            // of these the JVM makes the message, from names of classes and fields
            boolean harmless = at instanceof LinkageError || at instanceof NullPointerException;
            text.append(harmless ? ": " + at.getMessage() : "").append('\n');
            for (StackTraceElement element : at.getStackTrace()) {
                text.append("    at ").append(element).append('\n');
            }
            at = at.getCause();
        }
        return text.toString();
    }

    private static String command(String arg) {
        return Commands.NAMES.contains(arg) ? arg : "…";
    }

    private static String option(String arg) {
        int equals = arg.indexOf('=');
        boolean named = arg.startsWith("--") && arg.length() > 2;
        return named ? equals < 0 ? arg : arg.substring(0, equals) + "=…" : "…";
    }
}

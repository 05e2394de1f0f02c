package dev.gert.cli;

import dev.gert.terminal.TerminalFacts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A session as text: {@code file PATH} and {@code env NAME=VALUE} prepare, {@code $ gert …} is run in
 * this process, {@code | } begins a line of a file or of standard output, {@code ! } one of standard
 * error, {@code [1]} is the exit code. Words may stand in single quotes. The folder is a git top level.
 */
final class Transcript {
    private final List<String> lines;
    private final Path folder;
    private final Map<String, String> env = new HashMap<>();

    Transcript(List<String> lines, Path folder) {
        this.lines = lines;
        this.folder = folder;
    }

    /** What the transcript would say if it were written now. */
    String replay() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < lines.size()) {
            String line = lines.get(at++);
            out.append(line).append('\n');
            if (line.startsWith("file ")) {
                at = file(line.substring(5), at, out);
            } else if (line.startsWith("env ")) {
                int equals = line.indexOf('=');
                env.put(line.substring(4, equals), line.substring(equals + 1));
            } else if (line.startsWith("$ gert")) {
                run(words(line.substring(6)), out);
                while (at < lines.size() && !lines.get(at).isEmpty()) {
                    at++;
                }
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                throw new IllegalStateException("not a line of a transcript: " + line);
            }
        }
        return out.toString();
    }

    private int file(String name, int from, StringBuilder out) throws IOException {
        StringBuilder text = new StringBuilder();
        int at = from;
        while (at < lines.size() && lines.get(at).startsWith("|")) {
            String line = lines.get(at++);
            out.append(line).append('\n');
            text.append(line.length() > 1 ? line.substring(2) : "").append('\n');
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return at;
    }

    private void run(List<String> args, StringBuilder transcript) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Io io = new Io(
                new ByteArrayInputStream(new byte[0]),
                out,
                err,
                Map.copyOf(env),
                folder,
                TerminalFacts.of(null, null, null, env));
        int code = Cli.run(args.toArray(new String[0]), io);
        append("|", out, transcript);
        append("!", err, transcript);
        transcript.append('[').append(code).append("]\n");
    }

    private void append(String prefix, ByteArrayOutputStream stream, StringBuilder transcript) {
        String text = stream.toString(StandardCharsets.UTF_8).replace(folder.toString(), "/work");
        if (text.isEmpty()) {
            return;
        }
        if (!text.endsWith("\n")) {
            text += "(no newline)\n";
        }
        for (String line : text.substring(0, text.length() - 1).split("\n", -1)) {
            transcript
                    .append(prefix)
                    .append(line.isEmpty() ? "" : " ")
                    .append(line)
                    .append('\n');
        }
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        boolean begun = false;
        for (int i = 0; i <= line.length(); i++) {
            char c = i == line.length() ? ' ' : line.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
                begun = true;
            } else if (c == ' ' && !quoted) {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
            } else {
                word.append(c);
                begun = true;
            }
        }
        return words;
    }
}

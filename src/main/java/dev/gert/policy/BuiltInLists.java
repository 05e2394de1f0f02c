package dev.gert.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What gert knows of programs without a policy, from text files beside this class: commands that
 * only read, programs that start others and how their words are read, variables that change what a
 * program does. Each file is read at the first question that needs it.
 */
final class BuiltInLists {
    private static final String SHELLS = "shells ";

    private static @Nullable ProgramTable reads;
    private static @Nullable ProgramTable listedReads;
    private static @Nullable ProgramTable opaque;
    private static @Nullable List<Glob> environment;
    private static @Nullable SecretCommands secrets;
    private static @Nullable List<Glob> secretNames;
    private static @Nullable List<Glob> plainNames;
    private static @Nullable Map<String, String> aws;
    private static @Nullable Map<String, Wrapper> wrappers;
    private static @Nullable Set<String> shellWords;

    private BuiltInLists() {}

    /** Commands that only read: {@code reads.txt}. */
    static synchronized ProgramTable reads() {
        ProgramTable table = reads;
        if (table == null) {
            table = readForms(false);
            reads = table;
        }
        return table;
    }

    /** Commands that read where a policy says so, with what makes them write all the same. */
    static synchronized ProgramTable listedReads() {
        ProgramTable table = listedReads;
        if (table == null) {
            table = readForms(true);
            listedReads = table;
        }
        return table;
    }

    private static ProgramTable readForms(boolean listed) {
        ProgramTable table = new ProgramTable();
        for (String line : lines("reads.txt")) {
            if (line.startsWith("listed ") == listed) {
                table.addForm(listed ? line.substring("listed ".length()) : line);
            }
        }
        return table;
    }

    /** Programs that start others, with the forms in which they don't: {@code opaque.txt}. */
    static synchronized ProgramTable opaque() {
        ProgramTable table = opaque;
        if (table == null) {
            table = new ProgramTable();
            for (String line : lines("opaque.txt")) {
                if (line.startsWith("plain ")) {
                    table.addForm(line.substring("plain ".length()));
                } else {
                    for (String name : words(line)) {
                        table.addProgram(name);
                    }
                }
            }
            opaque = table;
        }
        return table;
    }

    /** Names of variables that a runbook may not set: {@code environment.txt}. */
    static synchronized List<Glob> environment() {
        List<Glob> list = environment;
        if (list == null) {
            list = new ArrayList<>();
            for (String line : lines("environment.txt")) {
                for (String name : words(line)) {
                    list.add(Glob.anyCase(name));
                }
            }
            environment = list;
        }
        return list;
    }

    /** Whether a variable of this name may change which program runs, or what it does. */
    static boolean changesPrograms(String variable) {
        for (Glob glob : environment()) {
            if (glob.match(variable) == Match.YES) {
                return true;
            }
        }
        return false;
    }

    /** Programs whose command is looked at, by their names in small letters: {@code wrappers.txt}, {@code shells.txt}. */
    static synchronized Map<String, Wrapper> wrappers() {
        Map<String, Wrapper> table = wrappers;
        if (table == null) {
            table = new HashMap<>();
            for (String line : lines("wrappers.txt")) {
                add(Wrapper.of(line), table);
            }
            for (String line : lines("shells.txt")) {
                if (line.startsWith(SHELLS)) {
                    add(Wrapper.shell(words(line.substring(SHELLS.length()))), table);
                }
            }
            wrappers = table;
        }
        return table;
    }

    private static void add(Wrapper wrapper, Map<String, Wrapper> table) {
        for (String name : wrapper.names()) {
            table.put(name, wrapper);
        }
    }

    /** Words that are no program's name at the beginning of a shell's command: {@code shells.txt}. */
    static synchronized Set<String> shellWords() {
        Set<String> set = shellWords;
        if (set == null) {
            set = new HashSet<>();
            for (String line : lines("shells.txt")) {
                if (!line.startsWith(SHELLS)) {
                    set.addAll(words(line));
                }
            }
            shellWords = set;
        }
        return set;
    }

    /** What the AWS command line calls otherwise than IAM does: {@code aws.txt}. */
    static synchronized Map<String, String> aws() {
        Map<String, String> table = aws;
        if (table == null) {
            table = AwsOperations.table(lines("aws.txt"));
            aws = table;
        }
        return table;
    }

    /** Commands whose answer is a secret: {@code secrets.txt}. */
    static synchronized SecretCommands secrets() {
        SecretCommands table = secrets;
        if (table == null) {
            table = new SecretCommands(lines("secrets.txt"));
            secrets = table;
        }
        return table;
    }

    /** Whether a variable's name says that it holds a secret: {@code secret-names.txt}. */
    static synchronized boolean namesSecret(String variable) {
        List<Glob> plain = plainNames;
        List<Glob> secret = secretNames;
        if (secret == null || plain == null) {
            plain = new ArrayList<>();
            secret = new ArrayList<>();
            for (String line : lines("secret-names.txt")) {
                boolean not = line.startsWith("not ");
                for (String name : words(not ? line.substring("not ".length()) : line)) {
                    (not ? plain : secret).add(Glob.anyCase(name));
                }
            }
            plainNames = plain;
            secretNames = secret;
        }
        return meets(secret, variable) && !meets(plain, variable);
    }

    private static boolean meets(List<Glob> globs, String name) {
        for (Glob glob : globs) {
            if (glob.match(name) == Match.YES) {
                return true;
            }
        }
        return false;
    }

    /** The words of a line, which stand between single spaces. */
    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        int start = 0;
        while (start <= line.length()) {
            int space = line.indexOf(' ', start);
            int end = space < 0 ? line.length() : space;
            if (end > start) {
                words.add(line.substring(start, end));
            }
            start = end + 1;
        }
        return words;
    }

    /** The lines that hold something; {@code #} begins a comment. */
    private static List<String> lines(String name) {
        String text;
        try (InputStream in = BuiltInLists.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("not in the JAR: " + name);
            }
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < text.length()) {
            int newline = text.indexOf('\n', start);
            int end = newline < 0 ? text.length() : newline;
            String line = text.substring(start, end).strip();
            if (!line.isEmpty() && line.charAt(0) != '#') {
                lines.add(line);
            }
            start = end + 1;
        }
        return lines;
    }
}

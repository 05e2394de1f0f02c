package dev.gert.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Programs and forms of commands, found by a program's name: exact names at once, globs one by one.
 * A form is parsed when its program is first asked for: of hundreds, a command needs a few.
 */
final class ProgramTable {
    private static final int MOST_ANSWERS = 256;

    private final Map<String, List<String>> exact = new HashMap<>(1024);
    private final List<Glob> globs = new ArrayList<>();
    private final List<String> globLines = new ArrayList<>();
    private final Map<String, List<Form>> parsed = new HashMap<>();
    private final Map<String, Match> answers = new HashMap<>();

    /** A program by itself, name or glob. */
    void addProgram(String program) {
        if (isGlob(program)) {
            globs.add(Glob.anyCase(program));
        } else if (!exact.containsKey(Glob.fold(program))) {
            exact.put(Glob.fold(program), new ArrayList<>(2));
        }
    }

    /** A form, as {@link Form#of} reads it; its program is one of the table's, too. */
    void addForm(String line) {
        int space = line.indexOf(' ');
        String program = space < 0 ? line : line.substring(0, space);
        addProgram(program);
        if (isGlob(program)) {
            globLines.add(line);
        } else {
            exact.getOrDefault(Glob.fold(program), globLines).add(line);
        }
    }

    private static boolean isGlob(String program) {
        return program.indexOf('*') >= 0 || program.indexOf('?') >= 0;
    }

    /** Whether it holds the program. Replays ask of the same few again and again. */
    synchronized Match knows(String name) {
        if (Glob.open(name)) {
            return Match.MAYBE;
        }
        Match answer = answers.get(name);
        if (answer == null) {
            answer = sought(name);
            if (answers.size() < MOST_ANSWERS) {
                answers.put(name, answer);
            }
        }
        return answer;
    }

    private Match sought(String name) {
        if (exact.containsKey(Glob.fold(name))) {
            return Match.YES;
        }
        for (Glob glob : globs) {
            if (glob.match(name) == Match.YES) {
                return Match.YES;
            }
        }
        return Match.NO;
    }

    /** The forms that may be of this program: of one that is not known yet, all. */
    synchronized List<Form> forms(String name) {
        String key = Glob.open(name) ? String.valueOf(Glob.OPEN) : Glob.fold(name);
        List<Form> forms = parsed.get(key);
        if (forms == null) {
            forms = new ArrayList<>();
            if (Glob.open(name)) {
                for (List<String> lines : exact.values()) {
                    parse(lines, forms);
                }
            } else {
                parse(exact.getOrDefault(key, List.of()), forms);
            }
            parse(globLines, forms);
            if (exact.containsKey(key) || Glob.open(name)) {
                parsed.put(key, forms);
            }
        }
        return forms;
    }

    private static void parse(List<String> lines, List<Form> into) {
        for (String line : lines) {
            into.add(Form.of(line));
        }
    }
}

package dev.gert.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Commands whose answer is a secret (threats.md, "Output"): those of {@code secrets.txt}, also behind a
 * wrapper or inside a shell's text. Nothing that they print is kept or shown.
 */
public final class SecretCommands {
    private final Map<String, List<List<Glob>>> byProgram = new HashMap<>();
    private final List<Glob> globs = new ArrayList<>();
    private final List<List<Glob>> byGlob = new ArrayList<>();

    /** {@code lines}: each a program and words of it. */
    SecretCommands(List<String> lines) {
        for (String line : lines) {
            List<String> words = BuiltInLists.words(line);
            List<Glob> rest = new ArrayList<>();
            for (String word : words.subList(1, words.size())) {
                rest.add(Glob.anyCase(word));
            }
            String program = words.get(0);
            if (program.indexOf('*') >= 0) {
                globs.add(Glob.anyCase(program));
                byGlob.add(rest);
            } else {
                byProgram
                        .computeIfAbsent(Glob.fold(program), name -> new ArrayList<>())
                        .add(rest);
            }
        }
    }

    /** Whether what the command prints is, or holds, a secret. */
    public static boolean answersSecret(ResolvedCommand command) {
        SecretCommands known = BuiltInLists.secrets();
        List<String> words = new ArrayList<>();
        List<String> programs = new ArrayList<>();
        programs.add(command.argv().get(0));
        if (command.program() != null) {
            programs.add(command.program());
        }
        if (command.realPath() != null) {
            programs.add(command.realPath());
        }
        for (String word : command.argv().subList(1, command.argv().size())) {
            words.add(Glob.plain(word));
        }
        for (String program : programs) {
            if (known.knows(Glob.plain(program), words, 0)) {
                return true;
            }
        }
        return known.inside(words) || known.inside(pieces(words));
    }

    /** The words of what a shell would run. */
    private static List<String> pieces(List<String> words) {
        List<String> pieces = new ArrayList<>();
        for (String word : words) {
            int start = 0;
            for (int i = 0; i <= word.length(); i++) {
                boolean ends = i == word.length()
                        || Words.blank(word.charAt(i))
                        || ";|&()<>$`{}\"'\\=".indexOf(word.charAt(i)) >= 0;
                if (ends && i > start) {
                    pieces.add(word.substring(start, i));
                }
                start = ends ? i + 1 : start;
            }
        }
        return pieces;
    }

    /** A command that begins at any of the words. */
    private boolean inside(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (knows(words.get(i), words, i + 1)) {
                return true;
            }
        }
        return false;
    }

    private boolean knows(String program, List<String> words, int from) {
        List<String> names = new ArrayList<>();
        View.names(program, names);
        for (String name : names) {
            for (List<Glob> form : byProgram.getOrDefault(Glob.fold(name), List.of())) {
                if (stands(form, words, from)) {
                    return true;
                }
            }
            for (int i = 0; i < globs.size(); i++) {
                if (globs.get(i).match(name) == Match.YES && stands(byGlob.get(i), words, from)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the words of the form stand there in order, others between them or not. */
    private static boolean stands(List<Glob> form, List<String> words, int from) {
        int at = 0;
        for (int i = from; i < words.size() && at < form.size(); i++) {
            if (form.get(at).match(words.get(i)) == Match.YES) {
                at++;
            }
        }
        return at == form.size();
    }
}

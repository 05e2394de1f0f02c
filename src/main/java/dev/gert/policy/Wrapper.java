package dev.gert.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * How the words of one program lead to the command that it starts: a line of {@code wrappers.txt}, or
 * a shell. Words that it does not know make the command unreadable, never something else.
 */
final class Wrapper {
    private final List<String> names = new ArrayList<>();
    private final List<String> flags = new ArrayList<>();
    private final List<String> values = new ArrayList<>();
    private final boolean shell;
    private int skip;
    private boolean assigns;
    private boolean adds;

    private Wrapper(boolean shell) {
        this.shell = shell;
    }

    /** Of a line of {@code wrappers.txt}. */
    static Wrapper of(String line) {
        Wrapper wrapper = new Wrapper(false);
        List<String> into = wrapper.names;
        List<String> words = BuiltInLists.words(line);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            switch (word) {
                case "flags" -> into = wrapper.flags;
                case "values" -> into = wrapper.values;
                case "skip" -> wrapper.skip = Integer.parseInt(words.get(++i));
                case "assigns" -> wrapper.assigns = true;
                case "adds" -> wrapper.adds = true;
                default -> into.add(word);
            }
        }
        return wrapper;
    }

    /** Of names of shells: they take the command as one text after {@code -c}. */
    static Wrapper shell(List<String> names) {
        Wrapper wrapper = new Wrapper(true);
        wrapper.names.addAll(names);
        return wrapper;
    }

    List<String> names() {
        return names;
    }

    /** {@code dashes}: whether an open word without a prefix may begin with a dash. */
    Wrapped read(List<String> arguments, boolean dashes) {
        return shell ? ShellText.read(arguments, dashes) : operand(arguments, dashes);
    }

    private Wrapped operand(List<String> words, boolean dashes) {
        List<String> sets = new ArrayList<>();
        boolean options = true;
        int left = skip;
        int at = 0;
        while (at < words.size()) {
            String word = words.get(at);
            int gap = word.indexOf(Glob.OPEN);
            String known = gap < 0 ? word : word.substring(0, gap);
            if (gap == 0 && dashes) {
                return Wrapped.UNCERTAIN;
            }
            if (known.startsWith("-")) {
                int taken = !options || !sets.isEmpty() ? 0 : gap < 0 ? option(word) : openOption(known);
                if (taken <= 0) {
                    return taken == 0 ? Wrapped.UNREADABLE : Wrapped.UNCERTAIN;
                }
                options = !word.equals("--");
                at += taken;
                continue;
            }
            if (assigns && gap >= 0 && known.indexOf('=') < 0) {
                return Wrapped.UNCERTAIN;
            }
            int equals = assigns ? known.indexOf('=') : -1;
            if (equals >= 0) {
                String name = known.substring(0, equals);
                // after `--`, programs differ in whether this is still a variable
                if (!options || !isVariable(name) || BuiltInLists.changesPrograms(name)) {
                    return Wrapped.UNREADABLE;
                }
                sets.add(name);
            } else if (left-- <= 0) {
                return new Wrapped(Match.YES, List.copyOf(words.subList(at, words.size())), sets, adds);
            } else {
                options = false;
            }
            at++;
        }
        return Wrapped.UNREADABLE;
    }

    /** How many words an option takes, itself included; 0: it is not known. */
    private int option(String word) {
        if (word.equals("--")) {
            return 1;
        }
        if (word.startsWith("--")) {
            int equals = word.indexOf('=');
            if (equals >= 0) {
                return values.contains(word.substring(0, equals)) ? 1 : 0;
            }
            return flags.contains(word) ? 1 : values.contains(word) ? 2 : 0;
        }
        for (int i = 1; i < word.length(); i++) {
            String letter = "-" + word.charAt(i);
            if (values.contains(letter)) {
                return i + 1 < word.length() ? 1 : 2;
            }
            if (!flags.contains(letter)) {
                return 0;
            }
        }
        return word.length() > 1 ? 1 : 0;
    }

    /** The same for one of which {@code known} is the beginning; -1: the open part decides. */
    private int openOption(String known) {
        int equals = known.startsWith("--") ? known.indexOf('=') : -1;
        return equals < 0 ? -1 : values.contains(known.substring(0, equals)) ? 1 : 0;
    }

    private static boolean isVariable(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = Glob.fold(name.charAt(i));
            if (c != '_' && (c < 'a' || c > 'z') && (i == 0 || c < '0' || c > '9')) {
                return false;
            }
        }
        return !name.isEmpty();
    }
}

package dev.gert.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * A form of a command in the built-in lists, compared word by word, so that no argument can pass for
 * two: {@code git log * not --output}. Each word is a glob for one argument, a last {@code *} any
 * number of them; what follows {@code not} must not be among the arguments ({@link OptionSpec}).
 */
final class Form {
    private final String text;
    private final String name;
    private final Glob program;
    private final List<Glob> words = new ArrayList<>();
    private final boolean more;
    private final List<OptionSpec> excluded = new ArrayList<>();

    private Form(String text, String name, boolean more) {
        this.text = text;
        this.name = name;
        this.program = Glob.anyCase(name);
        this.more = more;
    }

    static Form of(String line) {
        List<String> parts = BuiltInLists.words(line);
        int not = parts.indexOf("not");
        int end = not < 0 ? parts.size() : not;
        boolean more = end > 1 && parts.get(end - 1).equals("*");
        StringBuilder text = new StringBuilder(parts.get(0));
        Form form = new Form(join(text, parts.subList(1, end)), parts.get(0), more);
        for (String word : parts.subList(1, more ? end - 1 : end)) {
            form.words.add(Glob.exact(word));
        }
        for (String option : parts.subList(Math.min(end + 1, parts.size()), parts.size())) {
            form.excluded.add(OptionSpec.of(option));
        }
        return form;
    }

    private static String join(StringBuilder text, List<String> words) {
        for (String word : words) {
            text.append(' ').append(word);
        }
        return text.toString();
    }

    /** The program's name, or a glob. */
    String program() {
        return name;
    }

    /** The form without its exclusions. */
    String text() {
        return text;
    }

    /** Whether the words are there; exclusions aside. */
    Match fits(String name, Subject command) {
        List<String> arguments = command.arguments();
        int count = words.size();
        if (arguments.size() < count || (!more && arguments.size() > count)) {
            return Match.NO;
        }
        Match match = program.match(name);
        for (int i = 0; i < count && match != Match.NO; i++) {
            match = match.and(words.get(i).match(arguments.get(i)));
        }
        return match;
    }

    /** Whether an argument is excluded. */
    Match excludes(Subject command) {
        Match match = Match.NO;
        for (String argument : command.arguments()) {
            for (OptionSpec option : excluded) {
                match = match.or(option.meets(argument, command.flags()));
                if (match == Match.YES) {
                    return match;
                }
            }
        }
        return match;
    }

    Match match(String name, Subject command) {
        Match fits = fits(name, command);
        return fits == Match.NO ? fits : fits.and(excludes(command).not());
    }
}

package dev.gert.cli;

import dev.gert.diagnostic.Suggestions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** What a command was given: its command line, and the environment's {@code GERT_…} for flags that are not on it. */
final class Arguments {
    private final ParseResult parsed;
    private final Map<String, List<String>> choices;
    private final Map<String, String> env;

    Arguments(ParseResult parsed, Map<String, List<String>> choices, Map<String, String> env) {
        this.parsed = parsed;
        this.choices = choices;
        this.env = env;
    }

    /** Whether the flag was given, or its variable says {@code 1} or {@code true}. */
    boolean flag(String name) {
        if (parsed.hasMatchedOption(name)) {
            return true;
        }
        String value = variable(name);
        if (value == null || value.equals("0") || value.equals("false")) {
            return false;
        }
        if (value.equals("1") || value.equals("true")) {
            return true;
        }
        throw new UsageException(said(name, value), "`1` or `true`, `0` or `false`");
    }

    /** The value of an option that is given at most once, or null. */
    @Nullable
    String text(String name) {
        List<String> given = given(name);
        return given.isEmpty() ? variable(name) : given.get(0);
    }

    /** The word of an option declared as a choice. */
    String choice(String name) {
        List<String> words = choices.getOrDefault(name, List.of());
        String value = text(name);
        if (value == null) {
            return words.get(0);
        }
        if (!words.contains(value)) {
            throw new UsageException(
                    (given(name).isEmpty() ? said(name, value) : "`" + name + "` can't be `" + value + "`")
                            + ": it is one of `" + String.join("`, `", words) + "`",
                    Suggestions.didYouMean(value, words));
        }
        return value;
    }

    /** All values of an option that may be repeated. */
    List<String> texts(String name) {
        return given(name);
    }

    /** A file or folder, as written. */
    @Nullable
    Path file(String name) {
        String value = text(name);
        return value == null ? null : path(value);
    }

    /** Files of an option that may be repeated, as written; those of its variable come first. */
    List<Path> files(String name) {
        List<Path> files = new ArrayList<>();
        String more = variable(name);
        if (more != null) {
            int from = 0;
            for (int at = more.indexOf(':'); at >= 0; at = more.indexOf(':', from)) {
                addFile(more.substring(from, at), files);
                from = at + 1;
            }
            addFile(more.substring(from), files);
        }
        for (String value : given(name)) {
            files.add(path(value));
        }
        return files;
    }

    private static void addFile(String value, List<Path> files) {
        if (!value.isEmpty()) {
            files.add(path(value));
        }
    }

    /** The arguments without a name, in order. */
    List<String> positionals() {
        List<String> values = new ArrayList<>();
        for (PositionalParamSpec positional : parsed.matchedPositionals()) {
            values.addAll(positional.stringValues());
        }
        return values;
    }

    /** The argument without a name at that index; it was declared as one that must be there. */
    String positional(int index) {
        return positionals().get(index);
    }

    boolean quiet() {
        return parsed.hasMatchedOption("-q");
    }

    boolean verbose() {
        return parsed.hasMatchedOption("-v");
    }

    /** A path as written; one that this machine can't hold is a usage error. */
    static Path path(String written) {
        try {
            return Path.of(written);
        } catch (InvalidPathException e) {
            throw new UsageException("`" + written + "` can't be a path: " + e.getReason(), null);
        }
    }

    /** What gave an option its value, for messages: its name, or that of the variable. */
    String source(String name) {
        Variable variable = Variable.of(name);
        return variable != null && given(name).isEmpty() && variable(name) != null ? variable.name() : name;
    }

    private List<String> given(String name) {
        OptionSpec option = parsed.matchedOption(name);
        return option == null ? List.of() : option.stringValues();
    }

    private @Nullable String variable(String name) {
        Variable variable = Variable.of(name);
        String value = variable == null ? null : env.get(variable.name());
        return value == null || value.isEmpty() ? null : value;
    }

    private static String said(String name, String value) {
        Variable variable = Variable.of(name);
        return "`" + (variable == null ? name : variable.name()) + "` can't be `" + value + "`";
    }
}

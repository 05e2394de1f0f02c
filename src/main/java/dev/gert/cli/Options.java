package dev.gert.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Declares a command's arguments. All are text to picocli; {@link Arguments} makes of them what they mean. */
final class Options {
    private final CommandSpec spec;
    private final Map<String, List<String>> choices = new LinkedHashMap<>();
    private final List<String> required = new ArrayList<>();

    Options(CommandSpec spec) {
        this.spec = spec;
    }

    /** Given or not; {@code names} separated by a space, the long one last. */
    Options flag(String names, String description) {
        spec.addOption(OptionSpec.builder(names.split(" "))
                .arity("0")
                .type(boolean.class)
                .description(described(names, description))
                .build());
        return this;
    }

    /** With a value, at most once. */
    Options text(String names, String label, String description) {
        spec.addOption(OptionSpec.builder(names.split(" "))
                .paramLabel(label)
                .arity("1")
                .type(String.class)
                .description(described(names, description))
                .build());
        return this;
    }

    /** One of a few words, at most once; the first is what holds where none is given. */
    Options choice(String names, String description, String... words) {
        choices.put(longName(names), List.of(words));
        return text(names, String.join("|", words), description);
    }

    /** With a value, any number of times. */
    Options texts(String names, String label, String description) {
        spec.addOption(OptionSpec.builder(names.split(" "))
                .paramLabel(label)
                .arity("1")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(described(names, description))
                .build());
        return this;
    }

    /** The next argument without a name; it must be there. */
    Options positional(String label, String description) {
        required.add(label);
        return positionals(
                label, description, String.valueOf(spec.positionalParameters().size()), "1");
    }

    /** All arguments without a name from here on, {@code least} or more. */
    Options positionals(String label, String description, int least) {
        for (int i = 0; i < least; i++) {
            required.add(label);
        }
        return positionals(label, description, spec.positionalParameters().size() + "..*", least + "..*");
    }

    private Options positionals(String label, String description, String index, String arity) {
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel(label)
                .index(index)
                .arity(arity)
                .required(false)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description)
                .build());
        return this;
    }

    CommandSpec spec() {
        return spec;
    }

    /** The labels of arguments without a name that must be there: asked after options that are not known. */
    List<String> required() {
        return required;
    }

    Map<String, List<String>> choices() {
        return choices;
    }

    private static String described(String names, String description) {
        Variable variable = Variable.of(longName(names));
        return variable == null ? description : description + " [" + variable.name() + "]";
    }

    private static String longName(String names) {
        return names.substring(names.lastIndexOf(' ') + 1);
    }
}

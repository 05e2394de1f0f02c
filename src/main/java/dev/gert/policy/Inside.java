package dev.gert.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What may be a command inside the arguments of a program that starts others; for denying alone, so it sees too much.
 *
 * @param open whether words follow the lines that are not known yet
 */
record Inside(
        List<String> names, List<String> lines, @Nullable AwsOperations aws, boolean open) {
    /** Of arguments as patterns see them; of open ones, what holds whatever they become. */
    static Inside of(List<String> arguments) {
        List<String> known = new ArrayList<>();
        int first = arguments.size();
        for (int i = 0; i < arguments.size(); i++) {
            if (!Glob.open(arguments.get(i))) {
                known.add(arguments.get(i));
            } else if (first == arguments.size()) {
                first = i;
            }
        }
        List<String> names = Words.innerNames(known);
        boolean aws = false;
        for (String name : names) {
            aws |= Glob.fold(name).equals("aws");
        }
        return new Inside(
                names,
                Words.innerLines(arguments.subList(0, first)),
                aws ? AwsOperations.of(names) : null,
                first < arguments.size());
    }

    /** What the pattern meets, for messages; null: nothing. */
    @Nullable
    String metBy(CommandPattern pattern) {
        if (pattern.spaced()) {
            for (String line : lines) {
                if ((!open || pattern.text().endsWith("*")) && pattern.deniesInside(line)) {
                    return "a command inside it";
                }
            }
            return null;
        }
        for (String name : names) {
            if (pattern.denies(name) == Match.YES) {
                return "the word `" + CodePoints.escaped(name) + "` inside it";
            }
        }
        return aws != null && aws.metBy(pattern) == Match.YES ? "an operation called inside it" : null;
    }
}

package dev.gert.policy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may be a command inside the arguments of a program that starts others; for denying alone, so it sees too much. */
record Inside(List<String> names, List<String> lines, boolean aws) {
    /** Of arguments as patterns see them; what is open in them is left out. */
    static Inside of(List<String> arguments) {
        List<String> known = new ArrayList<>();
        for (String word : arguments) {
            known.add(word.replace(Glob.OPEN, ' '));
        }
        List<String> names = Words.innerNames(known);
        boolean aws = false;
        for (String name : names) {
            aws |= Glob.fold(name).equals("aws");
        }
        return new Inside(names, Words.innerLines(known), aws);
    }

    /** What the pattern meets, for messages; null: nothing. */
    @Nullable
    String metBy(CommandPattern pattern) {
        if (pattern.spaced()) {
            for (String line : lines) {
                if (pattern.deniesInside(line)) {
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
        return aws && AwsOperations.metBy(pattern, names) == Match.YES ? "an operation called inside it" : null;
    }
}

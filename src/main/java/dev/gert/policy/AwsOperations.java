package dev.gert.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The view of {@code aws iam delete-role …} as IAM writes it, {@code iam:DeleteRole} (formats.md,
 * section 3), for denying alone: options may stand anywhere, so any word may be the service and any
 * later one the operation.
 */
final class AwsOperations {
    /** Pairs of words that are tried with a pattern that has no colon. */
    private static final int NEAR = 12;

    private AwsOperations() {}

    /** Whether a pattern meets an operation that the words may call. */
    static Match metBy(CommandPattern pattern, List<String> words) {
        int colon = pattern.text().indexOf(':');
        if (pattern.spaced() || (colon < 0 && pattern.text().indexOf('*') < 0)) {
            return Match.NO;
        }
        Match met = written(pattern, words);
        return colon < 0 || met == Match.YES
                ? met
                : met.or(split(
                        Glob.anyCase(pattern.text().substring(0, colon)),
                        Glob.anyCase(pattern.text().substring(colon + 1)),
                        words));
    }

    private static Match split(Glob service, Glob operation, List<String> words) {
        Match met = Match.NO;
        Match before = Match.NO;
        for (String word : words) {
            met = met.or(before.and(operation.match(name(word))));
            before = before.or(service.match(word));
            String prefix = BuiltInLists.aws().get(word);
            before = prefix == null ? before : before.or(service.match(prefix));
        }
        return met;
    }

    /** Pairs near the beginning as whole texts: patterns without a colon, and commands that are not named as their operation. */
    private static Match written(CommandPattern pattern, List<String> words) {
        Match met = Match.NO;
        List<String> plain = new ArrayList<>();
        for (String word : words) {
            if (!word.startsWith("-") && plain.size() < NEAR) {
                plain.add(word);
            }
        }
        Map<String, String> known = BuiltInLists.aws();
        for (int i = 0; i < plain.size(); i++) {
            for (int k = i + 1; k < plain.size(); k++) {
                String service = known.getOrDefault(plain.get(i), plain.get(i));
                met = met.or(pattern.denies(service + ":" + name(plain.get(k))));
                String other = known.get(plain.get(i) + " " + plain.get(k));
                met = met.or(any(pattern, other));
            }
        }
        return met;
    }

    private static Match any(CommandPattern pattern, @Nullable String views) {
        Match met = Match.NO;
        if (views != null) {
            for (String view : BuiltInLists.words(views)) {
                met = met.or(pattern.denies(view));
            }
        }
        return met;
    }

    /** {@code delete-role} is {@code DeleteRole}; letters compare without case anyway. */
    private static String name(String word) {
        StringBuilder name = new StringBuilder(word.length());
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) != '-') {
                name.append(word.charAt(i));
            }
        }
        return name.toString();
    }

    /** The lines of {@code aws.txt}: a service and its prefix, or a service, a command and its operations. */
    static Map<String, String> table(List<String> lines) {
        Map<String, String> table = new HashMap<>();
        for (String line : lines) {
            List<String> words = BuiltInLists.words(line);
            if (words.size() == 2) {
                table.put(words.get(0), words.get(1));
            } else {
                table.put(words.get(0) + " " + words.get(1), String.join(" ", words.subList(2, words.size())));
            }
        }
        return table;
    }
}

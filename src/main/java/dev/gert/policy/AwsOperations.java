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

    private final List<String> words;
    private final List<String> names = new ArrayList<>();
    private final List<@Nullable String> prefixes = new ArrayList<>();
    /** Operations that pairs of words near the beginning may be, as whole texts. */
    private final List<String> near = new ArrayList<>();

    private final Initials initials = new Initials();

    private AwsOperations(List<String> words) {
        this.words = words;
    }

    /** Of the words of a command, or inside one. */
    static AwsOperations of(List<String> words) {
        AwsOperations operations = new AwsOperations(words);
        Map<String, String> known = BuiltInLists.aws();
        List<String> plain = new ArrayList<>();
        for (String word : words) {
            operations.names.add(name(word));
            operations.prefixes.add(known.get(word));
            if (!word.startsWith("-") && plain.size() < NEAR) {
                plain.add(word);
            }
        }
        for (int i = 0; i < plain.size(); i++) {
            String service = known.getOrDefault(plain.get(i), plain.get(i));
            for (int k = i + 1; k < plain.size(); k++) {
                operations.addNear(service + ":" + name(plain.get(k)));
                String others = known.get(plain.get(i) + " " + plain.get(k));
                if (others != null) {
                    BuiltInLists.words(others).forEach(operations::addNear);
                }
            }
        }
        return operations;
    }

    private void addNear(String operation) {
        near.add(operation);
        initials.add(operation);
    }

    /** Whether a pattern meets an operation that the words may call. */
    Match metBy(CommandPattern pattern) {
        Glob service = pattern.service();
        Glob operation = pattern.operation();
        if (pattern.spaced() || (service == null && pattern.text().indexOf('*') < 0)) {
            return Match.NO;
        }
        Match met = Match.NO;
        if (initials.mayMatch(pattern)) {
            for (String each : near) {
                met = met.or(pattern.denies(each));
            }
        }
        return service == null || operation == null || met == Match.YES ? met : met.or(split(service, operation));
    }

    private Match split(Glob service, Glob operation) {
        Match met = Match.NO;
        Match before = Match.NO;
        for (int i = 0; i < words.size(); i++) {
            met = before == Match.NO ? met : met.or(before.and(operation.match(names.get(i))));
            before = before.or(service.match(words.get(i)));
            String prefix = prefixes.get(i);
            before = prefix == null ? before : before.or(service.match(prefix));
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

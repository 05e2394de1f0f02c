package dev.gert.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The secrets in gert's own environment (threats.md, "Output"): the values of variables that the policy's
 * {@code deny_env_vars} names, and of those whose names say that they hold one ({@code secret-names.txt}).
 */
public final class SecretVariables {
    /** By its name alone a short value is no secret: {@code TOKEN_CHECK=enabled}. */
    private static final int SHORTEST_BY_NAME = 8;

    private SecretVariables() {}

    /** {@code isFile}: whether a value leads to a file; where a secret lies is none. */
    public static List<String> of(Policy policy, Map<String, String> environment, Predicate<String> isFile) {
        List<String> secrets = new ArrayList<>();
        for (Map.Entry<String, String> each : environment.entrySet()) {
            String value = each.getValue().strip();
            boolean mayBe = value.length() >= SHORTEST_BY_NAME && !isWord(value);
            boolean secret = named(policy, each.getKey()) || (mayBe && BuiltInLists.namesSecret(each.getKey()));
            if (secret && !value.isEmpty() && !isFile.test(value)) {
                secrets.add(value);
            }
        }
        return secrets;
    }

    /** A pattern without a letter, {@code *}, keeps variables from commands; it says nothing of what they hold. */
    private static boolean named(Policy policy, String name) {
        for (PolicyLayer layer : policy.layers()) {
            for (CommandPattern pattern : layer.denyEnvironment()) {
                if (hasLetter(pattern.text()) && Glob.anyCase(pattern.text()).match(name) == Match.YES) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean hasLetter(String pattern) {
        for (int i = 0; i < pattern.length(); i++) {
            if (Character.isLetterOrDigit(pattern.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** As in {@code disabled}: lower-case letters alone. */
    private static boolean isWord(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!(c >= 'a' && c <= 'z')) {
                return false;
            }
        }
        return value.length() < 2 * SHORTEST_BY_NAME;
    }
}

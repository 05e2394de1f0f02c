package dev.gert.policy;

/**
 * The rule behind a decision: its text ({@code deny_commands "rm"}, {@code default: acknowledge}),
 * and its file and line ({@code file} is {@code built-in floor} or {@code built-in read list} and
 * {@code line} 0 for rules that stand in no file).
 */
public record RulePlace(String rule, String file, int line) {
    /** {@code deny_commands "rm" (governance.yaml:4)}. */
    public String describe() {
        return rule + " (" + file + (line > 0 ? ":" + line : "") + ")";
    }
}

package dev.gert.scenario;

import dev.gert.projection.RouteTarget;
import dev.gert.projection.RunTrace;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The texts of suggested scenarios and tests (formats.md, section 4). */
final class SuggestionFiles {
    private SuggestionFiles() {}

    static String inputs(Map<String, String> values) {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) -> text.append(YamlText.of(name))
                .append(": ")
                .append(YamlText.of(value))
                .append('\n'));
        return text.toString();
    }

    /** Empty where nothing was asked. */
    static String recording(List<RouteDispatcher.Asked> asked, Map<String, Map<String, String>> chosen) {
        StringBuilder text = new StringBuilder();
        if (!asked.isEmpty()) {
            text.append("commands:\n");
        }
        for (RouteDispatcher.Asked each : asked) {
            text.append("  - argv: ").append(YamlText.list(each.argv())).append('\n');
            line(text, "    stdout: ", each.output().stdout());
            line(text, "    stderr: ", each.output().stderr());
            if (each.output().exitCode() != 0) {
                text.append("    exit_code: ").append(each.output().exitCode()).append('\n');
            }
        }
        if (!chosen.isEmpty()) {
            text.append("evidence:\n");
        }
        chosen.forEach((step, values) -> {
            text.append("  ").append(step).append(":\n");
            values.forEach((name, value) -> text.append("    ")
                    .append(YamlText.of(name))
                    .append(": {kind: text, value: ")
                    .append(YamlText.of(value))
                    .append("}\n"));
        });
        return text.toString();
    }

    private static void line(StringBuilder text, String key, String value) {
        if (!value.isEmpty()) {
            text.append(key).append(YamlText.of(value)).append('\n');
        }
    }

    /** {@code path}: whether the steps that ran are expected too. */
    static String expected(RunTrace trace, boolean path) {
        StringBuilder text = new StringBuilder("apiVersion: expected/v0\n");
        text.append("outcome: ").append(trace.last().outcomeWord()).append('\n');
        if (path) {
            text.append("branch_path: ")
                    .append(YamlText.list(StepChecks.ids(trace)))
                    .append('\n');
        }
        return text.toString();
    }

    /** What stands before the tests; {@code runbook} as from the file. */
    static String head(String runbook) {
        return "apiVersion: test/v0\nrunbook: " + YamlText.of(runbook) + "\ntests:\n";
    }

    /** One test, as an item of {@code tests}. */
    static String test(String name, Map<String, List<String>> vars, RouteTarget target, @Nullable String outcome) {
        StringBuilder text =
                new StringBuilder("  - name: ").append(YamlText.of(name)).append('\n');
        if (!vars.isEmpty()) {
            text.append("    vars:\n");
        }
        vars.forEach((variable, values) -> text.append("      ")
                .append(YamlText.of(variable))
                .append(": ")
                .append(values.size() == 1 ? YamlText.of(values.get(0)) : YamlText.list(values))
                .append('\n'));
        text.append("    expect:\n");
        if (target.arm() != null) {
            text.append("      branch_taken: ")
                    .append(YamlText.of(target.arm().labelPath()))
                    .append('\n');
        } else {
            text.append("      steps_reached: ")
                    .append(YamlText.list(List.of(target.step().step().id())))
                    .append('\n');
        }
        if (outcome != null) {
            text.append("      outcome: ").append(outcome).append('\n');
        }
        return text.toString();
    }
}

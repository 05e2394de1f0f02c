package dev.gert.scenario;

import dev.gert.json.JsonValue;
import dev.gert.json.JsonWriter;
import dev.gert.model.ScenarioRecording;
import dev.gert.projection.OutputMaker;
import dev.gert.projection.RouteTarget;
import dev.gert.projection.RunTrace;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The texts of suggested scenarios and tests (formats.md, section 4). */
final class SuggestionFiles {
    static final String COMMANDS = "commands:\n";

    private SuggestionFiles() {}

    static String inputs(Map<String, String> values) {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) -> text.append(YamlText.of(name))
                .append(": ")
                .append(YamlText.of(value))
                .append('\n'));
        return text.toString();
    }

    /** {@code commands}: as {@link #command} has them. Empty where nothing was asked. */
    static String recording(List<String> commands, Map<String, Map<String, String>> chosen) {
        StringBuilder text = new StringBuilder();
        if (!commands.isEmpty()) {
            text.append(COMMANDS);
            commands.forEach(text::append);
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

    /** An item of {@code commands}. */
    static String command(RouteDispatcher.Asked asked) {
        StringBuilder text = new StringBuilder();
        text.append("  - argv: ").append(YamlText.list(asked.argv())).append('\n');
        line(text, "    stdout: ", asked.output().stdout());
        line(text, "    stderr: ", asked.output().stderr());
        if (asked.output().exitCode() != 0) {
            text.append("    exit_code: ").append(asked.output().exitCode()).append('\n');
        }
        return text.toString();
    }

    /** Whether a recording says just this, as it is read. */
    static boolean says(ScenarioRecording read, RouteDispatcher.Asked asked) {
        if (read.commands().size() != 1) {
            return false;
        }
        ScenarioRecording.Command command = read.commands().get(0);
        OutputMaker.Output output = asked.output();
        return command.argv().equals(asked.argv())
                && command.stdout().equals(output.stdout())
                && command.stderr().equals(output.stderr())
                && command.exitCode() == output.exitCode();
    }

    /**
     * What services answered, by the name of the file in {@code steps}. Numbers begin again with every run of
     * a chain, but for a step that had an answer before: the number orders its answers.
     */
    static Map<String, String> responses(List<RouteDispatcher.Responded> responses) {
        Map<String, String> files = new LinkedHashMap<>();
        Map<String, Integer> next = new HashMap<>();
        Map<String, Integer> last = new HashMap<>();
        for (RouteDispatcher.Responded each : responses) {
            int number = Math.max(next.getOrDefault(each.run(), 0), last.getOrDefault(each.stepId(), -1) + 1);
            next.put(each.run(), number + 1);
            last.put(each.stepId(), number);
            String digits = Integer.toString(number);
            String name = "000".substring(Math.min(3, digits.length())) + digits + "-"
                    + each.stepId().replace('_', '-') + ".json";
            files.put(name, document(each.document()));
        }
        return files;
    }

    /** A member a line, and a row a line. */
    private static String document(JsonValue document) {
        if (!(document instanceof JsonValue.MapValue map) || map.entries().isEmpty()) {
            return JsonWriter.compact(document) + "\n";
        }
        StringBuilder text = new StringBuilder("{");
        map.entries().forEach((name, value) -> {
            text.append(text.length() > 1 ? ",\n  " : "\n  ");
            text.append(JsonWriter.compact(JsonValue.text(name))).append(": ");
            List<JsonValue> rows = value instanceof JsonValue.ListValue list ? list.items() : List.of();
            if (rows.isEmpty() || !(rows.get(0) instanceof JsonValue.MapValue)) {
                text.append(JsonWriter.compact(value));
                return;
            }
            for (int i = 0; i < rows.size(); i++) {
                text.append(i == 0 ? "[\n    " : ",\n    ").append(JsonWriter.compact(rows.get(i)));
            }
            text.append("\n  ]");
        });
        return text.append("\n}\n").toString();
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

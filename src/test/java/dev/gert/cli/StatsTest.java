package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.event.StepStatus;
import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import dev.gert.projection.LaidRun;
import dev.gert.projection.RunGlance;
import dev.gert.projection.RunStatistics;
import dev.gert.render.SchemaCheck;
import dev.gert.render.StatsText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code gert stats} and {@code gert runs} over journals of which every figure is known. */
class StatsTest {
    @TempDir
    static Path shared;

    @TempDir
    Path own;

    @BeforeAll
    static void week() throws IOException {
        Files.createDirectory(shared.resolve(".git"));
        new LaidRuns(shared.resolve("reports")).week();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 36",
        "--since 2026-11-22, 4",
        "--since 2026-11-20T09:00:00Z, 10",
        "--since 2026-11-21T09:15:01Z, 6",
        "--since 2026-11-21T09:15:02Z, 5",
        "--since 2099-01-01, 0",
        "--state over, 34",
        "--state waiting, 1",
        "--state in-doubt, 1",
        "--state running, 0",
        "--state unreadable, 0",
        "--outcome resolved, 21",
        "--outcome no_action, 4",
        "--outcome escalated, 2",
        "--outcome needs_rca, 3",
        "--outcome error, 4",
        "--outcome completed, 0",
        "--incident ICM-750, 4",
        "--incident ICM-75, 0",
        "--actor ann, 20",
        "--actor bob, 16",
        "--actor ann --incident ICM-749, 2",
        "--since 2026-11-20 --state over --actor bob --outcome resolved, 2",
    })
    void chooses(String options, int expected) {
        List<Map<String, JsonValue>> runs = new ArrayList<>();
        for (JsonValue run : list(json("runs --json " + options), "runs")) {
            runs.add(((JsonValue.MapValue) run).entries());
        }
        assertThat(runs).hasSize(expected);
        assertThat(number(json("stats --json " + options), "runs")).isEqualTo(expected);
        assertThat(gert("runs --csv " + options).out().split("\r\n")).hasSize(1 + expected);
    }

    @ParameterizedTest
    @CsvSource({
        "restart-gateway, 24",
        "disk-space, 12",
        "disk-space.runbook.yaml, 12",
        "runbooks/disk-space.runbook.yaml, 12",
        "call-storage, 0",
        "disk-space --outcome escalated, 2",
    })
    void theRunbookIsWhatTheyBeganWith(String options, int expected) {
        assertThat(number(json("stats --json " + options), "runs")).isEqualTo(expected);
    }

    @Test
    void saysWhatWasMeant() {
        assertThat(gert("stats disk-spice").err())
                .contains("warning: no run began with `disk-spice`")
                .contains("did you mean `disk-space`?");
        assertThat(gert("stats disk-space").err()).isEmpty();
        assertThat(gert("stats --outcome resolvd").err()).contains("did you mean `resolved`?");
        for (String wrong :
                List.of("a b", "--json --csv", "--json --limit 3", "--limit x", "--state done", "--since x")) {
            assertThat(gert("stats " + wrong).exitCode()).as(wrong).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"''", "--state waiting", "--since 2099-01-01", "disk-space"})
    void theDocumentIsBySchemaAndCsvHasItsFigures(String options) {
        InProcess.Said said = gert("stats --json " + options);
        assertThat(SchemaCheck.document("stats", said.out())).isEmpty();
        Map<String, String> figures = new TreeMap<>();
        flatten(json("stats --json " + options), figures);
        Map<String, String> lines = new TreeMap<>();
        for (String line : gert("stats --csv " + options).out().split("\r\n")) {
            String[] cells = line.substring(1, line.length() - 1).split("\",\"", -1);
            assertThat(cells).hasSize(5);
            cells[2] = cells[2].replace("\"\"", "\"");
            assertThat(lines.put(String.join("|", Arrays.copyOf(cells, 4)), cells[4]))
                    .as(line)
                    .isNull();
        }
        lines.remove("about|runbook|name|figure");
        assertThat(lines).isEqualTo(figures);
    }

    @Test
    void theListIsBySchemaAndCsvHasItsRows() {
        String json = gert("runs --json").out();
        assertThat(SchemaCheck.document("runs", json)).isEmpty();
        String[] lines = gert("runs --csv").out().split("\r\n");
        List<JsonValue> runs = list(json("runs --json"), "runs");
        for (int i = 0; i < runs.size(); i++) {
            Map<String, JsonValue> run = ((JsonValue.MapValue) runs.get(i)).entries();
            assertThat(lines[0]).isEqualTo("\"" + String.join("\",\"", run.keySet()) + "\"");
            List<String> cells = run.values().stream().map(StatsTest::text).toList();
            assertThat(lines[i + 1]).isEqualTo("\"" + String.join("\",\"", cells) + "\"");
        }
    }

    @Test
    void theWordsFitTheTerminal() {
        RunStatistics statistics = new RunStatistics();
        String name = "a-name-that-no-terminal-has-room-for-beside-figures-".repeat(3);
        for (int i = 0; i < 1_000; i++) {
            LaidRun run = LaidRuns.at("2026-11-23T10:15:00Z", i).start(name, "real", "ann", null);
            run.begin("x", name, 1).ask("x", 1, name, 1).later(40_000_000L).grant("x", 1, false);
            run.send("x", 1).later(500_000_000L).failAttempt("x", 1);
            StepStatus ended = i % 3 == 0 ? StepStatus.BLOCKED : i % 3 == 1 ? StepStatus.IN_DOUBT : StepStatus.FAILED;
            run.complete("x", 2, ended).end("error", 4);
            statistics.add(run.glance(RunGlance.State.OVER, "error"), run.figures());
        }
        statistics.damaged("20261123T101500Z-4f21c9aa", "");
        for (String line : StatsText.render(statistics.made(), true, 80, 20).split("\n")) {
            assertThat(line.length()).as(line).isLessThanOrEqualTo(80);
        }
    }

    @Test
    void aDamagedJournalIsNamedAndLeftOut() throws IOException {
        Files.createDirectory(own.resolve(".git"));
        LaidRuns runs = new LaidRuns(own.resolve("reports"));
        for (int i = 0; i < 4; i++) {
            LaidRun run = LaidRuns.at("2026-11-23T10:15:0" + i + "Z", i).start("say", "real", "ann", null);
            run.begin("say", "say", 1).later(10).complete("say", 1, StepStatus.PASSED);
            runs.lay(run.later(1).end("resolved", 0));
        }
        Path middle = journal("20261123T101500Z-4f21c9a0");
        Files.writeString(middle, Files.readString(middle).replace("\"kind\":\"cli\"", "\"kind\":\"clj\""));
        Path beginning = journal("20261123T101501Z-4f21c9a1");
        Files.writeString(beginning, "x" + Files.readString(beginning));
        Path torn = journal("20261123T101502Z-4f21c9a2");
        String whole = Files.readString(torn);
        Files.writeString(torn, whole.substring(0, whole.length() - 20));
        InProcess.Said said = gert(own, "stats --json");
        assertThat(said.exitCode()).isEqualTo(1);
        assertThat(said.err())
                .contains("run 20261123T101500Z-4f21c9a0 is left out: its journal is damaged at line 2")
                .contains("run 20261123T101501Z-4f21c9a1 is left out: its first record can't be read")
                .doesNotContain("4f21c9a2")
                .contains("`gert verify 20261123T101500Z-4f21c9a0` says");
        Map<String, JsonValue> document = entries(said.out());
        assertThat(number(document, "runs")).isEqualTo(2);
        assertThat(list(document, "damaged")).hasSize(2);
        assertThat(gert(own, "stats").out()).contains("left out  2 damaged");
        assertThat(gert(own, "stats --state over").exitCode()).isEqualTo(1);
        assertThat(gert(own, "stats --since 2026-11-23T10:15:02Z").exitCode()).isZero();
    }

    @Test
    void withoutRunsThereIsNothingToSay() throws IOException {
        Files.createDirectory(own.resolve(".git"));
        InProcess.Said said = gert(own, "stats");
        assertThat(said.out()).isEqualTo("runs      0\n");
        assertThat(said.exitCode()).isZero();
        assertThat(SchemaCheck.document("stats", gert(own, "stats --json").out()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '~',
            value = {
                "=HYPERLINK(1), '=HYPERLINK(1)",
                "+1, '+1",
                "-1, '-1",
                "@SUM(1), '@SUM(1)",
                "ICM-1, ICM-1",
                "'1, '1",
                "a\"b, a\"\"b",
            })
    void noSpreadsheetTakesATextForAFormula(String incident, String cell) throws IOException {
        Files.createDirectory(own.resolve(".git"));
        LaidRun run = LaidRuns.at("2026-11-23T10:15:00Z", 0).start(incident, "real", "ann", incident);
        new LaidRuns(own.resolve("reports")).lay(run.end("completed", 0));
        assertThat(gert(own, "runs --csv").out()).contains(",\"" + cell + "\",\"2026-11-23");
        assertThat(gert(own, "stats --csv").out()).contains("\"runbook\",\"" + cell + "\",\"\",\"runs\",\"1\"\r\n");
    }

    @Test
    void aTableShowsAsManyLinesAsAreAskedFor() {
        assertThat(gert("stats --limit 2").out())
                .contains("and 5 more; `--limit 0` shows all")
                .doesNotContain("verify");
        assertThat(gert("stats --limit 0").out()).contains("verify").doesNotContain("more");
    }

    private Path journal(String run) {
        return own.resolve("reports/runs").resolve(run).resolve("journal.jsonl");
    }

    /** A JSON document's figures under the names that CSV has for them. */
    private static void flatten(Map<String, JsonValue> document, Map<String, String> figures) {
        List<String> other = List.of("schema", "percentile", "filter", "first", "last", "damaged");
        for (Map.Entry<String, JsonValue> each : document.entrySet()) {
            String name = each.getKey();
            if (other.contains(name)) {
                continue;
            }
            if (name.equals("approvals")) {
                figures("approvals||", each.getValue(), figures);
            } else if (name.equals("left_out") || name.equals("states")) {
                String about = name.equals("states") ? "state" : name;
                ((JsonValue.MapValue) each.getValue())
                        .entries()
                        .forEach((word, count) -> figures.put(about + "||" + word + "|runs", text(count)));
            } else if (each.getValue() instanceof JsonValue.ListValue list) {
                for (JsonValue item : list.items()) {
                    Map<String, JsonValue> of = ((JsonValue.MapValue) item).entries();
                    String key = name.substring(0, name.length() - 1) + "|";
                    key += (of.containsKey("runbook") ? text(of.get("runbook")) : "") + "|";
                    key += of.containsKey("step") ? text(of.get("step")) : "";
                    key += of.containsKey("rule") ? text(of.get("rule")) + " (" + text(of.get("file")) + ")" : "";
                    figures(key, item, figures);
                }
            } else {
                figures("runs||", new JsonValue.MapValue(Map.of(name, each.getValue())), figures);
            }
        }
        figures.put(
                "left_out||damaged|runs",
                String.valueOf(list(document, "damaged").size()));
    }

    private static void figures(String key, JsonValue value, Map<String, String> figures) {
        for (Map.Entry<String, JsonValue> each :
                ((JsonValue.MapValue) value).entries().entrySet()) {
            if (each.getValue() instanceof JsonValue.MapValue nested) {
                boolean plain = each.getKey().equals("outcomes");
                nested.entries()
                        .forEach((name, of) ->
                                figures.put(key + "|" + (plain ? name : each.getKey() + "_" + name), text(of)));
            } else if (!(each.getValue() instanceof JsonValue.Text)) {
                figures.put(key + "|" + each.getKey(), text(each.getValue()));
            }
        }
    }

    private static String text(JsonValue value) {
        return value instanceof JsonValue.Text text
                ? text.value()
                : value instanceof JsonValue.Num number ? number.value().toPlainString() : "";
    }

    private static long number(Map<String, JsonValue> document, String name) {
        return ((JsonValue.Num) document.get(name)).value().longValueExact();
    }

    private static List<JsonValue> list(Map<String, JsonValue> document, String name) {
        return ((JsonValue.ListValue) document.get(name)).items();
    }

    private static Map<String, JsonValue> json(String line) {
        return entries(gert(line).out());
    }

    private static Map<String, JsonValue> entries(String text) {
        return ((JsonValue.MapValue) ((JsonResult.Ok) JsonReader.read(text)).value()).entries();
    }

    private static InProcess.Said gert(String line) {
        return gert(shared, line);
    }

    private static InProcess.Said gert(Path folder, String line) {
        return InProcess.gert(List.of(line.strip().split(" ")), folder, Map.of("LANG", "C.UTF-8"));
    }
}

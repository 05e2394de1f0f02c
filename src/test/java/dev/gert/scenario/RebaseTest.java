package dev.gert.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.engine.port.Clock;
import dev.gert.projection.TestFinding;
import dev.gert.projection.TestReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recorded times move by (now − reference) and keep how they were written; nothing else moves. */
class RebaseTest {
    private static final long NOW = Instant.parse("2026-03-01T00:00:10Z").getEpochSecond() * 1_000_000;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "2025-01-02T03:04:05Z              | 2026-03-01T00:00:10Z",
                "2025-01-02T03:04:05.1Z            | 2026-03-01T00:00:10.1Z",
                "2025-01-02T03:04:05.123456789Z    | 2026-03-01T00:00:10.123456789Z",
                "2025-01-02T03:04:05.1234567Z      | 2026-03-01T00:00:10.1234567Z",
                "2025-01-02T05:04:05.000+02:00     | 2026-03-01T02:00:10.000+02:00",
                "2025-01-02 03:04:05               | 2026-03-01 00:00:10",
                "2025-01-02T03:05Z                 | 2026-03-01T00:01Z",
                "2025-01-01T03:04:05Z              | 2026-02-28T00:00:10Z",
                "2025-01-02                        | 2025-01-02",
                "2025-13-02T03:04:05Z              | 2025-13-02T03:04:05Z",
                "2025-01-02T03:04:05.Z             | 2025-01-02T03:04:05.Z",
                "at 2025-01-02T03:04:05Z           | at 2025-01-02T03:04:05Z",
                "2025-01-02T03:04:05Zebra          | 2025-01-02T03:04:05Zebra",
                "9999-12-31T23:59:59Z              | 9999-12-31T23:59:59Z"
            })
    void aTimeMoves(String written, String moved) {
        Rebase rebase = new Rebase(Instant.parse("2025-01-02T03:04:05Z"), NOW);
        String document = "{\"a\\\"\": \"%s\", \"n\": 2025, \"t\": [\"%s\"]}";

        assertThat(rebase.moved(document.formatted(written, written))).isEqualTo(document.formatted(moved, moved));
    }

    @Test
    void brokenJsonIsLeftForItsReader() {
        Rebase rebase = new Rebase(Instant.EPOCH, NOW);
        for (String text : List.of("", "\"", "\"\\", "\"2025-01-02T03:04:05Z", "{\"a\\")) {
            assertThat(rebase.moved(text)).isEqualTo(text);
        }
    }

    @Test
    void aScenarioIsMovedFromATimeThatIsGivenOrFromItsInput() throws IOException {
        lay("governance.yaml", "apiVersion: governance/v0\n");
        lay("x.runbook.yaml", """
                apiVersion: runbook/v0
                meta: {name: x, vars: {start_time: ""}, xts: {environment: prod}}
                steps:
                  - {id: q, type: xts, xts: {mode: query, query_type: kusto, query: x}, capture: {seen: "$.data[0].seen"}}
                  - id: told
                    type: manual
                    instructions: Look
                    outcomes:
                      - {when: seen > query_start_time and seen < query_end_time, state: escalated}
                      - {state: no_action}
                """);
        lay("scenarios/x/s/inputs.yaml", "start_time: 2025-01-02T03:04:05Z\n");
        lay("scenarios/x/s/steps/000-q.json", "{\"data\": [{\"seen\": \"2025-01-02T03:00:00Z\"}]}\n");
        lay("scenarios/x/s/expected.yaml", """
                apiVersion: expected/v0
                outcome: escalated
                captures: {seen: "2026-02-28T23:56:05Z"}
                """);

        assertThat(run("start_time").count(dev.gert.projection.TestResult.Status.PASSED))
                .isEqualTo(1);
        assertThat(run("2025-01-02T03:04:05Z").count(dev.gert.projection.TestResult.Status.PASSED))
                .isEqualTo(1);
        assertThat(messages(run(null)))
                .containsExactly("the run ended `no_action`", "`seen` is `2025-01-02T03:00:00Z`");
        assertThat(messages(run("begin_time")))
                .containsExactly("the times can't be moved: the input `begin_time` of the scenario is no time");
    }

    private static List<String> messages(TestReport report) {
        return report.results().get(0).failures().stream()
                .map(TestFinding::message)
                .map(text -> text.text())
                .toList();
    }

    private TestReport run(String rebase) throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        TestRun.Options options = new TestRun.Options(null, null, false, false, 1, rebase, false);
        return new TestRun(folder, List.of(), AT, options)
                .run(List.of("x.runbook.yaml"))
                .report();
    }

    private void lay(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static final Clock AT = new Clock() {
        @Override
        public long epochMicros() {
            return NOW;
        }

        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public void sleep(long millis, BooleanSupplier cut) {}
    };
}

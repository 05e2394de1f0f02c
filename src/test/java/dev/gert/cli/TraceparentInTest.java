package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.projection.LiveSpans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code TRACEPARENT}: whose trace a run is part of, and what its commands are given. */
class TraceparentInTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String GIVEN = "00-" + TRACE + "-b7ad6b7169203331-00";

    @TempDir
    Path folder;

    @BeforeEach
    void project() throws IOException {
        folder = folder.toRealPath();
        Files.writeString(folder.resolve("gert.yaml"), "name: shop\n");
        Files.writeString(folder.resolve("governance.yaml"), "apiVersion: governance/v0\ndefault: allow\n");
        Path say = Files.createDirectory(folder.resolve("bin")).resolve("say");
        Files.writeString(say, "#!/bin/sh\necho $TRACEPARENT >> seen\n");
        Files.setPosixFilePermissions(say, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(folder.resolve("x.runbook.yaml"), """
                apiVersion: runbook/v0
                meta: {name: x, inputs: {who: {from: prompt}}}
                steps:
                  - id: first
                    type: cli
                    with: {argv: [bin/say]}
                  - id: sure
                    type: manual
                    instructions: Look.
                    required_evidence: [{name: look, kind: text}]
                  - id: second
                    type: cli
                    with: {argv: [bin/say]}
                """);
    }

    @Test
    void theRunIsOfTheTraceThatGertWasGiven() throws IOException {
        assertThat(gert(GIVEN, "run", "x.runbook.yaml", "--var", "who=kim").exitCode())
                .isEqualTo(8);
        Path answers = folder.resolve("answers.yaml");
        Files.writeString(answers, "evidence: {sure: {look: {kind: text, value: fine}}}\n");
        String other = "00-11111111111111111111111111111111-2222222222222222-01";
        InProcess.Said end = gert(other, "resume", "latest", "--answers", "answers.yaml");
        assertThat(end.exitCode()).as(end.err()).isZero();

        assertThat(Files.readAllLines(folder.resolve("seen")))
                .hasSize(2)
                .doesNotHaveDuplicates()
                .allMatch(line -> line.matches("00-" + TRACE + "-[0-9a-f]{16}-00"));
        String trace = Files.readString(run().resolve("trace.json"));
        for (String line : Files.readAllLines(folder.resolve("seen"))) {
            assertThat(trace).contains("\"traceId\":\"" + TRACE + "\",\"spanId\":\"" + line.substring(36, 52) + "\"");
        }
        assertThat(trace)
                .containsOnlyOnce("\"parentSpanId\":\"b7ad6b7169203331\",\"name\":\"x\"")
                .contains(
                        "\"links\":[{\"traceId\":\"11111111111111111111111111111111\",\"spanId\":\"2222222222222222\","
                                + "\"attributes\":[{\"key\":\"link.kind\",\"value\":{\"stringValue\":\"resume\"}}]}]");
        LiveSpans.check(run());
    }

    @Test
    void whatIsNoTraceparentIsSaidAndLeftOut() throws IOException {
        InProcess.Said said = gert("00-" + TRACE + "-b7ad-01", "run", "x.runbook.yaml", "--var", "who=kim");
        assertThat(said.err()).contains("warning: TRACEPARENT is not as W3C Trace Context has it");
        assertThat(Files.readString(run().resolve("trace.json"))).doesNotContain(TRACE);
        assertThat(Files.readString(folder.resolve("seen")))
                .doesNotContain(TRACE)
                .matches("00-[0-9a-f-]{49}-01\n");
    }

    private InProcess.Said gert(String traceparent, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--non-interactive");
        return InProcess.gert(
                all, folder, Map.of("LANG", "C.UTF-8", "PATH", "/usr/bin:/bin", "TRACEPARENT", traceparent));
    }

    private Path run() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("reports/runs"))) {
            return runs.findFirst().orElseThrow();
        }
    }
}

package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.render.SchemaCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run that a pipeline started says which. */
class PipelineTest {
    @TempDir
    Path folder;

    /** {@code marker}: what says that the service is there; {@code recorded}: of the variables that it sets. */
    @ParameterizedTest
    @CsvSource({
        "GITHUB_ACTIONS, GITHUB_RUN_ID, GITHUB_TOKEN",
        "GITLAB_CI, CI_JOB_URL, CI_JOB_TOKEN",
        "TF_BUILD, BUILD_BUILDID, SYSTEM_ACCESSTOKEN",
        "JENKINS_URL, BUILD_URL, JENKINS_API_TOKEN",
        "BUILDKITE, BUILDKITE_BUILD_URL, BUILDKITE_AGENT_ACCESS_TOKEN",
        "CIRCLECI, CIRCLE_BUILD_URL, CIRCLE_TOKEN",
        "BITBUCKET_BUILD_NUMBER, BITBUCKET_COMMIT, BITBUCKET_PASSWORD"
    })
    void everySinkHasWhatLeadsBackToTheJob(String marker, String recorded, String secret) throws IOException {
        Map<String, String> env = new HashMap<>(Map.of("LANG", "C.UTF-8", "PATH", "/usr/bin:/bin"));
        env.put(marker, "true");
        env.put(recorded, "job-<7>");
        env.put(secret, "s3cr3t-of-the-job");
        Path run = run(env);
        String said = recorded + "=job-<7>";
        assertThat(Files.readString(run.resolve("journal.jsonl"))).contains("\"" + said + "\"");
        String evidence = Files.readString(run.resolve("evidence.json"));
        assertThat(evidence).contains("\"" + said + "\"");
        assertThat(SchemaCheck.document("evidence", evidence)).isEmpty();
        assertThat(Files.readString(run.resolve("trace.json"))).contains("ci." + recorded, "job-<7>");
        assertThat(Files.readString(run.resolve("report.html"))).contains(recorded + "=job-&lt;7&gt;");
        for (String file : new String[] {"journal.jsonl", "evidence.json", "trace.json", "report.html"}) {
            assertThat(Files.readString(run.resolve(file))).as(file).doesNotContain("s3cr3t");
        }
        assertThat(InProcess.gert(List.of("verify", "latest"), folder, env).exitCode())
                .isZero();
    }

    @Test
    void withoutAPipelineNothingIsRecordedOfOne() throws IOException {
        Path run = run(Map.of("LANG", "C.UTF-8", "PATH", "/usr/bin:/bin", "GITHUB_RUN_ID", "7", "GITHUB_ACTIONS", ""));
        assertThat(Files.readString(run.resolve("journal.jsonl"))).doesNotContain("GITHUB", "\"ci\"");
        assertThat(Files.readString(run.resolve("evidence.json"))).contains("\"ci\": []");
    }

    private Path run(Map<String, String> env) throws IOException {
        Files.writeString(folder.resolve("governance.yaml"), "apiVersion: governance/v0\ndefault: allow\n");
        Files.writeString(
                folder.resolve("x.runbook.yaml"),
                "apiVersion: runbook/v0\nmeta: {name: x}\nsteps: [{id: a, type: cli, with: {argv: [\"true\"]}}]\n");
        InProcess.Said said = InProcess.gert(List.of("run", "x.runbook.yaml", "--non-interactive"), folder, env);
        assertThat(said.exitCode()).as(said.out() + said.err()).isZero();
        try (Stream<Path> runs = Files.list(folder.resolve("reports/runs"))) {
            return runs.findFirst().orElseThrow();
        }
    }
}

package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --evidence} and {@code gert evidence push} against moto. */
class EvidenceInS3IT {
    @TempDir
    Path folder;

    private static Moto moto;
    private Workshop shop;

    @BeforeAll
    static void aws(@TempDir Path log) throws Exception {
        moto = new Moto(log);
    }

    @BeforeEach
    void project() throws Exception {
        assertThat(moto.send("POST", "/moto-api/reset").statusCode()).isEqualTo(200);
        shop = new Workshop(folder);
        shop.file("gert.yaml", "name: shop\n");
        shop.file("governance.yaml", "apiVersion: governance/v0\ndefault: allow\n");
        shop.file("x.runbook.yaml", """
                apiVersion: runbook/v0
                meta: {name: x}
                steps:
                  - {id: look, type: cli, with: {argv: [echo, "7"]}, outcomes: [{state: resolved, label: looked}]}
                """);
        shop.file("wait.runbook.yaml", """
                apiVersion: runbook/v0
                meta: {name: wait}
                steps:
                  - {id: see, type: manual, instructions: look}
                """);
        shop.more.put("AWS_ENDPOINT_URL", moto.url);
        shop.more.put("AWS_ACCESS_KEY_ID", "AKIATESTTESTTESTTEST");
        shop.more.put("AWS_SECRET_ACCESS_KEY", "secretsecretsecretsecret");
        shop.more.put("AWS_REGION", "us-east-1");
        assertThat(moto.send("PUT", "/audit").statusCode()).isEqualTo(200);
    }

    @AfterAll
    static void close() {
        if (moto != null) {
            moto.close();
        }
    }

    private Workshop.Result gert(String... arguments) throws Exception {
        return shop.gert(arguments);
    }

    private String run() throws Exception {
        return shop.journal().getParent().getFileName().toString();
    }

    @Test
    void theBundleOfARunThatIsOverIsThereWithItsTags() throws Exception {
        Workshop.Result said =
                gert("run", "x.runbook.yaml", "--evidence", "s3://audit/runs", "--incident", "ICM 7 <now>");
        assertThat(said.exit()).as(said.all()).isZero();
        String run = run();
        assertThat(said.err())
                .contains("evidence s3://audit/runs/" + run + ".zip, SHA-256 ")
                .doesNotContain("SLF4J");
        assertThat(gert("report", "latest", "--bundle", "again.zip").exit()).isZero();
        byte[] kept = moto.send("GET", "/audit/runs/" + run + ".zip").body();
        assertThat(kept).isEqualTo(Files.readAllBytes(folder.resolve("again.zip")));
        assertThat(text("/audit/runs/" + run + ".zip?tagging"))
                .contains(
                        "<Key>run</Key><Value>" + run + "</Value>",
                        "<Key>outcome</Key><Value>resolved</Value>",
                        "<Key>incident_id</Key><Value>ICM 7 _now_</Value>");
        assertThat(folder.resolve("reports/runs/" + run)).isDirectoryNotContaining("glob:**.new");
    }

    @Test
    void whatIsKeptIsNeverReplaced() throws Exception {
        shop.file("gert.yaml", "name: shop\nevidence: {to: \"s3://audit\"}\n");
        assertThat(gert("run", "x.runbook.yaml").err()).contains("evidence s3://audit/");
        String run = run();
        byte[] kept = moto.send("GET", "/audit/" + run + ".zip").body();
        Workshop.Result again = gert("evidence", "push", "latest");
        assertThat(again.exit()).as(again.all()).isZero();
        assertThat(again.err()).contains("s3://audit/" + run + ".zip is there already");
        Files.writeString(shop.journal().resolveSibling("attachments").resolveSibling("evidence.json"), "");
        shop.file("reports/runs/" + run + "/approvals/added.txt", "x");
        Workshop.Result other = gert("evidence", "push", "latest");
        assertThat(other.exit()).isEqualTo(1);
        assertThat(other.err()).contains("another bundle has that name already");
        assertThat(moto.send("GET", "/audit/" + run + ".zip").body()).isEqualTo(kept);
    }

    @Test
    void aLockKeepsItFromBeingDeleted() throws Exception {
        moto.send("PUT", "/locked", "x-amz-bucket-object-lock-enabled", "true");
        Workshop.Result said =
                gert("run", "x.runbook.yaml", "--evidence", "s3://locked", "--evidence-lock", "compliance:30");
        assertThat(said.err()).as(said.all()).contains("evidence s3://locked/");
        String path = "/locked/" + run() + ".zip";
        String version =
                moto.send("GET", path).headers().firstValue("x-amz-version-id").orElseThrow();
        // this moto answers with a status of its own; what counts is that the object is still there
        assertThat(moto.send("DELETE", path + "?versionId=" + version).statusCode())
                .isGreaterThanOrEqualTo(400);
        assertThat(moto.send("GET", path).statusCode()).isEqualTo(200);
    }

    @Test
    void thatItCannotBeSentIsAWarningAndItIsSentLater() throws Exception {
        shop.more.put("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
        Workshop.Result said = gert("run", "x.runbook.yaml", "--evidence", "s3://audit");
        assertThat(said.exit()).as(said.all()).isZero();
        assertThat(said.err()).contains("warning: the evidence is not at s3://audit/", "gert evidence push " + run());
        shop.more.put("AWS_ENDPOINT_URL", moto.url);
        Workshop.Result none = gert("evidence", "push", "latest", "--evidence", "s3://nowhere-at-all");
        assertThat(none.exit()).isEqualTo(1);
        assertThat(none.err()).contains("NoSuchBucket", "make the bucket, or name another");
        assertThat(gert("evidence", "push", "latest", "--evidence", "s3://audit")
                        .exit())
                .isZero();
        assertThat(moto.send("GET", "/audit/" + run() + ".zip").statusCode()).isEqualTo(200);
    }

    @Test
    void aRunThatIsNotOverIsNotKept() throws Exception {
        Workshop.Result said = gert("run", "wait.runbook.yaml", "--non-interactive", "--evidence", "s3://audit");
        assertThat(said.exit()).as(said.all()).isEqualTo(8);
        Workshop.Result push = gert("evidence", "push", "latest", "--evidence", "s3://audit");
        assertThat(push.exit()).isEqualTo(1);
        assertThat(push.err()).contains("is not over, and what is kept can't be replaced");
        assertThat(text("/audit")).doesNotContain("<Key>");
    }

    private String text(String path) throws Exception {
        return new String(moto.send("GET", path).body(), StandardCharsets.UTF_8);
    }
}

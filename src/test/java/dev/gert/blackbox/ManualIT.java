package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do in a run, at a real terminal and by a file of answers: evidence, choices, leaving, time. */
class ManualIT {
    private static final String RUNBOOK = """
            apiVersion: runbook/v0
            meta: {name: x, inputs: {server: {from: prompt}, token: {from: prompt, sensitive: true, default: none}}}
            steps:
              - id: look
                type: manual
                title: Look at {{ .server }}
                instructions: See whether the gateway is back and write down what you saw of it on the dashboard there
                required_evidence:
                  - {kind: text, name: seen}
                  - {kind: checklist, name: metrics, items: ["Error rate < 1%", Latency]}
                  - {kind: attachment, name: shot}
                choices:
                  variable: cause
                  prompt: What was it?
                  options:
                    - {value: gateway, label: Gateway, description: it hung}
                    - {value: quota, label: Quota}
              - id: told
                type: manual
                instructions: Tell them about the {{ .cause }}
                outcomes: [{state: resolved, label: up}]
            """;

    @TempDir
    Path folder;

    private Workshop shop;
    private PtySession session;

    @BeforeEach
    void work() throws IOException {
        shop = new Workshop(folder);
        shop.file("governance.yaml", "apiVersion: governance/v0\n");
        shop.file("x.runbook.yaml", RUNBOOK);
        shop.file("shots/p.PNG", "a picture with hunter2hunter2 in it\n");
    }

    @AfterEach
    void end() {
        if (session != null) {
            session.close();
        }
    }

    @Test
    void everyPieceIsAskedForAndKept() throws Exception {
        start("run", "x.runbook.yaml", "--var", "server=web-1", "--var", "token=hunter2hunter2");
        answer(1, "");
        assertThat(session.text()).contains("seen can't be empty").contains("Look at web-1");
        asks(2);
        session.type(".\r");
        session.shows("a line with only . in it ends the text\r\n    > ");
        session.type("it is up\r  and runs\r.\r");
        answer(3, "");
        assertThat(session.text()).contains("[ ] Error rate < 1%").contains("that is neither y, n nor q");
        answer(4, "n");
        assertThat(session.text()).contains("then the step is not done yet");
        answer(5, "y");
        answer(6, "yes");
        answer(7, "shots");
        assertThat(session.text()).contains("`shots` is a folder");
        answer(8, "shots/p.PNG");
        assertThat(session.text()).contains("1  gateway  Gateway: it hung").contains("2  quota  Quota");
        answer(9, "3");
        answer(10, "2");
        assertThat(session.text()).contains("that is none of them:").contains("Tell them about the quota");
        answer(11, "");
        assertThat(session.exit()).as(session.text()).isZero();

        Path copy = shop.journal().resolveSibling("attachments/001-look-shot.PNG");
        assertThat(Files.readString(copy)).doesNotContain("hunter2").startsWith("a picture with ");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy.getParent())))
                .isEqualTo("rwx------");
        String journal = Files.readString(shop.journal());
        assertThat(journal)
                .contains("it is up\\n  and runs")
                .contains("\"Error rate < 1%\"")
                .contains("attachments/001-look-shot.PNG")
                .contains(sha256(copy))
                .contains("\"cause\"")
                .contains("\"person\"")
                .doesNotContain("hunter2");
    }

    @Test
    void whatIsLeftIsAskedAgain() throws Exception {
        start("run", "x.runbook.yaml", "--var", "server=web-1");
        answer(1, "fine");
        answer(2, "y");
        answer(3, "y");
        answer(4, "shots/p.PNG");
        answer(5, "q");
        assertThat(session.exit()).isEqualTo(8);
        assertThat(session.text()).contains("was left waiting").contains("gert resume ");
        assertThat(Files.readString(shop.journal())).doesNotContain("evidence_collected");
        assertThat(shop.journal().resolveSibling("attachments")).isEmptyDirectory();
        session.close();

        start("resume", "latest");
        answer(1, "fine");
        answer(2, "y");
        answer(3, "\u0004");
        assertThat(session.exit()).as(session.text()).isEqualTo(8);
        assertThat(session.text()).contains("the input ended");
        session.close();

        start("resume", "latest");
        answer(1, "\u0003");
        assertThat(session.exit()).as(session.text()).isEqualTo(130);
        session.close();

        start("resume", "latest");
        answer(1, "n");
        assertThat(session.exit()).as(session.text()).isEqualTo(1);
        assertThat(session.text()).contains("can't be done");
    }

    @Test
    void aTimeoutEndsTheWaitAndTheNextQuestionIsAskedAnew() throws Exception {
        shop.file("t.runbook.yaml", """
                apiVersion: runbook/v0
                meta: {name: t}
                tree:
                  - step:
                      id: slow
                      type: manual
                      instructions: Look
                      timeout: 1500ms
                      finally: [{step: {id: after, type: manual, instructions: Tidy up}}]
                """);
        start("run", "t.runbook.yaml");
        asks(1);
        session.type("half a li");
        asks(2);
        session.type("\r");
        assertThat(session.exit()).as(session.text()).isEqualTo(1);
        assertThat(session.text()).contains("nobody did it in time");
        assertThat(Files.readString(shop.journal())).contains("\"timed_out\"");
    }

    @Test
    void aFileAnswersItAll() throws Exception {
        shop.file("given/answers.yaml", answers("true", "quota"));
        Workshop.Result result =
                shop.gert("run", "x.runbook.yaml", "--non-interactive", "--answers", "given/answers.yaml");
        assertThat(result.exit()).as(result.all()).isZero();
        Path copy = shop.journal().resolveSibling("attachments/001-look-shot.PNG");
        String journal = Files.readString(shop.journal());
        assertThat(journal)
                .contains("\"server\":\"answers\"")
                .contains(sha256(copy))
                .contains("\"answers\"")
                .contains("Tell them about the quota")
                .doesNotContain("hunter2");
        assertThat(Files.readString(copy)).doesNotContain("hunter2");
        assertThat(result.all()).doesNotContain("hunter2");
    }

    @Test
    void whatAFileDoesNotSayIsPendingAndCanBeGivenLater() throws Exception {
        Workshop.Result missing = shop.gert("run", "x.runbook.yaml", "--non-interactive", "--incident", "I 1");
        assertThat(missing.exit()).isEqualTo(8);
        assertThat(missing.err())
                .contains("go on with: gert run x.runbook.yaml --incident 'I 1' --var server=…")
                .contains("gert run x.runbook.yaml --incident 'I 1' --answers FILE");

        shop.file("given/answers.yaml", answers("true", "quota").replace("shot:", "#shot:"));
        Workshop.Result pending =
                shop.gert("run", "x.runbook.yaml", "--non-interactive", "--answers", "given/answers.yaml");
        assertThat(pending.exit()).as(pending.all()).isEqualTo(8);
        assertThat(pending.all()).contains("it needs the attachment `shot`").contains("gert resume ");

        shop.file("given/answers.yaml", answers("true", "quota").replace("  told: {}\n", ""));
        Workshop.Result unconfirmed =
                shop.gert("resume", "latest", "--non-interactive", "--answers", "given/answers.yaml");
        assertThat(unconfirmed.exit()).as(unconfirmed.all()).isEqualTo(8);
        assertThat(unconfirmed.all()).contains("told: is a manual step");

        shop.file("given/answers.yaml", answers("true", "quota"));
        Workshop.Result done = shop.gert("resume", "latest", "--non-interactive", "--answers", "given/answers.yaml");
        assertThat(done.exit()).as(done.all()).isZero();
    }

    @Test
    void answersThatNothingAsksForRunNothing() throws Exception {
        String whole = answers("true", "quota");
        for (String[] each : new String[][] {
            {whole.replace("server:", "sever:"), "the answers give `sever`", "did you mean `server`?"},
            {whole.replace("look:", "lok:"), "answers.yaml:4:3: the answers are for `lok`", "did you mean `look`?"},
            {whole.replace("seen:", "sen:"), "`look` asks for nothing called `sen`", "did you mean `seen`?"},
            {whole.replace("{kind: text, value: up}", "{kind: checklist, items: {}}"), "is checklist, and must be text"
            },
            {answers("false", "quota"), "`Latency` of `metrics` is not ticked"},
            {answers("true", "qota"), "`qota` is not one of the choices for `cause`: gateway, quota"},
            {whole.replace("told: {}", "told: {done: {kind: text, value: x}}"), "asks for nothing called `done`"},
            {whole.replace("evidence:", "evidance:"), "evidance"},
        }) {
            shop.file("answers.yaml", each[0]);
            Workshop.Result result = shop.gert("run", "x.runbook.yaml", "--answers", "answers.yaml");
            assertThat(result.exit()).as(result.all()).isEqualTo(2);
            for (int i = 1; i < each.length; i++) {
                assertThat(result.err()).contains(each[i]);
            }
            assertThat(result.all()).doesNotContain("hunter2");
            assertThat(shop.journal()).isNull();
        }
    }

    @Test
    void theHowToWorksByCopyAndPaste() throws Exception {
        String[] parts = Files.readString(Path.of("docs/how-to/answers.md")).split("(?m)^```");
        String script = "";
        for (String part : parts) {
            String first = part.substring(0, Math.max(0, part.indexOf('\n')));
            String body = part.substring(part.indexOf('\n') + 1);
            if (first.startsWith("yaml ")) {
                shop.file(first.substring("yaml ".length()), body);
            } else if (first.equals("sh")) {
                script = body;
            }
        }
        String gert = "gert() { " + String.join(" ", shop.commandLine()) + " \"$@\"; }\n";
        ProcessBuilder builder = new ProcessBuilder("sh", "-e", "-c", gert + script)
                .directory(shop.folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(shop.folder.resolve("said").toFile());
        builder.environment().putAll(shop.environment());
        Process process = builder.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(Workshop.GUARD_SECONDS, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(shop.folder.resolve("said"));
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(said).contains("resolved");
        assertThat(shop.journal().resolveSibling("attachments/001-look-shot.txt"))
                .hasContent("error rate 0.2%, latency 31 ms");
    }

    /** {@code latency}: whether that item is ticked. */
    private static String answers(String latency, String cause) {
        return """
                inputs: {server: web-1, token: hunter2hunter2}
                evidence:
                  # what the night shift saw
                  look:
                    seen: {kind: text, value: up}
                    metrics: {kind: checklist, items: {"Error rate < 1%%": true, Latency: %s}}
                    shot: {kind: attachment, path: ../shots/p.PNG, size: 36}
                    cause: {kind: text, value: %s}
                  told: {}
                """.formatted(latency, cause);
    }

    private void start(String... arguments) throws IOException {
        session = new PtySession(shop, arguments);
    }

    /** Types an answer to the {@code n}-th question of the session. */
    private void answer(int n, String text) throws IOException {
        asks(n);
        session.type(text.equals("\u0003") || text.equals("\u0004") ? text : text + "\r");
        if (!text.equals("\u0003") && !text.equals("\u0004")) {
            int before = n + 1;
            Workshop.await("what follows question " + n, () -> goesOn(before));
        }
    }

    private boolean goesOn(int next) {
        return questions() >= next || session.ended();
    }

    private void asks(int n) {
        Workshop.await("question " + n + ":\n" + session.text(), () -> questions() >= n);
        assertThat(questions()).as(session.text()).isEqualTo(n);
    }

    private int questions() {
        return session.text().split("waiting > ", -1).length - 1;
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}

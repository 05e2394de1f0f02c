package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import dev.gert.json.JsonWriter;
import dev.gert.projection.LiveSpans;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code notify} of a project file: who hears what of a real run, and that a run comes to its end whoever does not. */
class NotifyTest {
    private static final String HOSTILE = "down\",\"channel\":\"#all\", <!channel> [x](http://evil) \\ {{ .run_id }}";

    /**
     * @param item of {@code notify}; {@code URL} is the receiver's address
     * @param ends what the run comes to: {@code resolved}, {@code failed} or {@code waits}
     * @param heard what the receiver got, with {@code RUN} for the run's id; empty: nothing
     */
    record Case(String name, String item, String ends, List<String> heard) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        String text = "{on: [waiting, outcome, failed], webhook: 'URL', body: ";
        return Stream.of(
                new Case(
                        "an outcome",
                        text + "'{{ .on }} {{ .state }} {{ .label }}'}",
                        "resolved",
                        List.of("outcome resolved all well")),
                new Case("a recommendation", text + "'{{ .recommendation }}'}", "resolved", List.of("go home")),
                new Case(
                        "a failure",
                        text + "'{{ .on }} {{ .state }}: {{ .reason }}'}",
                        "failed",
                        List.of("failed error: exit code 1")),
                new Case(
                        "a run that waits",
                        text + "'{{ .on }} {{ .step }}, {{ .title }}: {{ .next }}'}",
                        "waits",
                        List.of("waiting look, Look at it: gert resume RUN")),
                new Case(
                        "who, where and what",
                        text + "'{{ .run_id }} {{ .runbook }} {{ .incident }} {{ .mode }} {{ .actor }}'}",
                        "resolved",
                        List.of("RUN x INC-7 real ann")),
                new Case(
                        "its sentence",
                        text + "'{{ .text }}'}",
                        "failed",
                        List.of("x failed: exit code 1; incident INC-7; gert status RUN")),
                new Case("only outcomes", "{on: [outcome], webhook: 'URL', body: it}", "failed", List.of()),
                new Case("only failures", "{on: [failed], webhook: 'URL', body: it}", "resolved", List.of()),
                new Case("only waits", "{on: [waiting], webhook: 'URL', body: it}", "resolved", List.of()),
                new Case(
                        "the address in a variable",
                        "{on: [outcome], webhook_env: HOOK, body: it}",
                        "resolved",
                        List.of("it")),
                new Case(
                        "Slack's form",
                        "{on: [outcome], webhook: 'URL', format: slack}",
                        "hostile",
                        List.of(("{\"text\":"
                                + quoted("x ended: resolved, "
                                        + HOSTILE.replace("<", "&lt;").replace(">", "&gt;")
                                        + "; incident INC-7; gert audit RUN")
                                + "}"))),
                new Case(
                        "Teams' form",
                        "{on: [outcome], webhook: 'URL', format: teams}",
                        "hostile",
                        List.of(
                                ("{\"type\":\"message\",\"attachments\":[{\"contentType\":\"application/vnd.microsoft.card.adaptive\","
                                        + "\"content\":{\"type\":\"AdaptiveCard\",\"version\":\"1.4\",\"body\":[{\"type\":\"RichTextBlock\","
                                        + "\"inlines\":[{\"type\":\"TextRun\",\"text\":"
                                        + quoted("x ended: resolved, " + HOSTILE + "; incident INC-7; gert audit RUN")
                                        + "}]}]}}]}"))),
                new Case(
                        "a JSON body keeps its form",
                        "{on: [outcome], webhook: 'URL', body: '{\"a\": \"{{ .label }}\"}'}",
                        "hostile",
                        List.of("{\"a\": " + quoted(HOSTILE) + "}")));
    }

    private static String quoted(String text) {
        return JsonWriter.compact(JsonValue.text(text));
    }

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<String> types = new CopyOnWriteArrayList<>();
    private int status = 204;
    private HttpServer server;

    @TempDir
    Path folder;

    @BeforeEach
    void listen() throws IOException {
        folder = folder.toRealPath();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            heard.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            types.add(exchange.getRequestHeaders().getFirst("Content-Type"));
            if (status == 302) {
                exchange.getResponseHeaders()
                        .add(
                                "Location",
                                "http://127.0.0.1:" + server.getAddress().getPort() + "/other");
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        write("governance.yaml", "apiVersion: governance/v0\ndefault: allow\ndeny_commands: [\"echo never\"]\n");
        write("x.runbook.yaml", """
                apiVersion: runbook/v0
                meta: {name: x, inputs: {way: {from: prompt}, said: {from: prompt, default: all well}}}
                tree:
                  - step: {id: go, type: cli, with: {argv: [/usr/bin/test, "{{ .way }}", "!=", failed]}}
                    branches:
                      - {condition: 'way == "waits"', label: Waits, steps: [{step: {id: look, type: manual, title: Look at it, instructions: Look}}]}
                  - step: {id: end, type: cli, with: {argv: [/bin/true]}, outcomes: [{state: resolved, label: "{{ .said }}", recommendation: go home}]}
                """);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void heard(Case told) throws IOException {
        notify(told.item());
        run(told.ends());
        String run = run().getFileName().toString();
        assertThat(heard)
                .containsExactlyElementsOf(told.heard().stream()
                        .map(text -> text.replace("RUN", run))
                        .toList());
        assertThat(records()).hasSize(told.heard().size());
        assertThat(evidence().split("\"target\"", -1)).hasSize(told.heard().size() + 1);
        assertThat(gert("verify", "latest").exitCode()).isEqualTo(told.ends().equals("waits") ? 1 : 0);
    }

    @Test
    void aBodyOfItsOwnIsADocument() throws IOException {
        notify("{on: [outcome], webhook: 'URL'}");
        run("hostile");
        assertThat(JsonReader.read(heard.get(0))).isInstanceOf(JsonResult.Ok.class);
        assertThat(heard.get(0))
                .startsWith("{\"schema\":\"gert.notice/v1\",\"on\":\"outcome\",")
                .contains("\"label\":" + quoted(HOSTILE));
        assertThat(types).containsExactly("application/json");
    }

    @Test
    void aCommandGetsItsArgumentsAsTheyAre() throws IOException {
        write("bin/tell", "#!/bin/sh\nprintf '%s|' \"$@\" > told\n").toFile().setExecutable(true);
        notify("{on: [outcome], command: [bin/tell, '{{ .state }}', '{{ .label }}']}");
        run("hostile");
        assertThat(folder.resolve("told")).hasContent("resolved|" + HOSTILE + "|");
        assertThat(records())
                .singleElement()
                .asString()
                .contains("\"target\":\"command " + folder.resolve("bin/tell") + "\"", "\"problem\":null")
                .containsPattern("\"sha256\":\"[0-9a-f]{64}\"");
    }

    /** {@code says}: why it was not delivered. */
    record Trouble(String item, int status, String says) {
        @Override
        public String toString() {
            return says;
        }
    }

    static Stream<Trouble> troubles() {
        return Stream.of(
                new Trouble("{on: [outcome], webhook: 'URL'}", 500, "it answered 500"),
                new Trouble("{on: [outcome], webhook: 'URL'}", 302, "it answered 302"),
                new Trouble(
                        "{on: [outcome], webhook: 'http://127.0.0.1:1/secret-path'}", 204, "it could not be reached"),
                new Trouble("{on: [outcome], webhook_env: NONE}", 204, "the variable NONE is not set"),
                new Trouble("{on: [outcome], webhook_env: BAD}", 204, "holds no http address"),
                new Trouble(
                        "{on: [outcome], webhook: 'URL', body: '{\"a\": {{ .label }}}'}", 204, "its body is not JSON"),
                new Trouble("{on: [outcome], command: [/bin/false]}", 204, "exit code 1"),
                new Trouble("{on: [outcome], command: [bin/nothing]}", 204, "was not found"),
                new Trouble("{on: [outcome], command: [/bin/echo, never]}", 204, "echo never"));
    }

    /** Nothing that goes wrong changes the run; it is recorded and said, and never with the address, which is a secret. */
    @ParameterizedTest
    @MethodSource("troubles")
    void trouble(Trouble trouble) throws IOException {
        status = trouble.status();
        notify(trouble.item());
        InProcess.Said said = run("resolved");
        assertThat(said.exitCode()).isZero();
        assertThat(records()).singleElement().asString().contains(trouble.says());
        assertThat((said.out() + said.err()).replaceAll("\\s+", " "))
                .contains("`notify` of `outcome` by", trouble.says());
        assertThat(said.out() + said.err() + records() + evidence()).doesNotContain("secret-path");
    }

    @Test
    void aReceiverThatNeverAnswersIsNotWaitedFor() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            notify("{on: [outcome], webhook: 'http://127.0.0.1:" + silent.getLocalPort() + "/'}");
            assertThat(run("resolved").exitCode()).isZero();
        }
        assertThat(records()).singleElement().asString().contains("it was not delivered when the session ended");
        LiveSpans.check(run());
    }

    @Test
    void aReplayOrADryRunTellsNobody() throws IOException {
        notify("{on: [waiting, outcome, failed], webhook: 'URL'}");
        gert("run", "x.runbook.yaml", "--mode", "dry-run", "--var", "way=resolved");
        assertThat(heard).isEmpty();
    }

    private void notify(String item) throws IOException {
        write("gert.yaml", "name: shop\nnotify:\n  - " + item.replace("URL", url()) + "\n");
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/secret-path";
    }

    private InProcess.Said run(String way) {
        String said = way.equals("hostile") ? HOSTILE : "all well";
        return gert(
                "run",
                "x.runbook.yaml",
                "--non-interactive",
                "--as",
                "ann",
                "--incident",
                "INC-7",
                "--var",
                "way=" + way,
                "--var",
                "said=" + said);
    }

    private InProcess.Said gert(String... words) {
        return InProcess.gert(
                List.of(words), folder, Map.of("LANG", "C.UTF-8", "HOOK", url(), "BAD", "ftp://secret-path"));
    }

    private Path run() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("reports/runs"))) {
            return runs.findFirst().orElseThrow();
        }
    }

    private List<String> records() throws IOException {
        try (Stream<String> lines = Files.lines(run().resolve("journal.jsonl"))) {
            return lines.filter(line -> line.contains("\"type\":\"notified\"")).toList();
        }
    }

    private String evidence() throws IOException {
        return Files.readString(run().resolve("evidence.json"));
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}

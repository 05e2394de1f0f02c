package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tools and providers that are servers, as processes of their own. */
class ServersIT {
    /** Answers a line with a line; a line on stderr says that it is ready. */
    private static final String SERVER = """
            echo 'srv is ready' >&2
            n=0
            while IFS= read -r line; do
              id=$(printf '%s' "$line" | sed -n 's/.*"id":\\([0-9]*\\).*/\\1/p')
              method=$(printf '%s' "$line" | sed -n 's/.*"method":"\\([^"]*\\)".*/\\1/p')
              echo "got $method" >> LOG
              result=null
              case "$method" in
                add) n=$((n + 1)); result="{\\"sum\\":{\\"now\\":$n},\\"pid\\":$$}" ;;
                lost) [ -e LOST ] || { : > LOST; kill -9 $$; } ;;
                refuse) printf '{"jsonrpc":"2.0","id":%s,"error":{"code":7,"message":"not today"}}\\n' "$id"; continue ;;
                initialize) result='{"protocolVersion":"2025-06-18","capabilities":{},"serverInfo":{"name":"s","version":"1"}}' ;;
                tools/call) result='{"content":[{"type":"text","text":"hello"}],"structuredContent":{"heard":"hello"}}' ;;
                resolve) printf '%s' "$line" > ASKED; result=$(cat ANSWER) ;;
                shutdown) printf '{"jsonrpc":"2.0","id":%s,"result":null}\\n' "$id"; exit 0 ;;
              esac
              [ -z "$id" ] || printf '{"jsonrpc":"2.0","id":%s,"result":%s}\\n' "$id" "$result"
            done
            """;

    @TempDir
    Path folder;

    private Workshop shop;

    @BeforeEach
    void work() throws IOException {
        shop = new Workshop(folder);
        shop.file("governance.yaml", "apiVersion: governance/v0\ndefault: allow\n");
        shop.standIn(
                "srv",
                SERVER.replace("LOG", shop.log.toString())
                        .replace("LOST", shop.folder + "/lost")
                        .replace("ASKED", shop.folder + "/asked")
                        .replace("ANSWER", shop.folder + "/answer"));
        shop.file("tools/s.tool.yaml", """
                apiVersion: tool/v0
                meta: {name: s, version: "1", description: Counts., binary: srv}
                transport: {mode: jsonrpc, startup: {argv: [serve, it], ready_signal: is ready, timeout: 20s, shutdown_method: shutdown}}
                actions:
                  add: {description: One more., method: add, capture: {sum: {from: $.sum.now}, pid: {from: $.pid}}}
                  lost: {description: Dies., method: lost}
                  look: {description: Dies while it looks., method: lost, governance: {read_only: true}}
                  refuse: {description: Says no., method: refuse}
                """);
    }

    private Workshop.Result run(String rest, String... more) throws Exception {
        shop.file("x.runbook.yaml", "apiVersion: runbook/v0\n" + rest);
        String[] words = new String[more.length + 3];
        words[0] = "run";
        words[1] = "x.runbook.yaml";
        words[2] = "--non-interactive";
        System.arraycopy(more, 0, words, 3, more.length);
        return shop.gert(words);
    }

    private static String steps(String... steps) {
        StringBuilder text = new StringBuilder("meta: {name: x}\ntools: [s]\nsteps:\n");
        for (String step : steps) {
            text.append("  - {type: tool, title: T, ").append(step).append("}\n");
        }
        return text.toString();
    }

    @Test
    void aServerIsStartedOnceARunAndEndedWithIt() throws Exception {
        Workshop.Result result = run(steps(
                "id: a, tool: {name: s, action: add}, capture: {first: sum, one: pid}",
                "id: b, tool: {name: s, action: add}, capture: {second: sum, two: pid},"
                        + " outcomes: [{when: 'second == \"2\" and one == two', state: resolved}]"));
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.out()).contains("resolved");
        assertThat(shop.ran()).containsExactly("srv serve it", "got add", "got add", "got shutdown");
        assertThat(shop.aliveChildren()).isFalse();
    }

    @Test
    void anErrorOfTheServerFailsTheStep() throws Exception {
        Workshop.Result result = run(steps("id: a, tool: {name: s, action: refuse}"));
        assertThat(result.exit()).as(result.all()).isEqualTo(1);
        assertThat(result.out()).contains("not today");
        assertThat(shop.ran()).containsExactly("srv serve it", "got refuse", "got shutdown");
    }

    @Test
    void theLostAnswerOfACallThatChangesThingsIsInDoubt() throws Exception {
        Workshop.Result result = run(steps("id: a, tool: {name: s, action: lost}"));
        assertThat(result.exit()).as(result.all()).isEqualTo(5);
        assertThat(result.all()).contains("in doubt").contains("gert decide");
        assertThat(shop.ran()).containsExactly("srv serve it", "got lost");
        assertThat(shop.gert("resume", "latest", "--non-interactive").exit()).isEqualTo(5);
        assertThat(shop.ran()).hasSize(2);
    }

    @Test
    void theLostAnswerOfAReadIsAskedForAgain() throws Exception {
        Workshop.Result result = run(steps("id: a, tool: {name: s, action: look}, retry: {attempts: 2, delay: 1ms}"));
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(shop.ran()).containsExactly("srv serve it", "got lost", "srv serve it", "got lost", "got shutdown");
    }

    @Test
    void aDeniedServerIsNeverStarted() throws Exception {
        for (String pattern : new String[] {"srv", "s:add", "srv serve*"}) {
            shop.file(
                    "governance.yaml",
                    "apiVersion: governance/v0\ndefault: allow\ndeny_commands: ['" + pattern + "']\n");
            Workshop.Result result = run(steps("id: a, tool: {name: s, action: add}"));
            assertThat(result.exit()).as(pattern + result.all()).isIn(3, 4);
            assertThat(shop.ran()).as(pattern).isEmpty();
        }
    }

    @Test
    void aRuleWithASpaceSpeaksOfTheMethodAndItsArguments() throws Exception {
        shop.file(
                "governance.yaml",
                "apiVersion: governance/v0\ndefault: allow\nallow_commands: ['srv serve it put key=web-*']\n");
        shop.file(
                "tools/s.tool.yaml",
                Files.readString(shop.folder.resolve("tools/s.tool.yaml"))
                        + "  put: {description: Keeps it., method: put, args: {key: {required: true, description: k}}}\n");
        assertThat(run(steps("id: a, tool: {name: s, action: put, args: {key: web-1}}"))
                        .exit())
                .isZero();
        assertThat(shop.ran()).containsExactly("srv serve it", "got put", "got shutdown");
        Files.delete(shop.log);
        String open = steps("id: a, tool: {name: s, action: put, args: {key: '{{ .k }}'}}")
                .replace("{name: x}", "{name: x, inputs: {k: {from: prompt}}}");
        assertThat(run(open, "--var", "k=web-2").exit()).isZero();
        Files.delete(shop.log);
        assertThat(run(open, "--var", "k=db-1").exit()).isEqualTo(4);
        assertThat(shop.ran()).isEmpty();
    }

    @Test
    void mcp() throws Exception {
        shop.file("tools/m.tool.yaml", """
                apiVersion: tool/v0
                meta: {name: m, version: "1", description: Speaks., binary: srv}
                transport: {mode: mcp}
                actions: {say: {description: Says it., mcp_tool: say, capture: {heard: {from: $.heard}}}}
                """);
        Workshop.Result result = run(steps("id: a, tool: {name: m, action: say}, capture: {v: heard},"
                        + " outcomes: [{when: 'v == \"hello\"', state: resolved}]")
                .replace("[s]", "[m]"));
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.out()).contains("resolved");
        assertThat(shop.ran())
                .containsExactly("srv ", "got initialize", "got notifications/initialized", "got tools/call");
        assertThat(shop.aliveChildren()).isFalse();
    }

    @Test
    void aServerThatRunsAlready() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> serve(socket));
            server.setDaemon(true);
            server.start();
            shop.file("tools/c.tool.yaml", """
                    apiVersion: tool/v0
                    meta: {name: c, version: "1", description: Is there., binary: srv}
                    transport: {mode: jsonrpc, connect: "tcp:127.0.0.1:%d"}
                    actions: {ask: {description: Asks it., method: ask, capture: {said: {from: $.said}}}}
                    """.formatted(socket.getLocalPort()));
            Workshop.Result result = run(steps("id: a, tool: {name: c, action: ask}, capture: {v: said},"
                            + " outcomes: [{when: 'v == \"yes\"', state: resolved}]")
                    .replace("[s]", "[c]"));
            assertThat(result.exit()).as(result.all()).isZero();
            assertThat(result.out()).contains("resolved");
            assertThat(shop.ran()).isEmpty();
        }
    }

    private static void serve(ServerSocket socket) {
        try (Socket client = socket.accept();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String id = line.replaceAll(".*\"id\":(\\d+).*", "$1");
                client.getOutputStream()
                        .write(("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{\"said\":\"yes\"}}\n")
                                .getBytes(StandardCharsets.UTF_8));
                client.getOutputStream().flush();
            }
        } catch (IOException e) {
            // the run is over
        }
    }

    private static final String ASKS = """
            meta:
              name: x
              inputs:
                server: {from: icm.location, pattern: "^web-"}
                token: {from: icm.token, sensitive: true}
            steps:
              - {id: a, type: cli, title: T, with: {argv: [say, "{{ .server }}", "{{ .token }}"]}}
            """;

    private void provider(String answer) throws IOException {
        shop.standIn("say", "");
        shop.file("gert.yaml", "providers: {icm: {path: icm.provider.yaml}}\n");
        shop.file("icm.provider.yaml", """
                apiVersion: provider/v0
                meta: {name: icm, binary: srv}
                transport: {mode: jsonrpc, startup: {argv: [inputs], ready_signal: is ready, timeout: 20s, shutdown_method: shutdown}}
                capabilities: {resolve_inputs: {prefixes: ["icm."], context_fields: [icmId]}}
                """);
        shop.file("answer", answer);
    }

    @Test
    void aProviderAnswersInputsAndItsWordsAreRedacted() throws Exception {
        provider("{\"resolved\":{\"server\":\"web-1\",\"token\":\"hunter2hunter2\"},"
                + "\"warnings\":[\"the token hunter2hunter2 is old\"]}");
        Workshop.Result result = run(ASKS, "--incident", "4711");
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(shop.ran()).containsExactly("srv inputs", "got resolve", "got shutdown", "say web-1 hunter2hunter2");
        assertThat(Files.readString(shop.folder.resolve("asked")))
                .contains("\"server\":{\"from\":\"icm.location\",\"pattern\":\"^web-\"}")
                .contains("\"icmId\":\"4711\"");
        assertThat(result.err()).contains("is old");
        assertThat(result.all()).doesNotContain("hunter2");
        assertThat(Files.readString(shop.journal()))
                .contains("\"server\":\"icm.location\"")
                .contains("provider:")
                .doesNotContain("hunter2");
        assertThat(shop.aliveChildren()).isFalse();
    }

    @Test
    void whatAProviderGivesMustMatchAndWhatItDoesNotKnowIsAskedFor() throws Exception {
        provider("{\"resolved\":{\"server\":\"db-1\",\"token\":\"hunter2hunter2\"}}");
        assertThat(run(ASKS).exit()).isEqualTo(2);
        provider("{\"resolved\":{\"token\":\"hunter2hunter2\"}}");
        Workshop.Result missing = run(ASKS);
        assertThat(missing.exit()).as(missing.all()).isEqualTo(8);
        assertThat(missing.err()).contains("--var server=…").doesNotContain("token=");
        assertThat(shop.ran()).doesNotContain("say web-1 hunter2hunter2");
        assertThat(run(ASKS, "--var", "server=web-2").exit()).isZero();
        assertThat(shop.ran()).contains("say web-2 hunter2hunter2");
    }

    @Test
    void aDeniedProviderIsNeverStartedAndNothingRuns() throws Exception {
        provider("{\"resolved\":{\"server\":\"web-1\",\"token\":\"hunter2hunter2\"}}");
        shop.file("governance.yaml", "apiVersion: governance/v0\ndefault: allow\ndeny_commands: [srv]\n");
        Workshop.Result result = run(ASKS);
        assertThat(result.exit()).as(result.all()).isEqualTo(3);
        assertThat(result.err()).contains("governance.yaml").contains("nothing was executed");
        assertThat(shop.ran()).isEmpty();
    }

    @Test
    void aToolAnswersInputs() throws Exception {
        shop.standIn("say", "");
        shop.file("answer", "{\"resolved\":{\"server\":\"web-1\",\"token\":\"hunter2hunter2\"}}");
        shop.file("tools/t.tool.yaml", """
                apiVersion: tool/v0
                meta: {name: t, version: "1", description: Knows incidents., binary: srv}
                transport: {mode: jsonrpc, startup: {ready_signal: is ready}}
                capabilities: {resolve_inputs: {prefixes: ["icm."], context_fields: [incident_id]}}
                actions: {add: {description: One more., method: add}}
                """);
        Workshop.Result result = run(ASKS.replace("steps:", "tools: [t]\nsteps:"), "--incident", "4711");
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(shop.ran()).contains("say web-1 hunter2hunter2");
        assertThat(Files.readString(shop.folder.resolve("asked"))).contains("\"incident_id\":\"4711\"");
    }
}

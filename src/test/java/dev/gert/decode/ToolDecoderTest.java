package dev.gert.decode;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.json.JsonValue;
import dev.gert.model.ArgType;
import dev.gert.model.Capture;
import dev.gert.model.ServerAddress;
import dev.gert.model.ToolCapture;
import dev.gert.model.ToolFile;
import dev.gert.model.Transport;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every field of {@code tool/v0}. */
class ToolDecoderTest {
    private static final String HEAD = "apiVersion: tool/v0\nmeta: {name: t, binary: b}\n";

    private static ToolFile whole() throws IOException {
        return tool(Files.readString(Path.of("src/test/cases/decode/whole-tool.yaml")));
    }

    private static ToolFile tool(String text) {
        Diagnostics diagnostics = new Diagnostics();
        ToolFile tool = ToolDecoder.decode(Source.of("x.tool.yaml", text), diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        return requireNonNull(tool);
    }

    private static ToolFile.Action action(ToolFile tool, String name) {
        return requireNonNull(tool.action(name), name);
    }

    private static ToolFile.Arg arg(String name) throws IOException {
        return requireNonNull(action(whole(), "query").arg(name), name);
    }

    private static List<String> texts(List<YamlNode.Scalar> scalars) {
        List<String> texts = new ArrayList<>();
        for (YamlNode.Scalar scalar : scalars) {
            texts.add(scalar.text());
        }
        return texts;
    }

    @Test
    void meta() throws IOException {
        ToolFile tool = whole();
        assertThat(tool.name().text()).isEqualTo("kusto-query");
        assertThat(tool.version()).isEqualTo("1.10");
        assertThat(tool.description()).isEqualTo("asks Kusto");
        assertThat(tool.binary().text()).isEqualTo("kusto-cli");
        assertThat(tool(HEAD + "actions: {a: {argv: []}}").binary().text()).isEqualTo("b");
    }

    @Test
    void governance() throws IOException {
        ToolFile tool = whole();
        assertThat(tool.redact()).hasSize(1);
        assertThat(tool.redact().get(0).pattern().text()).isEqualTo("key=([^&]+)");
        assertThat(tool.redact().get(0).replace().text()).isEqualTo("key=***");
        assertThat(action(tool, "query").readOnly()).isTrue();
        assertThat(action(tool, "drop-table").readOnly()).isFalse();
        assertThat(action(tool(HEAD + "actions: {a: {argv: [], governance: {read_only: true}}}"), "a")
                        .readOnly())
                .isTrue();
        assertThat(action(tool(HEAD + "actions: {a: {argv: []}}"), "a").readOnly())
                .isFalse();
        assertThat(action(tool, "query").approvers()).isZero();
        assertThat(action(tool, "drop-table").approvers()).isEqualTo(2);
        assertThat(action(tool, "purge").approvers()).isEqualTo(1);
    }

    @Test
    void actions() throws IOException {
        ToolFile tool = whole();
        assertThat(tool.actions()).extracting(ToolFile.Action::name).containsExactly("query", "drop-table", "purge");
        assertThat(action(tool, "query").description()).isEqualTo("one query");
        ToolFile.Call.Argv argv = (ToolFile.Call.Argv) action(tool, "query").call();
        assertThat(argv.words()).hasSize(4);
        assertThat(argv.words().get(2).source()).isEqualTo("{{ .args.text }} | take {{ .limit }}");
        assertThat(argv.spans()).hasSize(4);
        assertThat(argv.spans().get(1).position().line()).isEqualTo(15);
        assertThat(((ToolFile.Call.Argv) action(tool, "purge").call()).words()).isEmpty();
    }

    @Test
    void arguments() throws IOException {
        assertThat(action(whole(), "query").args())
                .extracting(ToolFile.Arg::name)
                .containsExactly("cluster", "text", "limit", "exact", "ratio", "label", "token");
        ToolFile.Arg cluster = arg("cluster");
        assertThat(cluster.required()).isTrue();
        assertThat(cluster.description()).isEqualTo("which cluster");
        assertThat(cluster.allowed()).containsExactly(JsonValue.text("east"), JsonValue.text("west"));
        assertThat(cluster.type()).isEqualTo(ArgType.STRING);
        assertThat(cluster.redact()).isFalse();
        assertThat(arg("limit").type()).isEqualTo(ArgType.INT);
        assertThat(arg("limit").otherwise()).isEqualTo(JsonValue.number(10));
        assertThat(arg("limit").allowed()).containsExactly(JsonValue.number(10), JsonValue.number(20));
        assertThat(arg("exact").type()).isEqualTo(ArgType.BOOL);
        assertThat(arg("exact").otherwise()).isEqualTo(JsonValue.bool(true));
        assertThat(arg("ratio").otherwise()).isEqualTo(new JsonValue.Num(new BigDecimal("0.50")));
        assertThat(arg("label").required()).isFalse();
        assertThat(arg("label").otherwise()).isNull();
        assertThat(arg("label").allowed()).isNull();
        assertThat(arg("token").redact()).isTrue();
    }

    @Test
    void captures() throws IOException {
        List<ToolCapture> captures = action(whole(), "query").captures();
        assertThat(captures)
                .extracting(capture -> capture.capture().name())
                .containsExactly("stdout", "rows", "first", "errors", "code", "count");
        assertThat(captures.get(0).capture().from()).isInstanceOf(Capture.From.Stdout.class);
        assertThat(((Capture.From.Path) captures.get(1).capture().from()).written())
                .isEqualTo("$.rows[0]");
        assertThat(captures.get(1).json()).isTrue();
        assertThat(captures.get(2).json()).isFalse();
        assertThat(captures.get(3).capture().from()).isInstanceOf(Capture.From.Stderr.class);
        assertThat(captures.get(4).capture().from()).isInstanceOf(Capture.From.ExitCode.class);
        assertThat(captures.get(5).capture().from())
                .isEqualTo(new Capture.From.Path("$.count", List.of(new Capture.PathStep.Member("count"))));
    }

    @Test
    void servers() {
        Transport.Startup startup = tool(HEAD
                        + "transport: {mode: jsonrpc, startup: {argv: [--serve], ready_signal: up, timeout: 10s,"
                        + " shutdown_method: bye}}\nactions: {a: {method: do.it}}")
                .transport()
                .startup();
        assertThat(texts(startup.argv())).containsExactly("--serve");
        assertThat(startup.readySignal()).isEqualTo("up");
        assertThat(startup.timeoutMillis()).isEqualTo(10_000);
        assertThat(startup.shutdownMethod()).isEqualTo("bye");

        ToolFile rpc = tool(HEAD + "transport: {mode: jsonrpc}\nactions: {a: {method: do.it, args: {a-b: {}},"
                + " capture: {rows: {from: data.rows}, count: {}, stdout: {}}}}");
        assertThat(rpc.transport().mode()).isEqualTo(Transport.Mode.JSONRPC);
        assertThat(rpc.transport().connect()).isNull();
        assertThat(rpc.transport().startup()).isEqualTo(Transport.Startup.standard());
        ToolFile.Action action = action(rpc, "a");
        assertThat(action.call()).isEqualTo(new ToolFile.Call.Method("do.it"));
        assertThat(action.args().get(0).name()).isEqualTo("a-b");
        assertThat(((Capture.From.Path) action.captures().get(0).capture().from()).steps())
                .containsExactly(new Capture.PathStep.Member("data"), new Capture.PathStep.Member("rows"));
        assertThat(((Capture.From.Path) action.captures().get(1).capture().from()).written())
                .isEqualTo("$.count");

        ToolFile mcp = tool(
                HEAD + "transport: {mode: mcp, connect: 'unix:/run/x.sock'}\n" + "actions: {a: {mcp_tool: search}}");
        assertThat(mcp.transport().mode()).isEqualTo(Transport.Mode.MCP);
        assertThat(mcp.transport().connect()).isEqualTo(new ServerAddress.Unix("/run/x.sock"));
        assertThat(action(mcp, "a").call()).isEqualTo(new ToolFile.Call.McpTool("search"));
        assertThat(tool(HEAD + "actions: {a: {argv: []}}").transport().mode()).isEqualTo(Transport.Mode.STDIO);
    }

    @Test
    void aToolThatAnswersInputsNeedsNoAction() {
        ToolFile tool = tool(HEAD + "transport: {mode: jsonrpc}\n"
                + "capabilities: {resolve_inputs: {prefixes: [icm., x.], context_fields: [icmId]}}");
        assertThat(tool.actions()).isEmpty();
        assertThat(texts(requireNonNull(tool.resolves()).prefixes())).containsExactly("icm.", "x.");
        assertThat(texts(requireNonNull(tool.resolves()).contextFields())).containsExactly("icmId");
        assertThat(requireNonNull(tool.resolves()).answers("x.y")).isTrue();
        assertThat(requireNonNull(tool.resolves()).answers("ic.m")).isFalse();
        assertThat(tool(HEAD + "actions: {a: {argv: []}}").resolves()).isNull();
    }

    @Test
    void warningsLeaveTheToolWhole() {
        Diagnostics diagnostics = new Diagnostics();
        ToolFile tool = ToolDecoder.decode(
                Source.of("x", HEAD + "actions: {a: {argv: ['{{ .b }}'], args: {b: {}, c: {}}}}"), diagnostics);
        assertThat(tool).isNotNull();
        assertThat(diagnostics.sorted())
                .extracting(Diagnostic::code)
                .extracting(Enum::name)
                .containsExactly("R221", "R220");
    }

    /** A place in a word with escapes is its start; what is read there is known all the same. */
    @Test
    void namesAreFoundInEscapedWords() {
        Diagnostics diagnostics = new Diagnostics();
        ToolDecoder.decode(
                Source.of(
                        "x",
                        HEAD
                                + "actions: {a: {argv: [\"\\t{{ .args.b }}{{ .args.hst }}\"], args: {b: {required: true}}}}"),
                diagnostics);
        assertThat(diagnostics.sorted())
                .extracting(Diagnostic::message)
                .containsExactly("the action has no argument `hst`");
    }

    @ParameterizedTest
    @CsvSource({
        "unix:/run/x.sock, /run/x.sock, 0",
        "tcp:localhost:80, localhost, 80",
        "tcp:[::1]:65535, ::1, 65535",
    })
    void addresses(String text, String where, int port) {
        ServerAddress address = ServerAddress.parse(text);
        assertThat(address).isEqualTo(port == 0 ? new ServerAddress.Unix(where) : new ServerAddress.Tcp(where, port));
    }

    @ParameterizedTest
    @CsvSource({
        "unix:/",
        "unix:",
        "unix:x.sock",
        "tcp:80",
        "tcp::80",
        "tcp:h:0",
        "tcp:h:65536",
        "tcp:h:+8",
        "tcp:h:",
        "tcp:::1:80",
        "tcp:[]:80",
        "tcp:a b:80",
        "http://h:80",
        "h:80",
        "''",
        "tcp:h:800000000000"
    })
    void notAddresses(String text) {
        assertThat(ServerAddress.parse(text)).isNull();
    }
}

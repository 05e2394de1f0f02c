package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Source;
import dev.gert.terminal.TerminalFacts;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every field does something that can be seen: {@code src/test/cases/fields}, where {@code «a‖b»} is the
 * field's text with, and without, what the command then must show. A field of the schema without a case
 * fails.
 */
class FieldsTest {
    private static final Path CASES = Path.of("src", "test", "cases", "fields");
    private static final Set<String> KEYS =
            Set.of("field", "imports", "tools", "meta", "step", "tree", "runbook", "files", "run", "in", "sees");

    /** What is between gert and a server, which needs one, and the tests that have it. */
    private static final Map<String, String> WITH_SERVERS = Map.ofEntries(
            Map.entry("action.mcp_tool", "dispatch.tool.McpSessionTest"),
            Map.entry("action.method", "dispatch.tool.ServerConnectionTest"),
            Map.entry("capabilities.resolve_inputs.context_fields", "provider.ResolveCallTest"),
            Map.entry("capabilities.resolve_inputs.prefixes", "provider.InputResolverTest"),
            Map.entry("transport.binary", "decode.ToolDecoderTest"),
            Map.entry("transport.connect", "dispatch.tool.ServerConnectionTest"),
            Map.entry("transport.mode", "dispatch.tool.McpSessionTest"),
            Map.entry("transport.startup.argv", "decode.ToolDecoderTest"),
            Map.entry("transport.startup.ready_signal", "dispatch.tool.ReadySignalTest"),
            Map.entry("transport.startup.shutdown_method", "dispatch.tool.JsonRpcClientTest"),
            Map.entry("transport.startup.timeout", "dispatch.tool.ReadySignalTest"));

    /** What only a signature can show, and the tests that have one. */
    private static final Map<String, String> WITH_SIGNATURES = Map.of(
            "people.keys.valid_after", "approval.KeyTimesTest", "people.keys.valid_before", "approval.KeyTimesTest");

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> fieldsOfTools() throws IOException {
        return cases("tool").stream().map(one -> DynamicTest.dynamicTest(one.name(), () -> shows(one)));
    }

    @Test
    void everyFieldOfAToolHasACase() throws Exception {
        Set<String> covered = new TreeSet<>(WITH_SERVERS.keySet());
        for (Case one : cases("tool")) {
            covered.add(one.name());
        }
        assertThat(covered).isEqualTo(SchemaFields.of("tool"));
        for (String test : WITH_SERVERS.values()) {
            assertThat(Class.forName("dev.gert." + test)).isNotNull();
        }
    }

    @TestFactory
    Stream<DynamicTest> fieldsOfRunbooks() throws IOException {
        return cases("runbook").stream().map(one -> DynamicTest.dynamicTest(one.name(), () -> shows(one)));
    }

    @Test
    void everyFieldOfARunbookHasACase() throws IOException {
        Set<String> covered = new TreeSet<>();
        for (Case one : cases("runbook")) {
            covered.add(one.name());
        }
        assertThat(covered).isEqualTo(SchemaFields.of("runbook"));
    }

    @TestFactory
    Stream<DynamicTest> fieldsOfPolicies() throws IOException {
        return cases("governance").stream().map(one -> DynamicTest.dynamicTest(one.name(), () -> shows(one)));
    }

    @Test
    void everyFieldOfAPolicyHasACase() throws IOException {
        Set<String> covered = new TreeSet<>();
        for (Case one : cases("governance")) {
            covered.add(one.name());
        }
        assertThat(covered).isEqualTo(SchemaFields.of("governance"));
    }

    @TestFactory
    Stream<DynamicTest> fieldsOfRosters() throws IOException {
        return cases("roster").stream().map(one -> DynamicTest.dynamicTest(one.name(), () -> shows(one)));
    }

    @Test
    void everyFieldOfARosterHasACase() throws Exception {
        Set<String> covered = new TreeSet<>(WITH_SIGNATURES.keySet());
        for (Case one : cases("roster")) {
            covered.add(one.name());
        }
        assertThat(covered).isEqualTo(SchemaFields.of("roster"));
        for (String test : WITH_SIGNATURES.values()) {
            assertThat(Class.forName("dev.gert." + test)).isNotNull();
        }
    }

    private void shows(Case one) throws IOException {
        String sees = asMe(one.text("sees", ""));
        assertThat(said(one, true)).as("with the field").contains(sees);
        String without = said(one, false);
        assertThat(without).as("without the field").doesNotContain(sees);
        if (!one.name().equals("apiVersion")) {
            assertThat(without).as("without the field").doesNotContain("error[Y");
        }
    }

    private String said(Case one, boolean with) throws IOException {
        Path top = Files.createTempDirectory(folder, with ? "with" : "without").toRealPath();
        Files.createDirectories(top.resolve(".git"));
        write(top, "governance.yaml", """
                apiVersion: governance/v0
                opaque_commands: allow
                read_commands: [echo, cat, printenv, pwd, "false", "true", test, seq, head, kubectl]
                """);
        write(top, "x.runbook.yaml", marked(one.runbook(), with));
        YamlNode files = one.node.get("files");
        for (YamlNode.Entry file : files == null ? List.<YamlNode.Entry>of() : ((YamlNode.Mapping) files).entries()) {
            write(top, file.key().text(), asMe(marked(((YamlNode.Scalar) file.value()).text(), with)));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Map<String, String> env = Map.of("LANG", "C.UTF-8", "PATH", "/usr/bin:/bin", "WHO", "kim");
        TerminalFacts facts = TerminalFacts.of(null, null, null, env);
        Io io = new Io(new ByteArrayInputStream(new byte[0]), out, out, env, top, facts);
        int exit = Cli.run(one.text("run", "run x.runbook.yaml").split(" "), io);
        StringBuilder said = new StringBuilder("exit " + exit + "\n" + out.toString(StandardCharsets.UTF_8));
        String file = one.text("in", "");
        if (!file.isEmpty()) {
            try (Stream<Path> all = Files.walk(top.resolve("reports/runs"))) {
                for (Path each : all.filter(path -> path.endsWith(file)).toList()) {
                    said.append(Files.readString(each));
                }
            }
        }
        return said.toString();
    }

    /** A roster has to know who runs the tests. */
    private static String asMe(String text) {
        return text.replace("MYSELF", System.getProperty("user.name"));
    }

    private static void write(Path top, String name, String text) throws IOException {
        Path file = top.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** What stands between the marks, or after their bar. */
    private static String marked(String text, boolean with) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        int open = text.indexOf('«');
        while (open >= 0) {
            int close = text.indexOf('»', open);
            String[] ways = text.substring(open + 1, close).split("‖", -1);
            out.append(text, at, open).append(with ? ways[0] : ways.length > 1 ? ways[1] : "");
            at = close + 1;
            open = text.indexOf('«', at);
        }
        return out.append(text.substring(at)).toString();
    }

    private static List<Case> cases(String kind) throws IOException {
        Path file = CASES.resolve(kind + ".yaml");
        Diagnostics diagnostics = new Diagnostics();
        YamlNode root = YamlReader.read(Source.of(file.toString(), Files.readString(file)), 0, diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        List<Case> cases = new ArrayList<>();
        for (YamlNode item : ((YamlNode.Sequence) root).items()) {
            Case one = new Case((YamlNode.Mapping) item);
            for (YamlNode.Entry entry : one.node.entries()) {
                assertThat(KEYS)
                        .as(entry.key().span().place())
                        .contains(entry.key().text());
            }
            assertThat(one.text("sees", "")).as(one.name()).isNotEmpty();
            cases.add(one);
        }
        return cases;
    }

    private record Case(YamlNode.Mapping node) {
        String name() {
            return text("field", "");
        }

        String text(String key, String otherwise) {
            return node.get(key) instanceof YamlNode.Scalar scalar ? scalar.text() : otherwise;
        }

        /** {@code meta}, {@code step} and {@code tree} are what stands in its braces or brackets. */
        String runbook() {
            String whole = text("runbook", "");
            if (!whole.isEmpty()) {
                return whole;
            }
            StringBuilder text = new StringBuilder("apiVersion: runbook/v0\n");
            for (String key : List.of("imports", "tools")) {
                if (node.get(key) != null) {
                    text.append(key).append(": ").append(text(key, "")).append('\n');
                }
            }
            text.append("meta: {name: x, ").append(text("meta", "")).append("}\n");
            return text.append(
                            node.get("tree") != null
                                    ? "tree: [" + text("tree", "")
                                    : "steps: [{" + text("step", "id: a, type: manual, instructions: i") + "}")
                    .append("]\n")
                    .toString();
        }
    }
}

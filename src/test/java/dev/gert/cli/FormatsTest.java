package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import dev.gert.render.GithubCommand;
import dev.gert.render.SchemaCheck;
import dev.gert.terminal.Escapes;
import dev.gert.terminal.TerminalFacts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Every format of {@code gert validate} tells of the same findings, and fits its schema. */
class FormatsTest {
    private static final Path CASES = Path.of("src/test/cases/snippets").toAbsolutePath();

    @Test
    void theBrokenRunbooksInAllFormats() throws Exception {
        List<JsonValue> findings = findings(run("json"));
        assertThat(findings).hasSizeGreaterThan(40);
        List<String> lines = new ArrayList<>();
        List<String> annotations = new ArrayList<>();
        for (JsonValue finding : findings) {
            String column = json(finding, "column");
            lines.add(line(finding, column));
            // GitHub takes no columns with a place of several lines
            annotations.add(
                    line(finding, json(finding, "line").equals(json(finding, "end_line")) ? column : "several lines"));
        }

        List<String> concise = run("concise").lines().toList();
        assertThat(concise.subList(0, concise.size() - 1)).containsExactlyElementsOf(lines);
        String summary = concise.get(concise.size() - 1);
        assertThat(summary).endsWith(" files checked");

        String github = run("github");
        assertThat(github).endsWith("\n" + summary + "\n");
        assertThat(ofGithub(GithubCommand.readAll(github.substring(0, github.indexOf(summary)))))
                .containsExactlyElementsOf(annotations);

        String sarif = run("sarif");
        assertThat(SchemaCheck.sarif(sarif)).isEmpty();
        assertThat(ofSarif(sarif))
                .containsExactlyInAnyOrderElementsOf(
                        findings.stream().map(FormatsTest::head).toList());

        String junit = run("junit");
        assertThat(SchemaCheck.junit(junit)).isEmpty();
        assertThat(ofJunit(junit)).containsExactlyInAnyOrderElementsOf(lines);

        String text = run("text");
        for (JsonValue finding : findings) {
            assertThat(text).contains(head(finding));
        }
        assertThat(text).endsWith("\n" + summary + "\n");
    }

    private static List<String> ofGithub(List<GithubCommand> commands) {
        List<String> lines = new ArrayList<>();
        for (GithubCommand command : commands) {
            Map<String, String> of = command.properties();
            String title = String.valueOf(of.get("title"));
            String place = of.containsKey("file")
                    ? of.get("file") + ":" + of.get("line") + ":" + of.getOrDefault("col", "several lines") + ": "
                    : "";
            String message = command.message().lines().findFirst().orElseThrow();
            lines.add(place + command.name() + "[" + title.substring(0, title.indexOf(':')) + "]: " + message);
        }
        return lines;
    }

    /** Messages by code, findings without a place last. */
    private static List<String> ofSarif(String log) {
        JsonValue run =
                list(((JsonResult.Ok) JsonReader.read(log)).value(), "runs").get(0);
        List<String> said = new ArrayList<>();
        for (JsonValue result : list(run, "results")) {
            said.add(json(result, "level") + "[" + json(result, "ruleId") + "]: " + text(result));
        }
        for (JsonValue note : list(list(run, "invocations").get(0), "toolExecutionNotifications")) {
            said.add(json(note, "level") + "[" + json(member(note, "associatedRule"), "id") + "]: " + text(note));
        }
        return said;
    }

    private static String text(JsonValue result) {
        String message = json(member(result, "message"), "text")
                .lines()
                .findFirst()
                .orElseThrow()
                .replace("\\](", "](");
        return Escapes.line(message, true);
    }

    private static List<String> ofJunit(String report) throws Exception {
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(report)));
        NodeList cases = document.getElementsByTagName("testcase");
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < cases.getLength(); i++) {
            String text = cases.item(i).getTextContent().strip();
            String name = ((Element) cases.item(i)).getAttribute("name");
            if (name.equals("no problems")) {
                assertThat(text).isEmpty();
                continue;
            }
            String[] parts = text.split("\n");
            String place = parts.length > 1 && parts[1].contains("--> ") ? parts[1].split("--> ")[1] + ": " : "";
            lines.add(place + parts[0]);
        }
        return lines;
    }

    private static String line(JsonValue finding, String column) {
        String file = json(finding, "file");
        String place = file.isEmpty() ? "" : file + ":" + json(finding, "line") + ":" + column + ": ";
        return place + head(finding);
    }

    private static String head(JsonValue finding) {
        // what JSON holds as it is, a line of text shows by its number
        String message = Escapes.line(json(finding, "message"), true);
        return json(finding, "severity") + "[" + json(finding, "code") + "]: " + message;
    }

    private static String json(JsonValue finding, String member) {
        JsonValue value = ((JsonValue.MapValue) finding).entries().get(member);
        if (value instanceof JsonValue.Text text) {
            return text.value();
        }
        return value instanceof JsonValue.Num number ? number.value().toPlainString() : "";
    }

    private static List<JsonValue> findings(String document) {
        return list(((JsonResult.Ok) JsonReader.read(document)).value(), "diagnostics");
    }

    private static List<JsonValue> list(JsonValue value, String member) {
        return ((JsonValue.ListValue) member(value, member)).items();
    }

    private static JsonValue member(JsonValue value, String name) {
        JsonValue member = ((JsonValue.MapValue) value).entries().get(name);
        assertThat(member).as(name).isNotNull();
        return member;
    }

    private static String run(String format) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("validate", "--format", format));
        try (Stream<Path> found = Files.list(CASES)) {
            found.map(folder -> folder.getFileName() + "/x.runbook.yaml")
                    .sorted()
                    .forEach(arguments::add);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Map<String, String> env = Map.of("LANG", "C.UTF-8");
        Io io = new Io(
                new ByteArrayInputStream(new byte[0]), out, err, env, CASES, TerminalFacts.of(null, null, null, env));
        assertThat(Cli.run(arguments.toArray(new String[0]), io)).isNotZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        return out.toString(StandardCharsets.UTF_8);
    }
}

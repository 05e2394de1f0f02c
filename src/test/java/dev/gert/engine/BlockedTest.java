package dev.gert.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.engine.port.Approver.Answer;
import dev.gert.policy.Captured;
import dev.gert.runtime.RunEnd;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Blocked is blocked: no place in a runbook gets a command round a rule or a no, nor does a resumed session. */
class BlockedTest {
    private static final Path CASES = Path.of("src/test/cases/denied/structures.yaml");
    private static final String HEAD =
            "apiVersion: runbook/v0\nmeta: {name: NAME, inputs: {tool: {from: prompt, pattern: '.*'}}}\n";

    /** What stops the command; {@code exit} is the run's. */
    private record Way(String name, String policy, Answer answer, int exit) {}

    private static final List<Way> WAYS = List.of(
            new Way("a deny rule", "deny_commands: [danger]", new Answer.Granted("ann", "acknowledge"), 4),
            new Way("an allow list", "allow_commands: [change, look, nice]", new Answer.Granted("ann", "ssh"), 4),
            new Way("a no", "require_approval_for: [{pattern: danger}]", new Answer.Denied("ann", "no"), 4),
            new Way(
                    "a request whose time is over",
                    "require_approval_for: [{pattern: danger, min_approvers: 2}]",
                    new Answer.Blocked("its time is over"),
                    4),
            new Way(
                    "nobody being there",
                    "require_approval_for: [{pattern: danger, min_approvers: 2}]",
                    new Answer.Pending("nobody is there"),
                    8));

    @TestFactory
    List<DynamicTest> nothingGetsRoundIt() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        Diagnostics diagnostics = new Diagnostics();
        YamlNode root = YamlReader.read(Source.of(CASES.toString(), Files.readString(CASES)), 0, diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        for (YamlNode item : ((YamlNode.Sequence) root).items()) {
            YamlNode.Mapping node = (YamlNode.Mapping) item;
            for (Way way : WAYS) {
                tests.add(DynamicTest.dynamicTest(text(node, "name") + ", " + way.name(), () -> stops(node, way)));
            }
        }
        return tests;
    }

    private static void stops(YamlNode.Mapping node, Way way) {
        Map<String, String> others = node.get("child") == null
                ? Map.of()
                : Map.of("child", HEAD.replace("NAME", "child") + text(node, "child"));
        EngineFixture fixture = EngineFixture.of(
                HEAD.replace("NAME", "x") + text(node, "steps"),
                "apiVersion: governance/v0\n" + way.policy() + "\n",
                others,
                false);
        fixture.inputs.put("tool", Captured.recorded("danger", false));
        fixture.approver = question ->
                question.command().argv().contains("danger") ? way.answer() : new Answer.Granted("ann", "acknowledge");
        RunEnd end = fixture.start();

        nothingRan(fixture);
        assertThat(end.exitCode()).as(fixture.story().toString()).isEqualTo(way.exit());
        fixture.reread();
        if (fixture.tree().completed() == null) {
            end = fixture.resume();
            nothingRan(fixture);
            assertThat(end.exitCode()).isEqualTo(way.exit());
        }
    }

    private static void nothingRan(EngineFixture fixture) {
        assertThat(fixture.performed)
                .as(fixture.story().toString())
                .noneMatch(id -> id.equals("danger") || id.startsWith("after"));
    }

    private static String text(YamlNode.Mapping node, String key) {
        return node.get(key) instanceof YamlNode.Scalar scalar ? scalar.text() : "";
    }
}

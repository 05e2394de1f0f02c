package dev.gert.policy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.model.Effect;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code decisions.yaml}: policies, commands, and what is decided by which rule. */
class DecisionTableTest {
    private static final Path FILE = Path.of("src/test/cases/policy/decisions.yaml");
    private static final Set<String> GROUP_KEYS = Set.of("group", "layers", "floor", "runbook", "cases");
    private static final Set<String> CASE_KEYS = Set.of(
            "run", "at", "real", "script", "inside", "tool", "replay", "open", "effect", "is", "by", "why", "read");

    /** One row: {@code at} is the program found (by default in /usr/bin), {@code real} where its links end; YAML holds no NUL. */
    record Row(Policy policy, YamlNode.Mapping node) {
        @Override
        public String toString() {
            return node.span().position().line() + ": "
                    + node.span()
                            .source()
                            .text()
                            .substring(node.span().start(), node.span().end());
        }

        @Nullable
        String text(String key) {
            return node.get(key) instanceof YamlNode.Scalar scalar ? scalar.text() : null;
        }

        List<String> argv() {
            List<String> argv = new ArrayList<>();
            for (YamlNode item : ((YamlNode.Sequence) requireNonNull(node.get("run"))).items()) {
                argv.add(((YamlNode.Scalar) item).text().replace("<NUL>", "\0"));
            }
            return argv;
        }

        Effect effect() {
            String effect = text("effect");
            return effect == null ? Effect.MUTATE : requireNonNull(Effect.of(effect));
        }

        /** Open: {@code values} or {@code flags}, as the step's {@code args}. */
        @Nullable
        OpenCommand open() {
            String open = text("open");
            return open == null ? null : Layers.open(argv(), effect(), open.equals("flags"), text("tool"));
        }

        ResolvedCommand resolved() {
            List<String> argv = argv();
            String first = argv.get(0);
            String at = text("at");
            if (at == null && text("replay") == null) {
                at = first.startsWith("/")
                        ? first
                        : first.indexOf('/') >= 0 ? "/project/" + first : "/usr/bin/" + first;
            }
            ResolvedCommand command = inside(Layers.command(argv, at, text("real"), effect()));
            String script = text("script");
            String tool = text("tool");
            return script != null
                    ? Layers.script(command, List.of(script.split(" ")))
                    : tool != null ? Layers.tool(command, tool) : command;
        }

        /** Programs found for the commands inside: in /usr/bin, and there a link to what the row says. */
        private ResolvedCommand inside(ResolvedCommand command) {
            Map<String, ResolvedCommand.Started> inside = new HashMap<>();
            if (node.get("inside") instanceof YamlNode.Mapping map) {
                for (YamlNode.Entry entry : map.entries()) {
                    String name = entry.key().text();
                    String at = name.startsWith("/") ? name : "/usr/bin/" + name.substring(name.lastIndexOf('/') + 1);
                    String real = ((YamlNode.Scalar) entry.value()).text();
                    inside.put(name, new ResolvedCommand.Started(at, real, List.of()));
                }
                assertThat(ResolvedCommand.programsInside(command.argv())).containsAll(inside.keySet());
            }
            return Layers.inside(command, inside);
        }
    }

    static List<Row> rows() throws IOException {
        Diagnostics diagnostics = new Diagnostics();
        YamlNode root = YamlReader.read(Source.of(FILE.toString(), Files.readString(FILE)), 0, diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        List<Row> rows = new ArrayList<>();
        for (YamlNode item : ((YamlNode.Sequence) requireNonNull(root)).items()) {
            YamlNode.Mapping group = (YamlNode.Mapping) item;
            known(group, GROUP_KEYS);
            Policy policy = policy(group);
            for (YamlNode row : ((YamlNode.Sequence) requireNonNull(group.get("cases"))).items()) {
                known((YamlNode.Mapping) row, CASE_KEYS);
                rows.add(new Row(policy, (YamlNode.Mapping) row));
            }
        }
        return rows;
    }

    private static void known(YamlNode.Mapping map, Set<String> keys) {
        for (YamlNode.Entry entry : map.entries()) {
            assertThat(keys).as(entry.key().span().place()).contains(entry.key().text());
        }
    }

    private static Policy policy(YamlNode.Mapping group) {
        List<PolicyLayer> layers = new ArrayList<>();
        if (group.get("floor") != null) {
            layers.add(PolicyLayer.builtInFloor());
        }
        if (group.get("layers") instanceof YamlNode.Sequence list) {
            for (YamlNode layer : list.items()) {
                layers.add(Layers.governance("g" + (layers.size() + 1) + ".yaml", ((YamlNode.Scalar) layer).text()));
            }
        }
        if (group.get("runbook") instanceof YamlNode.Scalar runbook) {
            layers.add(Layers.runbook("r.yaml", runbook.text()));
        }
        return Policy.meet(layers);
    }

    @Test
    void theTableIsRead() throws IOException {
        assertThat(rows().size()).isGreaterThanOrEqualTo(950);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void decides(Row row) {
        check(row);
    }

    /** Turkish has another lower case for I; nothing may depend on it. */
    @Test
    void decidesTheSameInEveryLocale() throws IOException {
        Locale before = Locale.getDefault();
        try {
            for (String language : List.of("tr", "az", "lt", "ar")) {
                Locale.setDefault(Locale.forLanguageTag(language));
                for (Row row : rows()) {
                    check(row);
                }
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    private static void check(Row row) {
        OpenCommand open = row.open();
        Decision decision = open == null
                ? row.policy().decide(row.resolved())
                : row.policy().decide(open);
        assertThat(decision.word()).as("%s, by %s", row, decision).isEqualTo(row.text("is"));
        if (row.text("by") != null) {
            assertThat(decision.rule().describe()).as("%s", row).isEqualTo(row.text("by"));
        }
        if (row.text("why") != null) {
            String why = decision instanceof Decision.Deny deny
                    ? deny.reason()
                    : ((Decision.Undetermined) decision).reason();
            assertThat(why).as("%s", row).isEqualTo(row.text("why"));
        }
        if (row.text("read") != null) {
            boolean believed = open == null
                    ? row.policy().believesRead(row.resolved())
                    : row.policy().believesRead(open);
            assertThat(believed).as("%s", row).isEqualTo(Boolean.parseBoolean(row.text("read")));
        }
    }
}

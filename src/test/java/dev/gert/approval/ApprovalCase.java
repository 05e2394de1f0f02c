package dev.gert.approval;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A row of {@code src/test/cases/approval/*.yaml}: what lies there when a run asks, and what comes of it. */
record ApprovalCase(String file, YamlNode.Mapping node) {
    private static final Path FOLDER = Path.of("src/test/cases/approval");
    private static final Set<String> KEYS = Set.of(
            "name",
            "threat",
            "approvals",
            "roster",
            "needs",
            "requester",
            "typed",
            "nobody",
            "exchange",
            "decisions",
            "change",
            "wait",
            "last_record",
            "is",
            "by",
            "says",
            "then",
            "then_is",
            "then_says",
            "root");
    private static final Set<String> DECISION_KEYS = Set.of(
            "sign",
            "person",
            "decision",
            "at",
            "reason",
            "type",
            "request",
            "extra",
            "without",
            "text",
            "namespace",
            "hash",
            "tamper",
            "signed_text",
            "prepend",
            "append",
            "file",
            "os_user",
            "as",
            "in",
            "mode",
            "owner",
            "of",
            "name",
            "armor");

    static List<ApprovalCase> all() throws IOException {
        List<ApprovalCase> all = new ArrayList<>();
        for (String file : List.of("who", "when", "bound", "files")) {
            Path path = FOLDER.resolve(file + ".yaml");
            Diagnostics diagnostics = new Diagnostics();
            YamlNode root = YamlReader.read(Source.of(path.toString(), Files.readString(path)), 0, diagnostics);
            assertThat(diagnostics.sorted()).isEmpty();
            for (YamlNode item : ((YamlNode.Sequence) requireNonNull(root)).items()) {
                ApprovalCase each = new ApprovalCase(file, (YamlNode.Mapping) item);
                known(each.node(), KEYS);
                each.decisions().forEach(decision -> known(decision, DECISION_KEYS));
                all.add(each);
            }
        }
        return all;
    }

    private static void known(YamlNode.Mapping map, Set<String> keys) {
        for (YamlNode.Entry entry : map.entries()) {
            assertThat(keys).as(entry.key().span().place()).contains(entry.key().text());
        }
    }

    @Nullable
    String text(String key) {
        return text(node, key);
    }

    String text(String key, String otherwise) {
        String text = text(node, key);
        return text == null ? otherwise : text;
    }

    static @Nullable String text(YamlNode.Mapping map, String key) {
        return map.get(key) instanceof YamlNode.Scalar scalar ? scalar.text() : null;
    }

    List<YamlNode.Mapping> decisions() {
        List<YamlNode.Mapping> maps = new ArrayList<>();
        for (YamlNode item : items(node.get("decisions"))) {
            maps.add((YamlNode.Mapping) item);
        }
        return maps;
    }

    Map<String, String> changes() {
        Map<String, String> changes = new LinkedHashMap<>();
        if (node.get("change") instanceof YamlNode.Mapping map) {
            map.entries().forEach(entry -> changes.put(entry.key().text(), ((YamlNode.Scalar) entry.value()).text()));
        }
        return changes;
    }

    List<String> texts(String key) {
        return texts(node, key);
    }

    static List<String> texts(YamlNode.Mapping map, String key) {
        List<String> texts = new ArrayList<>();
        items(map.get(key)).forEach(item -> texts.add(((YamlNode.Scalar) item).text()));
        return texts;
    }

    static List<? extends YamlNode> items(@Nullable YamlNode node) {
        return node instanceof YamlNode.Sequence list ? list.items() : List.of();
    }

    @Override
    public String toString() {
        return file + ": " + text("name") + " (" + text("threat", "") + ")";
    }
}

package dev.gert.policy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.model.BlastRadius;
import dev.gert.model.Effect;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code operations.yaml}: policies, what xts and aws steps ask for, and what is decided by which rule. */
class OperationTableTest {
    private static final Path FILE = Path.of("src/test/cases/policy/operations.yaml");

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

        NamedOperation operation() {
            String effect = text("effect");
            Effect declared = effect == null ? null : requireNonNull(Effect.of(effect));
            if (node.get("aws") instanceof YamlNode.Sequence aws) {
                List<OpenWord> runs = new ArrayList<>();
                if (node.get("runs") instanceof YamlNode.Sequence list) {
                    list.items().forEach(item -> runs.add(word(((YamlNode.Scalar) item).text())));
                }
                return NamedOperation.aws(
                        word(((YamlNode.Scalar) aws.items().get(0)).text()),
                        word(((YamlNode.Scalar) aws.items().get(1)).text()),
                        runs,
                        declared);
            }
            for (String type : List.of("sql", "kusto", "any")) {
                String query = text(type);
                if (query != null) {
                    return NamedOperation.query(type.equals("any") ? null : type, word(query), declared);
                }
            }
            String view = text("view");
            return view != null
                    ? NamedOperation.view(word(view), declared)
                    : NamedOperation.activity(word(requireNonNull(text("activity"))), declared);
        }

        private static OpenWord word(String text) {
            int open = text.indexOf("{{");
            return open < 0 ? new OpenWord.Known(text) : new OpenWord.Open(text.substring(0, open), text);
        }
    }

    static List<Row> rows() throws IOException {
        Diagnostics diagnostics = new Diagnostics();
        YamlNode root = YamlReader.read(Source.of(FILE.toString(), Files.readString(FILE)), 0, diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        List<Row> rows = new ArrayList<>();
        for (YamlNode item : ((YamlNode.Sequence) requireNonNull(root)).items()) {
            YamlNode.Mapping group = (YamlNode.Mapping) item;
            List<PolicyLayer> layers = new ArrayList<>();
            if (group.get("floor") != null) {
                layers.add(PolicyLayer.builtInFloor());
            }
            for (YamlNode text : ((YamlNode.Sequence) requireNonNull(group.get("layers"))).items()) {
                layers.add(
                        Layers.governance("g" + (layers.size() + 1) + ".yaml", ((YamlNode.Scalar) text).text() + "\n"));
            }
            if (group.get("runbook") instanceof YamlNode.Scalar runbook) {
                layers.add(Layers.runbook("r.yaml", runbook.text()));
            }
            Policy policy = Policy.meet(layers);
            for (YamlNode row : ((YamlNode.Sequence) requireNonNull(group.get("cases"))).items()) {
                rows.add(new Row(policy, (YamlNode.Mapping) row));
            }
        }
        assertThat(rows).hasSizeGreaterThan(120);
        return rows;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isDecidedSo(Row row) {
        String radius = row.text("radius");
        Decision decision =
                row.policy().decide(row.operation(), radius == null ? null : requireNonNull(BlastRadius.of(radius)));
        assertThat(decision.word()).isEqualTo(row.text("is"));
        String by = row.text("by");
        if (by != null) {
            assertThat(decision.rule().describe()).isEqualTo(by);
        }
        String why = row.text("why");
        if (why != null) {
            assertThat(
                            decision instanceof Decision.Deny deny
                                    ? deny.reason()
                                    : ((Decision.Undetermined) decision).reason())
                    .isEqualTo(why);
        }
    }

    /** A layer more never widens, and their order means nothing. */
    @Test
    void layersOnlyNarrow() {
        long seed = Long.getLong("gert.seed", 20260102);
        System.out.println("OperationTableTest seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            List<PolicyLayer> layers = new ArrayList<>();
            BlastRadius radius = random.nextBoolean() ? null : BlastRadius.values()[random.nextInt(3)];
            // a rule that says how far something reaches answers the question of a layer that does not know
            boolean radii = radius != null;
            for (int k = random.nextInt(3) + 1; k > 0; k--) {
                layers.add(layer(random, radii));
            }
            NamedOperation operation = operation(random);
            Decision before = Policy.meet(layers).decide(operation, radius);
            layers.add(random.nextInt(layers.size() + 1), layer(random, radii));
            Decision after = Policy.meet(layers).decide(operation, radius);
            String what = layers + " of " + operation.name() + " in case " + i;
            assertThat(rank(after)).as(what).isGreaterThanOrEqualTo(rank(before));
            Collections.shuffle(layers, random);
            assertThat(rank(Policy.meet(layers).decide(operation, radius)))
                    .as(what)
                    .isEqualTo(rank(after));
        }
    }

    private static int rank(Decision decision) {
        if (decision instanceof Decision.NeedsApproval needs) {
            return needs.people();
        }
        return decision instanceof Decision.Allow ? 0 : decision instanceof Decision.Deny ? 100 : 50;
    }

    private static NamedOperation operation(Random random) {
        Effect effect = random.nextBoolean() ? null : Effect.values()[random.nextInt(3)];
        OpenWord word = new OpenWord.Known(pick(random, "Get-Node", "Set-Node", "Kill-Process"));
        return switch (random.nextInt(4)) {
            case 0 -> NamedOperation.activity(word, effect);
            case 1 -> NamedOperation.query(pick(random, "sql", "kusto"), word, effect);
            case 2 -> NamedOperation.view(word, effect);
            default ->
                NamedOperation.aws(
                        new OpenWord.Known(pick(random, "s3", "ssm")),
                        new OpenWord.Known(pick(random, "GetObject", "CopyObject", "SendCommand")),
                        random.nextBoolean() ? List.of() : List.of(word),
                        effect);
        };
    }

    private static PolicyLayer layer(Random random, boolean radii) {
        StringBuilder text = new StringBuilder();
        for (String key : List.of("deny_commands", "allow_commands", "read_commands")) {
            if (random.nextInt(3) == 0) {
                text.append(key).append(": ['").append(pattern(random)).append("', '");
                text.append(pattern(random)).append("']\n");
            }
        }
        if (random.nextInt(3) == 0) {
            text.append("default: ")
                    .append(pick(random, "allow", "acknowledge", "deny"))
                    .append('\n');
        }
        if (random.nextInt(3) == 0) {
            text.append("require_approval_for: [{pattern: '").append(pattern(random));
            text.append("', min_approvers: ").append(random.nextInt(3) + 1).append("}]\n");
        }
        if (random.nextInt(3) == 0) {
            text.append("max_blast_radius: ")
                    .append(pick(random, "single_node", "cluster", "region"))
                    .append('\n');
        }
        if (radii && random.nextInt(3) == 0) {
            text.append("blast_radius: [{pattern: '").append(pattern(random)).append("', radius: cluster}]\n");
        }
        return Layers.governance("g.yaml", text.toString());
    }

    private static String pattern(Random random) {
        return pick(
                random,
                "Get-*",
                "*-Node",
                "*",
                "Kill-Process",
                "xts:query:*",
                "xts:query:sql *Node",
                "s3:*",
                "s3:GetObject",
                "ssm:Send*",
                "Set-*");
    }

    private static String pick(Random random, String... words) {
        return words[random.nextInt(words.length)];
    }
}

package dev.gert.expr;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.json.JsonValue;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code src/test/cases/expr/analysis.yaml}, and what keeps the analysis quick. */
@Timeout(120)
final class ConditionAnalysisTest {
    private static final Path FILE = Path.of("src/test/cases/expr/analysis.yaml");

    /** One row of the table. */
    record Row(YamlNode.Mapping node) {
        List<Condition> conditions(String key) {
            List<Condition> conditions = new ArrayList<>();
            if (node.get(key) instanceof YamlNode.Sequence list) {
                for (YamlNode item : list.items()) {
                    conditions.add(parsed(((YamlNode.Scalar) item).text()));
                }
            }
            return conditions;
        }

        String text(String key) {
            return node.get(key) instanceof YamlNode.Scalar scalar ? scalar.text() : "";
        }

        List<Integer> because() {
            List<Integer> because = new ArrayList<>();
            if (node.get("because") instanceof YamlNode.Sequence list) {
                for (YamlNode item : list.items()) {
                    because.add(Integer.valueOf(((YamlNode.Scalar) item).text()));
                }
            }
            return because;
        }

        Lookup known(String name) {
            YamlNode value = node.get("known") instanceof YamlNode.Mapping known ? known.get(name) : null;
            return value == null
                    ? new Lookup.Open()
                    : new Lookup.Known(JsonValue.text(((YamlNode.Scalar) value).text()));
        }

        @Override
        public String toString() {
            String after = node.get("after") == null
                    ? ""
                    : " after " + conditions("after").size() + " more";
            return node.span().position().line() + " " + text("expr") + after;
        }
    }

    static List<Row> rows() throws IOException {
        Diagnostics diagnostics = new Diagnostics();
        YamlNode root = YamlReader.read(Source.of(FILE.toString(), Files.readString(FILE)), 0, diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        List<Row> rows = new ArrayList<>();
        for (YamlNode item : ((YamlNode.Sequence) requireNonNull(root)).items()) {
            rows.add(new Row((YamlNode.Mapping) item));
        }
        return rows;
    }

    @Test
    void noRowIsLost() throws IOException {
        assertThat(rows()).hasSizeGreaterThan(150);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isAsWritten(Row row) {
        if (row.node().get("arms") != null) {
            assertThat(new ConditionAnalysis().exhaustive(row.conditions("arms")))
                    .isEqualTo(row.text("exhaustive").equals("true"));
            return;
        }
        Condition condition = parsed(row.text("expr"));
        List<Condition> after = row.conditions("after");
        Verdict verdict = row.node().get("known") != null
                ? new ConditionAnalysis().fold(condition, row::known)
                : after.isEmpty()
                        ? new ConditionAnalysis().fold(condition)
                        : new ConditionAnalysis().given(after, condition);
        assertThat(word(verdict)).isEqualTo(row.text("is"));
        assertThat(because(verdict)).isEqualTo(row.because());
        if (verdict instanceof Verdict.AlwaysFails fails) {
            assertThat(fails.why()).startsWith(row.text("why"));
            assertThat(fails.place().position().column()).isEqualTo(Integer.parseInt(row.text("column")));
        }
        if (row.node().get("known") == null) {
            List<Condition> all = new ArrayList<>(after);
            all.add(condition);
            List<Verdict> inOrder = new ConditionAnalysis().inOrder(all);
            assertThat(word(inOrder.get(after.size()))).isEqualTo(row.text("is"));
        }
    }

    private static String word(Verdict verdict) {
        if (verdict instanceof Verdict.AlwaysTrue) {
            return "always";
        }
        if (verdict instanceof Verdict.AlwaysFalse) {
            return "never";
        }
        if (verdict instanceof Verdict.AlwaysFails) {
            return "fails";
        }
        return verdict instanceof Verdict.Unreachable ? "unreachable" : "open";
    }

    private static List<Integer> because(Verdict verdict) {
        if (verdict instanceof Verdict.AlwaysTrue always) {
            return always.because();
        }
        if (verdict instanceof Verdict.AlwaysFalse never) {
            return never.because();
        }
        return verdict instanceof Verdict.Unreachable unreachable ? unreachable.behind() : List.of();
    }

    @Test
    void whatCannotBeReadIsOpen() {
        Condition broken = Condition.parse(Scalars.of("x =="), new Diagnostics());
        assertThat(new ConditionAnalysis().fold(broken)).isInstanceOf(Verdict.Open.class);
        assertThat(word(new ConditionAnalysis().given(List.of(broken, parsed("x")), parsed("x"))))
                .isEqualTo("never");
    }

    @Test
    void anArmBehindOneThatIsAlwaysTrueIsUnreachable() {
        List<Verdict> verdicts =
                new ConditionAnalysis().inOrder(List.of(parsed("x == 1"), parsed("x != 1"), parsed("y"), parsed("x")));
        assertThat(verdicts.get(1)).isEqualTo(new Verdict.AlwaysTrue(List.of(0)));
        assertThat(verdicts.get(2)).isEqualTo(new Verdict.Unreachable(List.of(1)));
        assertThat(verdicts.get(3)).isEqualTo(new Verdict.Unreachable(List.of(1)));
    }

    @Test
    void thousandsOfArmsTakeNoTimeThatIsASquare() {
        for (String form : List.of(
                "x == \"v%d\"",
                "n > %d",
                "int(n) < -%d",
                "x matches \"^v%d\"",
                "x contains \"v%d\"",
                "x == \"v%d\" and y == \"w%d\"",
                "x == \"v%d\" or y == \"w%d\"",
                "not (x == \"v%d\" and y == \"w%d\" and z)",
                "x == y and z == \"v%d\"",
                "(x or z == \"v%d\") and (y or z == \"w%d\")",
                "default(\"a\", x) == \"v%d\"",
                "same == \"v\"",
                "x == \"v\" and y != \"w\" or x == \"w\"")) {
            List<Condition> arms = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                arms.add(parsed(form.replace("%d", String.valueOf(i))));
            }
            assertThat(new ConditionAnalysis().inOrder(arms)).as(form).hasSize(5_000);
        }
    }

    @Test
    void theLastOfThousandsIsStillSeen() {
        List<Condition> arms = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            arms.add(parsed("x == \"v" + i + "\""));
        }
        arms.add(parsed("x == \"v77\" and y"));
        assertThat(new ConditionAnalysis().inOrder(arms).get(5_000)).isEqualTo(new Verdict.AlwaysFalse(List.of(77)));
    }

    @Test
    void hardQuestionsEnd() {
        StringBuilder pigeons = new StringBuilder("true");
        for (int pigeon = 0; pigeon < 12; pigeon++) {
            pigeons.append(" and (p").append(pigeon).append("x0");
            for (int hole = 1; hole < 11; hole++) {
                pigeons.append(" or p").append(pigeon).append('x').append(hole);
            }
            pigeons.append(')');
            for (int other = 0; other < pigeon; other++) {
                for (int hole = 0; hole < 11; hole++) {
                    pigeons.append(" and not (p").append(pigeon).append('x').append(hole);
                    pigeons.append(" and p")
                            .append(other)
                            .append('x')
                            .append(hole)
                            .append(')');
                }
            }
        }
        assertThat(new ConditionAnalysis().fold(parsed(pigeons.toString()))).isInstanceOf(Verdict.Open.class);
    }

    @Test
    void longAndDeepConditionsEnd() {
        List<String> texts = List.of(
                "x == \"a\"" + " or x == \"a\"".repeat(50_000),
                "x != \"a\"" + " and x != \"b\"".repeat(50_000),
                "x == \"a\"" + " and x != \"b\"".repeat(50_000),
                "x in [\"v\"" + ", \"v\"".repeat(50_000) + "]",
                "x == \"a\" and x in [\"v\"" + ", \"v\"".repeat(50_000) + "]",
                "x" + " and (x or y)".repeat(20_000),
                "(".repeat(200) + "x" + " or y)".repeat(200),
                "not (x and (y or ".repeat(99) + "z" + "))".repeat(99),
                "((x == \"a\") == ".repeat(199) + "true" + ")".repeat(199),
                "len(" + "replace(".repeat(100) + "\"aaaaaaaaaa\"" + ", \"a\", \"aaaaaaaaaa\")".repeat(100) + ") == 1",
                "not not x or x and not not - - 1 + 2 * - - int(".repeat(199) + "x" + ")".repeat(199) + " == -5");
        for (String text : texts) {
            AtomicReference<Verdict> verdict = new AtomicReference<>();
            Condition condition = parsed(text);
            Thread thread =
                    new Thread(null, () -> verdict.set(new ConditionAnalysis().fold(condition)), "small", 512 * 1024);
            thread.start();
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            assertThat(verdict.get()).as(text.substring(0, 40)).isNotNull();
        }
    }

    private static Condition parsed(String text) {
        Diagnostics diagnostics = new Diagnostics();
        Condition condition = Condition.parse(Scalars.of(text), diagnostics);
        assertThat(diagnostics.sorted()).as(text).isEmpty();
        return condition;
    }
}

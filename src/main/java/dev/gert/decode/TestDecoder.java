package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Label;
import dev.gert.diagnostic.Severity;
import dev.gert.model.TestFile;
import dev.gert.model.UnitTest;
import dev.gert.source.Source;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code test/v0} (formats.md, section 4). */
public final class TestDecoder {
    /** {@code runbook} may be known where {@code file} is not, because something else in it is wrong. */
    public record Decoded(
            YamlNode.@Nullable Scalar runbook, @Nullable TestFile file) {}

    private final Diagnostics diagnostics;

    private TestDecoder(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** The file; null in the answer when there were errors, all of which are in {@code diagnostics}. */
    public static Decoded decode(Source source, Diagnostics diagnostics) {
        Diagnostics own = new Diagnostics();
        YamlNode root = YamlReader.read(source, 0, own);
        Decoded decoded = root == null ? new Decoded(null, null) : new TestDecoder(own).document(source, root);
        diagnostics.addAll(own);
        return own.hasErrors() ? new Decoded(decoded.runbook(), null) : decoded;
    }

    private Decoded document(Source source, YamlNode root) {
        Fields fields = Fields.of(root, "a test file", diagnostics);
        if (fields == null) {
            return new Decoded(null, null);
        }
        Documents.apiVersion(fields, diagnostics, "test/v0");
        YamlNode.Scalar runbook = fields.requiredScalar("runbook");
        List<YamlNode> items = fields.list("tests");
        Span key = fields.keySpan("tests");
        fields.done();
        if (key == null) {
            fields.missing("tests");
        } else if (items != null && items.isEmpty()) {
            diagnostics.error(Code.S004, key, "the file has no tests");
        }
        List<UnitTest> tests = new ArrayList<>();
        if (items != null) {
            for (YamlNode item : items) {
                UnitTest test = test(item);
                if (test != null) {
                    tests.add(test);
                }
            }
        }
        unique(tests);
        return runbook == null ? new Decoded(null, null) : new Decoded(runbook, new TestFile(source, runbook, tests));
    }

    private void unique(List<UnitTest> tests) {
        Map<String, Span> names = new HashMap<>();
        for (UnitTest test : tests) {
            Span first = names.putIfAbsent(test.name().text(), test.name().span());
            if (first != null) {
                diagnostics.add(new Diagnostic(
                        Code.S008,
                        Severity.ERROR,
                        "two tests have the name `" + test.name().text() + "`",
                        new Label(test.name().span(), ""),
                        List.of(new Label(first, "first here")),
                        null));
            }
        }
    }

    private @Nullable UnitTest test(YamlNode item) {
        Fields fields = Fields.of(item, "a test", diagnostics);
        if (fields == null) {
            return null;
        }
        YamlNode.Scalar name = Scalars.named(fields, "name", diagnostics);
        List<UnitTest.Var> vars = new ArrayList<>();
        for (YamlNode.Entry entry : fields.entries("vars")) {
            UnitTest.Var var = var(entry);
            if (var != null) {
                vars.add(var);
            }
        }
        YamlNode node = fields.node("expect");
        Span key = fields.keySpan("expect");
        fields.done();
        Diagnostics inside = new Diagnostics();
        Fields expect = node == null ? null : Fields.of(node, "`expect`", inside);
        UnitTest.Expect wanted = expect == null ? null : new TestDecoder(inside).expect(expect);
        diagnostics.addAll(inside);
        if (key == null) {
            Span place = name == null ? item.span() : name.span();
            diagnostics.error(
                    Code.S004, place, "the test asserts nothing", "", "add `expect:` with what the run must come to");
        } else if (wanted != null && !inside.hasErrors() && !wanted.asserts()) {
            diagnostics.error(Code.S004, key, "the test asserts nothing: its `expect` is empty");
        }
        return name == null || wanted == null ? null : new UnitTest(name, vars, wanted);
    }

    private UnitTest.@Nullable Var var(YamlNode.Entry entry) {
        String name = entry.key().text();
        if (entry.value() instanceof YamlNode.Sequence list) {
            List<String> values = new ArrayList<>();
            for (YamlNode item : list.items()) {
                if (item instanceof YamlNode.Scalar value && value.kind() != YamlNode.Scalar.Kind.NULL) {
                    values.add(value.text());
                } else {
                    Fields.wrongType(item, "a value of `" + name + "`", "text", diagnostics);
                }
            }
            if (list.items().isEmpty()) {
                diagnostics.error(Code.Y119, list.span(), "the list of values for `" + name + "` may not be empty");
            }
            return new UnitTest.Var(entry.key(), values, list.span());
        }
        if (entry.value() instanceof YamlNode.Scalar value && value.kind() != YamlNode.Scalar.Kind.NULL) {
            return new UnitTest.Var(entry.key(), List.of(value.text()), value.span());
        }
        Fields.wrongType(entry.value(), "`" + name + "`", "text", diagnostics);
        return null;
    }

    private UnitTest.Expect expect(Fields fields) {
        List<YamlNode.Scalar> taken = labels(fields, "branch_taken");
        List<YamlNode.Scalar> notTaken = labels(fields, "branches_not_taken");
        List<YamlNode.Scalar> reached = texts(fields, "steps_reached");
        List<YamlNode.Scalar> notReached = texts(fields, "steps_not_reached");
        YamlNode.Scalar outcome = Scalars.outcome(fields, "outcome", diagnostics);
        YamlNode.Scalar outcomeNot = Scalars.outcome(fields, "outcome_not", diagnostics);
        YamlNode.Scalar recommendation = Scalars.filled(fields, "recommendation_contains", diagnostics);
        YamlNode.Scalar blocked = fields.scalar("blocked");
        YamlNode.Scalar error = Scalars.filled(fields, "error", diagnostics);
        YamlNode.Scalar next = Scalars.filled(fields, "next_runbook", diagnostics);
        fields.done();
        return new UnitTest.Expect(
                taken, notTaken, reached, notReached, outcome, outcomeNot, recommendation, next, blocked, error);
    }

    /** A label, or a list of labels. */
    private List<YamlNode.Scalar> labels(Fields fields, String key) {
        if (fields.node(key) instanceof YamlNode.Scalar) {
            YamlNode.Scalar label = fields.scalar(key);
            return label == null ? List.of() : List.of(label);
        }
        return texts(fields, key);
    }

    private static List<YamlNode.Scalar> texts(Fields fields, String key) {
        List<YamlNode.Scalar> texts = fields.texts(key);
        return texts == null ? List.of() : texts;
    }
}

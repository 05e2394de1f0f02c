package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.model.Expected;
import dev.gert.model.ValueCheck;
import dev.gert.source.Source;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code expected.yaml} (formats.md, section 4) and {@code test.yaml} (formats-dialect.md) of a scenario. */
public final class ExpectedDecoder {
    private final Source source;
    private final Diagnostics diagnostics;

    private ExpectedDecoder(Source source, Diagnostics diagnostics) {
        this.source = source;
        this.diagnostics = diagnostics;
    }

    /** An {@code expected.yaml}; null when there were errors, all of which are in {@code diagnostics}. */
    public static @Nullable Expected expected(Source source, Diagnostics diagnostics) {
        return decode(source, true, diagnostics);
    }

    /** A {@code test.yaml}; null when there were errors, all of which are in {@code diagnostics}. */
    public static @Nullable Expected test(Source source, Diagnostics diagnostics) {
        return decode(source, false, diagnostics);
    }

    private static @Nullable Expected decode(Source source, boolean versioned, Diagnostics diagnostics) {
        Diagnostics own = new Diagnostics();
        YamlNode root = YamlReader.read(source, 0, own);
        Fields fields = root == null ? null : Fields.of(root, "a scenario's expectations", own);
        Expected expected = null;
        if (fields != null) {
            ExpectedDecoder decoder = new ExpectedDecoder(source, own);
            expected = versioned ? decoder.expectedFile(fields) : decoder.testFile(fields);
            fields.done();
            if (!own.hasErrors() && !expected.asserts()) {
                own.error(Code.S004, fields.span(), "the scenario's expectations are empty: it asserts nothing");
            }
        }
        diagnostics.addAll(own);
        return own.hasErrors() ? null : expected;
    }

    private Expected expectedFile(Fields fields) {
        Documents.apiVersion(fields, diagnostics, "expected/v0");
        YamlNode.Scalar outcome = Scalars.outcome(fields, "outcome", diagnostics);
        List<YamlNode.Scalar> path = fields.texts("branch_path");
        List<Expected.CaptureCheck> captures = captures(fields, "captures");
        List<YamlNode> links = fields.list("chain");
        List<Expected.Link> chain = links == null ? null : new ArrayList<>();
        if (links != null && chain != null) {
            for (YamlNode item : links) {
                Expected.Link link = link(item);
                if (link != null) {
                    chain.add(link);
                }
            }
        }
        notEmpty(fields.keySpan("chain"), chain);
        return new Expected(source, false, outcome, path, captures, chain, List.of(), List.of(), List.of());
    }

    private Expected testFile(Fields fields) {
        fields.scalar("apiVersion");
        fields.scalar("description");
        fields.texts("tags");
        YamlNode.Scalar outcome = Scalars.outcome(fields, "expected_outcome", diagnostics);
        List<Expected.CaptureCheck> captures = captures(fields, "expected_captures");
        List<YamlNode.Scalar> reach = fields.texts("must_reach");
        List<YamlNode.Scalar> notReach = fields.texts("must_not_reach");
        List<Expected.StatusCheck> statuses = new ArrayList<>();
        for (YamlNode.Entry entry : fields.entries("expected_step_status")) {
            if (entry.value() instanceof YamlNode.Scalar word) {
                YamlNode.Scalar status =
                        Scalars.oneOf(entry.key().text(), word, List.of("passed", "failed", "skipped"), diagnostics);
                if (status != null) {
                    statuses.add(new Expected.StatusCheck(entry.key(), status));
                }
            } else {
                Fields.wrongType(entry.value(), "`" + entry.key().text() + "`", "text", diagnostics);
            }
        }
        List<YamlNode.Scalar> names = fields.texts("expected_chain");
        List<Expected.Link> chain = names == null ? null : new ArrayList<>();
        if (names != null && chain != null) {
            for (YamlNode.Scalar name : names) {
                chain.add(new Expected.Link(name, null));
            }
        }
        notEmpty(fields.keySpan("expected_chain"), chain);
        return new Expected(
                source,
                true,
                outcome,
                null,
                captures,
                chain,
                reach == null ? List.of() : reach,
                notReach == null ? List.of() : notReach,
                statuses);
    }

    private Expected.@Nullable Link link(YamlNode item) {
        Fields fields = Fields.of(item, "an entry of `chain`", diagnostics);
        if (fields == null) {
            return null;
        }
        YamlNode.Scalar runbook = fields.requiredScalar("runbook");
        YamlNode.Scalar outcome = Scalars.outcome(fields, "outcome", diagnostics);
        fields.done();
        return runbook == null ? null : new Expected.Link(runbook, outcome);
    }

    private void notEmpty(@Nullable Span key, @Nullable List<Expected.Link> chain) {
        if (key != null && chain != null && chain.isEmpty()) {
            diagnostics.error(Code.Y119, key, "a chain has at least the runbook itself");
        }
    }

    private List<Expected.CaptureCheck> captures(Fields fields, String key) {
        List<Expected.CaptureCheck> checks = new ArrayList<>();
        for (YamlNode.Entry entry : fields.entries(key)) {
            YamlNode.Scalar written = null;
            ValueCheck check = null;
            if (entry.value() instanceof YamlNode.Mapping map) {
                Fields exact = new Fields(map, "the check of `" + entry.key().text() + "`", diagnostics);
                written = exact.requiredScalar("equals");
                check = written == null ? null : new ValueCheck.Exact(written.text());
                exact.done();
            } else if (entry.value() instanceof YamlNode.Scalar scalar && scalar.kind() != YamlNode.Scalar.Kind.NULL) {
                written = scalar;
                check = ValueChecks.decode(scalar, diagnostics);
            } else {
                Fields.wrongType(entry.value(), "`" + entry.key().text() + "`", "text", diagnostics);
            }
            if (written != null && check != null) {
                checks.add(new Expected.CaptureCheck(entry.key(), written, check));
            }
        }
        return checks;
    }
}

package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Suggestions;
import dev.gert.expr.TextPattern;
import dev.gert.model.InputPattern;
import dev.gert.model.Limits;
import dev.gert.model.Runbook;
import dev.gert.model.RunbookGovernance;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code meta} of a runbook (formats.md, section 1). */
final class MetaDecoder {
    private static final String[] PROSE = {"background", "safety", "prerequisites", "post_mitigation", "notes"};
    private static final String[] ORIGIN = {"file", "compiled_at", "compiled_by", "model", "source_hash"};

    private final Diagnostics diagnostics;

    MetaDecoder(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    List<Runbook.Variable> vars(Fields meta) {
        List<Runbook.Variable> vars = new ArrayList<>();
        for (YamlNode.Entry entry : meta.entries("vars")) {
            if (!Names.check("variable name", entry.key(), diagnostics)) {
                continue;
            }
            if (entry.value() instanceof YamlNode.Scalar value) {
                String text = value.kind() == YamlNode.Scalar.Kind.NULL ? "" : value.text();
                vars.add(new Runbook.Variable(entry.key().text(), entry.key().span(), text));
            } else {
                Fields.wrongType(entry.value(), "`" + entry.key().text() + "`", "text", diagnostics);
            }
        }
        return vars;
    }

    List<Runbook.Input> inputs(Fields meta) {
        List<Runbook.Input> inputs = new ArrayList<>();
        for (YamlNode.Entry entry : meta.entries("inputs")) {
            Runbook.Input input = input(entry);
            if (input != null) {
                inputs.add(input);
            }
        }
        return inputs;
    }

    private Runbook.@Nullable Input input(YamlNode.Entry entry) {
        String name = entry.key().text();
        Fields fields = Fields.of(entry.value(), "input `" + name + "`", diagnostics);
        boolean named = Names.check("input name", entry.key(), diagnostics);
        if (fields == null || !named) {
            return null;
        }
        Runbook.From from = from(fields.requiredScalar("from"));
        String description = fields.text("description");
        YamlNode.Scalar otherwise = fields.scalar("default");
        YamlNode.Scalar pattern = fields.scalar("pattern");
        YamlNode.Scalar example = fields.scalar("example");
        boolean sensitive = fields.truth("sensitive", false);
        boolean required = fields.truth("required", true);
        fields.done();
        TextPattern regex = pattern == null ? null : TextPattern.parse(pattern, diagnostics);
        if (from == null) {
            return null;
        }
        return new Runbook.Input(
                name,
                entry.key().span(),
                from,
                description,
                otherwise == null ? null : otherwise.text(),
                regex == null || pattern == null ? null : new InputPattern(regex, pattern.span()),
                example == null ? null : example.text(),
                sensitive,
                required);
    }

    private Runbook.@Nullable From from(YamlNode.@Nullable Scalar scalar) {
        if (scalar == null) {
            return null;
        }
        String text = scalar.text();
        if (text.equals("prompt")) {
            return new Runbook.From.Prompt();
        }
        if (text.equals("enrichment") || text.equals("parent")) {
            diagnostics.warning(
                    Code.Y121,
                    scalar.span(),
                    "`from: " + text + "` is accepted and works like `prompt`",
                    "the value is the `default`, or is asked for");
            return new Runbook.From.Dialect(text);
        }
        int dot = text.indexOf('.');
        if (text.startsWith("env.") && Names.isName(text.substring(4), true)) {
            return new Runbook.From.Env(text.substring(4));
        }
        if (dot > 0 && dot < text.length() - 1 && !text.startsWith("env.")) {
            return new Runbook.From.Provider(text.substring(0, dot), text);
        }
        diagnostics.error(
                Code.Y113,
                scalar.span(),
                "`from` is `" + text + "`, which names no source of inputs",
                Suggestions.didYouMean(text, List.of("prompt")),
                "write `prompt`, `env.NAME`, or a provider's name and what to ask it: `icm.title`");
        return null;
    }

    RunbookGovernance governance(Fields meta) {
        Fields fields = meta.map("governance");
        if (fields == null) {
            return RunbookGovernance.none();
        }
        List<YamlNode.Scalar> allowed = fields.texts("allowed_commands");
        List<YamlNode.Scalar> denied = fields.texts("denied_commands");
        List<YamlNode.Scalar> denyEnv = fields.texts("deny_env_vars");
        List<YamlNode> rules = fields.list("redact");
        Limits limits = LimitsDecoder.decode(fields, false, evidence(fields), diagnostics);
        fields.done();
        List<RunbookGovernance.Redaction> redact = rules == null ? null : new ArrayList<>();
        if (rules != null && redact != null) {
            for (YamlNode rule : rules) {
                Fields pair = Fields.of(rule, "a `redact` rule", diagnostics);
                if (pair != null) {
                    YamlNode.Scalar pattern = pair.requiredScalar("pattern");
                    YamlNode.Scalar replace = pair.requiredScalar("replace");
                    pair.done();
                    if (pattern != null && replace != null) {
                        redact.add(new RunbookGovernance.Redaction(pattern, replace));
                    }
                }
            }
        }
        return new RunbookGovernance(
                allowed,
                denied == null ? List.of() : denied,
                denyEnv == null ? List.of() : denyEnv,
                redact,
                fields.keySpan("redact"),
                limits);
    }

    /** Where the runbook requires evidence of its manual steps, or null. */
    private @Nullable Span evidence(Fields governance) {
        Fields evidence = governance.map("evidence");
        if (evidence == null) {
            return null;
        }
        boolean required = evidence.truth("require_for_manual", false);
        if (!evidence.truth("store_full_stdout", true)) {
            diagnostics.warning(
                    Code.Y121,
                    evidence.keySpan("store_full_stdout"),
                    "`store_full_stdout: false` is accepted and has no effect",
                    "what a step prints is always kept, redacted, with its digest");
        }
        evidence.done();
        return required ? evidence.keySpan("require_for_manual") : null;
    }

    Runbook.About about(Fields meta) {
        Map<String, YamlNode.Scalar> xts = new LinkedHashMap<>();
        Fields block = meta.map("xts");
        if (block != null) {
            for (String key : List.of("environment", "views_root", "cli_path")) {
                YamlNode.Scalar value = block.scalar(key);
                if (value != null) {
                    xts.put(key, value);
                }
            }
            block.done();
        }
        List<YamlNode.Scalar> metrics = meta.texts("metrics");
        for (YamlNode.Scalar metric : metrics == null ? List.<YamlNode.Scalar>of() : metrics) {
            Names.check("metric", metric, diagnostics);
        }
        Map<String, String> prose = new LinkedHashMap<>();
        List<Runbook.Reference> references = new ArrayList<>();
        prose(meta.map("prose"), prose, references);
        Map<String, String> origin = new LinkedHashMap<>();
        Fields source = meta.map("source");
        if (source != null) {
            for (String key : ORIGIN) {
                put(source, key, key, origin);
            }
            source.done();
        }
        Map<String, YamlNode.Scalar> scenarios = new LinkedHashMap<>();
        for (YamlNode.Entry entry : meta.entries("scenarios")) {
            if (entry.value() instanceof YamlNode.Scalar path && !path.text().isBlank()) {
                scenarios.put(entry.key().text(), path);
            } else if (entry.value() instanceof YamlNode.Scalar nothing
                    && nothing.kind() != YamlNode.Scalar.Kind.NULL) {
                diagnostics.error(
                        Code.Y119,
                        nothing.span(),
                        "the path of scenario `" + entry.key().text() + "` may not be empty");
            } else {
                Fields.wrongType(entry.value(), "scenario `" + entry.key().text() + "`", "a path", diagnostics);
            }
        }
        for (String key : List.of("certification", "icm")) {
            if (meta.node(key) != null) {
                diagnostics.warning(Code.Y121, meta.keySpan(key), "`" + key + "` is accepted and has no effect", null);
            }
        }
        return new Runbook.About(metrics == null ? List.of() : metrics, prose, references, origin, scenarios, xts);
    }

    private void prose(@Nullable Fields fields, Map<String, String> prose, List<Runbook.Reference> references) {
        if (fields == null) {
            return;
        }
        for (String key : PROSE) {
            put(fields, key, key, prose);
        }
        List<YamlNode> items = fields.list("references");
        for (YamlNode item : items == null ? List.<YamlNode>of() : items) {
            Fields reference = Fields.of(item, "a reference", diagnostics);
            if (reference != null) {
                YamlNode.Scalar title = reference.requiredScalar("title");
                YamlNode.Scalar url = reference.requiredScalar("url");
                reference.done();
                if (title != null && url != null) {
                    references.add(new Runbook.Reference(title.text(), url.text()));
                }
            }
        }
        Fields ownership = fields.map("ownership");
        if (ownership != null) {
            put(ownership, "team", "team", prose);
            put(ownership, "email", "email", prose);
            ownership.done();
        }
        fields.done();
    }

    private static void put(Fields fields, String key, String as, Map<String, String> texts) {
        YamlNode.Scalar text = fields.scalar(key);
        if (text != null) {
            texts.put(as, text.text());
        }
    }
}

package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Severity;
import dev.gert.diagnostic.Suggestions;
import dev.gert.expr.TextPattern;
import dev.gert.model.InputPattern;
import dev.gert.model.Node;
import dev.gert.model.Runbook;
import dev.gert.model.RunbookGovernance;
import dev.gert.source.Source;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code runbook/v0} and {@code runbook/v1} (formats.md, section 1). */
public final class RunbookDecoder {
    private static final int ALIASES = 50;

    private final Source source;
    private final Diagnostics diagnostics;

    private RunbookDecoder(Source source, Diagnostics diagnostics) {
        this.source = source;
        this.diagnostics = diagnostics;
    }

    /** The runbook; null when there were errors, all of which are in {@code diagnostics}. */
    public static @Nullable Runbook decode(Source source, Diagnostics diagnostics) {
        Decoded decoded = decodeWhatIsThere(source, diagnostics);
        return decoded.whole() ? decoded.runbook() : null;
    }

    /**
     * As {@link #decode}, and also gives a runbook with errors by which no declaration was lost: good
     * for finding more that is wrong, and for nothing else.
     */
    public static Decoded decodeWhatIsThere(Source source, Diagnostics diagnostics) {
        Diagnostics own = new Diagnostics();
        YamlNode root = YamlReader.read(source, ALIASES, own);
        Runbook runbook = root == null ? null : new RunbookDecoder(source, own).document(root);
        diagnostics.addAll(own);
        boolean lost = false;
        for (Diagnostic diagnostic : own.sorted()) {
            lost |= diagnostic.severity() == Severity.ERROR && !keepsDeclarations(diagnostic.code());
        }
        return new Decoded(lost ? null : runbook, !own.hasErrors());
    }

    /** {@code whole}: there was no error. */
    public record Decoded(@Nullable Runbook runbook, boolean whole) {}

    private static boolean keepsDeclarations(Code code) {
        return switch (code) {
            case Y104, Y114, Y118, T301, T302, T303 -> true;
            default -> false;
        };
    }

    private @Nullable Runbook document(YamlNode root) {
        Fields fields = Fields.of(root, "a runbook", diagnostics);
        if (fields == null) {
            return null;
        }
        Documents.apiVersion(fields, diagnostics, "runbook/v0", "runbook/v1");
        fields.unsupported("imports", "tools");
        Fields meta = fields.map("meta");
        if (meta == null && fields.keySpan("meta") == null) {
            fields.missing("meta");
        }
        YamlNode tree = fields.node("tree");
        YamlNode steps = fields.node("steps");
        fields.done();
        Runbook head = meta(meta);
        Long timeout = meta == null ? null : defaults(meta);
        if (meta != null) {
            meta.done();
        }
        List<Node> nodes = List.of();
        NodeDecoder decoder = new NodeDecoder(timeout, diagnostics);
        if (tree != null && steps != null) {
            diagnostics.error(Code.Y116, fields.keySpan("steps"), "a runbook has `tree` or `steps`, not both");
        } else if (tree != null) {
            nodes = decoder.roots("tree", tree, true);
        } else if (steps != null) {
            nodes = decoder.roots("steps", steps, false);
        } else {
            fields.missing("tree");
        }
        return new Runbook(
                source,
                head.name(),
                head.nameSpan(),
                head.kind(),
                head.description(),
                head.vars(),
                head.inputs(),
                head.governance(),
                nodes);
    }

    private Runbook meta(@Nullable Fields meta) {
        Span start = source.span(0, 0);
        if (meta == null) {
            return new Runbook(
                    source,
                    "",
                    start,
                    Runbook.Kind.REFERENCE,
                    "",
                    List.of(),
                    List.of(),
                    RunbookGovernance.none(),
                    List.of());
        }
        YamlNode.Scalar name = meta.requiredScalar("name");
        if (name != null && name.text().isBlank()) {
            diagnostics.error(Code.Y119, name.span(), "`name` may not be empty");
        }
        String kind = meta.word("kind", "mitigation", "reference", "composable", "rca");
        String description = meta.text("description");
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
        List<Runbook.Input> inputs = new ArrayList<>();
        for (YamlNode.Entry entry : meta.entries("inputs")) {
            Runbook.Input input = input(entry);
            if (input != null) {
                inputs.add(input);
            }
        }
        Fields governance = meta.map("governance");
        meta.unsupported("xts", "metrics", "prose", "source", "scenarios", "certification", "icm");
        return new Runbook(
                source,
                name == null ? "" : name.text(),
                name == null ? start : name.span(),
                kind == null ? Runbook.Kind.REFERENCE : Runbook.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                description,
                vars,
                inputs,
                governance == null ? RunbookGovernance.none() : governance(governance),
                List.of());
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
        if (text.startsWith("env.") && Names.isName(text.substring(4), true)) {
            return new Runbook.From.Env(text.substring(4));
        }
        if (text.indexOf('.') > 0 && !text.startsWith("env.")) {
            diagnostics.error(
                    Code.Y117,
                    scalar.span(),
                    "inputs from a provider (`" + text
                            + "`) are part of the format, but this version does not have them yet");
            return null;
        }
        diagnostics.error(
                Code.Y113,
                scalar.span(),
                "`from` is `" + text + "`, which names no source of inputs",
                Suggestions.didYouMean(text, List.of("prompt")),
                "write `prompt` or `env.NAME`");
        return null;
    }

    private RunbookGovernance governance(Fields fields) {
        List<YamlNode.Scalar> allowed = fields.texts("allowed_commands");
        List<YamlNode.Scalar> denied = fields.texts("denied_commands");
        List<YamlNode.Scalar> denyEnv = fields.texts("deny_env_vars");
        List<YamlNode> rules = fields.list("redact");
        Span redactSpan = fields.keySpan("redact");
        fields.unsupported("evidence", "max_blast_radius", "require_approval_for");
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
                redactSpan);
    }

    private @Nullable Long defaults(Fields meta) {
        Fields defaults = meta.map("defaults");
        if (defaults == null) {
            return null;
        }
        Long timeout = Durations.millis("timeout", defaults.scalar("timeout"), diagnostics);
        defaults.done();
        return timeout;
    }
}

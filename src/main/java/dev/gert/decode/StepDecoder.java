package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Suggestions;
import dev.gert.expr.Condition;
import dev.gert.expr.Template;
import dev.gert.model.Capture;
import dev.gert.model.Effect;
import dev.gert.model.Outcome;
import dev.gert.model.Step;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Steps of every type (formats.md, "Step"). */
final class StepDecoder {
    private static final String[] NOT_YET = {
        "precondition",
        "elevation",
        "approvals",
        "required_evidence",
        "choices",
        "assertions",
        "exit_codes",
        "delay",
        "retry",
        "blast_radius",
        "impact",
        "finally",
        "gate",
        "replay_mode"
    };

    private final @Nullable Long defaultTimeoutMillis;
    private final Diagnostics diagnostics;

    StepDecoder(@Nullable Long defaultTimeoutMillis, Diagnostics diagnostics) {
        this.defaultTimeoutMillis = defaultTimeoutMillis;
        this.diagnostics = diagnostics;
    }

    /** Null when the step can't be made sense of; what is wrong is in the diagnostics. */
    @Nullable
    Step step(YamlNode node) {
        Fields fields = Fields.of(node, "a step", diagnostics);
        if (fields == null) {
            return null;
        }
        YamlNode.Scalar id = fields.requiredScalar("id");
        if (id != null && !Names.check("step id", id, diagnostics)) {
            id = null;
        }
        YamlNode.Scalar typeNode = fields.requiredScalar("type");
        String type = type(typeNode);
        Template title = template(fields.scalar("title"));
        YamlNode.Scalar instructions = fields.scalar("instructions");
        YamlNode.Scalar whenNode = fields.scalar("when");
        Long timeout = Durations.millis("timeout", fields.scalar("timeout"), diagnostics);
        List<Outcome> outcomes = outcomes(fields);
        List<Capture> captures = captures(fields);
        Fields with = fields.map("with");
        String effectWord = fields.word("effect", "read", "idempotent", "mutate");
        fields.unsupported(NOT_YET);
        fields.misplaced("branches", "it stands beside `step`, with the same indentation");
        fields.misplaced("argv", "it belongs under `with`");
        fields.misplaced("step", "items that begin with `step:` are nodes: their list is `tree`, not `steps`");
        fields.unsupported("tool", "invoke", "xts", "aws");
        fields.done();
        Condition when = whenNode == null ? null : Condition.parse(whenNode, diagnostics);
        if (id == null || type == null) {
            return null;
        }
        if (timeout == null && type.equals("cli")) {
            timeout = defaultTimeoutMillis;
        }
        Step.Common common =
                new Step.Common(id.text(), id.span(), title, template(instructions), when, timeout, captures, outcomes);
        if (type.equals("manual")) {
            notOn("manual", fields, "with", "capture", "effect");
            if (timeout != null) {
                fields.unsupported("timeout");
            }
            if (instructions == null && fields.keySpan("instructions") == null) {
                fields.missing("instructions");
            }
            return new Step.ManualStep(common);
        }
        Span effectSpan = fields.keySpan("effect");
        return cli(common, fields, with, effectWord == null ? null : Effect.of(effectWord), effectSpan);
    }

    private @Nullable String type(YamlNode.@Nullable Scalar node) {
        if (node == null) {
            return null;
        }
        switch (node.text()) {
            case "cli", "manual":
                return node.text();
            case "tool", "invoke", "xts", "aws":
                diagnostics.error(
                        Code.Y117,
                        node.span(),
                        "steps of type `" + node.text()
                                + "` are part of the format, but this version of gert does not have them yet");
                return null;
            default:
                diagnostics.error(
                        Code.Y113,
                        node.span(),
                        "`type` is `" + node.text() + "`, not one of cli, manual, tool, invoke, xts, aws",
                        Suggestions.didYouMean(node.text(), List.of("cli", "manual", "tool", "invoke", "xts", "aws")),
                        null);
                return null;
        }
    }

    private void notOn(String type, Fields fields, String... keys) {
        for (String key : keys) {
            Span span = fields.keySpan(key);
            if (span != null) {
                diagnostics.error(Code.Y118, span, "`" + key + "` does not apply to a " + type + " step");
            }
        }
    }

    private @Nullable Step cli(
            Step.Common common,
            Fields step,
            @Nullable Fields with,
            @Nullable Effect effect,
            @Nullable Span effectSpan) {
        if (with == null) {
            if (step.keySpan("with") == null) {
                step.missing("with");
            }
            return null;
        }
        List<YamlNode.Scalar> words = with.texts("argv");
        if (words == null && with.keySpan("argv") == null) {
            with.missing("argv");
        }
        String args = with.word("args", "values", "flags");
        YamlNode.Scalar cwd = with.scalar("cwd");
        YamlNode.Scalar stdin = with.scalar("stdin");
        List<Step.EnvironmentEntry> environment = new ArrayList<>();
        for (YamlNode.Entry entry : with.entries("env")) {
            YamlNode.Scalar name = entry.key();
            if (!Names.isName(name.text(), true)) {
                diagnostics.error(
                        Code.R202, name.span(), "`" + name.text() + "` is not a valid name of an environment variable");
            } else if (entry.value() instanceof YamlNode.Scalar value) {
                environment.add(new Step.EnvironmentEntry(name.text(), name.span(), template(value)));
            } else {
                Fields.wrongType(entry.value(), "`" + name.text() + "`", "text", diagnostics);
            }
        }
        with.unsupported("interactive");
        with.done();
        if (words == null) {
            return null;
        }
        Span argvSpan = with.keySpan("argv");
        if (words.isEmpty() || words.get(0).text().isEmpty()) {
            diagnostics.error(Code.Y119, argvSpan, "`argv` needs a program as its first item");
            return null;
        }
        List<Template> argv = new ArrayList<>();
        List<Span> spans = new ArrayList<>();
        for (YamlNode.Scalar word : words) {
            argv.add(template(word));
            spans.add(word.span());
        }
        return new Step.CliStep(
                common,
                argv,
                spans,
                "flags".equals(args),
                cwd == null ? null : template(cwd),
                environment,
                stdin == null ? null : template(stdin),
                effect,
                effectSpan == null ? common.idSpan() : effectSpan);
    }

    private List<Capture> captures(Fields fields) {
        List<Capture> captures = new ArrayList<>();
        for (YamlNode.Entry entry : fields.entries("capture")) {
            if (!Names.check("capture name", entry.key(), diagnostics)) {
                continue;
            }
            if (entry.value() instanceof YamlNode.Scalar value && value.kind() != YamlNode.Scalar.Kind.NULL) {
                Capture.From from = CaptureSources.decode(value, diagnostics);
                if (from != null) {
                    captures.add(new Capture(entry.key().text(), entry.key().span(), from, value.span()));
                }
            } else {
                Fields.wrongType(entry.value(), "capture `" + entry.key().text() + "`", "text", diagnostics);
            }
        }
        return captures;
    }

    private List<Outcome> outcomes(Fields fields) {
        List<Outcome> outcomes = new ArrayList<>();
        List<YamlNode> items = fields.list("outcomes");
        if (items == null) {
            return outcomes;
        }
        for (YamlNode item : items) {
            Fields outcome = Fields.of(item, "an outcome", diagnostics);
            if (outcome == null) {
                continue;
            }
            YamlNode.Scalar when = outcome.scalar("when");
            String state = outcome.word("state", "resolved", "escalated", "no_action", "needs_rca");
            if (state == null && outcome.keySpan("state") == null) {
                outcome.missing("state");
            }
            Template label = template(outcome.scalar("label"));
            Template recommendation = template(outcome.scalar("recommendation"));
            outcome.unsupported("next_runbook");
            outcome.done();
            if (state != null) {
                outcomes.add(new Outcome(
                        when == null ? null : Condition.parse(when, diagnostics),
                        Outcome.State.valueOf(state.toUpperCase(Locale.ROOT)),
                        label,
                        recommendation,
                        item.span()));
            }
        }
        return outcomes;
    }

    private Template template(YamlNode.@Nullable Scalar scalar) {
        return scalar == null ? Template.literal("") : Template.parse(scalar, diagnostics);
    }
}

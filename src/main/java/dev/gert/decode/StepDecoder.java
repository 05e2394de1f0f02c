package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Suggestions;
import dev.gert.expr.Condition;
import dev.gert.expr.Template;
import dev.gert.model.BlastRadius;
import dev.gert.model.Capture;
import dev.gert.model.Outcome;
import dev.gert.model.Step;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Steps of every type (formats.md, "Step"): what they have in common; {@link StepTypes} has the rest. */
final class StepDecoder {
    private static final List<String> TYPES = List.of("cli", "manual", "tool", "invoke", "xts", "aws");

    private final @Nullable Long defaultTimeoutMillis;
    private final boolean withoutXts;
    private final Diagnostics diagnostics;
    private final StepTypes types;
    private final WorkDecoder work;
    private final ManualDecoder manual;

    StepDecoder(@Nullable Long defaultTimeoutMillis, boolean withoutXts, Diagnostics diagnostics) {
        this.withoutXts = withoutXts;
        this.defaultTimeoutMillis = defaultTimeoutMillis;
        this.diagnostics = diagnostics;
        this.types = new StepTypes(diagnostics);
        this.work = new WorkDecoder(diagnostics);
        this.manual = new ManualDecoder(diagnostics);
    }

    /** A step, and what stands under its {@code finally}, null: nothing. */
    record Decoded(Step step, @Nullable YamlNode finallyList) {}

    /** Null when the step can't be made sense of; what is wrong is in the diagnostics. */
    @Nullable
    Decoded step(YamlNode node) {
        Fields fields = Fields.of(node, "a step", diagnostics);
        if (fields == null) {
            return null;
        }
        YamlNode.Scalar id = fields.requiredScalar("id");
        if (id != null && !Names.check("step id", id, diagnostics)) {
            id = null;
        }
        String type = type(fields.requiredScalar("type"));
        Template title = template(fields.scalar("title"));
        YamlNode.Scalar instructions = fields.scalar("instructions");
        YamlNode.Scalar whenNode = fields.scalar("when");
        Long timeout = Durations.millis("timeout", fields.scalar("timeout"), diagnostics);
        Long delay = Durations.millis("delay", fields.scalar("delay"), diagnostics);
        List<Outcome> outcomes = outcomes(fields);
        List<Capture> captures = captures(fields, type == null ? "cli" : type);
        BlastRadius radius = LimitsDecoder.radius(fields.scalar("blast_radius"), "blast_radius", diagnostics);
        Step.Approvals approvals = approvals(fields);
        YamlNode finallyList = fields.node("finally");
        if (fields.node("replay_mode") != null) {
            diagnostics.warning(
                    Code.Y121,
                    fields.keySpan("replay_mode"),
                    "`replay_mode` is accepted and has no effect",
                    "a scenario's recording decides what a replay answers");
        }
        fields.misplaced("branches", "it stands beside `step`, with the same indentation");
        fields.misplaced("argv", "it belongs under `with`");
        fields.misplaced("step", "items that begin with `step:` are nodes: their list is `tree`, not `steps`");
        Span idSpan = id == null ? node.span() : id.span();
        Step.Common common = new Step.Common(
                id == null ? "" : id.text(),
                idSpan,
                title,
                template(instructions),
                whenNode == null ? null : Condition.parse(whenNode, diagnostics),
                timeout == null && type != null && !type.equals("manual") ? defaultTimeoutMillis : timeout,
                delay == null ? 0 : delay,
                captures,
                outcomes,
                radius,
                approvals);
        Step step = type == null ? null : typed(type, common, fields, instructions != null);
        if (type == null) {
            fields.know(StepTypes.KEYS);
            fields.know(WorkDecoder.KEYS);
        }
        fields.done();
        return id == null || step == null ? null : new Decoded(step, finallyList);
    }

    private @Nullable Step typed(String type, Step.Common common, Fields fields, boolean instructed) {
        if (type.equals("manual")) {
            types.notFor(type, fields);
            if (!instructed && fields.keySpan("instructions") == null) {
                fields.missing("instructions");
            }
            return manual.manual(common, fields);
        }
        Step.Work done = work.work(type, common.idSpan(), fields);
        types.notFor(type, fields);
        return switch (type) {
            case "cli" -> types.cli(common, done, fields);
            case "tool" -> types.tool(common, done, fields);
            case "invoke" -> types.invoke(common, done, fields);
            case "xts" -> types.xts(common, done, fields);
            default -> types.aws(common, done, fields);
        };
    }

    private @Nullable String type(YamlNode.@Nullable Scalar node) {
        if (node == null) {
            return null;
        }
        if (withoutXts && node.text().equals("xts")) {
            diagnostics.error(
                    Code.Y113,
                    node.span(),
                    "runbook/v1 has no xts steps",
                    "",
                    "say `apiVersion: runbook/v0`, or use a `tool`");
            return null;
        }
        if (TYPES.contains(node.text())) {
            return node.text();
        }
        diagnostics.error(
                Code.Y113,
                node.span(),
                "`type` is `" + node.text() + "`, not one of cli, manual, tool, invoke, xts, aws",
                Suggestions.didYouMean(node.text(), TYPES),
                null);
        return null;
    }

    private Step.@Nullable Approvals approvals(Fields fields) {
        Fields block = fields.map("approvals");
        if (block == null) {
            return null;
        }
        Integer min = block.wholeNumber("min", 1, 20);
        List<YamlNode.Scalar> roles = block.texts("roles");
        block.done();
        List<String> names = new ArrayList<>();
        if (roles != null) {
            for (YamlNode.Scalar role : roles) {
                names.add(role.text());
            }
        }
        return new Step.Approvals(min == null ? 1 : min, names, block.span());
    }

    private List<Capture> captures(Fields fields, String type) {
        List<Capture> captures = new ArrayList<>();
        if (type.equals("manual")) {
            return captures;
        }
        for (YamlNode.Entry entry : fields.entries("capture")) {
            if (!Names.check("capture name", entry.key(), diagnostics)) {
                continue;
            }
            if (entry.value() instanceof YamlNode.Scalar value && value.kind() != YamlNode.Scalar.Kind.NULL) {
                Capture.From from = CaptureSources.decode(value, type, diagnostics);
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
            Outcome.NextRunbook next = next(outcome.map("next_runbook"));
            outcome.done();
            Outcome.State known = state == null ? null : Outcome.State.of(state);
            if (known != null) {
                outcomes.add(new Outcome(
                        when == null ? null : Condition.parse(when, diagnostics),
                        known,
                        label,
                        recommendation,
                        next,
                        item.span()));
            }
        }
        return outcomes;
    }

    private Outcome.@Nullable NextRunbook next(@Nullable Fields fields) {
        if (fields == null) {
            return null;
        }
        YamlNode.Scalar file = Scalars.named(fields, "file", diagnostics);
        List<Step.Argument> inputs = Arguments.of(fields, "inputs", "input name", diagnostics);
        fields.done();
        return file == null ? null : new Outcome.NextRunbook(template(file), file.span(), inputs);
    }

    private Template template(YamlNode.@Nullable Scalar scalar) {
        return scalar == null ? Template.literal("") : Template.parse(scalar, diagnostics);
    }
}

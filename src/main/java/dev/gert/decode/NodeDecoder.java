package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.expr.Condition;
import dev.gert.expr.Template;
import dev.gert.model.Branch;
import dev.gert.model.Node;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The nodes of {@code tree} and {@code steps} (formats.md, section 1). */
final class NodeDecoder {
    private static final int MOST_ITERATIONS = 10_000;
    private static final int MOST_CONCURRENT = 64;
    private static final int USUAL_CONCURRENT = 4;

    private final StepDecoder steps;
    private final Diagnostics diagnostics;

    /** {@code withoutXts}: the version of the format has no xts steps. */
    NodeDecoder(@Nullable Long defaultTimeoutMillis, boolean withoutXts, Diagnostics diagnostics) {
        this.steps = new StepDecoder(defaultTimeoutMillis, withoutXts, diagnostics);
        this.diagnostics = diagnostics;
    }

    /** {@code tree}: the items are nodes; otherwise they are steps themselves. */
    List<Node> roots(String key, YamlNode node, boolean tree) {
        return list("`" + key + "`", node, tree ? Form.TREE : Form.FLAT);
    }

    /** How the items of a list are written. */
    private enum Form {
        TREE,
        FLAT,
        /** Each as it looks: {@code finally} of a step in the flat form holds steps. */
        EITHER
    }

    private List<Node> list(String what, YamlNode list, Form form) {
        List<Node> nodes = new ArrayList<>();
        if (!(list instanceof YamlNode.Sequence sequence)) {
            Fields.wrongType(list, what, "a list", diagnostics);
            return nodes;
        }
        if (sequence.items().isEmpty()) {
            diagnostics.error(Code.Y119, list.span(), what + " may not be empty");
        }
        for (YamlNode item : sequence.items()) {
            boolean flat = form == Form.FLAT
                    || form == Form.EITHER && item instanceof YamlNode.Mapping map && map.get("type") != null;
            Node decoded = flat ? step(item, List.of(), item.span()) : node(item);
            if (decoded != null) {
                nodes.add(decoded);
            }
        }
        return nodes;
    }

    private @Nullable Node step(YamlNode item, List<Branch> branches, Span span) {
        StepDecoder.Decoded decoded = steps.step(item);
        if (decoded == null) {
            return null;
        }
        YamlNode after = decoded.finallyList();
        List<Node> finallyNodes = after == null ? List.of() : list("`finally`", after, Form.EITHER);
        return new Node.StepNode(decoded.step(), branches, finallyNodes, span);
    }

    private @Nullable Node node(YamlNode item) {
        Fields fields = Fields.of(item, "a node", diagnostics);
        if (fields == null) {
            return null;
        }
        Span type = fields.keySpan("type");
        if (type != null && fields.keySpan("step") == null) {
            diagnostics.error(
                    Code.Y107,
                    type,
                    "a step stands under `step` here",
                    "",
                    "write `- step: {...}`, or call the list at the top `steps`");
            return null;
        }
        YamlNode stepNode = fields.node("step");
        List<YamlNode> arms = fields.list("branches");
        Fields iterate = fields.map("iterate");
        Fields parallel = fields.map("parallel");
        fields.misplaced("finally", "it belongs to the step: one level further in, under `step`");
        fields.done();
        String first = "";
        for (String kind : List.of("step", "iterate", "parallel")) {
            Span span = fields.keySpan(kind);
            if (span != null && !first.isEmpty()) {
                diagnostics.error(
                        Code.Y116, span, "`" + kind + "` can't stand beside `" + first + "`: a node is one of the two");
            } else if (span != null) {
                first = kind;
            }
        }
        if (arms != null && stepNode == null) {
            diagnostics.error(Code.Y116, fields.keySpan("branches"), "`branches` stand beside a `step`");
        }
        List<Branch> branches = new ArrayList<>();
        if (arms != null) {
            for (YamlNode arm : arms) {
                Branch branch = branch(arm);
                if (branch != null) {
                    branches.add(branch);
                }
            }
        }
        switch (first) {
            case "step":
                return stepNode == null ? null : step(stepNode, branches, item.span());
            case "iterate":
                return iterate == null ? null : iterate(iterate, item.span());
            case "parallel":
                return parallel == null ? null : parallel(parallel, item.span());
            default:
                fields.missing("step", "iterate", "parallel");
                return null;
        }
    }

    private @Nullable Node iterate(Fields fields, Span span) {
        Integer max = fields.wholeNumber("max", 1, MOST_ITERATIONS);
        YamlNode.Scalar until = fields.scalar("until");
        YamlNode.Scalar over = fields.scalar("over");
        YamlNode.Scalar as = fields.scalar("as");
        List<Node> nodes = body(fields, "an `iterate`");
        fields.done();
        boolean each = fields.keySpan("over") != null || fields.keySpan("as") != null;
        boolean again = fields.keySpan("until") != null || fields.keySpan("max") != null;
        if (each && again) {
            diagnostics.error(
                    Code.Y116,
                    span,
                    "an `iterate` goes `over` a list or on `until` a condition, not both",
                    "",
                    "`over` and `as` belong together, and so do `until` and `max`");
            return null;
        }
        if (each) {
            require(fields, "over", "as");
            boolean named = as != null && Names.check("name", as, diagnostics);
            if (over != null && over.text().isBlank()) {
                diagnostics.error(Code.Y119, over.span(), "`over` may not be empty");
            }
            return over == null || as == null || !named
                    ? null
                    : new Node.EachNode(
                            Template.parse(over, diagnostics), over.span(), as.text(), as.span(), nodes, span);
        }
        if (!again) {
            fields.missing("max", "over");
            return null;
        }
        require(fields, "max", "until");
        if (until != null && until.text().isBlank()) {
            diagnostics.error(Code.Y119, until.span(), "`until` may not be empty");
            return null;
        }
        return max == null || until == null
                ? null
                : new Node.UntilNode(max, Condition.parse(until, diagnostics), until.span(), nodes, span);
    }

    private static void require(Fields fields, String... keys) {
        for (String key : keys) {
            if (fields.keySpan(key) == null) {
                fields.missing(key);
            }
        }
    }

    private Node parallel(Fields fields, Span span) {
        Integer most = fields.wholeNumber("max_concurrent", 1, MOST_CONCURRENT);
        boolean failFast = fields.truth("fail_fast", false);
        List<YamlNode> items = fields.list("branches");
        require(fields, "branches");
        fields.done();
        List<Node.Arm> arms = new ArrayList<>();
        for (YamlNode item : items == null ? List.<YamlNode>of() : items) {
            Fields arm = Fields.of(item, "a branch of a `parallel`", diagnostics);
            if (arm == null) {
                continue;
            }
            YamlNode.Scalar label = Scalars.filled(arm, "label", diagnostics);
            arm.misplaced("condition", "every branch of a `parallel` runs; conditions stand in a step's `branches`");
            List<Node> nodes = body(arm, "a branch");
            arm.done();
            arms.add(new Node.Arm(
                    label == null ? "" : label.text(), label == null ? null : label.span(), nodes, item.span()));
        }
        if (items != null && items.isEmpty()) {
            diagnostics.error(Code.Y119, fields.keySpan("branches"), "`branches` may not be empty");
        }
        return new Node.ParallelNode(most == null ? USUAL_CONCURRENT : most, failFast, arms, span);
    }

    private List<Node> body(Fields fields, String what) {
        YamlNode below = fields.node("steps");
        if (below == null) {
            fields.missing("steps");
            return List.of();
        }
        return list("`steps` of " + what, below, Form.TREE);
    }

    private @Nullable Branch branch(YamlNode item) {
        Fields fields = Fields.of(item, "a branch", diagnostics);
        if (fields == null) {
            return null;
        }
        YamlNode.Scalar condition = fields.requiredScalar("condition");
        YamlNode.Scalar label = fields.requiredScalar("label");
        Long budget = Durations.millis("budget", fields.scalar("budget"), diagnostics);
        if (label != null && label.text().isBlank()) {
            diagnostics.error(Code.Y119, label.span(), "`label` may not be empty");
        }
        List<Node> nodes = body(fields, "a branch");
        fields.done();
        if (condition == null || label == null) {
            return null;
        }
        return new Branch(
                Condition.parse(condition, diagnostics),
                condition.span(),
                label.text(),
                label.span(),
                nodes,
                budget,
                item.span());
    }
}

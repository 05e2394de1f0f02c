package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.expr.Condition;
import dev.gert.model.Branch;
import dev.gert.model.Node;
import dev.gert.model.Step;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The nodes of {@code tree}, {@code steps} and branches. */
final class NodeDecoder {
    private final StepDecoder steps;
    private final Diagnostics diagnostics;

    NodeDecoder(@Nullable Long defaultTimeoutMillis, Diagnostics diagnostics) {
        this.steps = new StepDecoder(defaultTimeoutMillis, diagnostics);
        this.diagnostics = diagnostics;
    }

    /** {@code tree}: the items are nodes; otherwise they are steps themselves. */
    List<Node> roots(String key, YamlNode node, boolean tree) {
        return list("`" + key + "`", node, tree);
    }

    private List<Node> list(String what, YamlNode list, boolean tree) {
        List<Node> nodes = new ArrayList<>();
        if (!(list instanceof YamlNode.Sequence sequence)) {
            Fields.wrongType(list, what, "a list", diagnostics);
            return nodes;
        }
        if (sequence.items().isEmpty()) {
            diagnostics.error(Code.Y119, list.span(), what + " may not be empty");
        }
        for (YamlNode item : sequence.items()) {
            Node decoded = tree ? node(item) : flat(item);
            if (decoded != null) {
                nodes.add(decoded);
            }
        }
        return nodes;
    }

    private @Nullable Node flat(YamlNode item) {
        Step step = steps.step(item);
        return step == null ? null : new Node.StepNode(step, List.of(), item.span());
    }

    private @Nullable Node node(YamlNode item) {
        Fields fields = Fields.of(item, "a node", diagnostics);
        if (fields == null) {
            return null;
        }
        fields.unsupported("iterate", "parallel");
        boolean other = fields.keySpan("iterate") != null || fields.keySpan("parallel") != null;
        YamlNode stepNode = fields.node("step");
        List<YamlNode> arms = fields.list("branches");
        fields.done();
        List<Branch> branches = new ArrayList<>();
        if (arms != null) {
            for (YamlNode arm : arms) {
                Branch branch = branch(arm);
                if (branch != null) {
                    branches.add(branch);
                }
            }
        }
        if (stepNode == null) {
            if (!other) {
                fields.missing("step");
            }
            return null;
        }
        Step step = steps.step(stepNode);
        return step == null ? null : new Node.StepNode(step, branches, item.span());
    }

    private @Nullable Branch branch(YamlNode item) {
        Fields fields = Fields.of(item, "a branch", diagnostics);
        if (fields == null) {
            return null;
        }
        YamlNode.Scalar condition = fields.requiredScalar("condition");
        YamlNode.Scalar label = fields.requiredScalar("label");
        YamlNode below = fields.node("steps");
        fields.unsupported("budget");
        fields.done();
        if (label != null && label.text().isBlank()) {
            diagnostics.error(Code.Y119, label.span(), "`label` may not be empty");
        }
        List<Node> nodes = List.of();
        if (below == null) {
            fields.missing("steps");
        } else {
            nodes = list("`steps` of a branch", below, true);
        }
        if (condition == null || label == null) {
            return null;
        }
        Span span = item.span();
        return new Branch(
                Condition.parse(condition, diagnostics), condition.span(), label.text(), label.span(), nodes, span);
    }
}

package dev.gert.plan;

import dev.gert.expr.Condition;
import dev.gert.expr.NameUse;
import dev.gert.expr.Template;
import dev.gert.model.Outcome;
import dev.gert.model.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every name that a node's templates and conditions read, its arms' conditions included. */
public final class NodeNames {
    private final List<NameUse> uses = new ArrayList<>();

    private NodeNames() {}

    /** In the order in which a run would read them. */
    public static List<NameUse> of(PlanNode node) {
        NodeNames names = new NodeNames();
        names.collect(node);
        return names.uses;
    }

    private void collect(PlanNode node) {
        Step.Common common = node.step().common();
        condition(common.when());
        template(common.title());
        template(common.instructions());
        if (node.step() instanceof Step.CliStep cli) {
            for (Template word : cli.argv()) {
                template(word);
            }
            for (Step.EnvironmentEntry entry : cli.environment()) {
                template(entry.value());
            }
            template(cli.cwd());
            template(cli.stdin());
        }
        for (Outcome outcome : common.outcomes()) {
            condition(outcome.when());
            template(outcome.label());
            template(outcome.recommendation());
        }
        for (PlanArm arm : node.arms()) {
            condition(arm.branch().condition());
        }
    }

    private void template(@Nullable Template template) {
        if (template != null) {
            uses.addAll(template.names());
        }
    }

    private void condition(@Nullable Condition condition) {
        if (condition != null) {
            uses.addAll(condition.names());
        }
    }
}

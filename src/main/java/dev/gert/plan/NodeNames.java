package dev.gert.plan;

import dev.gert.expr.Condition;
import dev.gert.expr.NameUse;
import dev.gert.expr.Template;
import dev.gert.model.Assertion;
import dev.gert.model.Outcome;
import dev.gert.model.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The names that a step's templates and conditions read. */
public final class NodeNames {
    private final List<NameUse> uses = new ArrayList<>();

    private NodeNames() {}

    /** All of them, its arms' conditions included, in the order in which a run would read them. */
    public static List<NameUse> of(PlanStep node) {
        NodeNames names = new NodeNames();
        names.before(node);
        names.after(node);
        return names.uses;
    }

    /** All that is read in a block, however deep. */
    static List<NameUse> within(PlanBlock block) {
        NodeNames names = new NodeNames();
        names.block(block);
        return names.uses;
    }

    private void block(PlanBlock block) {
        for (PlanNode node : block.nodes()) {
            if (node instanceof PlanStep step) {
                uses.addAll(of(step));
                step.arms().forEach(this::block);
                PlanBlock last = step.finallyBlock();
                if (last != null) {
                    block(last);
                }
            } else if (node instanceof PlanLoop loop) {
                uses.addAll(before(loop));
                block(loop.body());
                condition(loop.until() == null ? null : loop.until().until());
            } else if (node instanceof PlanParallel parallel) {
                parallel.sides().forEach(this::block);
            }
        }
    }

    /** Those that a template reads, each once. */
    public static List<String> read(Template template) {
        List<String> names = new ArrayList<>();
        for (NameUse use : template.names()) {
            if (!names.contains(use.name())) {
                names.add(use.name());
            }
        }
        return names;
    }

    /** Those that are read before the step's own captures are made. */
    public static List<NameUse> before(PlanNode node) {
        NodeNames names = new NodeNames();
        if (node instanceof PlanStep step) {
            names.before(step);
        } else if (node instanceof PlanLoop loop && loop.each() != null) {
            names.template(loop.each().over());
        }
        return names.uses;
    }

    /** Those that are read when the step has passed: by outcomes and arms. */
    static List<NameUse> after(PlanStep node, boolean arms) {
        NodeNames names = new NodeNames();
        if (arms) {
            names.after(node);
        } else {
            names.outcomes(node);
        }
        return names.uses;
    }

    private void before(PlanStep node) {
        Step.Common common = node.step().common();
        condition(common.when());
        template(common.title());
        template(common.instructions());
        Step.Work work = node.step().work();
        if (work != null) {
            work(work);
        }
        own(node.step());
    }

    private void work(Step.Work work) {
        Step.Precondition check = work.precondition();
        if (check != null) {
            check.argv().forEach(this::template);
            template(check.message());
        }
        Step.Elevation elevation = work.elevation();
        if (elevation != null) {
            template(elevation.role());
            template(elevation.scope());
            template(elevation.justification());
        }
        for (Assertion assertion : work.assertions()) {
            if (assertion instanceof Assertion.Text text) {
                template(text.operand());
            } else if (assertion instanceof Assertion.JsonPath path) {
                template(path.operand());
            }
        }
    }

    private void own(Step step) {
        if (step instanceof Step.CliStep cli) {
            cli.argv().forEach(this::template);
            for (Step.EnvironmentEntry entry : cli.environment()) {
                template(entry.value());
            }
            template(cli.cwd());
            template(cli.stdin());
        } else if (step instanceof Step.ManualStep manual) {
            Step.Choices choices = manual.choices();
            template(choices == null ? null : choices.prompt());
        } else if (step instanceof Step.ToolStep tool) {
            arguments(tool.args());
        } else if (step instanceof Step.InvokeStep invoke) {
            template(invoke.runbook());
            arguments(invoke.inputs());
        } else if (step instanceof Step.XtsStep xts) {
            arguments(xts.texts());
            arguments(xts.params());
        } else if (step instanceof Step.AwsStep aws) {
            template(aws.service().value());
            template(aws.operation().value());
            template(aws.region());
            aws.paramTexts().forEach(this::template);
            template(aws.bodyFile());
            template(aws.saveTo());
        }
    }

    private void outcomes(PlanStep node) {
        for (Outcome outcome : node.step().common().outcomes()) {
            condition(outcome.when());
            template(outcome.label());
            template(outcome.recommendation());
            Outcome.NextRunbook next = outcome.next();
            if (next != null) {
                template(next.file());
                arguments(next.inputs());
            }
        }
    }

    private void after(PlanStep node) {
        outcomes(node);
        for (PlanArm arm : node.arms()) {
            condition(arm.branch().condition());
        }
    }

    private void arguments(List<Step.Argument> arguments) {
        for (Step.Argument argument : arguments) {
            template(argument.value());
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

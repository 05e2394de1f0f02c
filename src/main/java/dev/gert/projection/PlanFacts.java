package dev.gert.projection;

import dev.gert.expr.Template;
import dev.gert.model.BlastRadius;
import dev.gert.model.Runbook;
import dev.gert.model.Step;
import dev.gert.model.ToolFile;
import dev.gert.plan.PlanStep;
import dev.gert.plan.PlanTool;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a runbook says of itself and its steps beside what they do, for whoever reads a plan. */
final class PlanFacts {
    private final Function<Template, String> shown;
    private final UnaryOperator<String> safe;
    private final List<RunPlan.Fact> facts = new ArrayList<>();

    /** {@code shown}: a template with the values that are known; {@code safe}: a redacted text. */
    PlanFacts(Function<Template, String> shown, UnaryOperator<String> safe) {
        this.shown = shown;
        this.safe = safe;
    }

    List<RunPlan.Fact> of(Runbook runbook) {
        Runbook.About about = runbook.about();
        word("kind", runbook.kind().name());
        text("description", runbook.description());
        for (Runbook.Input input : runbook.inputs()) {
            text("input " + input.name(), input.description());
        }
        each("prose", about.prose());
        for (Runbook.Reference reference : about.references()) {
            text("reference", reference.title() + " " + reference.url());
        }
        each("source", about.origin());
        for (YamlNode.Scalar metric : about.metrics()) {
            text("metric", metric.text());
        }
        scalars("xts", about.xts());
        scalars("scenario", about.scenarios());
        return facts;
    }

    List<RunPlan.Fact> of(PlanStep node) {
        PlanTool tool = node.tool();
        if (tool != null) {
            tool(tool);
        }
        Step step = node.step();
        Step.Common common = step.common();
        say("instructions", common.instructions());
        millis("timeout", common.timeoutMillis());
        millis("delay", common.delayMillis() == 0 ? null : common.delayMillis());
        BlastRadius radius = common.blastRadius();
        word("blast_radius", radius == null ? "" : radius.name());
        Step.Work work = step.work();
        if (work != null) {
            work(work);
        }
        if (step instanceof Step.CliStep cli) {
            cli(cli);
        } else if (step instanceof Step.ManualStep manual) {
            manual(manual);
        } else if (step instanceof Step.InvokeStep invoke) {
            text("on_error", invoke.gate().skipsErrors() ? "skip" : "");
        } else if (step instanceof Step.XtsStep xts) {
            text("query_type", xts.queryType());
            arguments("param", xts.params());
        } else if (step instanceof Step.AwsStep aws) {
            say("region", aws.region());
            for (Template param : aws.paramTexts()) {
                say("param", param);
            }
            text("all_pages", aws.allPages() ? "true" : "");
            say("body_file", aws.bodyFile());
            say("save_to", aws.saveTo());
        }
        return facts;
    }

    private void tool(PlanTool tool) {
        ToolFile file = tool.file();
        text("tool", (file.name().text() + " " + file.version() + "  " + file.description()).strip());
        text("action", tool.action().description());
        for (ToolFile.Arg arg : tool.action().args()) {
            text("arg " + arg.name(), arg.description());
        }
    }

    private void work(Step.Work work) {
        Step.Precondition check = work.precondition();
        say("precondition", check == null ? null : check.message());
        Step.Retry retry = work.retry();
        if (retry != null) {
            Long most = retry.maxDelayMillis();
            text(
                    "retry",
                    retry.attempts() + " attempts, " + written(retry.delayMillis()) + " apart, times "
                            + number(retry.backoff()) + (most == null ? "" : ", at most " + written(most)));
        }
        Step.ExitCodes codes = work.exitCodes();
        text(
                "exit_codes",
                codes == null ? "" : codes.any() ? "any" : codes.codes().toString());
        Step.Elevation elevation = work.elevation();
        if (elevation != null) {
            millis("elevation", elevation.ttlMillis());
            say("justification", elevation.justification());
        }
    }

    private void cli(Step.CliStep cli) {
        say("cwd", cli.cwd());
        for (Step.EnvironmentEntry entry : cli.environment()) {
            text("env", entry.name() + "=" + shown.apply(entry.value()));
        }
        say("stdin", cli.stdin());
        text("interactive", cli.interactive() ? "true" : "");
    }

    private void manual(Step.ManualStep manual) {
        for (Step.RequiredEvidence evidence : manual.requiredEvidence()) {
            text(evidence.name(), String.join(", ", evidence.items()));
        }
        Step.Choices choices = manual.choices();
        if (choices != null) {
            say("asks", choices.prompt());
            for (Step.Option option : choices.options()) {
                text(option.value(), (option.label() + "  " + option.description()).strip());
            }
        }
        Step.Impact impact = manual.impact();
        word("impact", impact == null ? "" : impact.name());
    }

    private void arguments(String name, List<Step.Argument> arguments) {
        for (Step.Argument argument : arguments) {
            text(name, argument.name() + "=" + shown.apply(argument.value()));
        }
    }

    private void each(String name, Map<String, String> texts) {
        texts.forEach((key, value) -> text(name + " " + key, value));
    }

    private void scalars(String name, Map<String, YamlNode.Scalar> texts) {
        texts.forEach((key, value) -> text(name + " " + key, value.text()));
    }

    private void say(String name, @Nullable Template template) {
        text(name, template == null ? "" : shown.apply(template));
    }

    private void millis(String name, @Nullable Long millis) {
        text(name, millis == null ? "" : written(millis));
    }

    private void word(String name, String constant) {
        text(name, constant.toLowerCase(Locale.ROOT));
    }

    private void text(String name, @Nullable String text) {
        if (text != null && !text.isBlank()) {
            facts.add(new RunPlan.Fact(safe.apply(name), safe.apply(text.strip())));
        }
    }

    private static String number(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }

    /** As a runbook writes it. */
    private static String written(long millis) {
        if (millis % 3_600_000 == 0) {
            return millis / 3_600_000 + "h";
        }
        if (millis % 60_000 == 0) {
            return millis / 60_000 + "m";
        }
        return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
    }
}

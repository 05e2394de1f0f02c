package dev.gert.plan;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Suggestions;
import dev.gert.model.Capture;
import dev.gert.model.Effect;
import dev.gert.model.Import;
import dev.gert.model.Runbook;
import dev.gert.model.Step;
import dev.gert.model.ToolArguments;
import dev.gert.model.ToolCapture;
import dev.gert.model.ToolFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the tools of a runbook's tool steps, and holds the steps against them (formats-dialect.md). */
final class ToolCheck {
    private final Runbook runbook;
    private final Surroundings surroundings;
    private final Diagnostics diagnostics;

    ToolCheck(Runbook runbook, Surroundings surroundings, Diagnostics diagnostics) {
        this.runbook = runbook;
        this.surroundings = surroundings;
        this.diagnostics = diagnostics;
    }

    void check(Collection<PlanNode> nodes) {
        Map<String, ToolFile> tools = new LinkedHashMap<>();
        List<String> broken = new ArrayList<>();
        for (Import declared : runbook.tools()) {
            ToolFile tool = surroundings.tool(declared);
            if (tool == null) {
                diagnostics.error(Code.R213, declared.pathSpan(), "the tool `" + declared.alias() + "` can't be used");
                broken.add(declared.alias());
            } else {
                tools.put(declared.alias(), tool);
            }
        }
        for (PlanNode node : nodes) {
            if (node instanceof PlanStep step && step.step() instanceof Step.ToolStep tool) {
                if (!broken.contains(tool.tool())) {
                    step(step, tool, tools);
                }
            }
        }
    }

    private void step(PlanStep node, Step.ToolStep step, Map<String, ToolFile> tools) {
        ToolFile file = tools.get(step.tool());
        if (file == null) {
            diagnostics.error(
                    Code.R213,
                    step.toolSpan(),
                    "no tool `" + step.tool() + "` is declared",
                    Suggestions.didYouMean(step.tool(), tools.keySet()),
                    "name it under `tools`");
            return;
        }
        ToolFile.Action action = file.action(step.action());
        if (action == null) {
            List<String> known = new ArrayList<>();
            for (ToolFile.Action each : file.actions()) {
                known.add(each.name());
            }
            diagnostics.error(
                    Code.R213,
                    step.actionSpan(),
                    "the tool `" + step.tool() + "` has no action `" + step.action() + "`",
                    Suggestions.didYouMean(step.action(), known),
                    "it has " + String.join(", ", known));
            return;
        }
        node.tool(new PlanTool(file, action));
        arguments(step, action);
        captures(step, action);
        Step.Work work = step.work();
        boolean read = action.readOnly() && work.effect() == null;
        if (work.retry() != null && work.effect() == null && !read) {
            diagnostics.error(
                    Code.R208,
                    work.retry().span(),
                    "the action `" + step.action() + "` is not `read_only`, so a retry needs an `effect`",
                    "",
                    "say `effect: idempotent` if running it twice does no harm");
        }
        if (work.effect() == Effect.READ && !action.readOnly()) {
            diagnostics.error(
                    Code.P004,
                    work.effectSpan(),
                    "`effect: read` is not believed: the tool does not mark `" + step.action() + "` as `read_only`");
        }
    }

    private void arguments(Step.ToolStep step, ToolFile.Action action) {
        List<String> names = new ArrayList<>();
        for (Step.Argument argument : step.args()) {
            names.add(argument.name());
        }
        for (ToolArguments.UnknownName unknown : ToolArguments.unknown(action, names)) {
            for (Step.Argument argument : step.args()) {
                if (argument.name().equals(unknown.name())) {
                    diagnostics.error(
                            Code.R214,
                            argument.span(),
                            "the action `" + action.name() + "` has no argument `" + unknown.name() + "`",
                            unknown.suggestion(),
                            null);
                }
            }
        }
        List<String> missing = ToolArguments.missing(action, names);
        if (!missing.isEmpty()) {
            diagnostics.error(
                    Code.R214,
                    step.actionSpan(),
                    "the action `" + action.name() + "` needs `" + String.join("`, `", missing) + "`");
        }
        for (Step.Argument argument : step.args()) {
            ToolFile.Arg arg = action.arg(argument.name());
            String literal = argument.value().literalText();
            String problem = arg == null || literal == null ? null : ToolArguments.problem(arg, literal);
            if (problem != null) {
                diagnostics.error(Code.R214, argument.valueSpan(), problem);
            }
        }
    }

    private void captures(Step.ToolStep step, ToolFile.Action action) {
        List<String> known = new ArrayList<>();
        for (ToolCapture capture : action.captures()) {
            known.add(capture.capture().name());
        }
        for (Capture capture : step.common().captures()) {
            if (capture.from() instanceof Capture.From.Named named && !known.contains(named.name())) {
                diagnostics.error(
                        Code.R214,
                        capture.sourceSpan(),
                        "the action `" + action.name() + "` gives no `" + named.name() + "`",
                        Suggestions.didYouMean(named.name(), known),
                        null);
            }
        }
    }
}

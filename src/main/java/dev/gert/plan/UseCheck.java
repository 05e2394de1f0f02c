package dev.gert.plan;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.expr.NameUse;
import dev.gert.expr.Template;
import dev.gert.model.Import;
import dev.gert.model.Outcome;
import dev.gert.model.Runbook;
import dev.gert.model.Step;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Inputs, vars, imports and tools that nothing in the runbook uses. */
final class UseCheck {
    private final Runbook runbook;
    private final Diagnostics diagnostics;
    private final Set<String> read = new HashSet<>();
    private final Set<String> runbooks = new HashSet<>();
    private final Set<String> tools = new HashSet<>();
    private boolean anyRunbook;

    UseCheck(Runbook runbook, Diagnostics diagnostics) {
        this.runbook = runbook;
        this.diagnostics = diagnostics;
    }

    void check(Collection<PlanNode> nodes) {
        for (PlanNode node : nodes) {
            if (node instanceof PlanStep step) {
                reads(NodeNames.of(step));
                uses(step.step());
            } else if (node instanceof PlanLoop loop) {
                reads(NodeNames.before(loop));
                reads(loop.until() == null ? List.of() : loop.until().until().names());
            }
        }
        for (Import declared : runbook.imports()) {
            if (!anyRunbook && !runbooks.contains(declared.alias())) {
                unused(declared.aliasSpan(), "import", declared.alias(), "invokes it or goes on with it");
            }
        }
        for (Import declared : runbook.tools()) {
            if (!tools.contains(declared.alias())) {
                unused(declared.aliasSpan(), "tool", declared.alias(), "uses it");
            }
        }
        names();
    }

    /** What a composable runbook declares may be there for those that invoke it. */
    private void names() {
        if (runbook.kind() == Runbook.Kind.COMPOSABLE) {
            return;
        }
        for (Runbook.Variable variable : runbook.vars()) {
            if (!isRead(variable.name())) {
                unused(variable.span(), "variable", variable.name(), "reads it");
            }
        }
        for (Runbook.Input input : runbook.inputs()) {
            boolean given =
                    input.name().equals(BuiltIns.INCIDENT_ID) || input.name().equals(BuiltIns.ICM_ID);
            if (!given && !isRead(input.name())) {
                unused(input.span(), "input", input.name(), "reads it");
            }
        }
    }

    private boolean isRead(String name) {
        if (read.contains(name)) {
            return true;
        }
        for (YamlNode.Scalar setting : runbook.about().xts().values()) {
            if (mentions(setting.text(), name)) {
                return true;
            }
        }
        for (Map.Entry<String, String> text : runbook.about().prose().entrySet()) {
            if (mentions(text.getValue(), name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean mentions(String text, String name) {
        return text.contains("{{") && text.contains("." + name);
    }

    private void uses(Step step) {
        if (step instanceof Step.ToolStep tool) {
            tools.add(tool.tool());
        } else if (step instanceof Step.InvokeStep invoke) {
            leads(invoke.runbook());
        }
        for (Outcome outcome : step.common().outcomes()) {
            if (outcome.next() != null) {
                leads(outcome.next().file());
            }
        }
    }

    private void leads(Template file) {
        String literal = file.literalText();
        if (literal == null) {
            anyRunbook = true;
        } else {
            runbooks.add(literal);
        }
    }

    private void reads(List<NameUse> uses) {
        for (NameUse use : uses) {
            read.add(use.name());
        }
    }

    private void unused(Span place, String what, String name, String use) {
        diagnostics.warning(Code.R222, place, "the " + what + " `" + name + "` is declared, and no step " + use, null);
    }
}

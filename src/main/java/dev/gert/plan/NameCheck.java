package dev.gert.plan;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Label;
import dev.gert.diagnostic.Severity;
import dev.gert.diagnostic.Suggestions;
import dev.gert.expr.NameUse;
import dev.gert.expr.Template;
import dev.gert.model.Capture;
import dev.gert.model.Node;
import dev.gert.model.Runbook;
import dev.gert.model.Step;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Ids and names: declared once, and declared at all. */
final class NameCheck {
    private final Runbook runbook;
    private final Diagnostics diagnostics;
    private final Map<String, Span> declared = new HashMap<>();
    private final Set<String> captured = new HashSet<>();

    NameCheck(Runbook runbook, Diagnostics diagnostics) {
        this.runbook = runbook;
        this.diagnostics = diagnostics;
    }

    /** Every declared name. */
    Set<String> check(Collection<PlanNode> nodes) {
        for (Runbook.Variable variable : runbook.vars()) {
            declare(variable.name(), variable.span());
        }
        for (Runbook.Input input : runbook.inputs()) {
            declare(input.name(), input.span());
        }
        Map<String, Span> fixed = new HashMap<>(declared);
        Map<String, Span> ids = new HashMap<>();
        for (PlanNode node : nodes) {
            if (node instanceof PlanLoop loop && loop.each() != null) {
                item(loop.each(), fixed);
            } else if (node instanceof PlanStep step && !step.isProbe()) {
                step(step, ids, fixed);
            }
        }
        for (PlanNode node : nodes) {
            if (node instanceof PlanStep step && !step.isProbe()) {
                boolean ending = inFinally(step);
                for (NameUse use : NodeNames.of(step)) {
                    name(use, ending);
                }
                fixedTexts(step.step());
            } else if (node instanceof PlanStep probe && probe.step() instanceof Step.CliStep check) {
                fixedText("the program's name", "a program", check.argv().get(0));
            } else if (node instanceof PlanLoop loop) {
                loop(loop);
            }
        }
        for (YamlNode.Scalar metric : runbook.about().metrics()) {
            if (!captured.contains(metric.text())) {
                diagnostics.error(
                        Code.R203,
                        metric.span(),
                        "no step captures `" + metric.text() + "`",
                        Suggestions.didYouMean(metric.text(), captured),
                        "a metric is the name of a capture");
            }
        }
        return new HashSet<>(declared.keySet());
    }

    private void step(PlanStep node, Map<String, Span> ids, Map<String, Span> fixed) {
        Step.Common common = node.step().common();
        Span first = ids.putIfAbsent(common.id(), common.idSpan());
        if (first != null) {
            twice(Code.R201, "step id `" + common.id() + "` is used twice", common.idSpan(), first);
        }
        for (Capture capture : common.captures()) {
            gives("capture", capture.name(), capture.span(), fixed);
        }
        if (node.step() instanceof Step.ManualStep manual && manual.choices() != null) {
            gives("choice", manual.choices().variable(), manual.choices().variableSpan(), fixed);
        }
    }

    /** Two steps may give one name a value (the later wins); none may hide an input. */
    private void gives(String what, String name, Span span, Map<String, Span> fixed) {
        Span other = fixed.get(name);
        if (other != null) {
            twice(Code.R205, what + " `" + name + "` has the name of a variable or input", span, other);
        }
        reserved(name, span);
        declared.putIfAbsent(name, span);
        captured.add(name);
    }

    /** The name of a list's item hides nothing: it is gone after the loop. */
    private void item(Node.EachNode each, Map<String, Span> fixed) {
        Span other = fixed.get(each.as());
        if (other != null) {
            twice(Code.R205, "`" + each.as() + "` is declared twice", each.asSpan(), other);
        }
        reserved(each.as(), each.asSpan());
        declared.putIfAbsent(each.as(), each.asSpan());
    }

    private void loop(PlanLoop loop) {
        Node.UntilNode until = loop.until();
        Node.EachNode each = loop.each();
        boolean ending = inFinally(loop);
        for (NameUse use : until == null ? List.<NameUse>of() : until.until().names()) {
            name(use, ending);
        }
        for (NameUse use : each == null ? List.<NameUse>of() : each.over().names()) {
            name(use, ending);
        }
    }

    static boolean inFinally(PlanNode node) {
        PlanNode at = node;
        while (at != null) {
            if (at.block().kind() == PlanBlock.Kind.FINALLY) {
                return true;
            }
            at = at.block().owner();
        }
        return false;
    }

    private void declare(String name, Span span) {
        Span first = declared.putIfAbsent(name, span);
        if (first != null) {
            twice(Code.R205, "`" + name + "` is declared twice", span, first);
        }
        if (!name.equals(BuiltIns.INCIDENT_ID) && !name.equals(BuiltIns.ICM_ID)) {
            reserved(name, span);
        }
    }

    private void reserved(String name, Span span) {
        if (BuiltIns.NAMES.contains(name) || name.equals(BuiltIns.OUTCOME)) {
            diagnostics.error(Code.R205, span, "`" + name + "` is a name that gert itself gives a value");
        }
    }

    private void twice(Code code, String message, Span second, Span first) {
        diagnostics.add(new Diagnostic(
                code, Severity.ERROR, message, new Label(second, ""), List.of(new Label(first, "first here")), null));
    }

    private void fixedTexts(Step step) {
        if (step instanceof Step.CliStep cli) {
            fixedText("the program's name", "a program", cli.argv().get(0));
        } else if (step instanceof Step.AwsStep aws) {
            fixedText("the service", "a service", aws.service().value());
            fixedText("the operation", "an operation", aws.operation().value());
        }
        Step.Work work = step.work();
        if (work != null && work.elevation() != null) {
            fixedText("the role", "a role", work.elevation().role());
        }
    }

    /** {@code argv[0]} and its like: literal, or over vars and over inputs that have a pattern (formats.md, section 1). */
    private void fixedText(String what, String one, Template template) {
        for (NameUse use : template.names()) {
            if (!isFixed(runbook, use.name())) {
                diagnostics.error(
                        Code.T304,
                        use.span(),
                        what + " may not depend on `" + use.name() + "`",
                        "",
                        one + " is named by literal text, by `meta.vars`, or by inputs that have a `pattern`");
            }
        }
    }

    /** Whether the name is a var, or an input that has a pattern. */
    static boolean isFixed(Runbook runbook, String name) {
        for (Runbook.Variable variable : runbook.vars()) {
            if (variable.name().equals(name)) {
                return true;
            }
        }
        for (Runbook.Input input : runbook.inputs()) {
            if (input.name().equals(name) && input.pattern() != null) {
                return true;
            }
        }
        return false;
    }

    private void name(NameUse use, boolean ending) {
        boolean known = declared.containsKey(use.name())
                || BuiltIns.NAMES.contains(use.name())
                || ending && use.name().equals(BuiltIns.OUTCOME);
        if (known) {
            return;
        }
        Set<String> all = new HashSet<>(declared.keySet());
        all.addAll(BuiltIns.NAMES);
        boolean outcome = use.name().equals(BuiltIns.OUTCOME);
        diagnostics.error(
                Code.R203,
                use.span(),
                outcome ? "`outcome` can be read in `finally` alone" : "nothing declares `" + use.name() + "`",
                outcome ? "" : Suggestions.didYouMean(use.name(), all),
                outcome ? null : "declare it under `meta.vars` or `meta.inputs`, or capture it in a step");
    }
}

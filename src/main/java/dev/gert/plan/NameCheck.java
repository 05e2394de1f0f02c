package dev.gert.plan;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Label;
import dev.gert.diagnostic.Severity;
import dev.gert.diagnostic.Suggestions;
import dev.gert.expr.NameUse;
import dev.gert.model.Capture;
import dev.gert.model.Runbook;
import dev.gert.model.Step;
import dev.gert.source.Span;
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
            Step.Common common = node.step().common();
            Span first = ids.putIfAbsent(common.id(), common.idSpan());
            if (first != null) {
                twice(Code.R201, "step id `" + common.id() + "` is used twice", common.idSpan(), first);
            }
            for (Capture capture : common.captures()) {
                // Two steps may capture one name (the later value wins); a capture may not hide an input.
                Span other = fixed.get(capture.name());
                if (other != null) {
                    twice(
                            Code.R205,
                            "capture `" + capture.name() + "` has the name of a variable or input",
                            capture.span(),
                            other);
                }
                reserved(capture.name(), capture.span());
                declared.putIfAbsent(capture.name(), capture.span());
            }
        }
        for (PlanNode node : nodes) {
            names(NodeNames.of(node));
            if (node.step() instanceof Step.CliStep cli) {
                program(cli);
            }
        }
        return new HashSet<>(declared.keySet());
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
        if (BuiltIns.NAMES.contains(name)) {
            diagnostics.error(Code.R205, span, "`" + name + "` is a name that gert itself gives a value");
        }
    }

    private void twice(Code code, String message, Span second, Span first) {
        diagnostics.add(new Diagnostic(
                code, Severity.ERROR, message, new Label(second, ""), List.of(new Label(first, "first here")), null));
    }

    /** {@code argv[0]}: literal, or over vars and over inputs that have a pattern (formats.md, section 1). */
    private void program(Step.CliStep cli) {
        for (NameUse use : cli.argv().get(0).names()) {
            boolean fits = false;
            for (Runbook.Variable variable : runbook.vars()) {
                fits |= variable.name().equals(use.name());
            }
            for (Runbook.Input input : runbook.inputs()) {
                fits |= input.name().equals(use.name()) && input.pattern() != null;
            }
            if (!fits) {
                diagnostics.error(
                        Code.T304,
                        use.span(),
                        "the program's name may not depend on `" + use.name() + "`",
                        "",
                        "a program is named by literal text, by `meta.vars`, or by inputs that have a `pattern`");
            }
        }
    }

    private void names(List<NameUse> uses) {
        for (NameUse use : uses) {
            if (!declared.containsKey(use.name()) && !BuiltIns.NAMES.contains(use.name())) {
                Set<String> known = new HashSet<>(declared.keySet());
                known.addAll(BuiltIns.NAMES);
                diagnostics.error(
                        Code.R203,
                        use.span(),
                        "nothing declares `" + use.name() + "`",
                        Suggestions.didYouMean(use.name(), known),
                        "declare it under `meta.vars` or `meta.inputs`, or capture it in a step");
            }
        }
    }
}

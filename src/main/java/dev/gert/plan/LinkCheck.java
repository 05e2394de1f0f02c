package dev.gert.plan;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Suggestions;
import dev.gert.expr.NameUse;
import dev.gert.expr.Template;
import dev.gert.model.Capture;
import dev.gert.model.Import;
import dev.gert.model.Outcome;
import dev.gert.model.Runbook;
import dev.gert.model.Step;
import dev.gert.source.Span;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The runbooks that a runbook leads to: that they are there, may run, and know what they are given (formats.md, section 1). */
final class LinkCheck {
    private final Runbook runbook;
    private final Surroundings surroundings;
    private final Diagnostics diagnostics;

    LinkCheck(Runbook runbook, Surroundings surroundings, Diagnostics diagnostics) {
        this.runbook = runbook;
        this.surroundings = surroundings;
        this.diagnostics = diagnostics;
    }

    void check(Collection<PlanNode> nodes) {
        for (Import declared : runbook.imports()) {
            target(declared.alias(), declared.pathSpan());
        }
        for (PlanNode node : nodes) {
            if (!(node instanceof PlanStep step) || step.isProbe()) {
                continue;
            }
            if (step.step() instanceof Step.InvokeStep invoke) {
                Plan child = reference(invoke.runbook(), invoke.runbookSpan(), invoke.inputs());
                if (child != null) {
                    captures(invoke, child);
                }
            }
            for (Outcome outcome : step.step().common().outcomes()) {
                Outcome.NextRunbook next = outcome.next();
                if (next != null) {
                    reference(next.file(), next.fileSpan(), next.inputs());
                }
            }
        }
    }

    /** The plan of a literal reference; null when it is a template, or leads nowhere, which is reported. */
    private @Nullable Plan reference(Template file, Span span, List<Step.Argument> inputs) {
        String literal = file.literalText();
        if (literal == null) {
            boolean fixed = true;
            for (NameUse use : file.names()) {
                fixed &= NameCheck.isFixed(runbook, use.name());
            }
            if (!fixed && runbook.imports().isEmpty()) {
                diagnostics.error(
                        Code.T304,
                        span,
                        "this name depends on more than vars and inputs with a `pattern`, and there are no imports",
                        "",
                        "list the runbooks that it may name under `imports`");
            }
            return null;
        }
        Plan child = target(literal, span);
        if (child != null) {
            inputs(child, inputs, span);
        }
        return child;
    }

    private @Nullable Plan target(String reference, Span span) {
        Surroundings.Link link = surroundings.runbook(reference);
        if (link instanceof Surroundings.Link.Found found) {
            return found.plan();
        }
        List<String> known = new ArrayList<>();
        for (Import declared : runbook.imports()) {
            known.add(declared.alias());
        }
        Surroundings.Link.Missing missing = (Surroundings.Link.Missing) link;
        diagnostics.error(
                missing.cause() == Surroundings.Link.Cause.ENDLESS ? Code.R212 : Code.R213,
                span,
                "the runbook `" + reference + "` " + missing.reason(),
                known.contains(reference) ? "" : Suggestions.didYouMean(reference, known),
                null);
        return null;
    }

    private void inputs(Plan child, List<Step.Argument> inputs, Span span) {
        List<String> known = new ArrayList<>();
        List<String> needed = new ArrayList<>();
        for (Runbook.Input input : child.runbook().inputs()) {
            known.add(input.name());
            boolean asked = input.from() instanceof Runbook.From.Prompt || input.from() instanceof Runbook.From.Dialect;
            if (input.required() && input.defaultValue() == null && asked) {
                needed.add(input.name());
            }
        }
        for (Runbook.Variable variable : child.runbook().vars()) {
            known.add(variable.name());
        }
        for (Step.Argument input : inputs) {
            needed.remove(input.name());
            if (!known.contains(input.name())) {
                diagnostics.error(
                        Code.R214,
                        input.span(),
                        "the runbook `" + child.runbook().name() + "` has no input `" + input.name() + "`",
                        Suggestions.didYouMean(input.name(), known),
                        null);
            }
        }
        if (!needed.isEmpty()) {
            boolean one = needed.size() == 1;
            diagnostics.warning(
                    Code.R206,
                    span,
                    (one ? "the input `" : "the inputs `") + String.join("`, `", needed) + "` of `"
                            + child.runbook().name() + (one ? "` gets" : "` get")
                            + " no value here, so a person is asked in the middle of the run",
                    "give " + (one ? "it" : "them") + " under `inputs`");
        }
    }

    private void captures(Step.InvokeStep invoke, Plan child) {
        for (Capture capture : invoke.common().captures()) {
            if (capture.from() instanceof Capture.From.Named named
                    && !child.names().contains(named.name())) {
                diagnostics.error(
                        Code.R214,
                        capture.sourceSpan(),
                        "the runbook `" + child.runbook().name() + "` has no `" + named.name() + "`",
                        Suggestions.didYouMean(named.name(), child.names()),
                        null);
            }
        }
    }
}

package dev.gert.cli;

import dev.gert.decode.AnswersDecoder;
import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Suggestions;
import dev.gert.model.Answers;
import dev.gert.model.EvidenceAnswer;
import dev.gert.model.EvidenceKind;
import dev.gert.model.ScenarioInput;
import dev.gert.model.Step;
import dev.gert.model.StepAnswers;
import dev.gert.plan.Plan;
import dev.gert.scenario.TextFiles;
import dev.gert.source.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of {@code --answers} that fits a runbook, and the folder it is in (cli.md). An answer that
 * nothing asks for is an error: whoever wrote it meant something else.
 */
record AnswersFile(Answers answers, Path folder) {
    /** None was given. {@code folder}: any. */
    static AnswersFile none(Path folder) {
        return new AnswersFile(Answers.none(), folder);
    }

    /** The file as the user wrote it, read and checked; null where there were errors. */
    static @Nullable AnswersFile read(Path file, Path cwd, Plan plan, Diagnostics diagnostics) {
        Path path = cwd.resolve(file).normalize();
        Source source = TextFiles.read(path, file.toString(), diagnostics);
        Answers answers = source == null ? null : AnswersDecoder.decode(source, diagnostics);
        if (answers == null) {
            return null;
        }
        Diagnostics own = new Diagnostics();
        Asked asked = Asked.of(plan);
        for (ScenarioInput input : answers.inputs()) {
            input(input, asked, own);
        }
        for (StepAnswers step : answers.evidence()) {
            step(step, asked, own);
        }
        diagnostics.addAll(own);
        return own.hasErrors() ? null : new AnswersFile(answers, Objects.requireNonNull(path.getParent()));
    }

    private static void input(ScenarioInput input, Asked asked, Diagnostics diagnostics) {
        String name = input.name().text();
        if (!asked.isOpen() && !asked.inputs().contains(name)) {
            diagnostics.error(
                    Code.R203,
                    input.name().span(),
                    "the answers give `" + name + "`, and the runbook has no var or input of that name",
                    Suggestions.didYouMean(name, asked.inputs()),
                    null);
        }
    }

    private static void step(StepAnswers answers, Asked asked, Diagnostics diagnostics) {
        String id = answers.step().text();
        List<Step.ManualStep> steps = asked.steps(id);
        if (!steps.isEmpty()) {
            for (EvidenceAnswer answer : answers.answers()) {
                answer(id, answer, steps, diagnostics);
            }
        } else if (!asked.isOpen()) {
            boolean other = asked.others().contains(id);
            diagnostics.error(
                    Code.R203,
                    answers.step().span(),
                    "the answers are for `" + id + "`, "
                            + (other ? "which is no manual step" : "and the runbook has no step of that id"),
                    other ? "" : Suggestions.didYouMean(id, asked.ids()),
                    null);
        }
    }

    private static void answer(String id, EvidenceAnswer answer, List<Step.ManualStep> steps, Diagnostics diagnostics) {
        List<String> known = new ArrayList<>();
        String problem = null;
        Set<EvidenceKind> kinds = EnumSet.noneOf(EvidenceKind.class);
        boolean named = false;
        for (Step.ManualStep step : steps) {
            Step.Choices choices = step.choices();
            for (Step.RequiredEvidence required : step.requiredEvidence()) {
                known.add(required.name());
                if (required.name().equals(answer.name())) {
                    named = true;
                    kinds.add(required.kind());
                    problem = answer.problem(required);
                }
            }
            if (choices != null) {
                known.add(choices.variable());
                if (choices.variable().equals(answer.name())) {
                    named = true;
                    kinds.add(EvidenceKind.TEXT);
                    problem = answer.problem(choices);
                }
            }
            if (named && problem == null) {
                return;
            }
        }
        if (named) {
            boolean kind = !kinds.contains(answer.kind());
            diagnostics.error(kind ? Code.Y106 : Code.Y113, answer.span(), Objects.requireNonNull(problem));
        } else {
            diagnostics.error(
                    Code.R203,
                    answer.span(),
                    "`" + id + "` asks for nothing called `" + answer.name() + "`",
                    Suggestions.didYouMean(answer.name(), known),
                    known.isEmpty() ? "`" + id + ": {}` says that it is done" : null);
        }
    }
}

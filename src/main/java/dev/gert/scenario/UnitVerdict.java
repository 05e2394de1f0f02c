package dev.gert.scenario;

import dev.gert.diagnostic.Code;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.model.Outcome;
import dev.gert.model.UnitTest;
import dev.gert.plan.PlanArm;
import dev.gert.plan.PlanStep;
import dev.gert.projection.RunTrace;
import dev.gert.projection.TestFinding;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;

/** What of a unit test's expectations a run did not meet. */
final class UnitVerdict {
    private final UnitTest.Expect expect;
    private final RunTrace trace;
    private final References references;
    private final Findings findings;
    private final Explanation why;
    private final List<TestFinding> unmet = new ArrayList<>();

    private UnitVerdict(UnitTest test, RunTrace trace, Findings findings) {
        this.expect = test.expect();
        this.trace = trace;
        this.references = new References(List.of(trace.plan()), findings);
        this.findings = findings;
        this.why = new Explanation(trace);
    }

    /** In the order of the format's page; empty when all held. */
    static List<TestFinding> of(UnitTest test, RunTrace trace, Findings findings) {
        UnitVerdict verdict = new UnitVerdict(test, trace, findings);
        verdict.branches();
        verdict.steps();
        verdict.end();
        verdict.unexpectedError(test.name().span());
        return verdict.unmet;
    }

    /** The labels and steps that the runbook does not have. */
    static List<TestFinding> dangling(UnitTest test, References references) {
        UnitTest.Expect expect = test.expect();
        expect.branchTaken().forEach(references::arms);
        expect.branchesNotTaken().forEach(references::arms);
        references.steps(expect.stepsReached());
        references.steps(expect.stepsNotReached());
        YamlNode.Scalar blocked = expect.blocked();
        if (blocked != null) {
            references.step(blocked);
        }
        YamlNode.Scalar next = expect.nextRunbook();
        if (next != null) {
            references.next(next);
        }
        return references.errors();
    }

    private void branches() {
        for (YamlNode.Scalar label : expect.branchTaken()) {
            List<PlanArm> arms = references.arms(label);
            if (!anyEntered(arms)) {
                PlanArm arm = arms.get(0);
                unmet.add(findings.unmet(
                        "branch_taken",
                        "the run did not enter `" + label.text() + "`",
                        label.text(),
                        why.entered(),
                        label.span(),
                        "entered: " + why.entered(),
                        arm.branch().conditionSpan(),
                        why.of(arm)));
            }
        }
        for (YamlNode.Scalar label : expect.branchesNotTaken()) {
            for (PlanArm arm : references.arms(label)) {
                if (trace.entered(arm)) {
                    unmet.add(findings.unmet(
                            "branches_not_taken",
                            "the run entered `" + label.text() + "`",
                            "not `" + label.text() + "`",
                            why.entered(),
                            label.span(),
                            "",
                            arm.branch().conditionSpan(),
                            why.of(arm)));
                }
            }
        }
    }

    private boolean anyEntered(List<PlanArm> arms) {
        for (PlanArm arm : arms) {
            if (trace.entered(arm)) {
                return true;
            }
        }
        return false;
    }

    private void steps() {
        StepChecks checks = new StepChecks(trace, Lineage.alone(trace), findings);
        unmet.addAll(checks.reached("steps_reached", expect.stepsReached()));
        unmet.addAll(checks.notReached("steps_not_reached", expect.stepsNotReached()));
        YamlNode.Scalar blocked = expect.blocked();
        PlanStep node = blocked == null ? null : references.step(blocked);
        if (blocked != null && node != null && !wasBlocked(node)) {
            Span place = node.step().common().idSpan();
            unmet.add(findings.unmet(
                    "blocked",
                    "governance did not block `" + blocked.text() + "`",
                    "blocked",
                    why.of(node),
                    blocked.span(),
                    "",
                    place,
                    why.of(node)));
        }
    }

    private boolean wasBlocked(PlanStep node) {
        StepStatus status = trace.status(node);
        return status == StepStatus.BLOCKED || status == StepStatus.DENIED;
    }

    private void end() {
        YamlNode.Scalar outcome = expect.outcome();
        if (outcome != null && !outcome.text().equals(trace.outcomeWord())) {
            ended("outcome", why.sentence(), outcome.text(), outcome.span());
        }
        YamlNode.Scalar not = expect.outcomeNot();
        if (not != null && not.text().equals(trace.outcomeWord())) {
            ended("outcome_not", why.sentence(), "not " + not.text(), not.span());
        }
        YamlNode.Scalar contains = expect.recommendationContains();
        RunEvent.OutcomeReached reached = trace.outcome();
        String recommendation = reached == null ? "" : reached.recommendation().text();
        if (contains != null && !recommendation.contains(contains.text())) {
            unmet.add(findings.unmet(
                    "recommendation_contains",
                    reached == null ? "the run ended without a recommendation" : "the recommendation does not say it",
                    contains.text(),
                    recommendation,
                    contains.span(),
                    "",
                    why.endPlace(),
                    reached == null ? why.endLabel() : "it says: " + recommendation));
        }
        next();
        YamlNode.Scalar error = expect.error();
        if (error != null) {
            boolean failed = trace.outcomeWord().equals("error");
            if (!failed || !why.reason().contains(error.text())) {
                ended(
                        "error",
                        failed ? "the run's error does not say it" : "the run did not end with an error",
                        error.text(),
                        error.span());
            }
        }
    }

    private void next() {
        YamlNode.Scalar wanted = expect.nextRunbook();
        if (wanted == null) {
            return;
        }
        Outcome outcome = NextRunbook.handingOver(trace);
        Outcome.NextRunbook next = outcome == null ? null : outcome.next();
        String reference = next == null ? "" : NextRunbook.reference(trace, next);
        if (next != null && new NextRunbook(trace.plan()).is(wanted.text(), reference)) {
            return;
        }
        unmet.add(findings.unmet(
                "next_runbook",
                next == null ? "the run hands over to no runbook" : "the run hands over to `" + reference + "`",
                wanted.text(),
                reference,
                wanted.span(),
                "",
                next == null ? why.endPlace() : next.fileSpan(),
                next == null ? why.endLabel() : "named here"));
    }

    private void ended(String key, String message, String expected, Span place) {
        unmet.add(findings.unmet(key, message, expected, why.end(), place, "", why.endPlace(), why.endLabel()));
    }

    /** A run that breaks down proves nothing of what comes after: only a test that asks for it may pass. */
    private void unexpectedError(Span place) {
        boolean asked = expect.outcome() != null || expect.error() != null || expect.blocked() != null;
        if (trace.end() == null || (!asked && !isOver(trace))) {
            unmet.add(findings.problem(Code.E001, why.sentence(), place, "", why.endPlace(), why.endLabel()));
        }
    }

    /** Whether the run came to an end that is not an error. */
    static boolean isOver(RunTrace trace) {
        return trace.end() != null && !trace.outcomeWord().equals("error");
    }
}

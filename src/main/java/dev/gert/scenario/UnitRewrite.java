package dev.gert.scenario;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.model.Outcome;
import dev.gert.model.TestFile;
import dev.gert.model.UnitTest;
import dev.gert.plan.PlanArm;
import dev.gert.plan.PlanStep;
import dev.gert.projection.RunTrace;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code --update} of a unit test's expectations. */
final class UnitRewrite {
    private final UnitTest.Expect expect;
    private final RunTrace trace;
    private final References references;
    private final Rewrite rewrite;

    private UnitRewrite(UnitTest.Expect expect, RunTrace trace, References references, Rewrite rewrite) {
        this.expect = expect;
        this.trace = trace;
        this.references = references;
        this.rewrite = rewrite;
    }

    /** Null when the file can't be read any more. */
    static @Nullable Rewrite of(TestFile file, UnitTest test, RunTrace trace, Findings findings) {
        YamlNode.Mapping expectations = expectations(file, test);
        if (expectations == null) {
            return null;
        }
        Rewrite rewrite = new Rewrite(file.source(), "`" + test.name().text() + "`", expectations);
        new UnitRewrite(test.expect(), trace, new References(List.of(trace.plan()), findings), rewrite).all();
        return rewrite;
    }

    private static YamlNode.@Nullable Mapping expectations(TestFile file, UnitTest test) {
        YamlNode root = YamlReader.read(file.source(), 0, new Diagnostics());
        if (root instanceof YamlNode.Mapping map && map.get("tests") instanceof YamlNode.Sequence tests) {
            for (YamlNode item : tests.items()) {
                if (item instanceof YamlNode.Mapping each
                        && each.get("name") instanceof YamlNode.Scalar name
                        && name.span().start() == test.name().span().start()
                        && each.get("expect") instanceof YamlNode.Mapping expect) {
                    return expect;
                }
            }
        }
        return null;
    }

    private void all() {
        String none = "the run did not end so";
        branches();
        rewrite.without("branches_not_taken", entered(expect.branchesNotTaken(), true));
        rewrite.without("steps_reached", steps(expect.stepsReached(), false));
        rewrite.without("steps_not_reached", steps(expect.stepsNotReached(), true));
        rewrite.text("outcome", trace.outcomeWord(), none);
        YamlNode.Scalar not = expect.outcomeNot();
        if (not != null && not.text().equals(trace.outcomeWord())) {
            rewrite.leave("outcome_not", "the run ended `" + trace.outcomeWord() + "`");
        }
        recommendation();
        next();
        YamlNode.Scalar blocked = expect.blocked();
        if (blocked != null) {
            rewrite.text("blocked", blockedStep(blocked.text()), "nothing was blocked");
        }
        YamlNode.Scalar error = expect.error();
        String reason = trace.outcomeWord().equals("error") ? new Explanation(trace).reason() : "";
        if (error != null && !reason.contains(error.text())) {
            rewrite.text("error", reason, "the run did not end with an error");
        } else if (error != null && reason.isEmpty()) {
            rewrite.leave("error", "the run did not end with an error");
        }
    }

    /** A label that stands alone is replaced by that of the arm beside it that was entered. */
    private void branches() {
        List<String> wrong = entered(expect.branchTaken(), false);
        if (wrong.isEmpty()) {
            return;
        }
        if (rewrite.value("branch_taken") instanceof YamlNode.Scalar label) {
            PlanArm meant = references.arms(label).get(0);
            PlanArm other = trace.entered(meant.step());
            boolean path = label.text().equals(meant.labelPath());
            rewrite.text(
                    "branch_taken",
                    other == null
                            ? null
                            : path ? other.labelPath() : other.branch().label(),
                    "no branch beside it was entered");
            return;
        }
        rewrite.without("branch_taken", wrong);
    }

    private List<String> entered(List<YamlNode.Scalar> labels, boolean entered) {
        List<String> those = new ArrayList<>();
        for (YamlNode.Scalar label : labels) {
            boolean any = false;
            for (PlanArm arm : references.arms(label)) {
                any |= trace.entered(arm);
            }
            if (any == entered) {
                those.add(label.text());
            }
        }
        return those;
    }

    private List<String> steps(List<YamlNode.Scalar> ids, boolean reached) {
        List<String> those = new ArrayList<>();
        for (YamlNode.Scalar id : ids) {
            PlanStep node = trace.plan().byId(id.text());
            if (node != null && trace.reached(node) == reached) {
                those.add(id.text());
            }
        }
        return those;
    }

    private void recommendation() {
        YamlNode.Scalar contains = expect.recommendationContains();
        RunEvent.OutcomeReached reached = trace.outcome();
        String came = reached == null ? "" : reached.recommendation().text();
        boolean redacted = reached != null && reached.recommendation().redacted();
        if (contains != null && !came.contains(contains.text())) {
            rewrite.text("recommendation_contains", redacted ? null : came, "there is none that may be shown");
        }
    }

    private void next() {
        YamlNode.Scalar wanted = expect.nextRunbook();
        if (wanted == null) {
            return;
        }
        Outcome outcome = NextRunbook.handingOver(trace);
        Outcome.NextRunbook next = outcome == null ? null : outcome.next();
        String came = next == null ? null : NextRunbook.reference(trace, next);
        if (came == null || !new NextRunbook(trace.plan()).is(wanted.text(), came)) {
            rewrite.text("next_runbook", came, "the run hands over to no runbook");
        }
    }

    private @Nullable String blockedStep(String wanted) {
        String first = null;
        for (PlanStep node : trace.plan().steps()) {
            StepStatus status = trace.status(node);
            if (status == StepStatus.BLOCKED || status == StepStatus.DENIED) {
                String id = node.step().id();
                first = first == null || id.equals(wanted) ? id : first;
            }
        }
        return first;
    }
}

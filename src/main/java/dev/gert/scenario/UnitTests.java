package dev.gert.scenario;

import dev.gert.diagnostic.Code;
import dev.gert.dispatch.replay.ScriptedApprover;
import dev.gert.dispatch.replay.SimulatedDispatcher;
import dev.gert.dispatch.replay.SimulatedOperator;
import dev.gert.engine.port.Clock;
import dev.gert.model.TestFile;
import dev.gert.model.UnitTest;
import dev.gert.plan.Plan;
import dev.gert.projection.RunTrace;
import dev.gert.projection.TestFinding;
import dev.gert.projection.TestResult;
import dev.gert.projection.TestResult.Kind;
import dev.gert.projection.TestResult.Status;
import dev.gert.projection.UnknownNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the tests of a {@code *.test.yaml} (formats.md, section 4). */
final class UnitTests {
    private final Workspace workspace;
    private final Clock clock;
    private final boolean strict;

    UnitTests(Workspace workspace, Clock clock, boolean strict) {
        this.workspace = workspace;
        this.clock = clock;
        this.strict = strict;
    }

    Rehearsed run(TestFile file, UnitTest test, Path runbook) {
        String name = test.name().text();
        String shown = file.source().name();
        String against = workspace.display(runbook);
        Plan plan = workspace.plan(runbook);
        if (plan == null) {
            return notRun(test, shown, against, List.of(), "the runbook " + against + " can't be run");
        }
        InputBinding binding = new InputBinding(plan);
        for (UnitTest.Var var : test.vars()) {
            binding.give(var.name(), var.values(), var.valueSpan(), true);
        }
        RehearsalInputs inputs = binding.bind(false, test.name().span());
        Findings findings = new Findings(inputs.redactor());
        List<TestFinding> errors = new ArrayList<>(binding.errors());
        errors.addAll(UnitVerdict.dangling(test, new References(List.of(plan), findings)));
        if (!errors.isEmpty()) {
            return notRun(test, shown, against, errors, "");
        }
        long start = clock.nanos();
        Rehearsal.Came came = new Rehearsal(plan, workspace.projectRoot)
                .run(
                        Rehearsal.Mode.UNIT,
                        inputs,
                        new SimulatedDispatcher(plan, binding.captures()),
                        new ScriptedApprover(List.of()),
                        new SimulatedOperator(binding.given()));
        RunTrace trace = RunTrace.of(plan, came.records());
        List<String> unknown = UnknownNames.of(plan, came.records());
        findings = new Findings(came.redactor());
        List<TestFinding> failures = new ArrayList<>(UnitVerdict.of(test, trace, findings));
        for (String each : unknown) {
            if (strict) {
                failures.add(findings.problem(
                        Code.S009,
                        "a condition asked for `" + each + "`, which the test gives no value",
                        test.name().span(),
                        ""));
            }
        }
        TestResult result = new TestResult(
                Kind.UNIT,
                name,
                shown,
                test.name().span(),
                against,
                failures.isEmpty() ? Status.PASSED : Status.FAILED,
                trace.outcomeWord(),
                StepChecks.ids(trace),
                StepChecks.chain(trace),
                unknown,
                failures,
                List.of(),
                "",
                (clock.nanos() - start) / 1000);
        Rewrite rewrite = Rehearsed.isRewritable(failures) ? UnitRewrite.of(file, test, trace, findings) : null;
        return new Rehearsed(result, plan, trace, rewrite == null ? List.of() : List.of(rewrite));
    }

    private static Rehearsed notRun(
            UnitTest test, String file, String runbook, List<TestFinding> errors, String reason) {
        TestResult result = TestResult.notRun(
                Kind.UNIT, test.name().text(), file, test.name().span(), runbook, Status.ERROR, errors, reason);
        return new Rehearsed(result, null, null);
    }
}

package dev.gert.projection;

import dev.gert.event.RunEvent;
import dev.gert.model.BlastRadius;
import dev.gert.model.EvidenceKind;
import dev.gert.model.Step;
import dev.gert.plan.Operations;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanStep;
import dev.gert.plan.StepNeeds;
import dev.gert.plan.StepRadius;
import dev.gert.policy.Decision;
import dev.gert.policy.NamedOperation;
import dev.gert.policy.Need;
import dev.gert.policy.OpenCommand;
import dev.gert.policy.OpenWord;
import dev.gert.policy.Policy;
import dev.gert.policy.ResolvedCommand;
import dev.gert.policy.RulePlace;
import dev.gert.policy.SafeText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What has to be asked about one run: its commands, its evidence, its people, its end. */
final class AuditChecks {
    private static final String SIMULATED = "simulated";

    private final AuditHistory history;
    private final AuditSurroundings around;
    private final boolean real;
    private final String actor;
    private final List<AuditFinding> findings = new ArrayList<>();

    /** {@code actor}: who worked on the run. */
    AuditChecks(AuditHistory history, AuditSurroundings around, boolean real, String actor) {
        this.history = history;
        this.around = around;
        this.real = real;
        this.actor = actor;
    }

    /** {@code plan}: null where the runbook is not the one that ran; {@code policy}: null where there is none today. */
    List<AuditFinding> check(@Nullable Plan plan, @Nullable Policy policy) {
        for (EvidenceAttempt attempt : history.attempts()) {
            PlanStep node = plan == null ? null : plan.step(attempt.started.step());
            if (plan != null && node == null) {
                add("undeclared", attempt, "it ran, and the runbook does not declare it");
            }
            if (policy != null && attempt.decided != null) {
                command(attempt, attempt.decided, node, policy);
            }
            if (attempt.decided != null) {
                consent(attempt, attempt.decided);
            }
            people(attempt);
            files(attempt);
        }
        for (EvidenceAttempt attempt : history.newest()) {
            if (attempt.status().equals("in_doubt")) {
                add("in_doubt", attempt, "nobody knows whether it ran: `gert decide` settles it");
            } else if (attempt.status().equals("interrupted")) {
                add("interrupted", attempt, "a signal ended it, and it was not run again");
            }
            PlanStep node = plan == null ? null : plan.step(attempt.started.step());
            boolean passed = attempt.status().equals("passed");
            if (passed && node != null && node.step() instanceof Step.ManualStep manual) {
                evidence(attempt, manual);
            }
        }
        return findings;
    }

    private void command(
            EvidenceAttempt attempt, RunEvent.PolicyDecided decided, @Nullable PlanStep node, Policy policy) {
        Decision asked = decide(decided.command(), node, policy);
        Decision now = node == null ? asked : StepNeeds.and(asked, StepNeeds.of(node.step(), node.tool()));
        RulePlace then = decided.rule();
        boolean ofStep = then.rule().startsWith("`approvals`") || then.rule().startsWith("`requires_approval`");
        boolean asBefore = now.word().equals(decided.decision())
                || now.word().equals("undetermined")
                || (node == null
                        && ofStep
                        && now.word().equals("allow")
                        && decided.decision().equals("acknowledge"));
        if (!asBefore) {
            add(
                    "policy",
                    attempt,
                    "today's policy says " + now.word() + ", and the run was told " + decided.decision(),
                    then.describe(),
                    now.rule().describe());
        }
    }

    private void consent(EvidenceAttempt attempt, RunEvent.PolicyDecided decided) {
        RulePlace then = decided.rule();
        boolean held =
                decided.decision().equals("acknowledge") || decided.decision().equals("approve");
        if (held && attempt.dispatched != null && !attempt.isGranted()) {
            add("approval", attempt, "it was run, and the journal holds no yes for it", then.describe(), "");
        }
        if (held && attempt.isGranted()) {
            few(attempt);
        }
    }

    /** Fewer people than the rules of then wanted, or papers of theirs that are not there any more. */
    private void few(EvidenceAttempt attempt) {
        Set<String> people = new HashSet<>();
        for (RunEvent.ApprovalGranted each : attempt.granted) {
            people.add(each.person());
            RunEvent.Ballot ballot = each.ballot();
            RunEvent.FileDigest file = ballot == null ? null : ballot.file();
            String fault = file == null
                    ? null
                    : around.files().fault(new RunEvent.OutputFile(file.file(), 0, file.sha256(), false));
            if (file != null && fault != null) {
                add("evidence", attempt, "the decision of " + each.person() + ", " + file.file() + ", " + fault);
            }
        }
        RunEvent.AwaitingApproval asked = attempt.asked;
        if (asked == null) {
            return;
        }
        for (Need need : asked.needs()) {
            if (people.size() < need.people()) {
                add(
                        "approval",
                        attempt,
                        "it was run with the yes of " + people.size() + ", and the rule wants " + need.who(),
                        need.rule().describe(),
                        "");
            }
        }
        String fault = asked.request() == null ? null : around.files().fault(asked.request());
        if (asked.request() != null && fault != null) {
            add("evidence", attempt, "its approval request, " + asked.request().file() + ", " + fault);
        }
    }

    /** Whether the yes was one for which the roster had to know the person. */
    private static boolean needsRoster(RunEvent.ApprovalGranted granted, RunEvent.@Nullable AwaitingApproval asked) {
        if (granted.method().equals("ssh") || granted.method().equals("local")) {
            return true;
        }
        for (Need need : asked == null ? List.<Need>of() : asked.needs()) {
            if (!need.roles().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private static Decision decide(RunEvent.CommandView view, @Nullable PlanStep node, Policy policy) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (String name : view.environment()) {
            RulePlace denied = policy.deniesEnvironment(name);
            if (denied != null) {
                return new Decision.Deny(denied, "the step sets the environment variable " + name);
            }
            environment.put(name, "");
        }
        List<String> argv = new ArrayList<>();
        List<OpenWord> words = new ArrayList<>();
        boolean hidden = false;
        for (SafeText word : view.argv()) {
            argv.add(word.text());
            hidden |= word.redacted();
            words.add(word.redacted() ? new OpenWord.Open("", word.text()) : new OpenWord.Known(word.text()));
        }
        Step step = node == null ? null : node.step();
        BlastRadius radius = step == null ? null : StepRadius.of(step);
        NamedOperation operation = step == null ? null : Operations.recorded(step, words, view.effect());
        if (operation != null) {
            return policy.decide(operation, radius);
        }
        if (hidden) {
            OpenCommand open = new OpenCommand(words, view.effect(), true, view.operation());
            return policy.decide(open, radius);
        }
        SafeText program = view.program();
        SafeText real = view.realPath();
        ResolvedCommand command = new ResolvedCommand(
                argv,
                program == null ? null : program.text(),
                real == null ? null : real.text(),
                view.sha256(),
                view.cwd().text(),
                environment,
                null,
                view.effect(),
                view.timeoutMillis(),
                List.of(),
                view.operation());
        return policy.decide(command, radius);
    }

    private void people(EvidenceAttempt attempt) {
        for (RunEvent.ApprovalGranted granted : real ? attempt.granted : List.<RunEvent.ApprovalGranted>of()) {
            Set<String> known = around.people();
            if (granted.person().isBlank()) {
                add("nobody", attempt, "its approval names nobody");
            } else if (known != null && needsRoster(granted, attempt.asked) && !known.contains(granted.person())) {
                add("approver", attempt, "`" + granted.person() + "`, who approved it, is not in the roster");
            }
        }
        RunEvent.StepDecided settled = attempt.settled;
        if (settled != null && settled.person().isBlank()) {
            add("nobody", attempt, "its doubt was settled, and nobody is named");
        }
        if (!real || attempt.manual == null || !attempt.status().equals("passed")) {
            return;
        }
        boolean unnamed = actor.isBlank() || actor.equals("unknown");
        for (RunEvent.EvidenceCollected given : attempt.evidence) {
            if (!given.method().equals("person")) {
                add(
                        "nobody",
                        attempt,
                        "evidence `" + given.name() + "` was given by no person: " + from(given.method()));
            }
        }
        if (unnamed) {
            add("nobody", attempt, "it was done by hand, and nobody is named");
        }
    }

    private static String from(String method) {
        return switch (method) {
            case "answers" -> "it is from an answers file";
            case "recorded" -> "it is from a recording";
            case SIMULATED -> "it is simulated";
            default -> method;
        };
    }

    private void files(EvidenceAttempt attempt) {
        RunEvent.OutputCaptured output = attempt.output;
        if (output != null) {
            file(attempt, output.out());
            file(attempt, output.err());
        }
        for (RunEvent.EvidenceCollected given : attempt.evidence) {
            file(attempt, given.file());
        }
    }

    private void file(EvidenceAttempt attempt, RunEvent.@Nullable OutputFile file) {
        String fault = file == null ? null : around.files().fault(file);
        if (file != null && fault != null) {
            add("output", attempt, file.file() + " " + fault);
        }
    }

    private void evidence(EvidenceAttempt attempt, Step.ManualStep manual) {
        for (Step.RequiredEvidence required : manual.requiredEvidence()) {
            RunEvent.EvidenceCollected given = null;
            for (RunEvent.EvidenceCollected each : attempt.evidence) {
                given = each.name().equals(required.name()) ? each : given;
            }
            String gap = given == null ? "is missing" : gap(required, given);
            if (gap != null) {
                add("evidence", attempt, "evidence `" + required.name() + "` " + gap);
            }
        }
    }

    private static @Nullable String gap(Step.RequiredEvidence required, RunEvent.EvidenceCollected given) {
        if (given.method().equals(SIMULATED)) {
            return null;
        }
        SafeText value = given.value();
        if (required.kind() == EvidenceKind.TEXT) {
            return value == null || value.text().isBlank() ? "is empty" : null;
        }
        if (required.kind() == EvidenceKind.ATTACHMENT) {
            return given.file() == null ? "is no file" : null;
        }
        List<String> ticked = new ArrayList<>();
        for (SafeText item : given.ticked()) {
            ticked.add(item.text());
        }
        for (String item : required.items()) {
            if (!ticked.contains(item)) {
                return "has `" + item + "` unticked";
            }
        }
        return null;
    }

    private void add(String kind, EvidenceAttempt attempt, String message) {
        add(kind, attempt, message, "", "");
    }

    private void add(String kind, EvidenceAttempt attempt, String message, String then, String now) {
        RunEvent.StepStarted started = attempt.started;
        findings.add(new AuditFinding(kind, history.run.id, started.step(), started.id(), message, then, now));
    }
}

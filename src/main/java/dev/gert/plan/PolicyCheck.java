package dev.gert.plan;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Label;
import dev.gert.diagnostic.Severity;
import dev.gert.expr.NameUse;
import dev.gert.expr.Template;
import dev.gert.model.BlastRadius;
import dev.gert.model.Runbook;
import dev.gert.model.RunbookGovernance;
import dev.gert.model.Step;
import dev.gert.policy.Decision;
import dev.gert.policy.Policy;
import dev.gert.policy.PolicyLayer;
import dev.gert.policy.RedactRule;
import dev.gert.policy.RulePlace;
import dev.gert.source.Span;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks policy of every command before anything runs (formats.md, section 3; layer 1 of the design). */
final class PolicyCheck {
    private static final String ITS_RADIUS = "its blast radius";

    private final Runbook runbook;
    private final Policy policy;
    private final Diagnostics diagnostics;
    private final RuleFindings findings;
    private final IdentityHashMap<PlanStep, OpenCommands.Asked> said = new IdentityHashMap<>();

    PolicyCheck(Runbook runbook, Policy policy, Diagnostics diagnostics) {
        this.runbook = runbook;
        this.policy = policy;
        this.diagnostics = diagnostics;
        this.findings = new RuleFindings(policy, diagnostics);
    }

    /** What policy said of the steps that were checked. */
    IdentityHashMap<PlanStep, OpenCommands.Asked> said() {
        return said;
    }

    void check(Collection<PlanNode> nodes) {
        redaction();
        OpenCommands commands = new OpenCommands(policy, OpenCommands.vars(runbook));
        for (PlanNode node : nodes) {
            if (node instanceof PlanStep each && !each.isProbe()) {
                limits(each.step());
            }
            OpenCommands.Asked asked = node instanceof PlanStep step ? commands.of(step) : null;
            if (asked != null && node instanceof PlanStep step) {
                said.put(step, asked);
                asked(step, asked);
            }
        }
    }

    private void asked(PlanStep node, OpenCommands.Asked asked) {
        Step step = node.step();
        if (!asked.believed() && !node.isProbe()) {
            disbelief(step);
        }
        if (asked.decision() instanceof Decision.Deny deny && isFar(deny)) {
            String reason = deny.reason().substring(ITS_RADIUS.length());
            Span place = step.common().idSpan();
            findings.error(Code.P011, place, "the blast radius of `" + step.id() + "`" + reason, deny.rule(), null);
        } else if (step instanceof Step.CliStep cli) {
            decide(asked.decision(), cli.argvSpans().get(0), isFixed(cli.argv().get(0)));
        } else if (step instanceof Step.ToolStep tool) {
            decide(asked.decision(), tool.actionSpan(), true);
        } else {
            boolean named = !(step instanceof Step.AwsStep aws)
                    || isFixed(aws.service().value()) && isFixed(aws.operation().value());
            decide(asked.decision(), Operations.span(step), named);
        }
        if (step instanceof Step.CliStep cli) {
            environment(cli);
        }
        RulePlace limit = asked.unbounded();
        if (limit != null && !node.isProbe() && !(asked.decision() instanceof Decision.Deny)) {
            findings.warning(
                    Code.P011,
                    step.common().idSpan(),
                    "nobody says how far `" + step.id() + "` reaches, and it may change something",
                    limit,
                    "say it in its `blast_radius`, or for every such command in a policy's; a run asks for a yes");
        }
    }

    /** A runbook that has rules of its own must contain the repository's, or a reader would think those are all. */
    private void redaction() {
        List<RunbookGovernance.Redaction> own = runbook.governance().redact();
        Span place = runbook.governance().redactSpan();
        if (own == null || place == null) {
            return;
        }
        for (PolicyLayer layer : policy.layers()) {
            for (RedactRule rule : layer.bindsRunbooks() ? layer.redact() : List.<RedactRule>of()) {
                boolean there = false;
                for (RunbookGovernance.Redaction mine : own) {
                    there |= mine.pattern().text().equals(rule.pattern());
                }
                if (!there) {
                    diagnostics.add(new Diagnostic(
                            Code.P006,
                            Severity.ERROR,
                            "the runbook's `redact` leaves out `" + rule.pattern() + "` of " + layer.file(),
                            new Label(place, ""),
                            List.of(new Label(rule.span(), "left out")),
                            "add the rule, or take the runbook's `redact` out: it then inherits all of them"));
                }
            }
        }
    }

    /** What policy asks of a step beside the name of its command. */
    private void limits(Step step) {
        RulePlace evidence = policy.requiresEvidence();
        if (evidence != null
                && step instanceof Step.ManualStep manual
                && manual.requiredEvidence().isEmpty()
                && manual.impact() != Step.Impact.NONE) {
            findings.error(
                    Code.P010,
                    step.common().idSpan(),
                    "policy requires evidence of manual steps, and `" + step.id() + "` has no `required_evidence`",
                    evidence,
                    "say what it leaves behind, or `impact: none`");
        }
        Step.Elevation elevation = step.work() == null ? null : step.work().elevation();
        RulePlace ttl = elevation == null ? null : policy.exceedsTtl(elevation.ttlMillis());
        if (elevation != null && ttl != null) {
            findings.error(
                    Code.P015,
                    elevation.span(),
                    "the elevation of `" + step.id() + "` lasts longer than policy allows",
                    ttl,
                    null);
        }
        boolean asked = !(step instanceof Step.ManualStep) && !(step instanceof Step.InvokeStep);
        BlastRadius radius = asked ? null : StepRadius.of(step);
        RulePlace most = radius == null ? null : policy.exceeds(radius);
        if (most != null && radius != null) {
            findings.error(
                    Code.P011,
                    step.common().idSpan(),
                    "the blast radius of `" + step.id() + "` is " + radius.word()
                            + ", which is more than policy allows",
                    most,
                    null);
        }
    }

    /** Whether a name may be known before the run; where it may not, that is an error which NameCheck reports. */
    private boolean isFixed(Template name) {
        boolean fixed = true;
        for (NameUse use : name.names()) {
            fixed &= NameCheck.isFixed(runbook, use.name());
        }
        return fixed;
    }

    private void disbelief(Step step) {
        String what = step instanceof Step.CliStep cli
                ? cli.argv().get(0).source()
                : step instanceof Step.AwsStep aws
                        ? aws.service().value().source() + ":"
                                + aws.operation().value().source()
                        : step.id();
        Step.Work work = step.work();
        diagnostics.error(
                Code.P004,
                work == null ? step.common().idSpan() : work.effectSpan(),
                "`effect: read` is not believed of `" + what + "`",
                "",
                "a policy's `read_commands` must name the command, or say `idempotent` or `mutate`");
    }

    private void decide(Decision decision, @Nullable Span place, boolean undecidedToo) {
        if (decision instanceof Decision.Deny deny) {
            findings.error(Code.P001, place, deny.reason(), deny.rule(), null);
        } else if (decision instanceof Decision.Undetermined open && undecidedToo) {
            findings.warning(
                    Code.P009, place, "policy can't decide before the run: " + open.reason(), open.rule(), null);
        }
    }

    private static boolean isFar(Decision.Deny deny) {
        return deny.rule().rule().startsWith("max_blast_radius")
                && deny.reason().startsWith(ITS_RADIUS);
    }

    private void environment(Step.CliStep cli) {
        for (Step.EnvironmentEntry entry : cli.environment()) {
            RulePlace rule = policy.deniesEnvironment(entry.name());
            if (rule != null) {
                findings.error(
                        Code.P008,
                        entry.span(),
                        "a runbook may not set the environment variable `" + entry.name() + "`",
                        rule,
                        null);
            }
        }
    }
}

package dev.gert.policy;

import dev.gert.model.BlastRadius;
import dev.gert.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The effective policy: the meet of its layers (formats.md, section 3). Each layer alone gives a
 * verdict, and the strictest holds, so a layer that is added can only narrow.
 */
public final class Policy {
    private final List<PolicyLayer> layers;
    private final @Nullable Roster roster;
    private final @Nullable String exchange;

    private Policy(List<PolicyLayer> layers, @Nullable Roster roster, @Nullable String exchange) {
        this.layers = layers;
        this.roster = roster;
        this.exchange = exchange;
    }

    /** Of layers, the outermost first; of none: the built-in floor. */
    public static Policy meet(List<PolicyLayer> layers) {
        return new Policy(layers.isEmpty() ? List.of(PolicyLayer.builtInFloor()) : List.copyOf(layers), null, null);
    }

    /**
     * The same with what the outermost layer names.
     *
     * @param people null: no roster is named
     * @param folder the absolute path of the exchange, null: none is named
     */
    public Policy among(@Nullable Roster people, @Nullable String folder) {
        return new Policy(layers, people, folder);
    }

    /** Who may decide; null: no roster is named. */
    public @Nullable Roster roster() {
        return roster;
    }

    /** The folder through which other OS users decide; null: none is named. */
    public @Nullable String exchange() {
        return exchange;
    }

    /** How people decide: what every layer lets through. */
    public ApprovalTerms terms() {
        ApprovalTerms met = null;
        for (PolicyLayer layer : layers) {
            if (layer.isPolicyFile()) {
                met = met == null ? layer.terms() : met.meet(layer.terms());
            }
        }
        return met == null ? ApprovalTerms.USUAL : met;
    }

    /** The rule by which an elevation may not last that long, or null. */
    public @Nullable RulePlace exceedsTtl(long millis) {
        for (PolicyLayer layer : layers) {
            if (layer.isPolicyFile() && millis > layer.maxTtlMillis()) {
                return layer.place("elevation.max_ttl", layer.maxTtlSpan());
            }
        }
        return null;
    }

    /** Every approval rule of a layer. */
    public static List<Need> rules(PolicyLayer layer) {
        List<Need> rules = new ArrayList<>();
        for (ApprovalRule rule : layer.approvals()) {
            RulePlace place = layer.place(rule.text(), rule.pattern().span());
            rules.add(new Need(place, rule.people(), rule.roles()));
        }
        return rules;
    }

    public List<PolicyLayer> layers() {
        return layers;
    }

    /** Of the frozen command: Allow, Deny or NeedsApproval, with the rule of the outermost layer that is as strict. */
    public Decision decide(ResolvedCommand command) {
        return decide(Subject.of(command), null);
    }

    /** The same for a step that says how far it reaches. */
    public Decision decide(ResolvedCommand command, @Nullable BlastRadius radius) {
        return decide(Subject.of(command), radius);
    }

    /**
     * Before the run, when no program has been looked for. Undetermined where open words decide; an
     * Allow can still become a Deny when the program that is found, or its real path, has another name.
     */
    public Decision decide(OpenCommand command) {
        return decide(Subject.of(command), null);
    }

    /** The same for a step that says how far it reaches. */
    public Decision decide(OpenCommand command, @Nullable BlastRadius radius) {
        return decide(Subject.of(command), radius);
    }

    /** Of what an xts or aws step asks for; Undetermined where open names decide. */
    public Decision decide(NamedOperation operation, @Nullable BlastRadius radius) {
        return new OperationJudge(layers, operation).decide(radius);
    }

    /** Whether it reads: by what it is, or where it says so and the lists that there are name it. */
    public boolean believesRead(NamedOperation operation) {
        return new OperationJudge(layers, operation).believed();
    }

    /** The {@code max_blast_radius} under which nobody says how far something reaches that changes something; or null. */
    public @Nullable RulePlace unknownReach(OpenCommand command, @Nullable BlastRadius radius) {
        return unknown(Reach.decide(layers, Subject.of(command), radius));
    }

    /** The same of an operation. */
    public @Nullable RulePlace unknownReach(NamedOperation operation, @Nullable BlastRadius radius) {
        OperationJudge judge = new OperationJudge(layers, operation);
        return unknown(Reach.decide(layers, operation::metBy, judge.effect(), operation.undecided(), radius));
    }

    private static @Nullable RulePlace unknown(@Nullable Decision reach) {
        return reach instanceof Decision.NeedsApproval ? reach.rule() : null;
    }

    private Decision decide(Subject command, @Nullable BlastRadius radius) {
        String flaw = command.flaw();
        if (flaw != null) {
            return new Decision.Deny(new RulePlace("names are printable ASCII", "built-in rule", 0), flaw);
        }
        Opacity opacity = Opacity.of(command);
        LayerJudge judge = new LayerJudge(command, opacity, new ReadBelief(command, opacity, layers));
        LayerJudge.Verdict strictest = null;
        for (PolicyLayer layer : layers) {
            LayerJudge.Verdict verdict = judge.judge(layer);
            if (verdict.sure() && verdict.standing() == Standing.DENY) {
                return new Decision.Deny(verdict.rule(), verdict.reason());
            }
            strictest = strictest == null || stricter(verdict, strictest) ? verdict : strictest;
        }
        if (strictest == null) {
            throw new IllegalStateException("a policy has a layer");
        }
        if (!strictest.sure()) {
            return new Decision.Undetermined(strictest.rule(), strictest.reason());
        }
        Decision reach = Reach.decide(layers, command, radius);
        if (reach instanceof Decision.Deny || reach instanceof Decision.Undetermined) {
            return reach;
        }
        Decision asked = approval(command, opacity);
        if (asked != null) {
            return asked;
        }
        if (strictest.standing() != Standing.ALLOW) {
            return new Decision.NeedsApproval(strictest.rule());
        }
        return reach == null ? new Decision.Allow(strictest.rule()) : reach;
    }

    /** What every {@code require_approval_for} rule that meets the command wants; null when none meets it, or may. */
    private @Nullable Decision approval(Subject command, Opacity opacity) {
        List<Need> needs = new ArrayList<>();
        int most = 0;
        Decision doubt = null;
        for (PolicyLayer layer : layers) {
            for (ApprovalRule rule : layer.approvals()) {
                Subject.Met met = command.metBy(rule.pattern());
                if (met.match() != Match.YES && opacity.match() != Match.NO) {
                    Subject.Met inside = command.insideMetBy(rule.pattern());
                    Match match = inside.match().and(opacity.match());
                    met = match.compareTo(met.match()) > 0 ? new Subject.Met(match, inside.what()) : met;
                }
                RulePlace place = layer.place(rule.text(), rule.pattern().span());
                if (met.match() == Match.YES) {
                    needs.add(new Need(place, rule.people(), rule.roles()));
                    most = Math.max(most, rule.people());
                } else if (met.match() == Match.MAYBE && doubt == null) {
                    doubt = new Decision.Undetermined(
                            place, "an approval rule may meet " + met.what() + ": " + command.undecided());
                }
            }
        }
        if (doubt != null && most < 2) {
            return doubt;
        }
        return needs.isEmpty() ? null : new Decision.NeedsApproval(needs);
    }

    /** The rule by which manual steps need evidence, or null. */
    public @Nullable RulePlace requiresEvidence() {
        for (PolicyLayer layer : layers) {
            if (layer.evidenceSpan() != null) {
                return layer.place("require_evidence", layer.evidenceSpan());
            }
        }
        return null;
    }

    /** The rule by which a step of that radius may not run, or null. */
    public @Nullable RulePlace exceeds(BlastRadius radius) {
        for (PolicyLayer layer : layers) {
            BlastRadius max = layer.maxRadius();
            if (max != null && radius.compareTo(max) > 0) {
                return layer.place("max_blast_radius: " + max.word(), layer.maxRadiusSpan());
            }
        }
        return null;
    }

    /** Among layers that allow, one with a rule that names the command says more than a default. */
    private static boolean stricter(LayerJudge.Verdict verdict, LayerJudge.Verdict than) {
        int order = verdict.standing().compareTo(than.standing());
        return order > 0 || (order == 0 && verdict.named() && !than.named());
    }

    /** Whether a declared {@code effect: read} is believed (formats.md, section 1, "effect"). */
    public boolean believesRead(ResolvedCommand command) {
        return believesRead(Subject.of(command));
    }

    /** Whether a declared {@code effect: read} is believed whatever the open words become. */
    public boolean believesRead(OpenCommand command) {
        return believesRead(Subject.of(command));
    }

    private boolean believesRead(Subject command) {
        return command.flaw() == null && new ReadBelief(command, Opacity.of(command), layers).believed();
    }

    /** The redaction rules of all layers, each once. */
    public Redactor redactor() {
        List<RedactRule> rules = new ArrayList<>();
        for (PolicyLayer layer : layers) {
            for (RedactRule rule : layer.redact()) {
                if (!rule.isAmong(rules)) {
                    rules.add(rule);
                }
            }
        }
        return Redactor.of(rules);
    }

    /**
     * The rules that a runbook's own {@code redact} leaves out (formats.md: it must contain the
     * repository's). Empty for a runbook that has no {@code redact}: it inherits.
     *
     * @param runbook the runbook's layer; this policy is that of the others
     */
    public List<RedactRule> redactionMissingFrom(PolicyLayer runbook) {
        List<RedactRule> missing = new ArrayList<>();
        for (PolicyLayer layer : layers) {
            for (RedactRule rule : layer.redact()) {
                if (runbook.redacts() && !rule.isAmong(runbook.redact()) && !rule.isAmong(missing)) {
                    missing.add(rule);
                }
            }
        }
        return missing;
    }

    /** The rule by which a runbook may not set this variable: the built-in list or a {@code deny_env_vars}; null if it may. */
    public @Nullable RulePlace deniesEnvironment(String name) {
        for (Glob glob : BuiltInLists.environment()) {
            if (glob.match(Glob.plain(name)) == Match.YES) {
                return new RulePlace("variables that change what a program does", "built-in environment list", 0);
            }
        }
        return withholdsEnvironment(name);
    }

    /** The {@code deny_env_vars} rule by which no child gets this variable; null if there is none. */
    public @Nullable RulePlace withholdsEnvironment(String name) {
        for (PolicyLayer layer : layers) {
            for (CommandPattern pattern : layer.denyEnvironment()) {
                if (pattern.names(Glob.plain(name))) {
                    return layer.place("deny_env_vars", pattern);
                }
            }
        }
        return null;
    }

    /** Where a decision's rule stands; null for one that stands in no file. */
    public @Nullable Span span(RulePlace rule) {
        for (PolicyLayer layer : layers) {
            Span span = layer.file().equals(rule.file()) ? layer.span(rule) : null;
            if (span != null) {
                return span;
            }
        }
        return null;
    }

    /** A stable text of what this policy says, the same for layers in any order; others hash it. */
    public String canonical() {
        return CanonicalText.of(layers);
    }
}

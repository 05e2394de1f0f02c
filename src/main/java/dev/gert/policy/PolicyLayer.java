package dev.gert.policy;

import dev.gert.decode.GovernanceDecoder;
import dev.gert.decode.GovernanceDecoder.Governance;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.model.BlastRadius;
import dev.gert.model.Limits;
import dev.gert.model.RunbookGovernance;
import dev.gert.model.ToolFile;
import dev.gert.source.Source;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One file's say in the effective policy (formats.md, section 3). Made only of a file without a mistake. */
public final class PolicyLayer {
    /** Where a layer comes from. */
    enum Kind {
        GOVERNANCE,
        RUNBOOK,
        TOOL,
        FLOOR
    }

    private static final long USUAL_TTL_MILLIS = 3_600_000;

    private final Kind kind;
    private final Source source;
    private final @Nullable List<CommandPattern> allow;
    private final @Nullable Span allowSpan;
    private final List<CommandPattern> deny;
    private final @Nullable List<CommandPattern> read;
    private final List<CommandPattern> denyEnvironment;
    private final List<RedactRule> redact;
    private final boolean redacts;
    private final Standing standing;
    private final @Nullable Span standingSpan;
    private final Standing opaque;
    private final ApprovalTerms terms;
    private final YamlNode.@Nullable Scalar roster;
    private final YamlNode.@Nullable Scalar exchange;
    private final long maxTtlMillis;
    private final @Nullable Span maxTtlSpan;
    private final @Nullable Span opaqueSpan;
    private final List<ApprovalRule> approvals;
    private final List<RadiusRule> radii;
    private final @Nullable BlastRadius maxRadius;
    private final @Nullable Span maxRadiusSpan;
    private final @Nullable Span evidenceSpan;

    private PolicyLayer(Kind kind, Source source, Parts parts) {
        this.kind = kind;
        this.source = source;
        this.allow = parts.allow == null ? null : List.copyOf(parts.allow);
        this.allowSpan = parts.allowSpan;
        this.deny = List.copyOf(parts.deny);
        this.read = parts.read == null ? null : List.copyOf(parts.read);
        this.denyEnvironment = List.copyOf(parts.denyEnvironment);
        this.redact = List.copyOf(parts.redact);
        this.redacts = parts.redacts;
        this.standing = parts.standing;
        this.standingSpan = parts.standingSpan;
        this.opaque = parts.opaque;
        this.terms = parts.terms;
        this.roster = parts.roster;
        this.exchange = parts.exchange;
        this.maxTtlMillis = parts.maxTtlMillis;
        this.maxTtlSpan = parts.maxTtlSpan;
        this.opaqueSpan = parts.opaqueSpan;
        this.approvals = List.copyOf(parts.approvals);
        this.radii = List.copyOf(parts.radii);
        this.maxRadius = parts.maxRadius;
        this.maxRadiusSpan = parts.maxRadiusSpan;
        this.evidenceSpan = parts.evidenceSpan;
    }

    /** What a layer is made of, while it is read. */
    private static final class Parts {
        private @Nullable List<CommandPattern> allow;
        private @Nullable Span allowSpan;
        private List<CommandPattern> deny = List.of();
        private @Nullable List<CommandPattern> read;
        private List<CommandPattern> denyEnvironment = List.of();
        private final List<RedactRule> redact = new ArrayList<>();
        private boolean redacts;
        private Standing standing = Standing.ALLOW;
        private @Nullable Span standingSpan;
        private Standing opaque = Standing.DENY;
        private ApprovalTerms terms = ApprovalTerms.USUAL;
        private YamlNode.@Nullable Scalar roster;
        private YamlNode.@Nullable Scalar exchange;
        private long maxTtlMillis = USUAL_TTL_MILLIS;
        private @Nullable Span maxTtlSpan;
        private @Nullable Span opaqueSpan;
        private final List<ApprovalRule> approvals = new ArrayList<>();
        private final List<RadiusRule> radii = new ArrayList<>();
        private @Nullable BlastRadius maxRadius;
        private @Nullable Span maxRadiusSpan;
        private @Nullable Span evidenceSpan;

        void approvals(GovernanceDecoder.Approvals said) {
            boolean local = said.methods() == null;
            boolean ssh = said.methods() == null;
            for (YamlNode.Scalar method : said.methods() == null ? List.<YamlNode.Scalar>of() : said.methods()) {
                local |= method.text().equals("local");
                ssh |= method.text().equals("ssh");
            }
            long timeout = said.timeoutMillis() == null ? ApprovalTerms.USUAL.timeoutMillis() : said.timeoutMillis();
            terms = new ApprovalTerms(timeout, said.acknowledge(), said.allowSelf(), local, ssh);
            roster = said.roster();
            exchange = said.exchange();
        }

        void limits(Limits limits, Diagnostics diagnostics) {
            for (Limits.Approval rule : limits.approvals()) {
                CommandPattern pattern = CommandPattern.parse(rule.pattern(), diagnostics);
                if (pattern != null) {
                    approvals.add(new ApprovalRule(pattern, rule.people(), rule.roles()));
                }
            }
            for (Limits.Radius rule : limits.radii()) {
                CommandPattern pattern = CommandPattern.parse(rule.pattern(), diagnostics);
                if (pattern != null) {
                    radii.add(new RadiusRule(pattern, rule.radius()));
                }
            }
            maxRadius = limits.maxRadius();
            maxRadiusSpan = limits.maxRadiusSpan();
            evidenceSpan = limits.evidenceSpan();
        }
    }

    /** Where the walk finds no {@code governance.yaml}: {@code default: acknowledge}. */
    public static PolicyLayer builtInFloor() {
        Parts parts = new Parts();
        parts.standing = Standing.ACKNOWLEDGE;
        return new PolicyLayer(Kind.FLOOR, Source.of("built-in floor", "default: acknowledge\n"), parts);
    }

    /** A {@code governance.yaml}; null, with diagnostics, if anything in it is wrong: then nothing may run. */
    public static @Nullable PolicyLayer read(Source source, Diagnostics diagnostics) {
        Diagnostics own = new Diagnostics();
        Governance governance = GovernanceDecoder.decode(source, own);
        Parts parts = governance == null ? null : parts(governance, own);
        diagnostics.addAll(own);
        return parts == null || own.hasErrors() ? null : new PolicyLayer(Kind.GOVERNANCE, source, parts);
    }

    private static Parts parts(Governance governance, Diagnostics own) {
        Parts parts = new Parts();
        parts.deny = patterns(governance.deny(), own);
        parts.allow = governance.allow() == null ? null : patterns(governance.allow(), own);
        parts.allowSpan = governance.allowSpan();
        parts.read = governance.read() == null ? null : patterns(governance.read(), own);
        parts.denyEnvironment = variables(governance.denyEnvironment(), own);
        for (GovernanceDecoder.Redaction rule : governance.redact()) {
            add(RedactRule.parse(rule.pattern(), rule.replace(), own), parts.redact);
        }
        if (governance.standing() != null) {
            parts.standing = Standing.of(governance.standing().text());
            parts.standingSpan = governance.standing().span();
        }
        if (governance.opaque() != null) {
            parts.opaque = switch (governance.opaque().text()) {
                case "allow" -> Standing.ALLOW;
                case "approve" -> Standing.ACKNOWLEDGE;
                default -> Standing.DENY;
            };
            parts.opaqueSpan = governance.opaque().span();
        }
        parts.limits(governance.limits(), own);
        if (governance.approvals() != null) {
            parts.approvals(governance.approvals());
        }
        if (governance.maxTtl() != null) {
            parts.maxTtlMillis = governance.maxTtl().millis();
            parts.maxTtlSpan = governance.maxTtl().span();
        }
        return parts;
    }

    /** A runbook's own {@code meta.governance}; null, with diagnostics, if a pattern in it is wrong: then nothing may run. */
    public static @Nullable PolicyLayer ofRunbook(
            Source source, RunbookGovernance governance, Diagnostics diagnostics) {
        Diagnostics own = new Diagnostics();
        Parts parts = new Parts();
        parts.deny = patterns(governance.deniedCommands(), own);
        parts.allow = governance.allowedCommands() == null ? null : patterns(governance.allowedCommands(), own);
        parts.allowSpan = parts.allow == null || parts.allow.isEmpty()
                ? null
                : parts.allow.get(0).span();
        parts.denyEnvironment = variables(governance.denyEnvVars(), own);
        parts.limits(governance.limits(), own);
        parts.redacts = governance.redact() != null;
        if (governance.redact() != null) {
            for (RunbookGovernance.Redaction rule : governance.redact()) {
                add(RedactRule.parse(rule.pattern(), rule.replace(), own), parts.redact);
            }
        }
        diagnostics.addAll(own);
        return own.hasErrors() ? null : new PolicyLayer(Kind.RUNBOOK, source, parts);
    }

    /** What a tool says of its own output: it is hidden, and nothing else is changed. */
    public static @Nullable PolicyLayer ofTool(ToolFile tool, Diagnostics diagnostics) {
        Diagnostics own = new Diagnostics();
        Parts parts = new Parts();
        for (RunbookGovernance.Redaction rule : tool.redact()) {
            add(RedactRule.parse(rule.pattern(), rule.replace(), own), parts.redact);
        }
        diagnostics.addAll(own);
        return own.hasErrors() ? null : new PolicyLayer(Kind.TOOL, tool.source(), parts);
    }

    /** Whether a runbook that has redaction of its own must contain this layer's. */
    public boolean bindsRunbooks() {
        return kind != Kind.TOOL;
    }

    private static List<CommandPattern> patterns(List<YamlNode.Scalar> texts, Diagnostics diagnostics) {
        List<CommandPattern> patterns = new ArrayList<>(texts.size());
        for (YamlNode.Scalar text : texts) {
            add(CommandPattern.parse(text, diagnostics), patterns);
        }
        return patterns;
    }

    private static List<CommandPattern> variables(List<YamlNode.Scalar> texts, Diagnostics diagnostics) {
        List<CommandPattern> patterns = new ArrayList<>(texts.size());
        for (YamlNode.Scalar text : texts) {
            add(CommandPattern.parseVariable(text, diagnostics), patterns);
        }
        return patterns;
    }

    private static <T> void add(@Nullable T value, List<T> into) {
        if (value != null) {
            into.add(value);
        }
    }

    /** As the user wrote it; {@code built-in floor} for the floor. */
    public String file() {
        return source.name();
    }

    /** The digest of its text, in hex; made when it is asked for, because a check of a runbook never asks. */
    public String sha256() {
        return source.sha256();
    }

    /** The text of a {@code governance.yaml}; null of a layer that stands in another file, or in none. */
    public @Nullable String fileText() {
        return kind == Kind.GOVERNANCE ? source.text() : null;
    }

    public List<RedactRule> redact() {
        return redact;
    }

    /** Whether a runbook has a {@code redact} of its own, be it empty. */
    boolean redacts() {
        return redacts;
    }

    Kind kind() {
        return kind;
    }

    /** Whether it is a {@code governance.yaml}, or stands for one: a runbook and a tool leave some things to these. */
    public boolean isPolicyFile() {
        return kind == Kind.GOVERNANCE || kind == Kind.FLOOR;
    }

    @Nullable
    List<CommandPattern> allow() {
        return allow;
    }

    /** Where the allow list stands. */
    @Nullable
    Span allowSpan() {
        return allowSpan;
    }

    List<CommandPattern> deny() {
        return deny;
    }

    @Nullable
    List<CommandPattern> read() {
        return read;
    }

    List<CommandPattern> denyEnvironment() {
        return denyEnvironment;
    }

    /** {@code default}; {@code allow} where the file has none. */
    Standing standing() {
        return standing;
    }

    @Nullable
    Span standingSpan() {
        return standingSpan;
    }

    /** {@code opaque_commands}: {@code approve} is {@link Standing#ACKNOWLEDGE}. */
    Standing opaque() {
        return opaque;
    }

    /** {@code approvals}; the defaults where the file says nothing of them. */
    ApprovalTerms terms() {
        return terms;
    }

    /** {@code approvals.roster} as written; null: none is named. */
    public YamlNode.@Nullable Scalar roster() {
        return roster;
    }

    /** {@code approvals.exchange} as written; null: none is named. */
    public YamlNode.@Nullable Scalar exchange() {
        return exchange;
    }

    /** {@code elevation.max_ttl}. */
    long maxTtlMillis() {
        return maxTtlMillis;
    }

    @Nullable
    Span maxTtlSpan() {
        return maxTtlSpan;
    }

    @Nullable
    Span opaqueSpan() {
        return opaqueSpan;
    }

    List<ApprovalRule> approvals() {
        return approvals;
    }

    List<RadiusRule> radii() {
        return radii;
    }

    /** {@code max_blast_radius}, null: the layer sets no limit. */
    @Nullable
    BlastRadius maxRadius() {
        return maxRadius;
    }

    @Nullable
    Span maxRadiusSpan() {
        return maxRadiusSpan;
    }

    /** Where the layer says that manual steps need evidence, null: it does not. */
    @Nullable
    Span evidenceSpan() {
        return evidenceSpan;
    }

    String denyKey() {
        return kind == Kind.RUNBOOK ? "denied_commands" : "deny_commands";
    }

    String allowKey() {
        return kind == Kind.RUNBOOK ? "allowed_commands" : "allow_commands";
    }

    RulePlace place(String key, CommandPattern pattern) {
        return place(key + " \"" + pattern.text() + "\"", pattern.span());
    }

    RulePlace place(String rule, @Nullable Span span) {
        return new RulePlace(
                rule, source.name(), span == null ? 0 : span.position().line());
    }

    /** Where a rule of this layer stands, found again by its text. */
    @Nullable
    Span span(RulePlace rule) {
        Span span = null;
        span = in(denyKey(), deny, rule, span);
        span = allow == null ? span : in(allowKey(), allow, rule, span);
        span = read == null ? span : in("read_commands", read, rule, span);
        span = in("deny_env_vars", denyEnvironment, rule, span);
        for (ApprovalRule approval : approvals) {
            Span there = approval.pattern().span();
            boolean line = span == null && there.position().line() == rule.line();
            span = line && approval.text().equals(rule.rule()) ? there : span;
        }
        if (span == null && rule.rule().startsWith("max_blast_radius")) {
            return maxRadiusSpan;
        }
        if (span == null && rule.rule().equals("elevation.max_ttl")) {
            return maxTtlSpan;
        }
        if (span == null && rule.rule().equals("require_evidence")) {
            return evidenceSpan;
        }
        if (span == null && rule.rule().equals(allowKey())) {
            return allowSpan;
        }
        if (span == null && rule.rule().startsWith("default: ")) {
            return standingSpan;
        }
        return span == null && rule.rule().startsWith("opaque_commands: ") ? opaqueSpan : span;
    }

    private @Nullable Span in(String key, List<CommandPattern> patterns, RulePlace rule, @Nullable Span otherwise) {
        if (!rule.rule().startsWith(key)) {
            return otherwise;
        }
        for (CommandPattern pattern : patterns) {
            boolean there = pattern.span().position().line() == rule.line();
            if (there && place(key, pattern).rule().equals(rule.rule())) {
                return pattern.span();
            }
        }
        return otherwise;
    }
}

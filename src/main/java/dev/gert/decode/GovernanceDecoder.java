package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Suggestions;
import dev.gert.model.Limits;
import dev.gert.source.Source;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code governance.yaml} (formats.md, section 3): its shape alone; {@code policy} reads the
 * patterns, and lets no file with a mistake become a layer.
 */
public final class GovernanceDecoder {
    private static final List<String> METHODS = List.of("local", "ssh");

    private final Diagnostics diagnostics;

    private GovernanceDecoder(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** A pattern of {@code redact} and the text put in its place. */
    public record Redaction(YamlNode.Scalar pattern, YamlNode.Scalar replace) {}

    /** {@code approvals}. Null: the key is absent. */
    public record Approvals(
            @Nullable Long timeoutMillis,
            boolean acknowledge,
            boolean allowSelf,
            @Nullable List<YamlNode.Scalar> methods,
            YamlNode.@Nullable Scalar roster,
            YamlNode.@Nullable Scalar exchange) {}

    /** {@code elevation.max_ttl} and where it stands. */
    public record Ttl(long millis, Span span) {}

    /**
     * What the file says. Null: the key is absent.
     *
     * @param allowSpan the key {@code allow_commands}
     * @param standing {@code default}: {@code allow}, {@code acknowledge} or {@code deny}
     * @param opaque {@code opaque_commands}: {@code deny}, {@code approve} or {@code allow}
     */
    public record Governance(
            List<YamlNode.Scalar> deny,
            @Nullable List<YamlNode.Scalar> allow,
            @Nullable Span allowSpan,
            @Nullable List<YamlNode.Scalar> read,
            YamlNode.@Nullable Scalar standing,
            YamlNode.@Nullable Scalar opaque,
            List<YamlNode.Scalar> denyEnvironment,
            List<Redaction> redact,
            Limits limits,
            @Nullable Approvals approvals,
            @Nullable Ttl maxTtl) {}

    /**
     * What could be read, so that patterns can be checked as well; null if it is not a map at all.
     * Must not be used once {@code diagnostics} holds an error.
     */
    public static @Nullable Governance decode(Source source, Diagnostics diagnostics) {
        YamlNode root = YamlReader.read(source, 0, diagnostics);
        return root == null ? null : new GovernanceDecoder(diagnostics).decode(root);
    }

    private @Nullable Governance decode(YamlNode root) {
        if (root instanceof YamlNode.Scalar scalar && scalar.kind() == YamlNode.Scalar.Kind.NULL) {
            diagnostics.error(
                    Code.Y115, root.span(), "the policy is empty", "", "write at least `apiVersion: governance/v0`");
            return null;
        }
        Fields fields = Fields.of(root, "a policy", diagnostics);
        if (fields == null) {
            return null;
        }
        Documents.apiVersion(fields, diagnostics, "governance/v0");
        List<YamlNode.Scalar> deny = fields.texts("deny_commands");
        List<YamlNode.Scalar> allow = fields.texts("allow_commands");
        List<YamlNode.Scalar> read = fields.texts("read_commands");
        List<YamlNode.Scalar> environment = fields.texts("deny_env_vars");
        YamlNode.Scalar standing = word(fields, "default", "allow", "acknowledge", "deny");
        YamlNode.Scalar opaque = word(fields, "opaque_commands", "deny", "approve", "allow");
        List<Redaction> redact = redact(fields);
        Approvals approvals = approvals(fields);
        Ttl maxTtl = maxTtl(fields);
        boolean evidence = fields.truth("require_evidence", false);
        Limits limits =
                LimitsDecoder.decode(fields, true, evidence ? fields.keySpan("require_evidence") : null, diagnostics);
        fields.done();
        return new Governance(
                deny == null ? List.of() : deny,
                allow,
                fields.keySpan("allow_commands"),
                read,
                standing,
                opaque,
                environment == null ? List.of() : environment,
                redact,
                limits,
                approvals,
                maxTtl);
    }

    private @Nullable Approvals approvals(Fields fields) {
        Fields block = fields.map("approvals");
        if (block == null) {
            return null;
        }
        Long timeout = Durations.millis("timeout", block.scalar("timeout"), diagnostics);
        boolean acknowledge = block.truth("acknowledge", true);
        boolean allowSelf = block.truth("allow_self", false);
        List<YamlNode.Scalar> methods = block.texts("methods");
        for (YamlNode.Scalar method : methods == null ? List.<YamlNode.Scalar>of() : methods) {
            if (!METHODS.contains(method.text())) {
                diagnostics.error(
                        Code.Y113,
                        method.span(),
                        "`methods` has " + Fields.quoted(method.text()) + ", not one of local, ssh",
                        Suggestions.didYouMean(method.text(), METHODS),
                        null);
            }
        }
        YamlNode.Scalar roster = path(block, "roster");
        YamlNode.Scalar exchange = path(block, "exchange");
        block.done();
        return new Approvals(timeout, acknowledge, allowSelf, methods, roster, exchange);
    }

    private YamlNode.@Nullable Scalar path(Fields block, String key) {
        return block.node(key) == null ? null : Scalars.named(block, key, diagnostics);
    }

    private @Nullable Ttl maxTtl(Fields fields) {
        Fields block = fields.map("elevation");
        if (block == null) {
            return null;
        }
        YamlNode.Scalar text = block.requiredScalar("max_ttl");
        Long millis = Durations.millis("max_ttl", text, diagnostics);
        block.done();
        return text == null || millis == null ? null : new Ttl(millis, text.span());
    }

    private static YamlNode.@Nullable Scalar word(Fields fields, String key, String... words) {
        return fields.word(key, words) == null ? null : fields.scalar(key);
    }

    private List<Redaction> redact(Fields fields) {
        List<Redaction> redact = new ArrayList<>();
        List<YamlNode> items = fields.list("redact");
        if (items == null) {
            return redact;
        }
        for (YamlNode item : items) {
            Fields rule = Fields.of(item, "a `redact` rule", diagnostics);
            if (rule == null) {
                continue;
            }
            YamlNode.Scalar pattern = rule.requiredScalar("pattern");
            YamlNode.Scalar replace = rule.requiredScalar("replace");
            rule.done();
            if (pattern != null && replace != null) {
                redact.add(new Redaction(pattern, replace));
            }
        }
        return redact;
    }
}

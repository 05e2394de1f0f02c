package dev.gert.policy;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.model.Effect;
import dev.gert.source.Span;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyTest {
    private static final String ALL = """
            apiVersion: governance/v0
            deny_commands: [rm, "git push *"]
            allow_commands:
              - ls
            read_commands: []
            default: deny
            opaque_commands: deny
            deny_env_vars: [A_*]
            redact:
              - {pattern: 'b"\\d', replace: "line\\nend"}
              - {pattern: a, replace: x}
              - {pattern: a, replace: x}
            """;

    private static ResolvedCommand command(String... argv) {
        return Layers.command(List.of(argv), "/usr/bin/" + argv[0], null, Effect.MUTATE);
    }

    @Test
    void noLayersAreTheFloor() {
        Policy policy = Policy.meet(List.of());
        assertThat(policy.layers()).hasSize(1);
        assertThat(policy.layers().get(0).file()).isEqualTo("built-in floor");
        assertThat(policy.decide(command("touch"))).isInstanceOf(Decision.NeedsApproval.class);
    }

    @Test
    void theFloorsDigestIsThatOfWhatItSays() throws NoSuchAlgorithmException {
        byte[] digest =
                MessageDigest.getInstance("SHA-256").digest("default: acknowledge\n".getBytes(StandardCharsets.UTF_8));
        assertThat(PolicyLayer.builtInFloor().sha256()).isEqualTo(HexFormat.of().formatHex(digest));
    }

    @Test
    void theCanonicalTextIsWhatIsSaidInOrder() {
        Policy policy = Policy.meet(List.of(
                Layers.governance("g.yaml", ALL),
                Layers.runbook("r.yaml", "{denied_commands: [b, a, a], allowed_commands: []}")));
        assertThat(policy.canonical()).isEqualTo("""
                        gert/policy/v1
                        layer policy
                        default deny
                        opaque_commands deny
                        approvals timeout 1800000 acknowledge true allow_self false local true ssh true
                        max_ttl 3600000
                        deny
                        deny "git push *"
                        deny "rm"
                        allow
                        allow "ls"
                        read
                        deny_env
                        deny_env "A_*"
                        redact "a" "x"
                        redact "b\\"\\\\d" "line\\nend"
                        layer runbook
                        default allow
                        deny
                        deny "a"
                        deny "b"
                        allow
                        deny_env
                        """);
    }

    @Test
    void theCanonicalTextTellsPoliciesApart() {
        String none = canonical("");
        assertThat(List.of(
                        canonical("deny_commands: [a]"),
                        canonical("allow_commands: []"),
                        canonical("read_commands: []"),
                        canonical("default: acknowledge"),
                        canonical("opaque_commands: allow"),
                        canonical("deny_env_vars: [a]"),
                        canonical("redact: [{pattern: a, replace: b}]")))
                .doesNotContain(none)
                .doesNotHaveDuplicates();
        assertThat(canonical("deny_commands: []")).isEqualTo(none);
    }

    private static String canonical(String text) {
        return Policy.meet(List.of(Layers.governance("g.yaml", text))).canonical();
    }

    @Test
    void aRulesPlaceIsFoundAgain() {
        Policy policy = Policy.meet(List.of(Layers.governance("g.yaml", ALL), PolicyLayer.builtInFloor()));
        assertThat(spanOf(policy, "rm")).isEqualTo("rm");
        assertThat(spanOf(policy, "git", "push", "x")).isEqualTo("\"git push *\"");
        assertThat(spanOf(policy, "bash")).isEqualTo("deny");
        assertThat(spanOf(policy, "cat")).isEqualTo("allow_commands");
        Policy denying = Policy.meet(List.of(Layers.governance("g.yaml", "default: deny")));
        assertThat(spanOf(denying, "cat")).isEqualTo("deny");
        assertThat(denying.span(requireNonNull(denying.deniesEnvironment("PATH"))))
                .isNull();
        assertThat(denying.span(new RulePlace("deny_commands \"rm\"", "other.yaml", 2)))
                .isNull();
    }

    private static String spanOf(Policy policy, String... argv) {
        Span span = requireNonNull(policy.span(policy.decide(command(argv)).rule()));
        return span.source().text().substring(span.start(), span.end());
    }

    @Test
    void redactionRulesOfAllLayersAreMet() {
        Policy policy = Policy.meet(List.of(
                Layers.governance("g.yaml", "redact: [{pattern: 'a+', replace: A}]"),
                Layers.governance("h.yaml", "redact: [{pattern: 'b+', replace: B}, {pattern: 'a+', replace: A}]")));
        assertThat(policy.redactor().safe("aabbcc").text()).isEqualTo("ABcc");
    }

    @Test
    void aRunbooksRedactionMustHoldTheRepositorys() {
        Policy outer = Policy.meet(
                List.of(Layers.governance("g.yaml", "redact: [{pattern: a, replace: A}, {pattern: b, replace: B}]")));
        PolicyLayer silent = Layers.runbook("r.yaml", "{}");
        PolicyLayer empty = Layers.runbook("r.yaml", "{redact: []}");
        PolicyLayer half = Layers.runbook("r.yaml", "redact: [{pattern: a, replace: A}, {pattern: c, replace: C}]");
        PolicyLayer other = Layers.runbook("r.yaml", "redact: [{pattern: a, replace: x}, {pattern: b, replace: B}]");
        assertThat(outer.redactionMissingFrom(silent)).isEmpty();
        assertThat(outer.redactionMissingFrom(empty))
                .extracting(RedactRule::pattern)
                .containsExactly("a", "b");
        assertThat(outer.redactionMissingFrom(half))
                .extracting(RedactRule::pattern)
                .containsExactly("b");
        assertThat(outer.redactionMissingFrom(other))
                .extracting(RedactRule::pattern)
                .containsExactly("a");
    }

    @Test
    void effectOfOtherWordsIsNeverARead() {
        Policy floor = Policy.meet(List.of());
        for (Effect effect : Effect.values()) {
            ResolvedCommand command = Layers.command(List.of("ls"), "/bin/ls", null, effect);
            assertThat(floor.believesRead(command)).isEqualTo(effect == Effect.READ);
        }
    }

    /** A file that fills a command line is answered in time, whatever the patterns. */
    @Test
    void hugeCommandsAreAnswered() {
        Policy policy = Policy.meet(List.of(Layers.governance(
                "g.yaml", "opaque_commands: allow\ndeny_commands: ['?*a?*b', 'x *y* z', '*q', 'never']")));
        String[] argv = new String[20_001];
        argv[0] = "bash";
        for (int i = 1; i < argv.length; i++) {
            argv[i] = "a;a|a/a 'a' x";
        }
        assertThat(policy.decide(command(argv)).word()).isEqualTo("allow");
    }
}

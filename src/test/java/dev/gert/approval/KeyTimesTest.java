package dev.gert.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.policy.ApprovalTerms;
import dev.gert.policy.Roster;
import dev.gert.source.Source;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A key counts while the roster says that it is valid: when it signed, and when the decision is counted. */
class KeyTimesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:20:00Z");
    private static final OpenRequest REQUEST = Objects.requireNonNull(OpenRequest.of("""
            {"type":"gert/approval-request/v1","run":"r","step":"s","step_id":"s","nonce":"n","journal_head":"h",
            "created":"2026-11-23T10:00:00Z","expires":"2026-11-23T10:30:00Z"}"""));

    @ParameterizedTest
    @CsvSource({
        "'', true",
        "'valid_after: 2026-11-23T10:05:00Z, valid_before: 2026-11-23T10:25:00Z', true",
        "'valid_after: 2026-11-23T10:15:00Z', false",
        "'valid_before: 2026-11-23T10:15:00Z', false",
        "'valid_after: 2026-11-23T10:25:00Z', false",
        "'valid_before: 2026-11-23T10:05:00Z', false"
    })
    void aKeyIsValidThenAndNow(String bounds, boolean counts) throws Exception {
        SshSigner signer = SshSigner.of("ssh-ed25519");
        String key = "ssh-ed25519 " + Base64.getEncoder().encodeToString(signer.blob());
        Diagnostics diagnostics = new Diagnostics();
        Roster roster = Roster.read(
                Source.of(
                        "roster.yaml",
                        "apiVersion: roster/v0\npeople: [{person: bob, keys: [{ssh: " + key
                                + (bounds.isEmpty() ? "" : ", " + bounds) + "}]}]\n"),
                diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        String text = new SignedDecision.Said(REQUEST.sha256(), true, "bob", "", "2026-11-23T10:10:00Z").text();
        String signature = signer.sign(text.getBytes(StandardCharsets.UTF_8), SignedDecision.NAMESPACE, "sha512")
                .armored();

        DecisionCheck.Result result = new DecisionCheck(REQUEST, ApprovalTerms.USUAL, roster)
                .check(new SignedDecision(text, signature, null), "whoever", NOW);

        if (counts) {
            assertThat(result).isInstanceOf(DecisionCheck.Result.Counts.class);
        } else {
            assertThat(result)
                    .isEqualTo(new DecisionCheck.Result.Refused(
                            "is signed by a key of bob that is not valid at that time"));
        }
    }
}

package dev.gert.verify;

import dev.gert.approval.SignedDecision;
import dev.gert.approval.SshSignature;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.event.RunEvent.Ballot;
import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import dev.gert.policy.Roster;
import dev.gert.policy.SshKey;
import dev.gert.source.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decisions as they were recorded, held against their files: what they say, and who signed them, by the roster
 * that the request names and the run's folder keeps (docs/journal.md, "Approvals").
 */
final class Ballots {
    static final String REQUEST = "gert/approval-request/v1";

    private final Path run;
    private final Map<String, String> rosters = new HashMap<>();
    private final Map<String, Roster> read = new HashMap<>();
    private int decisions;
    private int signatures;
    private int unvouched;

    Ballots(Path run) {
        this.run = run;
    }

    /** A request that was found to be what was recorded. */
    void asked(String sha256, @Nullable String text) {
        if (text != null
                && JsonReader.read(text) instanceof JsonResult.Ok ok
                && ok.value() instanceof JsonValue.MapValue request
                && request.entries().get("roster_sha256") instanceof JsonValue.Text roster) {
            rosters.put(sha256, roster.value());
        }
    }

    /**
     * Why a decision's file is not the decision of the record, null: it is.
     *
     * @param method as of {@code approval_granted}; empty: the record has none
     * @param text null: it is larger than a decision can be
     */
    @Nullable
    String fault(Ballot ballot, String person, String method, boolean yes, @Nullable String text) throws IOException {
        SignedDecision decision = text == null ? null : SignedDecision.of(text);
        SignedDecision.Said said = decision == null ? null : decision.said();
        if (decision == null || said == null) {
            return "is not a decision to the letter of gert/approval/v1";
        }
        if (!said.request().equals(ballot.request())) {
            return "is about another request";
        }
        if (said.yes() != yes) {
            return "says the opposite of what was recorded";
        }
        if (!said.person().equals(person)) {
            return "names another person than was recorded";
        }
        if (decision.signature() == null) {
            decisions++;
            return ballot.key() == null && !method.equals("ssh") ? null : "is not signed";
        }
        String reason = signature(decision, decision.signature(), said, ballot);
        decisions += reason == null ? 1 : 0;
        return reason;
    }

    private @Nullable String signature(SignedDecision decision, String armored, SignedDecision.Said said, Ballot ballot)
            throws IOException {
        SshSignature.Verdict verdict = SshSignature.verify(
                armored.getBytes(StandardCharsets.UTF_8),
                decision.text().getBytes(StandardCharsets.UTF_8),
                SignedDecision.NAMESPACE);
        if (!(verdict instanceof SshSignature.Verdict.Signed by)) {
            return "has a signature that does not hold: " + ((SshSignature.Verdict.Refused) verdict).reason();
        }
        if (!by.key().fingerprint().equals(ballot.key())) {
            return "is signed by another key than was recorded";
        }
        signatures++;
        String sha256 = rosters.get(ballot.request());
        if (sha256 == null) {
            return "is signed, and its request names no roster";
        }
        Roster roster = roster(sha256);
        if (roster == null) {
            unvouched++;
            return null;
        }
        return owner(roster, by.key(), said);
    }

    private static @Nullable String owner(Roster roster, SshKey key, SignedDecision.Said said) {
        Roster.Person owner = roster.personOfKey(key.base64());
        Roster.Key held = owner == null ? null : owner.key(key.base64());
        if (owner == null || held == null || !owner.name().equals(said.person())) {
            return "is signed by a key that is not " + said.person() + "'s in the run's roster";
        }
        try {
            Instant signed = Instant.parse(said.signedAt());
            long micros =
                    Math.addExact(Math.multiplyExact(signed.getEpochSecond(), 1_000_000L), signed.getNano() / 1000);
            return held.validAt(micros) ? null : "is signed by a key that was not valid at that time";
        } catch (DateTimeException | ArithmeticException e) {
            return "has a `signed_at` that is no time";
        }
    }

    private @Nullable Roster roster(String sha256) throws IOException {
        Roster known = read.get(sha256);
        if (known != null) {
            return known;
        }
        RunFile file = RunFile.text(run, PinnedFolder.NAME + "/" + sha256 + ".yaml", PinnedFolder.NAME, "");
        String text = file.digest().equals(sha256) ? file.text() : null;
        Roster roster = text == null ? null : Roster.read(Source.of("roster.yaml", text), new Diagnostics());
        if (roster != null) {
            read.put(sha256, roster);
        }
        return roster;
    }

    /** Decisions whose file says what was recorded. */
    int decisions() {
        return decisions;
    }

    /** Signatures that hold. */
    int signatures() {
        return signatures;
    }

    /** Of these, those of which no roster in the folder says whose key it is. */
    int unvouched() {
        return unvouched;
    }
}

package dev.gert.approval;

import dev.gert.policy.ApprovalTerms;
import dev.gert.policy.Roster;
import dev.gert.policy.SshKey;
import dev.gert.policy.Vote;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a decision counts (formats.md, "Approvals", "Accepted only if"): its text to the letter, of this
 * request, in time, by the person that it names. Whether that person may decide is the {@link
 * dev.gert.policy.Tally}'s to say.
 */
final class DecisionCheck {
    /** How far the clock of another machine may be ahead. */
    private static final long AHEAD_SECONDS = 300;

    private final OpenRequest request;
    private final ApprovalTerms terms;
    private final @Nullable Roster roster;

    DecisionCheck(OpenRequest request, ApprovalTerms terms, @Nullable Roster roster) {
        this.request = request;
        this.terms = terms;
        this.roster = roster;
    }

    /** What came of it. */
    sealed interface Result {
        /** It counts. {@code key}: the fingerprint of the key that signed it, or null. */
        record Counts(Vote vote, String reason, @Nullable String key) implements Result {}

        /** It does not; {@code reason} is a sentence about the decision, without a subject. */
        record Refused(String reason) implements Result {}
    }

    /** {@code owner}: the OS user whose file it is. */
    Result check(SignedDecision decision, String owner, Instant now) {
        SignedDecision.Said said = decision.said();
        if (said == null) {
            return new Result.Refused("is not a decision to the letter of gert/approval/v1");
        }
        if (!said.request().equals(request.sha256())) {
            return new Result.Refused("is about another request");
        }
        Instant signed;
        Instant created;
        Instant expires;
        try {
            signed = Instant.parse(said.signedAt());
            created = Instant.parse(request.created());
            expires = Instant.parse(request.expires());
        } catch (DateTimeException e) {
            return new Result.Refused("has a `signed_at` that is no time");
        }
        if (signed.isAfter(now.plusSeconds(AHEAD_SECONDS))) {
            return new Result.Refused("was signed in the future, at " + said.signedAt());
        }
        if (signed.isBefore(created.minusSeconds(AHEAD_SECONDS))) {
            return new Result.Refused("was signed before the request was made");
        }
        if (!signed.isBefore(expires)) {
            return new Result.Refused("was signed after the request expired");
        }
        return decision.signature() == null
                ? local(said, owner)
                : signed(decision.text(), decision.signature(), said, signed, now);
    }

    private Result local(SignedDecision.Said said, String owner) {
        if (!terms.local()) {
            return new Result.Refused("is not signed, and policy's `methods` has no `local`");
        }
        Roster.Person known = roster == null ? null : roster.personOfOsUser(owner);
        String person = known == null ? owner : known.name();
        if (roster != null && known == null) {
            return new Result.Refused("is of the OS user " + owner + ", who is nobody in the roster");
        }
        if (!said.person().equals(person)) {
            return new Result.Refused("names " + said.person() + ", and its file is of " + person);
        }
        return counts(person, said, Vote.Method.LOCAL, null);
    }

    private Result signed(String text, String armored, SignedDecision.Said said, Instant signed, Instant now) {
        if (!terms.ssh()) {
            return new Result.Refused("is signed, and policy's `methods` has no `ssh`");
        }
        if (roster == null) {
            return new Result.Refused("is signed, and policy names no roster that says whose key it is");
        }
        SshSignature.Verdict verdict = SshSignature.verify(
                armored.getBytes(StandardCharsets.UTF_8),
                text.getBytes(StandardCharsets.UTF_8),
                SignedDecision.NAMESPACE);
        if (!(verdict instanceof SshSignature.Verdict.Signed by)) {
            return new Result.Refused(
                    "has a signature that does not hold: " + ((SshSignature.Verdict.Refused) verdict).reason());
        }
        SshKey key = by.key();
        Roster.Person person = roster.personOfKey(key.base64());
        Roster.Key held = person == null ? null : person.key(key.base64());
        if (person == null || held == null) {
            return new Result.Refused("is signed by " + key.fingerprint() + ", which is nobody's key in the roster");
        }
        if (!said.person().equals(person.name())) {
            return new Result.Refused("names " + said.person() + ", and the key is " + person.name() + "'s");
        }
        if (!held.validAt(micros(signed)) || !held.validAt(micros(now))) {
            return new Result.Refused("is signed by a key of " + person.name() + " that is not valid at that time");
        }
        return counts(person.name(), said, Vote.Method.SSH, key.fingerprint());
    }

    private Result counts(String person, SignedDecision.Said said, Vote.Method method, @Nullable String key) {
        boolean own = person.equals(request.requester());
        return new Result.Counts(new Vote(person, own, said.yes(), method), said.reason(), key);
    }

    private static long micros(Instant time) {
        return time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
    }
}

package dev.gert.verify;

import dev.gert.approval.SshSignature;
import dev.gert.event.RunEvent.RunSealed;
import dev.gert.journal.JournalRecord;
import dev.gert.policy.SshKey;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The signatures of runs: over the hash of the record before, in hex, and a newline (docs/journal.md, "Seals"). */
final class Seals {
    private @Nullable SshKey key;

    /** Why a seal does not hold; null: it does, or the record is none. */
    @Nullable
    String take(JournalRecord record) {
        key = null;
        if (!(record.envelope().event() instanceof RunSealed seal)) {
            return null;
        }
        SshSignature.Verdict verdict = SshSignature.verify(
                seal.signature().getBytes(StandardCharsets.UTF_8), message(record.prev()), RunSealed.NAMESPACE);
        if (!(verdict instanceof SshSignature.Verdict.Signed by)) {
            return "its signature does not hold: " + ((SshSignature.Verdict.Refused) verdict).reason();
        }
        if (!by.key().fingerprint().equals(seal.key())) {
            return "it is signed by another key than it says";
        }
        key = by.key();
        return null;
    }

    /** What is signed. */
    static byte[] message(String hash) {
        return (hash + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** The key that signed the last record taken; null: it is no seal. */
    @Nullable
    SshKey key() {
        return key;
    }
}

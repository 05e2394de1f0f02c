package dev.gert.cli;

import dev.gert.approval.SshKeygen;
import dev.gert.approval.SshSignature;
import dev.gert.event.RunEvent.RunSealed;
import dev.gert.scenario.TextFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The last record of a run that is over: a signature over all before it (docs/journal.md, "Seals"). */
final class RunSeal {
    private final SigningKey key;
    private final Wiring wiring;
    private final String run;

    RunSeal(SigningKey key, Wiring wiring, String run) {
        this.key = key;
        this.wiring = wiring;
        this.run = run;
    }

    /** Null, said as a warning, where no signature came: the run is over either way. */
    @Nullable
    RunSealed of(String head) {
        String message = head + "\n";
        String reason;
        try {
            SshKeygen.Result result = key.sign(message, RunSealed.NAMESPACE);
            if (result instanceof SshKeygen.Result.Signed signed) {
                SshSignature.Verdict verdict = SshSignature.verify(
                        signed.armored().getBytes(StandardCharsets.UTF_8),
                        message.getBytes(StandardCharsets.UTF_8),
                        RunSealed.NAMESPACE);
                if (verdict instanceof SshSignature.Verdict.Signed by
                        && by.key().fingerprint().equals(key.fingerprint())) {
                    return new RunSealed(key.fingerprint(), signed.armored());
                }
                reason = "ssh-keygen made a signature that is not one of " + key.fingerprint();
            } else {
                reason = ((SshKeygen.Result.Failed) result).reason();
            }
        } catch (IOException e) {
            reason = TextFiles.reason(e);
        }
        wiring.io()
                .warning(
                        "the run is not sealed: " + reason,
                        "`" + wiring.command("resume " + run + " --sign KEY")
                                + "` seals it; the hash of its last record is " + head);
        return null;
    }
}

package dev.gert.approval;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;

/** A key that tests of other packages sign with. */
public final class SigningTestKey {
    private final SshSigner signer;

    private SigningTestKey(SshSigner signer) {
        this.signer = signer;
    }

    public static SigningTestKey fresh() {
        try {
            return new SigningTestKey(SshSigner.of("ssh-ed25519"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As a {@code .pub} file has it, without a comment. */
    public String line() {
        return signer.key().text();
    }

    public String fingerprint() {
        return signer.key().fingerprint();
    }

    public String armored(String message, String namespace) {
        try {
            return signer.sign(message.getBytes(StandardCharsets.UTF_8), namespace, "sha512")
                    .armored();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

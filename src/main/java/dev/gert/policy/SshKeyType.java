package dev.gert.policy;

import org.jspecify.annotations.Nullable;

/** The types of SSH keys that may sign an approval. */
public enum SshKeyType {
    ED25519("ssh-ed25519", Family.ED25519, 256, false),
    ECDSA_256("ecdsa-sha2-nistp256", Family.ECDSA, 256, false),
    ECDSA_384("ecdsa-sha2-nistp384", Family.ECDSA, 384, false),
    ECDSA_521("ecdsa-sha2-nistp521", Family.ECDSA, 521, false),
    RSA("ssh-rsa", Family.RSA, 0, false),
    HARDWARE_ED25519("sk-ssh-ed25519@openssh.com", Family.ED25519, 256, true),
    HARDWARE_ECDSA("sk-ecdsa-sha2-nistp256@openssh.com", Family.ECDSA, 256, true);

    /** How signatures are made. */
    public enum Family {
        ED25519,
        ECDSA,
        RSA
    }

    private final String word;
    private final Family family;
    private final int bits;
    private final boolean hardware;

    SshKeyType(String word, Family family, int bits, boolean hardware) {
        this.word = word;
        this.family = family;
        this.bits = bits;
        this.hardware = hardware;
    }

    /** Null if gert takes no key of that type. */
    static @Nullable SshKeyType of(String word) {
        for (SshKeyType type : values()) {
            if (type.word.equals(word)) {
                return type;
            }
        }
        return null;
    }

    /** As key and signature name it. */
    public String word() {
        return word;
    }

    public Family family() {
        return family;
    }

    /** Of the curve; 0 for RSA, whose keys differ. */
    public int bits() {
        return bits;
    }

    /** Whether the private key is in a security key that asks for a touch. */
    public boolean hardware() {
        return hardware;
    }

    /** The curve's name of RFC 5656. */
    String curve() {
        return "nistp" + bits;
    }
}

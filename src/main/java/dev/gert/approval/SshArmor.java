package dev.gert.approval;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The text around a signature (OpenSSH's PROTOCOL.sshsig, "Armored format"): one block and nothing else. White
 * space may follow it, which editors and mail add; before it OpenSSH takes none.
 */
final class SshArmor {
    private static final String BEGIN = "-----BEGIN SSH SIGNATURE-----";
    private static final String END = "-----END SSH SIGNATURE-----";

    private final byte @Nullable [] blob;
    private final String fault;

    private SshArmor(byte @Nullable [] blob, String fault) {
        this.blob = blob;
        this.fault = fault;
    }

    static SshArmor read(byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        int to = text.length();
        while (to > 0 && isSpace(text.charAt(to - 1))) {
            to--;
        }
        if (to == 0) {
            return new SshArmor(null, "there is no signature in it");
        }
        if (!text.startsWith(BEGIN)) {
            return new SshArmor(null, "it does not begin with `" + BEGIN + "`");
        }
        if (to < BEGIN.length() + END.length() || !text.startsWith(END, to - END.length())) {
            return new SshArmor(null, "it does not end with `" + END + "`");
        }
        String inside = text.substring(BEGIN.length(), to - END.length());
        if (inside.indexOf('\r') >= 0) {
            return new SshArmor(null, "its lines end with a carriage return, which OpenSSH takes for damage");
        }
        boolean lines = inside.startsWith("\n") && inside.endsWith("\n");
        byte[] blob = lines ? decoded(inside.replace("\n", "")) : null;
        return new SshArmor(blob, blob == null ? "what stands in it is not base64, or was cut" : "");
    }

    /** Null unless the text is the one way to write its bytes. */
    private static byte @Nullable [] decoded(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return Base64.getEncoder().encodeToString(bytes).equals(text) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    /** Null if the text is not a signature's. */
    byte @Nullable [] blob() {
        return blob;
    }

    /** Why there is no blob, else empty. */
    String fault() {
        return fault;
    }
}

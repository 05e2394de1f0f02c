package dev.gert.policy;

import dev.gert.diagnostic.Suggestions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The words of a public key's line, and what a line is that is none. */
final class SshKeyLine {
    private SshKeyLine() {}

    /** The type and the base64; what is missing is empty. */
    static String[] words(String line) {
        int space = line.indexOf(' ');
        if (space < 0) {
            return new String[] {line, ""};
        }
        int start = space;
        while (start < line.length() && line.charAt(start) == ' ') {
            start++;
        }
        int end = line.indexOf(' ', start);
        return new String[] {line.substring(0, space), line.substring(start, end < 0 ? line.length() : end)};
    }

    /** Null unless the text is the one way to write its bytes. */
    static byte @Nullable [] base64(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            return Base64.getEncoder().encodeToString(bytes).equals(text) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Why a line does not begin with the type of a key that may sign. */
    static String notAType(String line, String[] words) {
        String rest = line;
        for (int space = rest.indexOf(' '); space >= 0; space = rest.indexOf(' ')) {
            rest = rest.substring(space + 1);
            if (SshKeyType.of(words(rest)[0]) != null) {
                return "something stands before its type `" + words(rest)[0] + "`";
            }
        }
        return notAType(words[0]);
    }

    static String notAType(String word) {
        if (word.isEmpty()) {
            return "it does not begin with a type, as `ssh-ed25519`";
        }
        if (word.contains("-cert-v0")) {
            return "it is a certificate, not a key";
        }
        if (word.equals("ssh-dss")) {
            return "DSA keys are too weak";
        }
        List<String> known = new ArrayList<>();
        for (SshKeyType type : SshKeyType.values()) {
            known.add(type.word());
        }
        String meant = Suggestions.nearest(word, known);
        return "`" + CodePoints.escaped(word) + "` is not the type of a key that may sign"
                + (meant == null ? "" : ", `" + meant + "` is");
    }
}

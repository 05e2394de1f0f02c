package dev.gert.runtime;

import dev.gert.engine.port.Ids;
import dev.gert.event.Traceparent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** Ids from SHA-256 over what they name. */
public final class DerivedIds implements Ids {
    @Override
    public String span(String run, String step, int attempt) {
        return hex("gert/span/v1\n" + run + "\n" + step + "\n" + attempt, 8);
    }

    @Override
    public String token(String run, String step) {
        return hex("gert/token/v1\n" + run + "\n" + step, 16);
    }

    /**
     * What the command of an attempt is given as {@code TRACEPARENT}.
     *
     * @param root the first run of its folder
     * @param given what gert was given when that run began: its trace is the run's; null: the run has one of its own
     */
    public String traceparent(String root, @Nullable String given, String run, String step, int attempt) {
        return Traceparent.ofRun(root, given).at(span(run, step, attempt)).toString();
    }

    private static String hex(String of, int bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(of.getBytes(StandardCharsets.UTF_8));
            StringBuilder hex = new StringBuilder(bytes * 2);
            for (int i = 0; i < bytes; i++) {
                hex.append(Character.forDigit((digest[i] >> 4) & 15, 16))
                        .append(Character.forDigit(digest[i] & 15, 16));
            }
            return hex.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

package dev.gert.runtime;

import dev.gert.engine.port.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

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

    /** What the command of an attempt is given as {@code TRACEPARENT}; {@code root}: the first run of its folder. */
    public String traceparent(String root, String run, String step, int attempt) {
        return "00-" + trace(root) + "-" + span(run, step, attempt) + "-01";
    }

    /** The trace of a run and of everything chained to it: 32 hex digits from the root run's id. */
    public static String trace(String rootRun) {
        return hex("gert/trace/v1\n" + rootRun, 16);
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

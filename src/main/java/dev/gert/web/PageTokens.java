package dev.gert.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What proves that a request comes from the page that the operator opened: a link that works once, and a session. */
final class PageTokens {
    private static final int BYTES = 24;

    private final SecureRandom random = new SecureRandom();
    private final String once = fresh();
    private @Nullable String session;

    /** What the link ends with. */
    String once() {
        return once;
    }

    /** The session, for the first who brings the link's token; null for anybody else. */
    synchronized @Nullable String exchange(String token) {
        if (session != null || !same(token, once)) {
            return null;
        }
        session = fresh();
        return session;
    }

    /** {@code header}: of {@code Authorization}. */
    synchronized boolean isSession(@Nullable String header) {
        return session != null && header != null && same(header, "Bearer " + session);
    }

    private String fresh() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}

package dev.gert.journal;

import dev.gert.event.Envelope;
import dev.gert.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One line of the journal as bytes (formats.md, section 5): what comes before the last 75 bytes is
 * hashed as it is written, the 75 are {@code ,"hash":"<64 hex>"}}, and a newline ends it.
 */
final class JournalLine {
    /** {@code prev} of the first record. */
    static final String NO_PREVIOUS = "0".repeat(64);

    static final int TAIL = 75;
    private static final byte[] TAIL_START = ",\"hash\":\"".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;
    private final String hash;

    private JournalLine(byte[] bytes, String hash) {
        this.bytes = bytes;
        this.hash = hash;
    }

    byte[] bytes() {
        return bytes;
    }

    String hash() {
        return hash;
    }

    static JournalLine compose(Envelope envelope, String prev) {
        StringBuilder out = new StringBuilder(512);
        JsonWriter json = JsonWriter.compact(out).object();
        json.name("seq").value(envelope.seq());
        json.name("time").value(envelope.time());
        json.name("run").value(envelope.run());
        json.name("span").value(envelope.span());
        json.name("type").value(EventCodec.wireType(envelope.event()));
        EventCodec.write(envelope.event(), json.name("data"));
        json.name("prev").value(prev);
        byte[] hashed = out.toString().getBytes(StandardCharsets.UTF_8);
        String hash = sha256(hashed, 0, hashed.length);
        byte[] tail = (",\"hash\":\"" + hash + "\"}\n").getBytes(StandardCharsets.US_ASCII);
        byte[] line = new byte[hashed.length + tail.length];
        System.arraycopy(hashed, 0, line, 0, hashed.length);
        System.arraycopy(tail, 0, line, hashed.length, tail.length);
        return new JournalLine(line, hash);
    }

    /** The hash that a line (without its newline) ends with, or null when it does not end with one. */
    static @Nullable String writtenHash(byte[] bytes, int from, int to) {
        int tail = to - TAIL;
        if (tail < from || bytes[to - 2] != '"' || bytes[to - 1] != '}') {
            return null;
        }
        for (int i = 0; i < TAIL_START.length; i++) {
            if (bytes[tail + i] != TAIL_START[i]) {
                return null;
            }
        }
        int start = tail + TAIL_START.length;
        for (int i = start; i < to - 2; i++) {
            if (!isHex(bytes[i])) {
                return null;
            }
        }
        return new String(bytes, start, 64, StandardCharsets.US_ASCII);
    }

    /** SHA-256 of a part of the bytes, in lower case hex. */
    static String sha256(byte[] bytes, int from, int to) {
        MessageDigest digest = sha256();
        digest.update(bytes, from, to - from);
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isHex(int c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f';
    }
}

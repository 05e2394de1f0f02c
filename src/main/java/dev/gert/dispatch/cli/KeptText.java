package dev.gert.dispatch.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a stream brought, raw and in memory only, as long as it is not more than can be kept. */
final class KeptText {
    /** In bytes. */
    static final int MAX = 8 << 20;

    private @Nullable ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void add(byte[] from, int length) {
        ByteArrayOutputStream kept = bytes;
        if (kept != null && kept.size() + length > MAX) {
            bytes = null;
        } else if (kept != null) {
            kept.write(from, 0, length);
        }
    }

    /** As text, with U+FFFD for what is not UTF-8; null when it was too much. Asked once. */
    @Nullable
    String text() {
        ByteArrayOutputStream kept = bytes;
        bytes = null;
        return kept == null ? null : kept.toString(StandardCharsets.UTF_8);
    }
}

package dev.gert.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One of the streams that gert talks through: UTF-8 whatever the locale, buffered, for any thread. It
 * never throws; after the first failure it takes everything and writes nothing.
 */
public final class TextOutput {
    private static final int BUFFER = 1 << 16;

    private final OutputStream stream;
    private byte[] buffer = new byte[512];
    private int used;
    private @Nullable IOException failure;

    public TextOutput(OutputStream stream) {
        this.stream = stream;
    }

    /** Takes text as it is: whoever calls has escaped what came from elsewhere. */
    public synchronized void print(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (used + bytes.length > buffer.length) {
            if (used + bytes.length > BUFFER) {
                write(buffer, used);
                used = 0;
            }
            if (bytes.length > BUFFER) {
                write(bytes, bytes.length);
                return;
            }
            buffer = Arrays.copyOf(buffer, Math.max(used + bytes.length, Math.min(BUFFER, buffer.length * 2)));
        }
        System.arraycopy(bytes, 0, buffer, used, bytes.length);
        used += bytes.length;
    }

    /** The same, with a newline. */
    public synchronized void line(String text) {
        print(text);
        print("\n");
    }

    public synchronized void flush() {
        write(buffer, used);
        used = 0;
        if (failure == null) {
            try {
                stream.flush();
            } catch (IOException e) {
                failure = e;
            }
        }
    }

    /** Why the stream takes nothing any more; null while all is well. */
    public synchronized @Nullable IOException failure() {
        return failure;
    }

    private void write(byte[] bytes, int length) {
        if (failure == null && length > 0) {
            try {
                stream.write(bytes, 0, length);
            } catch (IOException e) {
                failure = e;
            }
        }
    }
}

package dev.gert.runtime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A sink that keeps everything. */
public final class Collected implements ByteSink {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean finished;

    @Override
    public void write(byte[] from, int length) {
        if (finished) {
            throw new IllegalStateException("written to after its end");
        }
        bytes.write(from, 0, length);
    }

    @Override
    public void finish() {
        if (finished) {
            throw new IllegalStateException("finished twice");
        }
        finished = true;
    }

    public byte[] bytes() {
        if (!finished) {
            throw new IllegalStateException("not finished");
        }
        return bytes.toByteArray();
    }

    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }
}

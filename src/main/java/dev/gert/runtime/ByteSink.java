package dev.gert.runtime;

import java.io.IOException;

/** Takes what one stream of a child brings, from one thread. */
public interface ByteSink {
    /** The first {@code length} bytes of the array, which is the caller's and will be used again. */
    void write(byte[] bytes, int length) throws IOException;

    /** The stream is over, or no longer listened to; on return what was taken is as durable as it has to be. */
    void finish() throws IOException;
}

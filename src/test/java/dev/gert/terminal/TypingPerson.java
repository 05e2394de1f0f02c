package dev.gert.terminal;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A terminal's input: what was typed before anybody asked can be read at once; each further line is
 * typed when somebody waits for it. At the end it is closed, or nobody types any more.
 */
final class TypingPerson extends InputStream {
    private final byte[] ahead;
    private final Deque<String> lines;
    private final CountDownLatch silence;
    private int next;

    private TypingPerson(String ahead, List<String> lines, int silence) {
        this.ahead = ahead.getBytes(StandardCharsets.UTF_8);
        this.lines = new ArrayDeque<>(lines);
        this.silence = new CountDownLatch(silence);
    }

    static TypingPerson whoCloses(String ahead, String... lines) {
        return new TypingPerson(ahead, List.of(lines), 0);
    }

    static TypingPerson whoFallsSilent(String ahead, String... lines) {
        return new TypingPerson(ahead, List.of(lines), 1);
    }

    @Override
    public int available() {
        return ahead.length - next;
    }

    @Override
    public int read() {
        throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] into, int from, int length) {
        if (next < ahead.length) {
            int count = Math.min(length, ahead.length - next);
            System.arraycopy(ahead, next, into, from, count);
            next += count;
            return count;
        }
        if (!lines.isEmpty()) {
            byte[] line = lines.remove().getBytes(StandardCharsets.UTF_8);
            System.arraycopy(line, 0, into, from, line.length);
            return line.length;
        }
        try {
            silence.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return -1;
    }
}

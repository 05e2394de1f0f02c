package dev.gert.dispatch.tool;

import static dev.gert.dispatch.tool.TestServer.LONG;
import static dev.gert.dispatch.tool.TestServer.SHORT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class ReadySignalTest {
    private static ReadySignal signal(InputStream stderr, String signal) {
        return new ReadySignal(stderr, signal, "test", (bytes, length) -> {});
    }

    @Test
    void aRealServer() throws Exception {
        Process process = TestServer.process(null);
        try {
            ByteArrayOutputStream seen = new ByteArrayOutputStream();
            ReadySignal ready = new ReadySignal(
                    process.getErrorStream(), "server ready", "test", (bytes, length) -> seen.write(bytes, 0, length));
            assertThat(ready.await(LONG)).isEqualTo(ReadySignal.State.READY);
            assertThat(ready.await(0)).isEqualTo(ReadySignal.State.READY);
            assertThat(seen.toString(StandardCharsets.UTF_8)).startsWith("starting\nserver ready");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aServerThatNeverSaysIt() throws Exception {
        Process process = TestServer.process(null);
        try {
            assertThat(signal(process.getErrorStream(), "listening").await(SHORT))
                    .isEqualTo(ReadySignal.State.WAITING);
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'starting\nready\n', ready, READY",
        "'all ready now', ready, READY",
        "'rearready', ready, READY",
        "'aabaabaac', aabaac, READY",
        "'rea\ndy\n', ready, ENDED",
        "'Ready\n', ready, ENDED",
        "'', ready, ENDED",
        "'près', près, READY",
    })
    void lines(String text, String signal, ReadySignal.State state) throws Exception {
        ByteArrayInputStream stderr = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        assertThat(signal(stderr, signal).await(LONG)).isEqualTo(state);
    }

    @Test
    void withoutASignalTheServerIsReadyAndStillReadFrom() throws Exception {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        CountedEnd stderr = new CountedEnd("x".repeat(100_000));
        ReadySignal ready = new ReadySignal(stderr, null, "test", (bytes, length) -> seen.write(bytes, 0, length));
        assertThat(ready.await(0)).isEqualTo(ReadySignal.State.READY);
        stderr.awaitEnd();
        assertThat(seen.size()).isEqualTo(100_000);
    }

    /** As a search in the whole text finds it, wherever the stream is cut. */
    @Test
    void anyCut() throws Exception {
        long seed = Long.getLong("gert.seed", 20260304L);
        Random random = new Random(seed);
        for (String signal : List.of("aab", "abab", "a", "bbba")) {
            for (int i = 0; i < 40; i++) {
                StringBuilder text = new StringBuilder();
                for (int n = random.nextInt(30); n > 0; n--) {
                    text.append("ab\n".charAt(random.nextInt(11) / 5));
                }
                InputStream cut = new ByteArrayInputStream(text.toString().getBytes(StandardCharsets.UTF_8)) {
                    @Override
                    public synchronized int read(byte[] into, int offset, int length) {
                        return super.read(into, offset, Math.min(length, 1 + random.nextInt(3)));
                    }

                    @Override
                    public int read(byte[] into) throws IOException {
                        return read(into, 0, into.length);
                    }
                };
                boolean there = text.indexOf(signal) >= 0;
                assertThat(signal(cut, signal).await(LONG))
                        .as("seed %s: %s in %s", seed, signal, text)
                        .isEqualTo(there ? ReadySignal.State.READY : ReadySignal.State.ENDED);
            }
        }
    }

    private static final class CountedEnd extends ByteArrayInputStream {
        private boolean ended;

        CountedEnd(String text) {
            super(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public int read(byte[] into) throws IOException {
            int n = read(into, 0, into.length);
            if (n < 0) {
                synchronized (this) {
                    ended = true;
                    notifyAll();
                }
            }
            return n;
        }

        synchronized void awaitEnd() throws InterruptedException {
            while (!ended) {
                wait();
            }
        }
    }
}

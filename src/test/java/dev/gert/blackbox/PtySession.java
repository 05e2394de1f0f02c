package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.pty4j.PtyProcess;
import com.pty4j.PtyProcessBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.concurrent.TimeUnit;

/** gert at a terminal of its own: every byte that it sends there is kept. */
final class PtySession implements AutoCloseable {
    private final PtyProcess process;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final Thread reader;

    PtySession(Workshop shop, String... arguments) throws IOException {
        process = new PtyProcessBuilder(shop.commandLine(arguments).toArray(new String[0]))
                .setEnvironment(new HashMap<>(shop.environment()))
                .setDirectory(shop.folder.toString())
                .setInitialColumns(100)
                .setInitialRows(40)
                .start();
        InputStream in = process.getInputStream();
        reader = new Thread(() -> {
            byte[] buffer = new byte[4096];
            try {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    synchronized (sent) {
                        sent.write(buffer, 0, n);
                    }
                }
            } catch (IOException e) {
                // the terminal is gone
            }
        });
        reader.setDaemon(true);
        reader.start();
    }

    /** What was sent to the terminal so far. */
    String text() {
        synchronized (sent) {
            return sent.toString(StandardCharsets.UTF_8);
        }
    }

    void type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Waits until the terminal has been sent that text. */
    void shows(String text) {
        Workshop.await("`" + text + "` on the terminal", () -> text().contains(text) || !process.isAlive());
        assertThat(text()).contains(text);
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    boolean ended() {
        return !process.isAlive();
    }

    int exit() throws InterruptedException {
        assertThat(process.waitFor(Workshop.GUARD_SECONDS, TimeUnit.SECONDS))
                .as(text())
                .isTrue();
        reader.join(TimeUnit.SECONDS.toMillis(Workshop.GUARD_SECONDS));
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

package dev.gert.dispatch.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link ServerMain} in a JVM of its own, with a client on its streams. */
final class TestServer implements AutoCloseable {
    /** A guard against hanging, for calls that are answered. */
    static final long LONG = 60_000;

    /** For calls that are never answered. */
    static final long SHORT = 150;

    final Process process;
    final JsonRpcClient client;

    private TestServer(Process process) {
        this.process = process;
        this.client = new JsonRpcClient(process.getInputStream(), process.getOutputStream(), "test");
    }

    static Process process(@Nullable Path log) throws IOException {
        List<String> words = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp"));
        words.addAll(List.of(System.getProperty("java.class.path"), ServerMain.class.getName()));
        if (log != null) {
            words.add(log.toString());
        }
        return new ProcessBuilder(words).start();
    }

    static TestServer start() throws IOException {
        return start(null);
    }

    static TestServer start(@Nullable Path log) throws IOException {
        Process process = process(log);
        return new TestServer(process);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
        client.close();
    }
}

package dev.gert.blackbox;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A moto server on 127.0.0.1: AWS to try on. A test of it is skipped where moto is not installed. */
final class Moto implements AutoCloseable {
    /** Without it, what is asked is asked by nobody, who may read nothing. */
    private static final String SOMEBODY = "AWS4-HMAC-SHA256 Credential=AKIATESTTESTTESTTEST/20260101/us-east-1/s3/"
            + "aws4_request, SignedHeaders=host, Signature=0";

    private final Process process;
    private final HttpClient client = HttpClient.newHttpClient();
    final String url;

    Moto(Path folder) throws Exception {
        List<String> program = program();
        assumeTrue(program != null, "moto is not installed: AWS is not tried");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        url = "http://127.0.0.1:" + port;
        List<String> line = new ArrayList<>(program);
        line.addAll(List.of("-H", "127.0.0.1", "-p", Integer.toString(port)));
        process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("moto.log").toFile())
                .start();
        Workshop.await("moto", this::isUp);
    }

    /** What {@code tools/moto.sh} made, else what the machine has. */
    private static List<String> program() throws Exception {
        String cache = System.getenv("XDG_CACHE_HOME");
        Path own = (cache == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache))
                .resolve("gert/moto/moto-server");
        for (List<String> line : List.of(
                List.of(own.toString()),
                List.of("/usr/bin/python3", "-m", "moto.server"),
                List.of("python3", "-m", "moto.server"))) {
            List<String> asked = new ArrayList<>(line);
            asked.add("--help");
            try {
                Process help = new ProcessBuilder(asked)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (help.waitFor(60, TimeUnit.SECONDS) && help.exitValue() == 0) {
                    return line;
                }
            } catch (IOException e) {
                // there is no such program
            }
        }
        return null;
    }

    private boolean isUp() {
        try {
            return process.isAlive() && send("GET", "/moto-api/").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** {@code headers}: names and values in turn. */
    HttpResponse<byte[]> send(String method, String path, String... headers) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("authorization", SOMEBODY);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

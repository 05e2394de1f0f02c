package dev.gert.telemetry;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Headers;
import okhttp3.Protocol;
import okio.Buffer;

/** An OTLP receiver on loopback that reads the protocol's messages itself. */
final class Collector implements AutoCloseable {
    final List<ExportTraceServiceRequest> traces = new CopyOnWriteArrayList<>();
    final List<ExportMetricsServiceRequest> metrics = new CopyOnWriteArrayList<>();
    final List<String> keys = new CopyOnWriteArrayList<>();
    final List<String> packings = new CopyOnWriteArrayList<>();
    private final AutoCloseable server;
    private final int port;

    private Collector(boolean grpc) throws IOException {
        if (grpc) {
            MockWebServer http2 = new MockWebServer();
            http2.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
            http2.setDispatcher(new Dispatcher() {
                @Override
                public MockResponse dispatch(RecordedRequest request) {
                    return answered(request);
                }
            });
            http2.start(InetAddress.getLoopbackAddress(), 0);
            server = http2;
            port = http2.getPort();
        } else {
            HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            http.setExecutor(Executors.newCachedThreadPool());
            http.createContext("/", exchange -> {
                byte[] body = exchange.getRequestBody().readAllBytes();
                String packing = exchange.getRequestHeaders().getFirst("content-encoding");
                packings.add(String.valueOf(packing));
                if ("gzip".equals(packing)) {
                    body = unpacked(body);
                }
                take(
                        exchange.getRequestURI().getPath(),
                        body,
                        exchange.getRequestHeaders().getFirst("api-key"));
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            http.start();
            server = () -> http.stop(0);
            port = http.getAddress().getPort();
        }
    }

    static Collector http() throws IOException {
        return new Collector(false);
    }

    static Collector grpc() throws IOException {
        return new Collector(true);
    }

    /** gRPC's frame: a byte, a length of four, the message. */
    private MockResponse answered(RecordedRequest request) {
        byte[] frame =
                request.getBody() == null ? new byte[5] : request.getBody().toByteArray();
        byte[] message = new byte[frame.length - 5];
        System.arraycopy(frame, 5, message, 0, message.length);
        String packing = request.getHeaders().get("grpc-encoding");
        packings.add(String.valueOf(packing));
        boolean packed = "gzip".equals(packing);
        String service = request.getUrl().encodedPath().contains("Trace") ? "/v1/traces" : "/v1/metrics";
        try {
            take(
                    service,
                    packed && frame[0] == 1 ? unpacked(message) : message,
                    request.getHeaders().get("api-key"));
        } catch (IOException e) {
            return new MockResponse.Builder().code(500).build();
        }
        return new MockResponse.Builder()
                .addHeader("content-type", "application/grpc")
                .body(new Buffer().write(new byte[5]))
                .trailers(Headers.of("grpc-status", "0"))
                .build();
    }

    private static byte[] unpacked(byte[] bytes) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }

    private void take(String path, byte[] body, String key) throws IOException {
        keys.add(String.valueOf(key));
        if (path.equals("/v1/traces")) {
            traces.add(ExportTraceServiceRequest.parseFrom(body));
        } else if (path.equals("/v1/metrics")) {
            metrics.add(ExportMetricsServiceRequest.parseFrom(body));
        } else {
            throw new IOException("nothing is sent to " + path);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() throws IOException {
        try {
            server.close();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}

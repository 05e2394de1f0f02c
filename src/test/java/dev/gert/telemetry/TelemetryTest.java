package dev.gert.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import dev.gert.cli.InProcess;
import dev.gert.event.Envelope;
import dev.gert.journal.JournalReader;
import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Headers;
import okhttp3.Protocol;
import okio.Buffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an OTLP collector gets of a run, and what one that does not do its part changes: nothing but a warning. */
class TelemetryTest {
    @TempDir
    Path folder;

    private final Map<String, String> env = new HashMap<>(Map.of("LANG", "C.UTF-8", "PATH", "/usr/bin:/bin"));

    @BeforeEach
    void project() throws IOException {
        folder = folder.toRealPath();
        Files.writeString(folder.resolve("gert.yaml"), "name: shop\n");
        Files.writeString(folder.resolve("governance.yaml"), "apiVersion: governance/v0\ndefault: allow\n");
        Files.writeString(folder.resolve("x.runbook.yaml"), """
                apiVersion: runbook/v0
                imports: {child: child.runbook.yaml}
                meta: {name: x, metrics: [used], vars: {said: "a \\"quoted\\" ü\\nline"}}
                tree:
                  - step:
                      id: look
                      type: cli
                      with: {argv: [echo, "91"]}
                      capture: {used: stdout}
                    branches:
                      - {condition: used > 95, label: Very full, steps: [{step: {id: no, type: cli, with: {argv: [echo]}}}]}
                      - condition: used > 90
                        label: Full
                        steps:
                          - {step: {id: again, type: cli, effect: idempotent, retry: {attempts: 2, delay: 1ms}, with: {argv: [bin/once]}}}
                          - {step: {id: below, type: invoke, invoke: {runbook: child}}}
                          - {step: {id: bad, type: cli, with: {argv: [ls, "{{ .said }}"]}}}
                """);
        Files.writeString(folder.resolve("child.runbook.yaml"), """
                apiVersion: runbook/v0
                meta: {name: child}
                steps: [{id: one, type: cli, with: {argv: [echo, one]}}]
                """);
        Path once = Files.createDirectory(folder.resolve("bin")).resolve("once");
        Files.writeString(once, "#!/bin/sh\ntest -e been || { touch been; exit 1; }\n");
        Files.setPosixFilePermissions(once, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @ParameterizedTest
    @CsvSource({"false, none", "false, gzip", "false, file", "true, none", "true, gzip"})
    void whatTheSdkSendsIsWhatTraceJsonHolds(boolean grpc, String how) throws IOException {
        boolean file = how.equals("file");
        try (Collector collector = grpc ? Collector.grpc() : Collector.http()) {
            if (!file) {
                env.put("OTEL_EXPORTER_OTLP_COMPRESSION", how);
                env.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url());
                env.put("OTEL_EXPORTER_OTLP_PROTOCOL", grpc ? "grpc" : "http/protobuf");
                env.put("OTEL_EXPORTER_OTLP_HEADERS", "api-key=s3cr%20et");
            } else {
                Files.writeString(
                        folder.resolve("gert.yaml"),
                        "name: shop\notel: {exporter: otlp, endpoint: '" + collector.url() + "'}\n");
            }
            InProcess.Said said = gert("run", "x.runbook.yaml", "--non-interactive");
            assertThat(said.exitCode()).as(said.err()).isEqualTo(1);
            assertThat(said.out() + said.err()).doesNotContain("s3cr", "warning");
            assertThat(new TreeMap<>(spans(collector.traces))).isEqualTo(new TreeMap<>(spans(traceJson())));
            assertThat(collector.keys).contains(file ? "null" : "s3cr et");
            assertThat(collector.packings).isNotEmpty().containsOnly(how.equals("gzip") ? "gzip" : "null");
            metrics(collector);

            collector.traces.clear();
            InProcess.Said pushed = gert("trace", "push", "latest");
            assertThat(pushed.exitCode()).as(pushed.err()).isZero();
            assertThat(pushed.out()).isEqualTo("sent to " + collector.url().substring(7) + "\n");
            assertThat(spans(collector.traces)).isEqualTo(spans(traceJson()));
        }
    }

    private static void metrics(Collector collector) {
        Map<String, Metric> metrics = new TreeMap<>();
        collector.metrics.forEach(request -> request.getResourceMetricsList()
                .forEach(of -> of.getScopeMetricsList()
                        .forEach(scope -> scope.getMetricsList().forEach(each -> metrics.put(each.getName(), each)))));
        assertThat(metrics.keySet())
                .containsExactly("gert.capture.used", "gert.run.duration", "gert.run.outcomes", "gert.step.duration");
        assertThat(metrics.get("gert.capture.used").getGauge().getDataPoints(0).getAsDouble())
                .isEqualTo(91);
        assertThat(metrics.get("gert.run.outcomes").getSum().getDataPointsList())
                .anyMatch(point ->
                        attributes(point.getAttributesList()).get("runbook").equals("text x") && point.getAsInt() == 1);
        assertThat(metrics.get("gert.step.duration").getHistogram().getDataPointsList())
                .anyMatch(point -> attributes(point.getAttributesList())
                        .equals(Map.of(
                                "runbook",
                                "text x",
                                "step.id",
                                "text look",
                                "step.type",
                                "text cli",
                                "step.status",
                                "text passed")));
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_TRACES_SAMPLER, always_off",
        "OTEL_TRACES_SAMPLER, parentbased_always_off",
        "OTEL_TRACES_EXPORTER, none",
        "OTEL_SDK_DISABLED, true",
        "TRACEPARENT, 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
    })
    void whatIsNotSampledIsInTraceJsonAllTheSame(String name, String value) throws IOException {
        try (Collector collector = Collector.http()) {
            env.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url());
            env.put(name, value);
            assertThat(gert("run", "x.runbook.yaml", "--non-interactive").exitCode())
                    .isEqualTo(1);
            assertThat(collector.traces).isEmpty();
            assertThat(traceJson()).contains("\"name\":\"look\"");
        }
    }

    @Test
    void ratiosAreOfTheTrace() {
        assertThat(settings("OTEL_TRACES_SAMPLER", "traceidratio", "OTEL_TRACES_SAMPLER_ARG", "0.25")
                        .ratio())
                .isEqualTo(0.25);
    }

    /** A collector that takes the connection and says nothing, or what no collector says. */
    @ParameterizedTest
    @ValueSource(strings = {"dead", "silent", "500", "garbage", "long", "redirect", "rejects"})
    void aCollectorThatDoesNotDoItsPartIsAWarning(String how) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work);
            thread.setDaemon(true);
            return thread;
        }));
        List<String> led = new CopyOnWriteArrayList<>();
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            switch (how) {
                case "redirect" -> {
                    String path = exchange.getRequestURI().getPath();
                    boolean elsewhere = path.startsWith("/elsewhere");
                    if (elsewhere) {
                        led.add(String.valueOf(exchange.getRequestHeaders().getFirst("api-key")));
                    }
                    exchange.getResponseHeaders().set("location", "/elsewhere");
                    exchange.sendResponseHeaders(elsewhere ? 200 : path.endsWith("traces") ? 307 : 302, -1);
                }
                case "rejects" -> {
                    // partial_success { rejected_spans: 3, error_message: "no" }
                    byte[] answer = {10, 6, 8, 3, 18, 2, 'n', 'o'};
                    exchange.sendResponseHeaders(200, answer.length);
                    exchange.getResponseBody().write(answer);
                }
                case "garbage", "long" -> {
                    exchange.sendResponseHeaders(how.equals("long") ? 200 : 503, 64 << 20);
                    try (OutputStream out = exchange.getResponseBody()) {
                        byte[] chunk = new byte[1 << 16];
                        for (int i = 0; i < 1 << 10; i++) {
                            out.write(chunk);
                        }
                    }
                }
                default -> exchange.sendResponseHeaders(500, -1);
            }
            exchange.close();
        });
        server.start();
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            int port = how.equals("silent")
                    ? silent.getLocalPort()
                    : server.getAddress().getPort();
            if (how.equals("dead")) {
                server.stop(0);
            }
            env.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + port);
            env.put("OTEL_EXPORTER_OTLP_HEADERS", "api-key=secret");
            InProcess.Said said = gert("run", "x.runbook.yaml", "--non-interactive");
            assertThat(said.exitCode()).isEqualTo(1);
            assertThat(said.err())
                    .containsOnlyOnce("warning: the run's trace could not be sent to 127.0.0.1:" + port)
                    .containsOnlyOnce("warning")
                    .contains("gert trace push ")
                    .doesNotContain("secret", "Exception");
            env.put("OTEL_EXPORTER_OTLP_TIMEOUT", "300");
            InProcess.Said pushed = gert("trace", "push", "latest");
            assertThat(pushed.exitCode()).isEqualTo(1);
            assertThat(pushed.err())
                    .contains("could not be sent to 127.0.0.1:" + port)
                    .doesNotContain("Exception");
        } finally {
            server.stop(0);
        }
        assertThat(led).isEmpty();
        assertThat(traceJson()).contains("\"name\":\"look\"");
    }

    /** Spans that ended while others were being sent go in one message. */
    @Test
    void aSlowCollectorGetsFewMessages() throws Exception {
        gert("run", "x.runbook.yaml", "--non-interactive");
        List<Envelope> records;
        try (Stream<Path> runs = Files.list(folder.resolve("reports/runs"))) {
            Path journal = runs.findFirst().orElseThrow().resolve("journal.jsonl");
            records = ((JournalReader.Result.Whole) JournalReader.read(journal)).records();
        }
        CountDownLatch recorded = new CountDownLatch(1);
        List<Integer> spans = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/traces", exchange -> {
            spans.add(spans(List.of(ExportTraceServiceRequest.parseFrom(exchange.getRequestBody())))
                    .size());
            try {
                recorded.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
            Telemetry telemetry = new Telemetry(settings("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", url), Set.of());
            records.forEach(telemetry::recorded);
            recorded.countDown();
            assertThat(telemetry.finish()).isNull();
        } finally {
            server.stop(0);
        }
        assertThat(spans.stream().mapToInt(each -> each).sum())
                .isEqualTo(spans(traceJson()).size())
                .isGreaterThan(5);
        assertThat(spans).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void aTraceThatSomebodyWantsSentIsNotSampled() throws IOException {
        gert("run", "x.runbook.yaml", "--non-interactive");
        try (Collector collector = Collector.http()) {
            env.put("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url());
            env.put("OTEL_TRACES_SAMPLER", "always_off");
            assertThat(gert("trace", "push", "latest").exitCode()).isZero();
            assertThat(spans(collector.traces)).isEqualTo(spans(traceJson()));
        }
    }

    /** What a gRPC collector may answer instead of a yes: status, headers, trailers. */
    @ParameterizedTest
    @CsvSource({"307, '', ''", "200, '', ''", "200, grpc-status, 7", "200, grpc-status, no", "404, grpc-status, 0"})
    void aGrpcCollectorThatSaysNo(int status, String name, String value) throws IOException {
        gert("run", "x.runbook.yaml", "--non-interactive");
        try (MockWebServer server = new MockWebServer()) {
            server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
            MockResponse.Builder answer = new MockResponse.Builder()
                    .code(status)
                    .addHeader("content-type", "application/grpc")
                    .addHeader("location", "/elsewhere")
                    .body(new Buffer().write(new byte[5]));
            if (!name.isEmpty()) {
                answer.trailers(Headers.of(name, value));
            }
            server.enqueue(answer.build());
            server.enqueue(
                    answer.code(200).trailers(Headers.of("grpc-status", "0")).build());
            server.start(InetAddress.getLoopbackAddress(), 0);
            env.put("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:" + server.getPort());
            env.put("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc");
            assertThat(gert("trace", "push", "latest").exitCode()).isEqualTo(1);
            assertThat(server.getRequestCount()).isEqualTo(1);
        }
    }

    /** A collector of one's own, by its certificate; without it, it is a stranger. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void overTls(boolean grpc) throws Exception {
        gert("run", "x.runbook.yaml", "--non-interactive");
        Path store = folder.resolve("store.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        int made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "a",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool").toFile())
                .start()
                .waitFor();
        assertThat(made).isZero();
        KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, "changeit".toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(own.getKeyManagers(), null, null);
        Path pem = folder.resolve("collector.pem");
        Files.writeString(
                pem,
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(keys.getCertificate("a").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        try (MockWebServer server = new MockWebServer()) {
            server.useHttps(tls.getSocketFactory());
            MockResponse.Builder answer = new MockResponse.Builder();
            if (grpc) {
                answer.body(new Buffer().write(new byte[5])).trailers(Headers.of("grpc-status", "0"));
            }
            server.enqueue(answer.build());
            server.start(InetAddress.getByName("localhost"), 0);
            env.put("OTEL_EXPORTER_OTLP_ENDPOINT", "https://localhost:" + server.getPort());
            env.put("OTEL_EXPORTER_OTLP_PROTOCOL", grpc ? "grpc" : "http/protobuf");
            assertThat(gert("trace", "push", "latest").exitCode()).isEqualTo(1);
            env.put("OTEL_EXPORTER_OTLP_CERTIFICATE", pem.toString());
            InProcess.Said said = gert("trace", "push", "latest");
            assertThat(said.exitCode()).as(said.err()).isZero();
        }
    }

    @Test
    void spansCanBePrinted() {
        env.put("OTEL_TRACES_EXPORTER", "console");
        InProcess.Said said = gert("run", "x.runbook.yaml", "--non-interactive");
        assertThat(said.out())
                .containsPattern(
                        "span [0-9a-f]{32} [0-9a-f]{16} look [0-9.]+ s runbook=x .*capture.used=91.*\\[branch_taken]");
        InProcess.Said json = gert("run", "x.runbook.yaml", "--non-interactive", "--output", "json");
        assertThat(json.err()).contains("span ");
        assertThat(json.out().lines()).allMatch(line -> line.startsWith("{"));
    }

    @Test
    void nowhereToSendItTo() {
        gert("run", "x.runbook.yaml", "--non-interactive");
        InProcess.Said said = gert("trace", "push", "latest");
        assertThat(said.exitCode()).isEqualTo(2);
        assertThat(said.err()).contains("there is no collector to send it to", "OTEL_EXPORTER_OTLP_ENDPOINT");
        assertThat(gert("trace", "pull", "latest").exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OTEL_TRACES_EXPORTER | zipkin | OTEL_TRACES_EXPORTER names `zipkin`: there are otlp, console and none",
                "OTEL_EXPORTER_OTLP_PROTOCOL | http/json | OTEL_EXPORTER_OTLP_PROTOCOL is `http/json`: there are http/protobuf and grpc; nothing is sent",
                "OTEL_EXPORTER_OTLP_ENDPOINT | ftp://x | the endpoint of OTLP traces is no http or https URL; nothing is sent",
                "OTEL_EXPORTER_OTLP_COMPRESSION | zstd | OTEL_EXPORTER_OTLP_COMPRESSION is `zstd`: there are gzip and none",
                "OTEL_EXPORTER_OTLP_TIMEOUT | -1 | OTEL_EXPORTER_OTLP_TIMEOUT is no number of milliseconds over 0",
                "OTEL_EXPORTER_OTLP_HEADERS | secret | OTEL_EXPORTER_OTLP_HEADERS has a part that is no key=value, and is left out",
                "OTEL_TRACES_SAMPLER | some | OTEL_TRACES_SAMPLER is `some`: there are always_on, always_off, traceidratio, parentbased_always_on, parentbased_always_off, parentbased_traceidratio",
                "OTEL_TRACES_SAMPLER_ARG | 2 | OTEL_TRACES_SAMPLER_ARG is no number from 0 to 1",
            })
    void whatIsNotUnderstoodIsSaid(String name, String value, String problem) {
        assertThat(settings("OTEL_EXPORTER_OTLP_ENDPOINT", "http://localhost:1", name, value)
                        .problems())
                .contains(problem);
    }

    @ParameterizedTest
    @CsvSource({
        "OTEL_EXPORTER_OTLP_ENDPOINT=http://a:1, http://a:1/v1/traces",
        "OTEL_EXPORTER_OTLP_ENDPOINT=http://a:1/, http://a:1/v1/traces",
        "OTEL_EXPORTER_OTLP_ENDPOINT=http://a:1/x, http://a:1/x/v1/traces",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://a:1/x, http://a:1/x",
        "OTEL_TRACES_EXPORTER=otlp, http://localhost:4318/v1/traces",
        "OTEL_TRACES_EXPORTER=otlp OTEL_EXPORTER_OTLP_PROTOCOL=grpc, http://localhost:4317",
        "OTEL_EXPORTER_OTLP_ENDPOINT=https://a OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=grpc, https://a",
    })
    void whereSpansGo(String variables, String endpoint) {
        assertThat(settings(variables.split("[ =]")).traces().endpoint()).isEqualTo(endpoint);
    }

    private static TelemetrySettings settings(String... pairs) {
        Map<String, String> env = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            env.put(pairs[i], pairs[i + 1]);
        }
        return TelemetrySettings.of(env::get, dev.gert.model.ProjectFile.Telemetry.silent());
    }

    private InProcess.Said gert(String... words) {
        return InProcess.gert(List.of(words), folder, env);
    }

    private String traceJson() throws IOException {
        try (Stream<Path> runs = Files.list(folder.resolve("reports/runs"))) {
            return Files.readString(runs.findFirst().orElseThrow().resolve("trace.json"));
        }
    }

    /** By span id, all that was sent of it. */
    private static Map<String, String> spans(List<ExportTraceServiceRequest> requests) {
        Map<String, String> spans = new HashMap<>();
        for (ExportTraceServiceRequest request : requests) {
            for (ResourceSpans of : request.getResourceSpansList()) {
                Map<String, String> resource = attributes(of.getResource().getAttributesList());
                of.getScopeSpansList().forEach(scope -> {
                    for (Span span : scope.getSpansList()) {
                        StringBuilder text = new StringBuilder();
                        text.append(resource).append(scope.getScope().getName()).append(' ');
                        text.append(scope.getScope().getVersion()).append('\n');
                        text.append(hex(span.getTraceId()))
                                .append(' ')
                                .append(hex(span.getParentSpanId()))
                                .append(' ');
                        text.append(span.getName())
                                .append(' ')
                                .append(span.getKindValue())
                                .append(' ');
                        text.append(span.getStartTimeUnixNano()).append(' ').append(span.getEndTimeUnixNano());
                        text.append(attributes(span.getAttributesList()));
                        span.getEventsList()
                                .forEach(event -> text.append("\n event ")
                                        .append(event.getTimeUnixNano())
                                        .append(event.getName())
                                        .append(attributes(event.getAttributesList())));
                        span.getLinksList()
                                .forEach(link -> text.append("\n link ")
                                        .append(hex(link.getTraceId()))
                                        .append(hex(link.getSpanId()))
                                        .append(attributes(link.getAttributesList())));
                        text.append("\n status ").append(span.getStatus().getCodeValue());
                        text.append(span.getStatus().getMessage());
                        assertThat(spans.put(hex(span.getSpanId()), text.toString()))
                                .isNull();
                    }
                });
            }
        }
        return spans;
    }

    private static Map<String, String> attributes(List<KeyValue> given) {
        Map<String, String> all = new TreeMap<>();
        for (KeyValue each : given) {
            all.put(
                    each.getKey(),
                    switch (each.getValue().getValueCase()) {
                        case STRING_VALUE -> "text " + each.getValue().getStringValue();
                        case INT_VALUE -> "int " + each.getValue().getIntValue();
                        case BOOL_VALUE -> "flag " + each.getValue().getBoolValue();
                        default -> "other";
                    });
        }
        return all;
    }

    private static String hex(ByteString bytes) {
        StringBuilder hex = new StringBuilder();
        for (byte each : bytes.toByteArray()) {
            hex.append(String.format("%02x", each));
        }
        return hex.toString();
    }

    /** The same of {@code trace.json}. */
    private static Map<String, String> spans(String json) {
        Map<String, String> spans = new HashMap<>();
        JsonValue document = ((JsonResult.Ok) JsonReader.read(json)).value();
        for (JsonValue of : list(document, "resourceSpans")) {
            Map<String, String> resource = attributes(at(of, "resource"));
            for (JsonValue scope : list(of, "scopeSpans")) {
                for (JsonValue span : list(scope, "spans")) {
                    StringBuilder text = new StringBuilder();
                    text.append(resource)
                            .append(text(at(scope, "scope"), "name"))
                            .append(' ');
                    text.append(text(at(scope, "scope"), "version")).append('\n');
                    text.append(text(span, "traceId"))
                            .append(' ')
                            .append(text(span, "parentSpanId"))
                            .append(' ');
                    text.append(text(span, "name"))
                            .append(' ')
                            .append(text(span, "kind"))
                            .append(' ');
                    text.append(text(span, "startTimeUnixNano")).append(' ').append(text(span, "endTimeUnixNano"));
                    text.append(attributes(span));
                    for (JsonValue event : list(span, "events")) {
                        text.append("\n event ")
                                .append(text(event, "timeUnixNano"))
                                .append(text(event, "name"));
                        text.append(attributes(event));
                    }
                    for (JsonValue link : list(span, "links")) {
                        text.append("\n link ").append(text(link, "traceId")).append(text(link, "spanId"));
                        text.append(attributes(link));
                    }
                    String code = text(at(span, "status"), "code");
                    text.append("\n status ").append(code.isEmpty() ? "0" : code);
                    text.append(text(at(span, "status"), "message"));
                    spans.put(text(span, "spanId"), text.toString());
                }
            }
        }
        return spans;
    }

    private static Map<String, String> attributes(JsonValue of) {
        Map<String, String> all = new TreeMap<>();
        for (JsonValue each : list(of, "attributes")) {
            JsonValue value = at(each, "value");
            JsonValue.MapValue map = (JsonValue.MapValue) value;
            String kind = map.entries().keySet().iterator().next();
            String word = kind.equals("stringValue") ? "text " : kind.equals("intValue") ? "int " : "flag ";
            all.put(text(each, "key"), word + text(value, kind));
        }
        return all;
    }

    private static JsonValue at(JsonValue of, String name) {
        JsonValue value = ((JsonValue.MapValue) of).entries().get(name);
        return value == null ? new JsonValue.MapValue(Map.of()) : value;
    }

    private static List<JsonValue> list(JsonValue of, String name) {
        return at(of, name) instanceof JsonValue.ListValue list ? list.items() : List.of();
    }

    private static String text(JsonValue of, String name) {
        JsonValue value = at(of, name);
        if (value instanceof JsonValue.Text text) {
            return text.value();
        }
        return value instanceof JsonValue.MapValue ? "" : dev.gert.json.JsonText.of(value);
    }
}

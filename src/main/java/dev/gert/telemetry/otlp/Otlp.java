package dev.gert.telemetry.otlp;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.event.Traceparent;
import dev.gert.projection.TraceSpan;
import dev.gert.telemetry.SpanSender;
import dev.gert.telemetry.TelemetrySettings;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporterBuilder;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporterBuilder;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The SDK's exporters, set up for one run. Loading this class loads the SDK. */
final class Otlp implements SpanSender {
    /** Said by gert in one warning: what the SDK says of its own is not shown. */
    private static final List<Logger> LOGGERS =
            List.of(Logger.getLogger("io.opentelemetry"), Logger.getLogger("okhttp3"));

    private static final Senders SENDERS = new Senders();

    private final TelemetrySettings settings;
    private final Resource resource;
    private final InstrumentationScopeInfo scope;
    private final boolean sampled;
    private final @Nullable SpanExporter spans;
    private final @Nullable SdkMeterProvider meters;
    private final @Nullable Measurements measurements;
    private CompletableResultCode underWay = CompletableResultCode.ofSuccess();
    private boolean failed;

    /**
     * @param run the first run's id
     * @param started its first record
     * @throws IOException when a certificate can't be read
     */
    Otlp(TelemetrySettings settings, String run, RunEvent.RunStarted started, Set<String> captures) throws IOException {
        LOGGERS.forEach(logger -> logger.setLevel(Level.OFF));
        this.settings = settings;
        AttributesBuilder attributes = Resource.empty().getAttributes().toBuilder();
        for (Map.Entry<String, String> each : settings.resource().entrySet()) {
            attributes.put(each.getKey(), each.getValue());
        }
        attributes.put("service.version", started.gertVersion());
        attributes.put("host.name", started.host());
        attributes.put("process.owner", started.osUser());
        this.resource = Resource.create(attributes.build());
        this.scope = InstrumentationScopeInfo.builder("gert")
                .setVersion(started.gertVersion())
                .build();
        this.sampled = isSampled(settings, run, started);
        TelemetrySettings.Target traces = settings.traces();
        this.spans = traces == null ? null : spanExporter(traces);
        TelemetrySettings.Target metrics = settings.metrics();
        this.meters = metrics == null ? null : meters(metricExporter(metrics));
        this.measurements = meters == null ? null : new Measurements(meters.get("gert"), captures);
    }

    private SdkMeterProvider meters(MetricExporter exporter) {
        // once, when the session ends
        PeriodicMetricReader reader = PeriodicMetricReader.builder(exporter)
                .setInterval(Duration.ofDays(365))
                .build();
        return SdkMeterProvider.builder()
                .setResource(resource)
                .registerMetricReader(reader)
                .build();
    }

    @Override
    public void measure(Envelope record, boolean live) {
        if (measurements != null) {
            measurements.add(record, live);
        }
    }

    private static boolean isSampled(TelemetrySettings settings, String run, RunEvent.RunStarted started) {
        Traceparent given = Traceparent.parse(started.traceparent());
        String word = settings.sampler();
        if (word.startsWith("parentbased_")) {
            if (given != null) {
                return (Character.digit(given.flags().charAt(1), 16) & 1) == 1;
            }
            word = word.substring("parentbased_".length());
        }
        Sampler sampler = switch (word) {
            case "always_off" -> Sampler.alwaysOff();
            case "traceidratio" -> Sampler.traceIdRatioBased(settings.ratio());
            default -> Sampler.alwaysOn();
        };
        return sampler.shouldSample(
                                Context.root(),
                                Traceparent.ofRun(run, started.traceparent()).traceId(),
                                started.runbookName(),
                                io.opentelemetry.api.trace.SpanKind.INTERNAL,
                                io.opentelemetry.api.common.Attributes.empty(),
                                List.of())
                        .getDecision()
                == SamplingDecision.RECORD_AND_SAMPLE;
    }

    @Override
    public void send(List<TraceSpan> ended) {
        SpanExporter exporter = spans;
        if (exporter == null || !sampled) {
            return;
        }
        boolean taken = true;
        for (int from = 0; taken && from < ended.size(); from += MOST_AT_ONCE) {
            List<SpanData> batch = new ArrayList<>();
            for (TraceSpan span : ended.subList(from, Math.min(ended.size(), from + MOST_AT_ONCE))) {
                batch.add(new SentSpan(span, resource, scope));
            }
            underWay.join(settings.traces() == null ? 0 : settings.traces().timeoutMillis(), TimeUnit.MILLISECONDS);
            taken = from == 0 || underWay.isSuccess();
            failed |= !underWay.isSuccess();
            if (taken) {
                underWay = exporter.export(batch);
            }
        }
    }

    @Override
    public boolean finish(long millis) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        CompletableResultCode measured = meters == null ? CompletableResultCode.ofSuccess() : meters.forceFlush();
        underWay.join(millis, TimeUnit.MILLISECONDS);
        measured.join(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        return !failed && underWay.isSuccess() && measured.isSuccess();
    }

    private static SpanExporter spanExporter(TelemetrySettings.Target to) throws IOException {
        if (to.grpc()) {
            OtlpGrpcSpanExporterBuilder builder = OtlpGrpcSpanExporter.builder()
                    .setEndpoint(to.endpoint())
                    .setTimeout(to.timeoutMillis(), TimeUnit.MILLISECONDS)
                    .setCompression(to.gzip() ? "gzip" : "none")
                    .setRetryPolicy(null)
                    .setComponentLoader(SENDERS)
                    .setHeaders(to::headers);
            if (to.certificate() != null) {
                builder.setTrustedCertificates(pem(to.certificate()));
            }
            if (to.clientKey() != null && to.clientCertificate() != null) {
                builder.setClientTls(pem(to.clientKey()), pem(to.clientCertificate()));
            }
            return builder.build();
        }
        OtlpHttpSpanExporterBuilder builder = OtlpHttpSpanExporter.builder()
                .setEndpoint(to.endpoint())
                .setTimeout(to.timeoutMillis(), TimeUnit.MILLISECONDS)
                .setCompression(to.gzip() ? "gzip" : "none")
                .setRetryPolicy(null)
                .setComponentLoader(SENDERS)
                .setHeaders(to::headers);
        if (to.certificate() != null) {
            builder.setTrustedCertificates(pem(to.certificate()));
        }
        if (to.clientKey() != null && to.clientCertificate() != null) {
            builder.setClientTls(pem(to.clientKey()), pem(to.clientCertificate()));
        }
        return builder.build();
    }

    private static MetricExporter metricExporter(TelemetrySettings.Target to) throws IOException {
        if (to.grpc()) {
            OtlpGrpcMetricExporterBuilder builder = OtlpGrpcMetricExporter.builder()
                    .setEndpoint(to.endpoint())
                    .setTimeout(to.timeoutMillis(), TimeUnit.MILLISECONDS)
                    .setCompression(to.gzip() ? "gzip" : "none")
                    .setRetryPolicy(null)
                    .setComponentLoader(SENDERS)
                    .setHeaders(to::headers);
            if (to.certificate() != null) {
                builder.setTrustedCertificates(pem(to.certificate()));
            }
            if (to.clientKey() != null && to.clientCertificate() != null) {
                builder.setClientTls(pem(to.clientKey()), pem(to.clientCertificate()));
            }
            return builder.build();
        }
        OtlpHttpMetricExporterBuilder builder = OtlpHttpMetricExporter.builder()
                .setEndpoint(to.endpoint())
                .setTimeout(to.timeoutMillis(), TimeUnit.MILLISECONDS)
                .setCompression(to.gzip() ? "gzip" : "none")
                .setRetryPolicy(null)
                .setComponentLoader(SENDERS)
                .setHeaders(to::headers);
        if (to.certificate() != null) {
            builder.setTrustedCertificates(pem(to.certificate()));
        }
        if (to.clientKey() != null && to.clientCertificate() != null) {
            builder.setClientTls(pem(to.clientKey()), pem(to.clientCertificate()));
        }
        return builder.build();
    }

    private static byte[] pem(String file) throws IOException {
        return Files.readAllBytes(Path.of(file));
    }
}

package dev.gert.telemetry;

import dev.gert.model.ProjectFile;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where spans and metrics go: the {@code OTEL_*} variables, and {@code otel} of the project file where they are silent
 * (formats.md, section 6). It knows no class of the SDK.
 *
 * @param traces null: no spans are sent
 * @param metrics null: no metrics are sent
 * @param printed whether each span is also a line for people
 * @param sampler as {@code OTEL_TRACES_SAMPLER} has it
 * @param ratio its argument
 * @param resource attributes of what sends: {@code service.name} and others
 * @param problems what was not understood, each a sentence; it is as if it were not there
 */
public record TelemetrySettings(
        @Nullable Target traces,
        @Nullable Target metrics,
        boolean printed,
        String sampler,
        double ratio,
        Map<String, String> resource,
        List<String> problems) {
    private static final List<String> SAMPLERS = List.of(
            "always_on",
            "always_off",
            "traceidratio",
            "parentbased_always_on",
            "parentbased_always_off",
            "parentbased_traceidratio");
    private static final String PREFIX = "OTEL_EXPORTER_OTLP_";

    public TelemetrySettings {
        resource = Map.copyOf(resource);
        problems = List.copyOf(problems);
    }

    /**
     * An OTLP receiver.
     *
     * @param endpoint with the path of the signal, where the protocol has one
     * @param headers secrets: they are never shown
     * @param timeoutMillis of one request
     * @param certificate a PEM file of who is trusted, null: the JVM's own
     */
    public record Target(
            String endpoint,
            boolean grpc,
            Map<String, String> headers,
            boolean gzip,
            long timeoutMillis,
            @Nullable String certificate,
            @Nullable String clientKey,
            @Nullable String clientCertificate) {
        public Target {
            headers = Map.copyOf(headers);
        }

        /** Host and port: what a person may be told. */
        public String host() {
            URI uri = URI.create(endpoint);
            return uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        }
    }

    /** Whether something is to be sent. */
    public boolean sends() {
        return traces != null || metrics != null;
    }

    /** For a trace that a person wants sent: that one, whatever the sampler would say. */
    TelemetrySettings unsampled() {
        return new TelemetrySettings(traces, null, printed, "always_on", 1, resource, problems);
    }

    /** {@code env}: null or empty where a variable is not set. */
    public static TelemetrySettings of(UnaryOperator<@Nullable String> env, ProjectFile.Telemetry file) {
        return new Reader(env, file).read();
    }

    private static final class Reader {
        private final UnaryOperator<@Nullable String> env;
        private final ProjectFile.Telemetry file;
        private final List<String> problems = new ArrayList<>();

        Reader(UnaryOperator<@Nullable String> env, ProjectFile.Telemetry file) {
            this.env = env;
            this.file = file;
        }

        TelemetrySettings read() {
            boolean off = "true".equalsIgnoreCase(variable("OTEL_SDK_DISABLED"));
            String wanted = file.exporter();
            boolean named = variable(PREFIX + "ENDPOINT") != null || file.endpoint() != null && wanted == null;
            List<String> traces = exporters(
                    "OTEL_TRACES_EXPORTER",
                    wanted == null ? named || variable(PREFIX + "TRACES_ENDPOINT") != null ? "otlp" : "none" : wanted);
            boolean otlp = traces.contains("otlp");
            List<String> metrics = exporters(
                    "OTEL_METRICS_EXPORTER",
                    "otlp".equals(wanted) || named || variable(PREFIX + "METRICS_ENDPOINT") != null ? "otlp" : "none");
            Target spans = !off && otlp ? target("TRACES", "traces") : null;
            Target numbers = !off && metrics.contains("otlp") ? target("METRICS", "metrics") : null;
            boolean printed = !off && (traces.contains("console") || traces.contains("stdout"));
            return new TelemetrySettings(spans, numbers, printed, sampler(), ratio(), resource(), problems);
        }

        private @Nullable String variable(String name) {
            String value = env.apply(name);
            return value == null || value.isBlank() ? null : value.strip();
        }

        /** The signal's own variable, or that of all signals. */
        private @Nullable String variable(String signal, String name) {
            String own = variable(PREFIX + signal + "_" + name);
            return own == null ? variable(PREFIX + name) : own;
        }

        private List<String> exporters(String name, String otherwise) {
            String given = variable(name);
            List<String> words = new ArrayList<>();
            for (String word : (given == null ? otherwise : given).split(",", -1)) {
                String exporter = word.strip().toLowerCase(Locale.ROOT);
                switch (exporter) {
                    case "otlp", "console", "stdout" -> words.add(exporter);
                    case "none", "file" -> {
                        // trace.json is written in any case
                    }
                    default -> problems.add(name + " names `" + exporter + "`: there are otlp, console and none");
                }
            }
            return words;
        }

        private @Nullable Target target(String signal, String path) {
            String protocol = variable(signal, "PROTOCOL");
            protocol = protocol == null ? file.protocol() : protocol;
            boolean grpc = "grpc".equals(protocol);
            if (protocol != null && !grpc && !protocol.equals("http/protobuf")) {
                problems.add(
                        PREFIX + "PROTOCOL is `" + protocol + "`: there are http/protobuf and grpc; nothing is sent");
                return null;
            }
            String own = variable(PREFIX + signal + "_ENDPOINT");
            String all = variable(PREFIX + "ENDPOINT");
            String base = all == null ? file.endpoint() : all;
            base = base == null ? grpc ? "http://localhost:4317" : "http://localhost:4318" : base;
            String endpoint = own != null ? own : grpc ? base : base + (base.endsWith("/") ? "" : "/") + "v1/" + path;
            if (!isUrl(endpoint)) {
                problems.add("the endpoint of OTLP " + path + " is no http or https URL; nothing is sent");
                return null;
            }
            return new Target(
                    endpoint,
                    grpc,
                    pairs(PREFIX + "HEADERS", variable(signal, "HEADERS")),
                    gzip(variable(signal, "COMPRESSION")),
                    millis(variable(signal, "TIMEOUT")),
                    variable(signal, "CERTIFICATE"),
                    variable(signal, "CLIENT_KEY"),
                    variable(signal, "CLIENT_CERTIFICATE"));
        }

        private static boolean isUrl(String text) {
            try {
                URI uri = new URI(text);
                String scheme = uri.getScheme();
                return uri.getHost() != null && ("http".equals(scheme) || "https".equals(scheme));
            } catch (URISyntaxException e) {
                return false;
            }
        }

        private boolean gzip(@Nullable String given) {
            if (given != null && !given.equals("gzip") && !given.equals("none")) {
                problems.add(PREFIX + "COMPRESSION is `" + given + "`: there are gzip and none");
            }
            return "gzip".equals(given);
        }

        private long millis(@Nullable String given) {
            if (given == null) {
                return 10_000;
            }
            try {
                long millis = Long.parseLong(given);
                if (millis > 0) {
                    return millis;
                }
            } catch (NumberFormatException e) {
                // below
            }
            problems.add(PREFIX + "TIMEOUT is no number of milliseconds over 0");
            return 10_000;
        }

        /** {@code key=value,key=value}, values percent-encoded. */
        private Map<String, String> pairs(String name, @Nullable String given) {
            Map<String, String> pairs = new LinkedHashMap<>();
            if (given == null) {
                return pairs;
            }
            for (String pair : given.split(",", -1)) {
                int equals = pair.indexOf('=');
                try {
                    if (equals > 0) {
                        String value = pair.substring(equals + 1).strip().replace("+", "%2B");
                        pairs.put(pair.substring(0, equals).strip(), URLDecoder.decode(value, StandardCharsets.UTF_8));
                        continue;
                    }
                } catch (IllegalArgumentException e) {
                    // below
                }
                if (!pair.isBlank()) {
                    problems.add(name + " has a part that is no key=value, and is left out");
                }
            }
            return pairs;
        }

        private String sampler() {
            String given = variable("OTEL_TRACES_SAMPLER");
            if (given != null && !SAMPLERS.contains(given)) {
                problems.add("OTEL_TRACES_SAMPLER is `" + given + "`: there are " + String.join(", ", SAMPLERS));
                return "parentbased_always_on";
            }
            return given == null ? "parentbased_always_on" : given;
        }

        private double ratio() {
            String given = variable("OTEL_TRACES_SAMPLER_ARG");
            if (given == null) {
                return 1;
            }
            try {
                double ratio = Double.parseDouble(given);
                if (ratio >= 0 && ratio <= 1) {
                    return ratio;
                }
            } catch (NumberFormatException e) {
                // below
            }
            problems.add("OTEL_TRACES_SAMPLER_ARG is no number from 0 to 1");
            return 1;
        }

        private Map<String, String> resource() {
            Map<String, String> resource = new LinkedHashMap<>();
            resource.put("service.name", "gert");
            resource.putAll(pairs("OTEL_RESOURCE_ATTRIBUTES", variable("OTEL_RESOURCE_ATTRIBUTES")));
            String service = variable("OTEL_SERVICE_NAME");
            if (service != null) {
                resource.put("service.name", service);
            }
            return resource;
        }
    }
}

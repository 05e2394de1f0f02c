package dev.gert.telemetry.otlp;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;

/** OTLP over HTTP. */
final class HttpCalls implements HttpSender {
    private final HttpSenderConfig config;
    private final OkHttpClient client;

    HttpCalls(HttpSenderConfig config) {
        this.config = config;
        this.client = Senders.client(
                "http".equals(config.getEndpoint().getScheme()),
                List.of(),
                config.getTimeout(),
                config.getConnectTimeout(),
                config.getSslContext(),
                config.getTrustManager());
    }

    /** A status, and what was not taken all the same is an error. */
    private record Answer(int status) implements HttpResponse {
        @Override
        public int getStatusCode() {
            return status;
        }

        @Override
        public String getStatusMessage() {
            return "";
        }

        @Override
        public byte[] getResponseBody() {
            return new byte[0];
        }
    }

    @Override
    public void send(MessageWriter message, Consumer<HttpResponse> answered, Consumer<Throwable> failed) {
        try {
            Request.Builder request = new Request.Builder().url(HttpUrl.get(config.getEndpoint()));
            Senders.headers(request, config.getHeadersSupplier().get());
            Compressor compressor = config.getCompressor();
            if (compressor != null) {
                request.addHeader("content-encoding", compressor.getEncoding());
            }
            request.post(
                    RequestBody.create(Senders.bytes(message, compressor), MediaType.get(config.getContentType())));
            Senders.call(
                    client,
                    request.build(),
                    response -> {
                        if (response.isSuccessful()) {
                            Rejected.none(Senders.body(response));
                        }
                        answered.accept(new Answer(response.code()));
                    },
                    failed);
        } catch (IOException | RuntimeException e) {
            failed.accept(e);
        }
    }

    @Override
    public CompletableResultCode shutdown() {
        client.dispatcher().cancelAll();
        return CompletableResultCode.ofSuccess();
    }
}

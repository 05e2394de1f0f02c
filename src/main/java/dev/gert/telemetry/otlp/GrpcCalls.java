package dev.gert.telemetry.otlp;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcSender;
import io.opentelemetry.sdk.common.export.GrpcSenderConfig;
import io.opentelemetry.sdk.common.export.GrpcStatusCode;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** OTLP over gRPC: one message there, one back, each behind a byte and its length. */
final class GrpcCalls implements GrpcSender {
    private static final int HEAD = 5;

    private final GrpcSenderConfig config;
    private final OkHttpClient client;
    private final HttpUrl url;

    GrpcCalls(GrpcSenderConfig config) {
        boolean plain = "http".equals(config.getEndpoint().getScheme());
        this.config = config;
        this.client = Senders.client(
                plain,
                plain ? List.of(Protocol.H2_PRIOR_KNOWLEDGE) : List.of(Protocol.HTTP_2, Protocol.HTTP_1_1),
                config.getTimeout(),
                config.getConnectTimeout(),
                config.getSslContext(),
                config.getTrustManager());
        this.url = HttpUrl.get(config.getEndpoint().resolve("/" + config.getFullMethodName()));
    }

    private record Answer(GrpcStatusCode status) implements GrpcResponse {
        @Override
        public GrpcStatusCode getStatusCode() {
            return status;
        }

        @Override
        public String getStatusDescription() {
            return "";
        }

        @Override
        public byte[] getResponseMessage() {
            return new byte[0];
        }
    }

    @Override
    public void send(MessageWriter message, Consumer<GrpcResponse> answered, Consumer<Throwable> failed) {
        try {
            Request.Builder request = new Request.Builder().url(url).addHeader("te", "trailers");
            Senders.headers(request, config.getHeadersSupplier().get());
            Compressor compressor = config.getCompressor();
            if (compressor != null) {
                request.addHeader("grpc-encoding", compressor.getEncoding());
            }
            byte[] bytes = Senders.bytes(message, compressor);
            byte[] framed = ByteBuffer.allocate(HEAD + bytes.length)
                    .put((byte) (compressor == null ? 0 : 1))
                    .putInt(bytes.length)
                    .put(bytes)
                    .array();
            request.post(RequestBody.create(framed, MediaType.get("application/grpc")));
            Senders.call(client, request.build(), response -> answered.accept(answer(response)), failed);
        } catch (IOException | RuntimeException e) {
            failed.accept(e);
        }
    }

    private static Answer answer(Response response) throws IOException {
        byte[] body = Senders.body(response);
        String status = response.header("grpc-status");
        if (status == null) {
            status = response.trailers().get("grpc-status");
        }
        if (status == null || !response.isSuccessful()) {
            return new Answer(GrpcStatusCode.UNKNOWN);
        }
        if (body.length > HEAD && body[0] == 0) {
            Rejected.none(Arrays.copyOfRange(body, HEAD, body.length));
        }
        return new Answer(GrpcStatusCode.fromValue(Integer.parseInt(status)));
    }

    @Override
    public CompletableResultCode shutdown() {
        client.dispatcher().cancelAll();
        return CompletableResultCode.ofSuccess();
    }
}

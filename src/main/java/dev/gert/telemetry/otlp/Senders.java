package dev.gert.telemetry.otlp;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.GrpcSenderProvider;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * How the exporters reach a collector. The SDK's own senders follow redirects, which takes spans and keys to whom nobody
 * named; these go where they were told to, once.
 */
final class Senders implements ComponentLoader {
    /** No collector has more to say. */
    private static final int MOST_READ = 1 << 16;

    @Override
    public <T> Iterable<T> load(Class<T> type) {
        if (type == HttpSenderProvider.class) {
            HttpSenderProvider http = HttpCalls::new;
            return List.of(type.cast(http));
        }
        if (type == GrpcSenderProvider.class) {
            GrpcSenderProvider grpc = GrpcCalls::new;
            return List.of(type.cast(grpc));
        }
        return List.of();
    }

    /** {@code protocols} empty: those that OkHttp offers; {@code tls} null: no TLS, or the JVM's own. */
    static OkHttpClient client(
            boolean plain,
            List<Protocol> protocols,
            Duration timeout,
            Duration connect,
            @Nullable SSLContext tls,
            @Nullable X509TrustManager trusted) {
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(0, 4, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), work -> {
                    Thread thread = new Thread(work, "collector");
                    thread.setDaemon(true);
                    return thread;
                });
        OkHttpClient.Builder builder = new OkHttpClient.Builder()
                .dispatcher(new Dispatcher(threads))
                .followRedirects(false)
                .followSslRedirects(false)
                .callTimeout(timeout)
                .connectTimeout(connect);
        if (!protocols.isEmpty()) {
            builder.protocols(protocols);
        }
        if (plain) {
            builder.connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
        } else if (tls != null && trusted != null) {
            builder.sslSocketFactory(tls.getSocketFactory(), trusted);
        }
        return builder.build();
    }

    static void headers(Request.Builder request, Map<String, List<String>> headers) {
        headers.forEach((name, values) -> values.forEach(value -> request.addHeader(name, value)));
    }

    static byte[] bytes(MessageWriter message, @Nullable Compressor compressor) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (compressor == null) {
            message.writeMessage(bytes);
        } else {
            try (OutputStream out = compressor.compress(bytes)) {
                message.writeMessage(out);
            }
        }
        return bytes.toByteArray();
    }

    /** What is made of an answer; throws when it is none. */
    interface Reading {
        void read(Response response) throws IOException;
    }

    static void call(OkHttpClient client, Request request, Reading reading, Consumer<Throwable> failed) {
        client.newCall(request).enqueue(new Callback() {
            @Override
            public void onFailure(Call call, IOException e) {
                failed.accept(e);
            }

            @Override
            public void onResponse(Call call, Response response) {
                try (response) {
                    reading.read(response);
                } catch (IOException | RuntimeException e) {
                    call.cancel();
                    failed.accept(e);
                }
            }
        });
    }

    /**
     * The whole body.
     *
     * @throws IOException when it is longer than any collector's
     */
    static byte[] body(Response response) throws IOException {
        byte[] bytes = response.body().byteStream().readNBytes(MOST_READ + 1);
        if (bytes.length > MOST_READ) {
            throw new IOException("the answer is too long");
        }
        return bytes;
    }
}

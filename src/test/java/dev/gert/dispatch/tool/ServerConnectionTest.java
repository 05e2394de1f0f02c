package dev.gert.dispatch.tool;

import static dev.gert.dispatch.tool.TestServer.LONG;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gert.json.JsonValue;
import dev.gert.model.ServerAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ServerConnectionTest {
    /** Answers each line with the same result until its input ends, then says goodbye. */
    private static Thread serve(ServerSocketChannel listening) {
        Thread thread = new Thread(() -> {
            try (SocketChannel client = listening.accept()) {
                ByteBuffer in = ByteBuffer.allocate(4096);
                int id = 0;
                while (client.read(in.clear()) >= 0) {
                    for (int i = 0; i < in.position(); i++) {
                        if (in.get(i) == '\n') {
                            String answer = "{\"jsonrpc\":\"2.0\",\"id\":" + ++id + ",\"result\":\"here\"}\n";
                            client.write(ByteBuffer.wrap(answer.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
                        }
                    }
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void speaks(String written, ServerSocketChannel listening) throws Exception {
        Thread server = serve(listening);
        try (ServerConnection connection =
                ServerConnection.open(requireNonNull(ServerAddress.parse(written)), (int) LONG)) {
            JsonRpcClient client = new JsonRpcClient(connection.in(), connection.out(), "test");
            for (int i = 0; i < 3; i++) {
                assertThat(client.call("hello", JsonValue.Null.NULL, LONG))
                        .isEqualTo(new Answer.Result(JsonValue.text("here")));
            }
            assertThat(client.shutdown(null, LONG)).isTrue();
            server.join(LONG);
            assertThat(server.isAlive())
                    .as("the server saw the end of its input")
                    .isFalse();
        }
    }

    @Test
    void unix(@TempDir Path folder) throws Exception {
        Path socket = folder.resolve("s.sock");
        try (ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(UnixDomainSocketAddress.of(socket));
            speaks("unix:" + socket, listening);
        }
    }

    @Test
    void tcp() throws Exception {
        try (ServerSocketChannel listening = ServerSocketChannel.open()) {
            SocketAddress bound = listening
                    .bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0))
                    .getLocalAddress();
            speaks("tcp:127.0.0.1:" + ((InetSocketAddress) bound).getPort(), listening);
        }
    }

    @Test
    void nobodyThere(@TempDir Path folder) throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        assertThatThrownBy(() -> ServerConnection.open(new ServerAddress.Tcp("127.0.0.1", port), (int) LONG))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ServerConnection.open(new ServerAddress.Tcp("no.such.host.invalid", 1), (int) LONG))
                .isInstanceOf(IOException.class)
                .hasMessage("the host `no.such.host.invalid` is not known");
        String socket = folder.resolve("none.sock").toString();
        assertThatThrownBy(() -> ServerConnection.open(new ServerAddress.Unix(socket), (int) LONG))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ServerConnection.open(new ServerAddress.Unix("/" + "x".repeat(500)), (int) LONG))
                .isInstanceOf(IOException.class);
    }
}

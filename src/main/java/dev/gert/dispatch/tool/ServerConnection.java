package dev.gert.dispatch.tool;

import dev.gert.model.ServerAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The streams of a server that runs already (formats-dialect.md, {@code connect}). */
public final class ServerConnection implements AutoCloseable {
    private final AutoCloseable socket;
    private final InputStream in;
    private final OutputStream out;

    private ServerConnection(AutoCloseable socket, InputStream in, OutputStream out) {
        this.socket = socket;
        this.in = in;
        this.out = out;
    }

    /**
     * Connects.
     *
     * @throws IOException where nobody listens there, or the host is not known, or it takes too long
     */
    public static ServerConnection open(ServerAddress address, int timeoutMillis) throws IOException {
        if (address instanceof ServerAddress.Tcp tcp) {
            return tcp(tcp, timeoutMillis);
        }
        String path = ((ServerAddress.Unix) address).path();
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e instanceof IOException io ? io : new IOException(e.getMessage(), e);
        }
        return new ServerConnection(channel, new ChannelInput(channel), new ChannelOutput(channel));
    }

    private static ServerConnection tcp(ServerAddress.Tcp address, int timeoutMillis) throws IOException {
        Socket socket = new Socket();
        try {
            InetSocketAddress to = new InetSocketAddress(address.host(), address.port());
            if (to.isUnresolved()) {
                throw new IOException("the host `" + address.host() + "` is not known");
            }
            socket.connect(to, timeoutMillis);
            socket.setTcpNoDelay(true);
            return new ServerConnection(socket, socket.getInputStream(), new HalfClose(socket));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    public InputStream in() {
        return in;
    }

    /** Closing it tells the server that no more comes; what the server still says can be read. */
    public OutputStream out() {
        return out;
    }

    @Override
    public void close() throws IOException {
        try {
            socket.close();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    /** Streams of {@link java.nio.channels.Channels} let a reader hold up a writer before Java 19. */
    private static final class ChannelInput extends InputStream {
        private final SocketChannel channel;

        ChannelInput(SocketChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return length == 0 ? 0 : channel.read(ByteBuffer.wrap(into, offset, length));
        }
    }

    private static final class ChannelOutput extends OutputStream {
        private final SocketChannel channel;

        ChannelOutput(SocketChannel channel) {
            this.channel = channel;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            ByteBuffer left = ByteBuffer.wrap(from, offset, length);
            while (left.hasRemaining()) {
                channel.write(left);
            }
        }

        @Override
        public void close() throws IOException {
            channel.shutdownOutput();
        }
    }

    private static final class HalfClose extends OutputStream {
        private final Socket socket;
        private final OutputStream out;

        HalfClose(Socket socket) throws IOException {
            this.socket = socket;
            this.out = socket.getOutputStream();
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public void write(byte[] from, int offset, int length) throws IOException {
            out.write(from, offset, length);
        }

        @Override
        public void close() throws IOException {
            socket.shutdownOutput();
        }
    }
}

package dev.gert.dispatch.tool;

import dev.gert.dispatch.cli.CliDispatcher;
import dev.gert.engine.port.Dispatcher.Order;
import dev.gert.model.ServerAddress;
import dev.gert.model.Transport;
import dev.gert.policy.ToolCall;
import dev.gert.runtime.ByteSink;
import dev.gert.runtime.ServerProcess;
import dev.gert.runtime.Spawner;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A tool's server: a process of ours, or a connection to one that runs already. */
final class Server {
    private static final long PATIENCE_MILLIS = 2000;

    private final JsonRpcClient client;
    private final @Nullable ServerProcess process;
    private final @Nullable ServerConnection connection;
    private final @Nullable ByteSink errors;
    private final @Nullable String shutdownMethod;
    private @Nullable McpSession session;
    private volatile boolean usable = true;

    private Server(
            JsonRpcClient client,
            @Nullable ServerProcess process,
            @Nullable ServerConnection connection,
            @Nullable ByteSink errors,
            @Nullable String shutdownMethod) {
        this.client = client;
        this.process = process;
        this.connection = connection;
        this.errors = errors;
        this.shutdownMethod = shutdownMethod;
    }

    /** What came of opening one. */
    sealed interface Opening {
        /** Calls can be sent. */
        record Ready(Server server) implements Opening {}

        /** It can't be; nothing was called. */
        record Failed(String why) implements Opening {}

        /** What was checked is not what is there now. */
        record Refused(String why) implements Opening {}
    }

    static Opening open(CliDispatcher commands, Order order, ToolCall call, String version) {
        Transport transport = call.transport();
        Transport.Startup startup = transport.startup();
        ServerAddress address = transport.connect();
        Opening opening = address == null
                ? start(commands, order, call)
                : connect(address, call, (int) Math.min(startup.timeoutMillis(), order.timeoutMillis()));
        if (opening instanceof Opening.Ready ready && transport.mode() == Transport.Mode.MCP) {
            return ready.server().greet(version, startup.timeoutMillis());
        }
        return opening;
    }

    private static Opening connect(ServerAddress address, ToolCall call, int timeoutMillis) {
        try {
            ServerConnection connection = ServerConnection.open(address, timeoutMillis);
            JsonRpcClient client = new JsonRpcClient(connection.in(), connection.out(), call.tool());
            return new Opening.Ready(new Server(client, null, connection, null, null));
        } catch (IOException e) {
            return new Opening.Failed("the server could not be reached: " + e.getMessage());
        }
    }

    private static Opening start(CliDispatcher commands, Order order, ToolCall call) {
        Spawner.Start start = commands.server(order, call.serverWords());
        if (start instanceof Spawner.Start.Failed failed) {
            return new Opening.Failed(failed.reason());
        }
        String changed = commands.changed(order);
        if (changed != null) {
            ((Spawner.Start.Waiting) start).child().abandon();
            return new Opening.Refused(changed);
        }
        ServerProcess process = ((Spawner.Start.Waiting) start).child().serve();
        if (process == null) {
            return new Opening.Failed("the server was ended before it began");
        }
        ByteSink errors = commands.sink(order, "server.err");
        Transport.Startup startup = call.transport().startup();
        ReadySignal ready = new ReadySignal(process.err(), startup.readySignal(), call.tool(), (bytes, length) -> {
            try {
                errors.write(bytes, length);
            } catch (IOException e) {
                // the server's own messages are no record of the run
            }
        });
        JsonRpcClient client = new JsonRpcClient(process.out(), process.in(), call.tool());
        Server server = new Server(client, process, null, errors, startup.shutdownMethod());
        try {
            ReadySignal.State state = ready.await(startup.timeoutMillis());
            if (state != ReadySignal.State.READY) {
                server.end(false);
                return new Opening.Failed(
                        state == ReadySignal.State.ENDED
                                ? "the server ended before it was ready"
                                : "the server did not say `" + startup.readySignal() + "` in time");
            }
        } catch (InterruptedException e) {
            server.end(false);
            return new Opening.Failed("a signal came before the server was ready");
        }
        return new Opening.Ready(server);
    }

    private Opening greet(String version, long timeoutMillis) {
        try {
            McpSession.Opening opening = McpSession.open(client, version, timeoutMillis);
            if (opening instanceof McpSession.Opening.Open open) {
                session = open.session();
                return new Opening.Ready(this);
            }
            end(false);
            return new Opening.Failed(((McpSession.Opening.Refused) opening).why());
        } catch (InterruptedException e) {
            end(false);
            return new Opening.Failed("a signal came before the server was ready");
        }
    }

    JsonRpcClient client() {
        return client;
    }

    /** Null unless the server speaks MCP. */
    @Nullable
    McpSession session() {
        return session;
    }

    boolean isUsable() {
        return usable && (process == null || process.isAlive());
    }

    /** Has calls that wait come back. */
    void hangUp() {
        usable = false;
        client.close();
    }

    /** {@code gently}: it is told first, and given time. */
    void end(boolean gently) {
        usable = false;
        try {
            if (gently) {
                client.shutdown(shutdownMethod, PATIENCE_MILLIS);
            } else {
                client.close();
            }
        } catch (InterruptedException e) {
            client.close();
        }
        if (process != null) {
            process.end(gently ? PATIENCE_MILLIS : 0);
        }
        try {
            if (connection != null) {
                connection.close();
            }
            if (errors != null) {
                errors.finish();
            }
        } catch (IOException e) {
            // what the server said last is lost, and nothing else
        }
    }
}

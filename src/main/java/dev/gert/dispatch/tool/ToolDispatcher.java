package dev.gert.dispatch.tool;

import dev.gert.dispatch.cli.CliDispatcher;
import dev.gert.engine.port.Dispatcher;
import dev.gert.json.JsonText;
import dev.gert.model.Effect;
import dev.gert.model.Transport;
import dev.gert.policy.ToolCall;
import dev.gert.runtime.Spawner;
import java.util.HashMap;
import java.util.Map;

/**
 * Sends the calls of tool steps to servers, which are started once a run and ended with it
 * (formats-dialect.md, {@code transport}); every other command goes on to the dispatcher of commands.
 */
public final class ToolDispatcher implements Dispatcher, AutoCloseable {
    private final CliDispatcher commands;
    private final Spawner spawner;
    private final String version;
    private final Map<String, Server> servers = new HashMap<>();

    /** {@code version}: gert's own. */
    public ToolDispatcher(CliDispatcher commands, Spawner spawner, String version) {
        this.commands = commands;
        this.spawner = spawner;
        this.version = version;
        spawner.onInterrupt(this::wake);
    }

    @Override
    public Prepared prepare(Order order) {
        ToolCall call = order.call();
        return call == null ? commands.prepare(order) : new Call(order, call);
    }

    private synchronized void wake() {
        for (Server server : servers.values()) {
            server.hangUp();
        }
    }

    /** Ends every server, each asked first. */
    @Override
    public synchronized void close() {
        for (Server server : servers.values()) {
            server.end(!spawner.isInterrupted());
        }
        servers.clear();
    }

    /** The server of these words, running; or why there is none. */
    private synchronized Server.Opening open(Order order, ToolCall call) {
        String key = String.join("\0", order.command().argv().subList(0, call.serverWords()));
        Server known = servers.get(key);
        if (known != null && known.isUsable()) {
            return new Server.Opening.Ready(known);
        }
        if (known != null) {
            servers.remove(key);
            known.end(false);
        }
        Server.Opening opening = Server.open(commands, order, call, version);
        if (opening instanceof Server.Opening.Ready ready) {
            servers.put(key, ready.server());
        }
        return opening;
    }

    private synchronized void drop(Server server) {
        servers.values().remove(server);
        server.end(false);
    }

    private final class Call implements Prepared {
        private final Order order;
        private final ToolCall call;

        Call(Order order, ToolCall call) {
            this.order = order;
            this.call = call;
        }

        @Override
        public long pid() {
            return 0;
        }

        @Override
        public Result perform() {
            Server.Opening opening = open(order, call);
            if (opening instanceof Server.Opening.Refused refused) {
                return new Result.Refused(refused.why());
            }
            if (opening instanceof Server.Opening.Failed failed) {
                return spawner.isInterrupted()
                        ? new Result.Interrupted(null, null)
                        : new Result.NotStarted(failed.why());
            }
            Server server = ((Server.Opening.Ready) opening).server();
            try {
                return call.transport().mode() == Transport.Mode.MCP ? mcp(server) : jsonRpc(server);
            } catch (InterruptedException e) {
                return new Result.Interrupted(null, null);
            }
        }

        private Result jsonRpc(Server server) throws InterruptedException {
            Answer answer = server.client().call(call.name(), call.params(), order.timeoutMillis());
            return answer instanceof Answer.Result result
                    ? done(JsonText.of(result.value()), false)
                    : none(answer, server);
        }

        private Result mcp(Server server) throws InterruptedException {
            McpSession session = server.session();
            if (session == null) {
                return new Result.NotStarted("the server speaks no MCP");
            }
            McpSession.ToolAnswer answer = session.callTool(call.name(), call.params(), order.timeoutMillis());
            return answer instanceof McpSession.ToolAnswer.Content content
                    ? done(content.text(), content.isError())
                    : none(((McpSession.ToolAnswer.None) answer).answer(), server);
        }

        private Result done(String text, boolean isError) {
            return new Result.Exited(
                    isError ? 1 : 0,
                    text,
                    "",
                    commands.keep(order, text),
                    null,
                    isError ? "the tool says it failed" : null);
        }

        /** A late or broken answer may have had its effect all the same. */
        private Result none(Answer answer, Server server) {
            if (answer instanceof Answer.Failed failed) {
                return new Result.Exited(1, "", "", null, null, failed.problem());
            }
            drop(server);
            if (spawner.isInterrupted()) {
                return new Result.Interrupted(null, null);
            }
            boolean late = answer instanceof Answer.TimedOut;
            return late && order.command().effect() != Effect.MUTATE
                    ? new Result.TimedOut(null, null)
                    : new Result.Lost(answer.problem());
        }

        @Override
        public void close() {
            // nothing was made ready
        }
    }
}

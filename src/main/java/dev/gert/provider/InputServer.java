package dev.gert.provider;

import dev.gert.dispatch.tool.Answer;
import dev.gert.dispatch.tool.JsonRpcClient;
import dev.gert.dispatch.tool.ReadySignal;
import dev.gert.dispatch.tool.ServerConnection;
import dev.gert.engine.port.Programs;
import dev.gert.model.Effect;
import dev.gert.model.ServerAddress;
import dev.gert.model.Transport;
import dev.gert.policy.Decision;
import dev.gert.policy.Policy;
import dev.gert.policy.ResolvedCommand;
import dev.gert.runtime.Child;
import dev.gert.runtime.Launch;
import dev.gert.runtime.ProgramFinder;
import dev.gert.runtime.ServerProcess;
import dev.gert.runtime.Spawner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program that answers inputs over JSON-RPC (formats-dialect.md, {@code provider/v0}): started,
 * asked once, and ended. It is held to the deny rules.
 */
public final class InputServer {
    private static final long PATIENCE_MILLIS = 2000;

    private final Spawner spawner;
    private final ProgramFinder finder;
    private final Policy policy;
    private final Path projectRoot;

    public InputServer(Spawner spawner, ProgramFinder finder, Policy policy, Path projectRoot) {
        this.spawner = spawner;
        this.finder = finder;
        this.policy = policy;
        this.projectRoot = projectRoot;
    }

    /** What came of asking. */
    public sealed interface Outcome {
        /** The program's answer, and the program that gave it: its real path and digest. */
        record Answered(ResolveCall.Resolved resolved, String program, String sha256) implements Outcome {}

        /** Policy has a rule against the program, or it is not the one that policy saw. */
        record Denied(String reason) implements Outcome {}

        /** No answer that can be used. */
        record Failed(String reason) implements Outcome {}
    }

    /** {@code name}: the provider's, for messages. */
    public Outcome ask(String name, String binary, Transport transport, ResolveCall call) {
        Transport.Startup startup = transport.startup();
        ServerAddress address = transport.connect();
        if (address != null) {
            return connected(name, address, startup.timeoutMillis(), call);
        }
        if (!(finder.find(binary) instanceof Programs.Found.Program program)) {
            return new Outcome.Failed("the program `" + binary + "` was not found");
        }
        List<String> argv = new ArrayList<>();
        argv.add(binary);
        startup.argv().forEach(word -> argv.add(word.text()));
        ResolvedCommand command = new ResolvedCommand(
                argv,
                program.path(),
                program.realPath(),
                program.sha256(),
                projectRoot.toString(),
                Map.of(),
                null,
                Effect.READ,
                startup.timeoutMillis(),
                program.interpreter(),
                null);
        if (policy.decide(command) instanceof Decision.Deny deny) {
            return new Outcome.Denied(
                    deny.reason() + "; the rule is " + deny.rule().describe());
        }
        Spawner.Start start = spawner.start(new Launch(
                program.path(),
                argv.subList(1, argv.size()),
                projectRoot.toString(),
                Map.of(),
                null,
                null,
                startup.timeoutMillis()));
        if (start instanceof Spawner.Start.Failed failed) {
            return new Outcome.Failed(failed.reason());
        }
        Child child = ((Spawner.Start.Waiting) start).child();
        String changed = finder.changed(command);
        if (changed != null) {
            child.abandon();
            return new Outcome.Denied(changed);
        }
        ServerProcess process = child.serve();
        if (process == null) {
            return new Outcome.Failed("it was ended before it began");
        }
        try {
            return started(name, process, startup, call, program);
        } finally {
            process.end(0);
        }
    }

    private static Outcome started(
            String name,
            ServerProcess process,
            Transport.Startup startup,
            ResolveCall call,
            Programs.Found.Program program) {
        ReadySignal ready = new ReadySignal(process.err(), startup.readySignal(), name, (bytes, length) -> {});
        try (JsonRpcClient client = new JsonRpcClient(process.out(), process.in(), name)) {
            if (ready.await(startup.timeoutMillis()) != ReadySignal.State.READY) {
                return new Outcome.Failed("it did not say that it is ready");
            }
            Outcome outcome = asked(client, call, startup.timeoutMillis(), program.realPath(), program.sha256());
            client.shutdown(startup.shutdownMethod(), PATIENCE_MILLIS);
            return outcome;
        } catch (InterruptedException e) {
            return new Outcome.Failed("a signal came");
        }
    }

    private static Outcome connected(String name, ServerAddress address, long timeoutMillis, ResolveCall call) {
        try (ServerConnection connection = ServerConnection.open(address, (int) timeoutMillis);
                JsonRpcClient client = new JsonRpcClient(connection.in(), connection.out(), name)) {
            return asked(client, call, timeoutMillis, address.toString(), "");
        } catch (IOException e) {
            return new Outcome.Failed("it could not be reached: " + e.getMessage());
        } catch (InterruptedException e) {
            return new Outcome.Failed("a signal came");
        }
    }

    private static Outcome asked(
            JsonRpcClient client, ResolveCall call, long timeoutMillis, String program, String sha256)
            throws InterruptedException {
        Answer answer = client.call(ResolveCall.METHOD, call.params(), timeoutMillis);
        return answer instanceof Answer.Result result
                ? new Outcome.Answered(call.read(result.value()), program, sha256)
                : new Outcome.Failed(answer.problem());
    }
}

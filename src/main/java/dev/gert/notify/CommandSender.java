package dev.gert.notify;

import dev.gert.engine.port.Programs;
import dev.gert.expr.Template;
import dev.gert.model.Effect;
import dev.gert.model.ProjectFile;
import dev.gert.policy.Decision;
import dev.gert.policy.Policy;
import dev.gert.policy.ResolvedCommand;
import dev.gert.runtime.ByteSink;
import dev.gert.runtime.Child;
import dev.gert.runtime.End;
import dev.gert.runtime.Launch;
import dev.gert.runtime.ProgramFinder;
import dev.gert.runtime.Spawner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs a program that passes a message on. It is held to the deny rules; what it prints is not kept. */
final class CommandSender {
    private final Spawner spawner;
    private final ProgramFinder finder;
    private final Policy policy;
    private final Path projectRoot;
    private final long patienceMillis;

    CommandSender(Spawner spawner, ProgramFinder finder, Policy policy, Path projectRoot, long patienceMillis) {
        this.spawner = spawner;
        this.finder = finder;
        this.policy = policy;
        this.projectRoot = projectRoot;
        this.patienceMillis = patienceMillis;
    }

    Delivery send(ProjectFile.Target.Command to, Occasion occasion) {
        String name = to.program().text();
        if (!(finder.find(name) instanceof Programs.Found.Program program)) {
            return new Delivery("command " + name, null, "the program was not found");
        }
        String target = "command " + program.realPath();
        List<String> argv = new ArrayList<>();
        argv.add(name);
        for (Template each : to.arguments()) {
            String argument = MessageBody.argument(each, occasion);
            if (argument == null) {
                return new Delivery(target, program.sha256(), "an argument can't be made: " + each.source());
            }
            argv.add(argument);
        }
        ResolvedCommand command = new ResolvedCommand(
                argv,
                program.path(),
                program.realPath(),
                program.sha256(),
                projectRoot.toString(),
                Map.of(),
                null,
                Effect.MUTATE,
                patienceMillis,
                program.interpreter(),
                null);
        if (policy.decide(command) instanceof Decision.Deny deny) {
            return new Delivery(
                    target,
                    program.sha256(),
                    deny.reason() + "; the rule is " + deny.rule().describe());
        }
        return new Delivery(target, program.sha256(), run(command, program.path(), argv));
    }

    private @Nullable String run(ResolvedCommand command, String path, List<String> argv) {
        Spawner.Start start = spawner.start(new Launch(
                path, argv.subList(1, argv.size()), projectRoot.toString(), Map.of(), null, null, patienceMillis));
        if (start instanceof Spawner.Start.Failed failed) {
            return failed.reason();
        }
        Child child = ((Spawner.Start.Waiting) start).child();
        String changed = finder.changed(command);
        if (changed != null) {
            child.abandon();
            return changed;
        }
        End end = child.run(new Nowhere(), new Nowhere());
        if (end instanceof End.Exited exited) {
            return exited.code() == 0 ? null : "exit code " + exited.code();
        }
        return end instanceof End.TimedOut
                ? "it did not end within " + patienceMillis / 1000 + " s"
                : end instanceof End.NotStarted not ? not.reason() : "it was ended";
    }

    private static final class Nowhere implements ByteSink {
        @Override
        public void write(byte[] bytes, int length) {}

        @Override
        public void finish() {}
    }
}

package dev.gert.dispatch.cli;

import dev.gert.engine.port.Dispatcher;
import dev.gert.engine.port.Programs;
import dev.gert.model.Effect;
import dev.gert.policy.Redactor;
import dev.gert.policy.ResolvedCommand;
import dev.gert.runtime.ChildEnvironment;
import dev.gert.runtime.CommandPath;
import dev.gert.runtime.ProgramFinder;
import dev.gert.runtime.Spawner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs one script as a step, in a JVM of its own, and prints what came of it. */
final class DispatchMain {
    private DispatchMain() {}

    static Process start(String jvmOption, Path runFolder, String script) throws IOException {
        return new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        jvmOption,
                        "-cp",
                        System.getProperty("java.class.path"),
                        DispatchMain.class.getName(),
                        runFolder.toString(),
                        script)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public static void main(String[] args) {
        CommandPath path = CommandPath.of(List.of("/usr/bin", "/bin"));
        Path root = Path.of("/");
        ProgramFinder finder = new ProgramFinder(path, root);
        Programs.Found.Program sh = (Programs.Found.Program) finder.find("sh");
        ResolvedCommand command = new ResolvedCommand(
                List.of("sh", "-c", args[1]),
                sh.path(),
                sh.realPath(),
                sh.sha256(),
                "/",
                Map.of(),
                null,
                Effect.READ,
                600_000);
        Redactor redactor = Redactor.of(List.of()).withSecret("correct-horse-battery");
        try (Spawner spawner = new Spawner(new ChildEnvironment(List.of(), path.text(), name -> false))) {
            CliDispatcher dispatcher = new CliDispatcher(spawner, finder, Path.of(args[0]), order -> null, null);
            Dispatcher.Result.Exited exited = (Dispatcher.Result.Exited) dispatcher
                    .prepare(new Dispatcher.Order(
                            "run",
                            "tree[0]",
                            "big",
                            1,
                            1,
                            command,
                            true,
                            false,
                            null,
                            command.timeoutMillis(),
                            redactor))
                    .perform();
            System.out.println(exited.exitCode() + " " + exited.stdout() + " " + exited.stderr() + " "
                    + exited.outFile().bytes() + " " + exited.errFile().bytes());
        }
    }
}

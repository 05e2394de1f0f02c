package dev.gert.runtime;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A process that runs one command as gert does, for tests that end it: says what it comes to, goes on when told. */
final class SpawnerMain {
    private SpawnerMain() {}

    /** Starts a JVM that runs this class. */
    static Process start(List<String> jvmOptions, Map<String, String> environment, List<String> command)
            throws IOException {
        List<String> words = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        words.addAll(jvmOptions);
        words.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
        words.add(SpawnerMain.class.getName());
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        return builder.start();
    }

    public static void main(String[] args) throws IOException {
        BufferedReader told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        ChildEnvironment environment = new ChildEnvironment(ChildEnvironment.NAMES, "/usr/bin:/bin", name -> false);
        try (Spawner spawner = new Spawner(environment)) {
            List<String> arguments = new ArrayList<>(Arrays.asList(args).subList(1, args.length));
            if (arguments.contains("EMOJI")) {
                arguments.set(arguments.indexOf("EMOJI"), "\uD83D\uDE80");
            }
            Spawner.Start start = spawner.start(new Launch(args[0], arguments, "/", Map.of(), null, null, 600_000));
            if (start instanceof Spawner.Start.Failed failed) {
                System.out.println("failed " + failed.reason());
                return;
            }
            Child child = ((Spawner.Start.Waiting) start).child();
            System.out.println("waiting " + child.pid());
            told.readLine();
            Collected out = new Collected();
            End end = child.run(out, new Collected());
            System.out.println(end.getClass().getSimpleName() + " " + out.text());
        }
    }
}

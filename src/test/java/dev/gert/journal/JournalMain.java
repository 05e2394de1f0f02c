package dev.gert.journal;

import dev.gert.event.RunEvent;
import dev.gert.model.Effect;
import java.io.IOException;
import java.nio.file.Path;

/** Holds or writes a journal in a JVM of its own, for tests that end it. */
final class JournalMain {
    private JournalMain() {}

    static Process start(String mode, Path run) throws IOException {
        return new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        JournalMain.class.getName(),
                        mode,
                        run.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    public static void main(String[] args) throws IOException {
        Path run = Path.of(args[1]);
        if (args[0].equals("hold")) {
            FileJournal.Reopened reopened = FileJournal.reopen(run, Samples.clock());
            if (reopened instanceof FileJournal.Reopened.Ready ready) {
                System.out.println("ready " + ready.records().size());
                System.in.read();
                ready.journal().close();
            } else if (reopened instanceof FileJournal.Reopened.Busy busy) {
                System.out.println("busy " + busy.holder());
            } else {
                System.out.println("damaged");
            }
            return;
        }
        FileJournal journal = FileJournal.create(run, Samples.clock());
        journal.append(Samples.RUN, null, Samples.started());
        System.out.println(0);
        for (int i = 1; ; i++) {
            RunEvent event = i % 3 == 0
                    ? new RunEvent.Dispatched("step" + i, 1, Effect.MUTATE, "t", i)
                    : new RunEvent.Warning(Samples.safe("x".repeat(i % 1000)), null);
            journal.append(Samples.RUN, Samples.SPAN, event);
            System.out.println(i);
        }
    }
}

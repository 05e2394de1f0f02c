package dev.gert.cli;

import dev.gert.journal.RunFolders;
import dev.gert.scenario.Project;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The run that a command line names first. */
final class NamedRun {
    private NamedRun() {}

    /** Null, with the reason said, where none or more than one is meant. */
    static RunFolders.Found.@Nullable Run of(Arguments arguments, Io io) throws IOException {
        return of(0, arguments, io);
    }

    /** {@code at}: which argument without a name names it. */
    static RunFolders.Found.@Nullable Run of(int at, Arguments arguments, Io io) throws IOException {
        RunFolders folders = new RunFolders(Wiring.reports(arguments, io, Project.of(io.cwd())));
        RunFolders.Found found = folders.find(arguments.positional(at));
        if (found instanceof RunFolders.Found.None none) {
            io.error(none.reason(), null);
            return null;
        }
        if (found instanceof RunFolders.Found.Several several) {
            io.error("more than one run begins like that: " + String.join(", ", several.ids()), null);
            return null;
        }
        return (RunFolders.Found.Run) found;
    }
}

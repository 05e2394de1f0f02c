package dev.gert.runtime;

import java.io.File;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the system gives for the supervision of commands. Linux gives all of it; elsewhere less is promised,
 * and without a session of its own no command is started.
 *
 * @param system its name
 * @param session the words that begin a session and become the program behind them; empty: there are none
 * @param listsProcesses whether {@code /proc} tells of every process
 */
public record Machine(String system, List<String> session, boolean listsProcesses) {
    private static final String SHELL = "/bin/sh";

    /** The session of those who have no setsid(1), as on macOS. */
    private static final List<String> BY_PERL = List.of(
            "/usr/bin/perl", "-e", "use POSIX; POSIX::setsid() > 0 or die \"$!\"; exec { $ARGV[0] } @ARGV; die \"$!\"");

    public Machine {
        session = List.copyOf(session);
    }

    /** The one that this runs on. */
    public static Machine here() {
        return of(System.getProperty("os.name", ""), new File("/"));
    }

    static Machine of(String system, File root) {
        return new Machine(system, session(root), new File(root, "proc/self/stat").canRead());
    }

    private static List<String> session(File root) {
        if (!isProgram(root, SHELL)) {
            return List.of();
        }
        for (String setsid : new String[] {"/usr/bin/setsid", "/bin/setsid"}) {
            if (isProgram(root, setsid)) {
                return List.of(setsid);
            }
        }
        return isProgram(root, BY_PERL.get(0)) ? BY_PERL : List.of();
    }

    private static boolean isProgram(File root, String path) {
        File program = new File(root, path.substring(1));
        return program.isFile() && program.canExecute();
    }

    /** Why no command can be started, or null. */
    @Nullable
    String obstacle() {
        return session.isEmpty()
                ? "a command needs a session of its own, and neither setsid(1) nor perl, with sh, is on this machine"
                : null;
    }

    /** What a run can't promise here and can on Linux; null where it is nothing. */
    public @Nullable String shortcomings() {
        if (session.isEmpty()) {
            return "no command can be started on this system (" + system + "), only what people do by hand: "
                    + obstacle();
        }
        return listsProcesses
                ? null
                : "this system (" + system + ") has no /proc: a process that leaves its command's group is"
                        + " neither ended nor listed, a folder that is exchanged at the last moment is not noticed,"
                        + " and whether the owner of another run still lives is not known for sure;"
                        + " Linux is where gert promises this";
    }
}

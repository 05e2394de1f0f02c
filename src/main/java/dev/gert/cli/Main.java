package dev.gert.cli;

/**
 * Where the JVM enters. {@code --version} is answered before anything of the command line is loaded,
 * so that asking for it costs what a bare JVM costs (startup.md); everything else is {@link Cli}'s.
 */
public final class Main {
    private Main() {}

    /** Ends the JVM with the exit code of the command (cli.md, "Exit codes"). */
    public static void main(String[] args) {
        halt(run(args));
    }

    private static int run(String[] args) {
        if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
            System.out.println("gert " + Version.current());
            System.out.flush();
            return 0;
        }
        return Cli.run(args, Io.ofProcess());
    }

    /** Ends the JVM here and now; an exit would wait for hooks that nobody has. */
    static void halt(int code) {
        Runtime.getRuntime().halt(code);
    }
}

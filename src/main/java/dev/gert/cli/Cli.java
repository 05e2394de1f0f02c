package dev.gert.cli;

import dev.gert.engine.port.UnrecordedException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** From a command line to an exit code (cli.md). picocli learns only the command in hand. */
final class Cli {
    static final int OK = 0;
    static final int NEGATIVE = 1;
    static final int USAGE = 2;
    static final int UNRECORDED = 6;
    static final int BUG = 70;

    private Cli() {}

    /** Runs one command line with what it may touch, and returns its exit code; the streams are flushed. */
    static int run(String[] args, Io io) {
        int code;
        try {
            code = dispatch(args, io);
        } catch (UsageException e) {
            code = refuse(e, args, io);
        } catch (UnrecordedException e) {
            io.error(e.getMessage() == null ? "the journal can't be written" : e.getMessage(), null);
            code = UNRECORDED;
        } catch (Throwable e) { // a bug, or a machine that has nothing left: the screen is no place for a stack trace
            code = BugReport.write(e, args, io);
        }
        io.flush();
        return code;
    }

    private static int dispatch(String[] args, Io io) {
        Locality.check(args);
        if (args.length == 0) {
            io.err().print(Help.overview());
            return USAGE;
        }
        String first = args[0];
        switch (first) {
            case "--version", "-V" -> {
                io.out("gert " + Version.current());
                return OK;
            }
            case "--help", "-h" -> {
                io.out().print(Help.overview());
                return OK;
            }
            default -> {
                return named(first, args, io);
            }
        }
    }

    private static int named(String first, String[] args, Io io) {
        Command command = Commands.named(first);
        if (command == null) {
            throw Commands.unknown(first);
        }
        Options options = new Options(spec(command));
        CommandLine line = declare(command, options);
        ParseResult parsed;
        try {
            parsed = line.parseArgs(rest(args));
        } catch (ParameterException e) {
            throw Misuse.of(e, line.getCommandSpec(), command.name());
        }
        if (parsed.hasMatchedOption("--help")) {
            io.out().print(Help.of(command, options.spec()));
            return OK;
        }
        if (parsed.hasMatchedOption("--version")) {
            io.out("gert " + Version.current());
            return OK;
        }
        Arguments arguments = new Arguments(parsed, options.choices(), io.env());
        int given = arguments.positionals().size();
        if (given < options.required().size()) {
            throw new UsageException(options.required().get(given) + " is missing", Misuse.see(command.name()));
        }
        io.colour(arguments.choice("--color"));
        return command.call(arguments, io);
    }

    /** The command line of one command, not yet parsed. */
    static CommandLine declare(Command command, Options options) {
        command.declare(options);
        options.flag("-q --quiet", "only what was asked for")
                .flag("-v --verbose", "more of what happens")
                .choice("--color", "colours: on a terminal, always or never", "auto", "always", "never")
                .flag("-h --help", "this text")
                .flag("-V --version", "which gert this is");
        // everything is text to it; converters for dates and databases would load what nobody needs (startup.md)
        System.setProperty("picocli.converters.excludes", "java[.](sql|time|nio)[.].*");
        // picocli's own ideas of an argument (files named by @, quotes, abbreviations) would change what was written
        return new CommandLine(options.spec())
                .setExpandAtFiles(false)
                .setTrimQuotes(false)
                .setInterpolateVariables(false);
    }

    static CommandSpec spec(Command command) {
        return CommandSpec.create().name("gert " + command.name());
    }

    private static int refuse(UsageException e, String[] args, Io io) {
        String format = format(args, io.env());
        if (format != null) {
            io.out().print(Misuse.document(args[0], format, e));
        }
        io.error(e.problem(), e.help());
        return USAGE;
    }

    /**
     * The format of a document that was asked for, or null: it is made even when the arguments are wrong
     * (cli.md, "Streams").
     */
    private static @Nullable String format(String[] args, Map<String, String> env) {
        if (args.length == 0 || !List.of("validate", "test", "coverage").contains(args[0])) {
            return null;
        }
        @Nullable String format = env.get(Variable.GERT_FORMAT.name());
        for (int i = 1; i < args.length && !args[i].equals("--"); i++) {
            if (args[i].equals("--format") && i + 1 < args.length) {
                format = args[i + 1];
            } else if (args[i].startsWith("--format=")) {
                format = args[i].substring("--format=".length());
            }
        }
        return format;
    }

    private static String[] rest(String[] args) {
        String[] rest = new String[args.length - 1];
        System.arraycopy(args, 1, rest, 0, rest.length);
        return rest;
    }
}

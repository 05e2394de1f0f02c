package dev.gert.cli;

/** {@code gert help [COMMAND]}. */
final class HelpCommand implements Command {
    @Override
    public String name() {
        return "help";
    }

    @Override
    public String summary() {
        return "explains the commands";
    }

    @Override
    public String example() {
        return "gert help validate";
    }

    @Override
    public void declare(Options options) {
        options.positionals("COMMAND", "the command to explain", 0);
    }

    @Override
    public int call(Arguments arguments, Io io) {
        if (arguments.positionals().isEmpty()) {
            io.out().print(Help.overview());
            return Cli.OK;
        }
        for (String name : arguments.positionals()) {
            Command command = Commands.named(name);
            if (command == null) {
                throw Commands.unknown(name);
            }
            Options options = new Options(Cli.spec(command));
            Cli.declare(command, options);
            io.out().print(Help.of(command, options.spec()));
        }
        return Cli.OK;
    }
}

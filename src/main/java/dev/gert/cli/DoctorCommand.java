package dev.gert.cli;

final class DoctorCommand implements Command {
    @Override
    public String name() {
        return "doctor";
    }

    @Override
    public String summary() {
        return "shows what gert uses here, and what is wrong with it";
    }

    @Override
    public String example() {
        return "gert doctor";
    }

    @Override
    public void declare(Options options) {
        options.choice("--format", "how it is written", "text", "json");
    }

    @Override
    public int call(Arguments arguments, Io io) {
        return Cli.OK;
    }
}

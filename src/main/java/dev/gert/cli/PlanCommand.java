package dev.gert.cli;

/** stub. */
final class PlanCommand implements Command {
    @Override
    public String name() {
        return "plan";
    }

    @Override
    public String summary() {
        return "shows what a run may do and what policy says of it, before anything runs";
    }

    @Override
    public String example() {
        return "gert plan runbooks/host-triage.runbook.yaml";
    }

    @Override
    public void declare(Options options) {}

    @Override
    public int call(Arguments arguments, Io io) {
        return 0;
    }
}

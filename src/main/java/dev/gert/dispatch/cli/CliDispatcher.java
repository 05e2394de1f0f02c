package dev.gert.dispatch.cli;

import dev.gert.engine.port.Dispatcher;
import dev.gert.engine.port.UnrecordedException;
import dev.gert.event.RunEvent;
import dev.gert.journal.Disk;
import dev.gert.policy.Redactor;
import dev.gert.policy.ResolvedCommand;
import dev.gert.runtime.ByteSink;
import dev.gert.runtime.Child;
import dev.gert.runtime.End;
import dev.gert.runtime.Launch;
import dev.gert.runtime.Leftovers;
import dev.gert.runtime.ProgramFinder;
import dev.gert.runtime.Spawner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands: a process that waits for its go, asked once more whether it is what was checked, its
 * output through the redactor into files, its whole tree ended with it.
 */
public final class CliDispatcher implements Dispatcher {
    private final Spawner spawner;
    private final ProgramFinder finder;
    private final OutputFolder folder;
    private final Function<Order, @Nullable String> traceparent;
    private final @Nullable OutputListener listener;

    /**
     * @param runFolder where {@code output/} is made
     * @param traceparent the {@code TRACEPARENT} of an order, or null
     * @param listener hears of the last line printed
     */
    public CliDispatcher(
            Spawner spawner,
            ProgramFinder finder,
            Path runFolder,
            Function<Order, @Nullable String> traceparent,
            @Nullable OutputListener listener) {
        this(Disk.real(), spawner, finder, runFolder, traceparent, listener);
    }

    /** The same, with output on that disk. */
    public CliDispatcher(
            Disk disk,
            Spawner spawner,
            ProgramFinder finder,
            Path runFolder,
            Function<Order, @Nullable String> traceparent,
            @Nullable OutputListener listener) {
        this.spawner = spawner;
        this.finder = finder;
        this.folder = new OutputFolder(disk, runFolder);
        this.traceparent = traceparent;
        this.listener = listener;
    }

    /** {@inheritDoc} {@link Prepared#perform} throws {@link UnrecordedException} when output can't be kept. */
    @Override
    public Prepared prepare(Order order) {
        ResolvedCommand command = order.command();
        String program = command.program();
        if (program == null) {
            return new Unready("no program was found for it when it was checked");
        }
        List<String> argv = command.argv();
        if (order.interactive()) {
            return new InTerminal(order);
        }
        Spawner.Start start = spawner.start(launch(order, program, argv.size()));
        return start instanceof Spawner.Start.Waiting waiting
                ? new Ready(order, waiting.child())
                : new Unready(((Spawner.Start.Failed) start).reason());
    }

    private Launch launch(Order order, String program, int words) {
        ResolvedCommand command = order.command();
        return new Launch(
                program,
                command.argv().subList(1, words),
                command.cwd(),
                command.environment(),
                traceparent.apply(order),
                command.stdin(),
                order.timeoutMillis());
    }

    /** The process of a server, waiting for its go; {@code words} of the command's argv start it. */
    public Spawner.Start server(Order order, int words) {
        String program = order.command().program();
        return program == null
                ? new Spawner.Start.Failed("no program was found for it when it was checked")
                : spawner.start(launch(order, program, words));
    }

    /** Why what was checked is not what is there now, or null. */
    public @Nullable String changed(Order order) {
        return finder.changed(order.command());
    }

    /** A stream of an order that is written bit by bit, into the folder of outputs; {@code ending} of its name. */
    public ByteSink sink(Order order, String ending) {
        return new StepOutput(folder, order.number(), order.stepId(), ending, order.redactor(), false, null);
    }

    /** Keeps what an order gave, as if it had printed it; null when that is nothing. */
    public RunEvent.@Nullable OutputFile keep(Order order, String text) {
        StepOutput out = new StepOutput(folder, order.number(), order.stepId(), "out", order.redactor(), false, null);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            out.write(bytes, bytes.length);
            out.finish();
        } catch (IOException e) {
            throw new UnrecordedException("the answer to `" + order.stepId() + "` can't be kept: " + e, e);
        }
        return out.file();
    }

    /** A command that has the terminal. */
    private final class InTerminal implements Prepared {
        private final Order order;

        InTerminal(Order order) {
            this.order = order;
        }

        @Override
        public long pid() {
            return 0;
        }

        @Override
        public Result perform() {
            String changed = finder.changed(order.command());
            if (changed != null) {
                return new Result.Refused(changed);
            }
            String program = Objects.requireNonNull(order.command().program());
            End end = spawner.runInForeground(
                    launch(order, program, order.command().argv().size()));
            if (end instanceof End.Exited exited) {
                return new Result.Exited(exited.code(), null, null, null, null);
            } else if (end instanceof End.TimedOut) {
                return new Result.TimedOut(null, null);
            }
            return end instanceof End.NotStarted not
                    ? new Result.NotStarted(not.reason())
                    : new Result.Interrupted(null, null);
        }

        @Override
        public List<Leftover> leftovers() {
            String marked = traceparent.apply(order);
            return marked == null ? List.of() : Leftovers.of(marked);
        }

        @Override
        public void close() {
            // nothing was made ready
        }
    }

    private record Unready(String reason) implements Prepared {
        @Override
        public long pid() {
            return 0;
        }

        @Override
        public Result perform() {
            return new Result.NotStarted(reason);
        }

        @Override
        public void close() {
            // there is no process
        }
    }

    private final class Ready implements Prepared {
        private final Order order;
        private final Child child;
        private boolean over;

        Ready(Order order, Child child) {
            this.order = order;
            this.child = child;
        }

        @Override
        public long pid() {
            return child.pid();
        }

        @Override
        public Result perform() {
            if (over) {
                throw new IllegalStateException("a command is performed once");
            }
            StepOutput out = output("out");
            StepOutput err = output("err");
            String changed = changed();
            if (changed != null) {
                close();
                return new Result.Refused(changed);
            }
            over = true;
            return result(child.run(out, err), out, err);
        }

        @Override
        public List<Leftover> leftovers() {
            return child.leftovers();
        }

        @Override
        public void close() {
            if (!over) {
                over = true;
                child.abandon();
            }
        }

        private @Nullable String changed() {
            ResolvedCommand command = order.command();
            String changed = finder.changed(command);
            String stands = child.workingFolder();
            return changed == null && stands != null && !stands.equals(command.cwd())
                    ? "the working directory `" + command.cwd() + "` led to `" + stands + "`"
                    : changed;
        }

        private Result result(End end, StepOutput out, StepOutput err) {
            if (end instanceof End.Exited exited) {
                return new Result.Exited(exited.code(), out.text(), err.text(), out.file(), err.file());
            } else if (end instanceof End.TimedOut) {
                return new Result.TimedOut(out.file(), err.file());
            } else if (end instanceof End.Interrupted) {
                return new Result.Interrupted(out.file(), err.file());
            } else if (end instanceof End.NotStarted not) {
                discard(out);
                discard(err);
                return new Result.NotStarted(not.reason());
            }
            Throwable cause = ((End.Unrecorded) end).cause();
            throw new UnrecordedException("the output of `" + order.stepId() + "` can't be kept: " + cause, cause);
        }

        private void discard(StepOutput output) {
            try {
                output.discard();
            } catch (IOException e) {
                throw new UnrecordedException("what was printed can't be taken away: " + e, e);
            }
        }

        private StepOutput output(String ending) {
            Redactor now = order.redactor();
            OutputListener heardBy = listener;
            LastLine lastLine = heardBy == null ? null : new LastLine(order.step(), now, heardBy);
            return new StepOutput(folder, order.number(), order.stepId(), ending, now, order.keepStdout(), lastLine);
        }
    }
}

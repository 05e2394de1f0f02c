package dev.gert.dispatch.cli;

import dev.gert.engine.port.Dispatcher;
import dev.gert.engine.port.UnrecordedException;
import dev.gert.policy.Redactor;
import dev.gert.policy.ResolvedCommand;
import dev.gert.runtime.Child;
import dev.gert.runtime.End;
import dev.gert.runtime.Launch;
import dev.gert.runtime.ProgramFinder;
import dev.gert.runtime.Spawner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands: a process that waits for its go, asked once more whether it is what was checked, its
 * output through the redactor into files, its whole tree ended with it.
 */
public final class CliDispatcher implements Dispatcher {
    private final Spawner spawner;
    private final ProgramFinder finder;
    private final OutputFolder folder;
    private final Supplier<Redactor> redactor;
    private final Function<Order, @Nullable String> traceparent;
    private final @Nullable OutputListener listener;

    /**
     * @param runFolder where {@code output/} is made
     * @param redactor the redactor of the moment; it may come to know more secrets during a run
     * @param traceparent the {@code TRACEPARENT} of an order, or null
     * @param listener hears of the last line printed
     */
    public CliDispatcher(
            Spawner spawner,
            ProgramFinder finder,
            Path runFolder,
            Supplier<Redactor> redactor,
            Function<Order, @Nullable String> traceparent,
            @Nullable OutputListener listener) {
        this.spawner = spawner;
        this.finder = finder;
        this.folder = new OutputFolder(runFolder);
        this.redactor = redactor;
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
        Spawner.Start start = spawner.start(new Launch(
                program,
                argv.subList(1, argv.size()),
                command.cwd(),
                command.environment(),
                traceparent.apply(order),
                command.stdin(),
                order.timeoutMillis()));
        return start instanceof Spawner.Start.Waiting waiting
                ? new Ready(order, waiting.child())
                : new Unready(((Spawner.Start.Failed) start).reason());
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
            Redactor now = redactor.get();
            OutputListener heardBy = listener;
            LastLine lastLine = heardBy == null ? null : new LastLine(order.step(), now, heardBy);
            return new StepOutput(folder, order.number(), order.stepId(), ending, now, order.keepStdout(), lastLine);
        }
    }
}

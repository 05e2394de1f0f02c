package dev.gert.runtime;

import dev.gert.engine.AnswerReader;
import dev.gert.engine.AssertionCheck;
import dev.gert.engine.CaptureReader;
import dev.gert.engine.CommandRequest;
import dev.gert.engine.EngineEffect;
import dev.gert.engine.port.Clock;
import dev.gert.engine.port.Dispatcher;
import dev.gert.engine.port.Dispatcher.Result;
import dev.gert.engine.port.Ids;
import dev.gert.engine.port.Programs;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.model.Capture;
import dev.gert.model.Effect;
import dev.gert.model.Step;
import dev.gert.plan.PlanTool;
import dev.gert.plan.StepNeeds;
import dev.gert.policy.Captured;
import dev.gert.policy.Decision;
import dev.gert.policy.NamedOperation;
import dev.gert.policy.Need;
import dev.gert.policy.OpenCommand;
import dev.gert.policy.Policy;
import dev.gert.policy.Redactor;
import dev.gert.policy.ResolvedCommand;
import dev.gert.policy.RulePlace;
import dev.gert.policy.SafeText;
import dev.gert.policy.SecretAnswer;
import dev.gert.policy.SecretCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one way from a run to the world (design.md, invariant 4): freezes a command, asks policy, and
 * hands to the dispatcher the very object that policy saw. Nothing else calls a dispatcher.
 */
public final class Gateway {
    private final Policy policy;
    private final Supplier<Redactor> redactor;
    private final Consumer<List<String>> secrets;
    private final Programs programs;
    private final Dispatcher dispatcher;
    private final Path projectRoot;
    private final Clock clock;
    private final Ids ids;
    private final String run;
    private final Supplier<String> terminal;
    private final Map<String, Frozen> frozen = new HashMap<>();
    private @Nullable Dispatcher reader;
    private Predicate<Dispatcher.Order> readable = order -> false;

    /**
     * @param redactor that of the moment
     * @param terminal why no command can have the terminal, empty when one can
     * @param secrets takes values that must not be seen from then on
     */
    public Gateway(
            Policy policy,
            Supplier<Redactor> redactor,
            Consumer<List<String>> secrets,
            Programs programs,
            Dispatcher dispatcher,
            Path projectRoot,
            Clock clock,
            Ids ids,
            String run,
            Supplier<String> terminal) {
        this.terminal = terminal;
        this.policy = policy;
        this.redactor = redactor;
        this.secrets = secrets;
        this.programs = programs;
        this.dispatcher = dispatcher;
        this.projectRoot = projectRoot;
        this.clock = clock;
        this.ids = ids;
        this.run = run;
    }

    /**
     * Of the reads that policy itself believes and allows without asking anybody, {@code those} go to
     * {@code dispatcher}: what a dry-run really makes. A tool's word that it reads is not enough.
     */
    public Gateway readsBy(Dispatcher dispatcher, Predicate<Dispatcher.Order> those) {
        reader = dispatcher;
        readable = those;
        return this;
    }

    /**
     * A command that policy let through, for the attempt that it was let through for.
     *
     * @param harmless a read that policy believes and allows without asking anybody
     * @param secret what it answers is a secret as a whole
     */
    private record Frozen(
            ResolvedCommand command, CommandRequest request, boolean harmless, boolean secret, List<Need> needs) {}

    /** What people are asked about. */
    record Asked(ResolvedCommand command, List<Need> needs) {}

    /** Freezes the command and asks policy; gives the records to append. */
    List<RunEvent> admit(EngineEffect.Admit admit) {
        String address = admit.place().address();
        int attempt = admit.attempt();
        CommandRequest request = admit.request();
        secrets.accept(request.secrets());
        boolean connected = request.call() != null && request.call().transport().connect() != null;
        NamedOperation service = request.service();
        Programs.Found found = connected || service != null
                ? new Programs.Found.NotSought()
                : programs.find(request.argv().get(0));
        if (found instanceof Programs.Found.Missing missing) {
            return List.of(completed(address, attempt, StepStatus.FAILED, null, missing.reason(), 0));
        }
        boolean real = found instanceof Programs.Found.Program;
        Path cwd = cwd(request.cwd(), real);
        if (cwd == null) {
            String written = request.cwd() == null ? projectRoot.toString() : request.cwd();
            String reason = "`cwd` is not a folder: " + written;
            return List.of(completed(address, attempt, StepStatus.FAILED, null, reason, 0));
        }
        Programs.Found.Program program = real ? (Programs.Found.Program) found : null;
        Effect declared = request.effect() == null ? Effect.MUTATE : request.effect();
        ResolvedCommand command = resolve(request, program, cwd, declared);
        boolean believed =
                request.believed() || (service == null ? policy.believesRead(command) : policy.believesRead(service));
        if (declared == Effect.READ && !believed) {
            command = resolve(request, program, cwd, Effect.MUTATE);
        }
        Decision decision = decide(request, command);
        if (decision instanceof Decision.NeedsApproval && real) {
            command = command.among(programs.operands(command));
        }
        List<RunEvent> events = new ArrayList<>();
        events.add(new RunEvent.PolicyDecided(
                address, attempt, view(command, request.interactive()), decision.word(), decision.rule()));
        if (decision instanceof Decision.Deny deny) {
            events.add(new RunEvent.StepBlocked(address, attempt, safe(deny.reason()), deny.rule()));
        } else {
            boolean harmless = decision instanceof Decision.Allow
                    && command.effect() == Effect.READ
                    && service == null
                    && policy.believesRead(command);
            List<Need> needs = decision instanceof Decision.NeedsApproval wanted ? wanted.needs() : List.of();
            boolean secret = SecretCommands.answersSecret(command);
            frozen.put(key(address, attempt), new Frozen(command, request, harmless, secret, needs));
        }
        return events;
    }

    /** Policy's answer, made stricter by what the step and its tool ask for themselves. */
    private Decision decide(CommandRequest request, ResolvedCommand command) {
        if (request.service() != null) {
            return StepNeeds.and(policy.decide(request.service(), request.radius()), request.wanted());
        }
        Decision decision = request.open() == null
                ? policy.decide(command, request.radius())
                : policy.decide(
                        new OpenCommand(request.open(), command.effect(), request.flags(), command.operation()),
                        request.radius());
        for (String name : command.environment().keySet()) {
            RulePlace rule = policy.deniesEnvironment(name);
            if (rule != null) {
                decision = new Decision.Deny(rule, "the step sets the environment variable " + name);
            }
        }
        return StepNeeds.and(decision, request.wanted());
    }

    /** Why the frozen command can't have the terminal that it wants; empty when it can, or wants none. */
    String obstacle(EngineEffect.Dispatch dispatch) {
        Frozen ready = frozen.get(key(dispatch.place().address(), dispatch.attempt()));
        return ready != null && ready.request().interactive() ? terminal.get() : "";
    }

    /** The command that policy saw, for the question that a person is asked. */
    Asked asked(String address, int attempt) {
        Frozen ready = Objects.requireNonNull(frozen.get(key(address, attempt)));
        return new Asked(ready.command(), ready.needs());
    }

    /** The record of a step for which a test answers. */
    RunEvent simulate(EngineEffect.Simulate simulate) {
        String address = simulate.place().address();
        int attempt = simulate.attempt();
        Step step = simulate.place().node().step();
        frozen.remove(key(address, attempt));
        Result result = dispatcher.simulate(
                new Dispatcher.Simulation(run, address, simulate.place().node(), redactor.get()));
        if (result instanceof Result.Simulated simulated) {
            Map<String, Captured> values = captured(simulated.captures());
            return new RunEvent.StepCompleted(address, attempt, StepStatus.PASSED, null, values, null, 0);
        }
        Result.Exited exited = result instanceof Result.Exited came ? came : null;
        String answer = exited == null ? null : exited.stdout();
        String wrong = result instanceof Result.NotStarted not ? not.reason() : exited == null ? "" : exited.failure();
        if (answer == null || wrong != null) {
            return completed(address, attempt, StepStatus.FAILED, null, wrong == null ? "no answer" : wrong, 0);
        }
        CaptureReader.Reading reading = AnswerReader.read(step, answer);
        if (reading instanceof CaptureReader.Reading.Missing missing) {
            return completed(address, attempt, StepStatus.FAILED, null, missing.reason(), 0);
        }
        Map<String, Captured> values = captured(((CaptureReader.Reading.Values) reading).values());
        String failure = AssertionCheck.failure(simulate.assertions(), answer);
        StepStatus status = failure == null ? StepStatus.PASSED : StepStatus.FAILED;
        SafeText reason = failure == null ? null : safe(failure);
        return new RunEvent.StepCompleted(address, attempt, status, null, values, reason, 0);
    }

    /** A dispatch whose intent is on disk. */
    final class Begun implements AutoCloseable {
        private final EngineEffect.Place place;
        private final int attempt;
        private final Frozen ready;
        private final Dispatcher.Prepared prepared;

        private Begun(EngineEffect.Place place, int attempt, Frozen ready, Dispatcher.Prepared prepared) {
            this.place = place;
            this.attempt = attempt;
            this.ready = ready;
            this.prepared = prepared;
        }

        /** Lets it go and waits for the end, on whatever thread; gives the records to append. */
        List<RunEvent> perform() {
            long start = clock.nanos();
            Result result = prepared.perform();
            long micros = (clock.nanos() - start) / 1000;
            List<RunEvent> events = leaked(place, attempt, prepared.leftovers());
            events.addAll(finish(place, attempt, ready, result, micros));
            return events;
        }

        /** Without {@link #perform}: nothing happens. */
        @Override
        public void close() {
            prepared.close();
        }
    }

    /**
     * Makes the frozen command ready and hands its intent to {@code journal}, before the effect begins.
     * When that throws, nothing happens and the child is ended.
     *
     * @param number of the dispatch in the run's folder
     * @param mostMillis what is left of the time of the step that this run belongs to
     */
    Begun begin(EngineEffect.Dispatch dispatch, int number, long mostMillis, Consumer<RunEvent> journal) {
        String address = dispatch.place().address();
        int attempt = dispatch.attempt();
        Frozen ready = Objects.requireNonNull(frozen.remove(key(address, attempt)));
        CommandRequest request = ready.request();
        if (request.retry() != null) {
            frozen.put(key(address, attempt + 1), ready);
        }
        Dispatcher.Order order = new Dispatcher.Order(
                run,
                address,
                dispatch.place().node().step().id(),
                attempt,
                number,
                ready.command(),
                request.keepStdout() || ready.secret(),
                request.interactive(),
                request.call(),
                Math.min(request.timeoutMillis(), mostMillis),
                ready.secret() ? Redactor.ofAll() : redactor.get());
        Dispatcher by = reader != null && ready.harmless() && readable.test(order) ? reader : dispatcher;
        Dispatcher.Prepared prepared = by.prepare(order);
        Begun begun = new Begun(dispatch.place(), attempt, ready, prepared);
        try {
            journal.accept(new RunEvent.Dispatched(
                    address, attempt, ready.command().effect(), ids.token(run, address), prepared.pid()));
        } catch (RuntimeException e) {
            begun.close();
            throw e;
        }
        return begun;
    }

    private List<RunEvent> leaked(EngineEffect.Place place, int attempt, List<Dispatcher.Leftover> leftovers) {
        List<RunEvent> events = new ArrayList<>();
        for (Dispatcher.Leftover each : leftovers) {
            SafeText command = safe(each.command());
            String said = "`" + place.node().step().id() + "` has ended, and a process that it started lives on: pid "
                    + each.pid() + ", " + command.text();
            events.add(new RunEvent.Warning(
                    safe(said), null, new RunEvent.LeakedProcess(place.address(), attempt, each.pid(), command)));
        }
        return events;
    }

    private List<RunEvent> finish(EngineEffect.Place place, int attempt, Frozen ready, Result result, long micros) {
        String step = place.address();
        List<RunEvent> events = new ArrayList<>();
        if (result instanceof Result.Refused refused) {
            events.add(new RunEvent.StepBlocked(step, attempt, safe(refused.reason()), null));
        } else if (result instanceof Result.Lost lost) {
            events.add(
                    ready.command().effect() == Effect.MUTATE
                            ? new RunEvent.StepInDoubt(step, attempt, 0)
                            : again(completed(step, attempt, StepStatus.FAILED, null, lost.reason(), micros), ready));
        } else if (result instanceof Result.NotStarted not) {
            events.add(completed(step, attempt, StepStatus.FAILED, null, not.reason(), micros));
        } else if (result instanceof Result.Simulated simulated) {
            events.add(new RunEvent.StepCompleted(
                    step, attempt, StepStatus.PASSED, null, captured(simulated.captures()), null, micros));
        } else if (result instanceof Result.TimedOut late) {
            output(step, attempt, late.outFile(), late.errFile(), events);
            events.add(again(completed(step, attempt, StepStatus.TIMED_OUT, null, "its time was over", micros), ready));
        } else if (result instanceof Result.Interrupted interrupted) {
            output(step, attempt, interrupted.outFile(), interrupted.errFile(), events);
            events.add(completed(step, attempt, StepStatus.INTERRUPTED, null, "a signal ended it", micros));
        } else if (result instanceof Result.Exited exited) {
            output(step, attempt, exited.outFile(), exited.errFile(), events);
            events.add(again(exited(place, attempt, ready, exited, micros), ready));
        }
        return events;
    }

    /** What failed and may be tried again is an attempt that failed, not the step. */
    private static RunEvent again(RunEvent.StepCompleted completed, Frozen ready) {
        Step.Retry retry = ready.request().retry();
        SafeText reason = completed.reason();
        boolean failed = completed.status() == StepStatus.FAILED || completed.status() == StepStatus.TIMED_OUT;
        boolean mayRepeat = ready.command().effect() != Effect.MUTATE;
        return failed && reason != null && mayRepeat && retry != null && completed.attempt() < retry.attempts()
                ? new RunEvent.AttemptFailed(completed.step(), completed.attempt(), reason, true)
                : completed;
    }

    private RunEvent.StepCompleted exited(
            EngineEffect.Place place, int attempt, Frozen ready, Result.Exited exited, long micros) {
        String step = place.address();
        int code = exited.exitCode();
        if (ready.secret()) {
            hide(exited.stdout());
            hide(exited.stderr());
        }
        if (!ready.request().passes().pass(code)) {
            String reason = exited.failure() == null ? "exit code " + code : exited.failure();
            return completed(step, attempt, StepStatus.FAILED, code, reason, micros);
        }
        PlanTool tool = place.node().tool();
        CaptureReader.Reading reading = CaptureReader.read(
                place.node().step().common().captures(),
                tool == null ? null : tool.action(),
                code,
                exited.stdout(),
                exited.stderr());
        if (reading instanceof CaptureReader.Reading.Missing missing) {
            return completed(step, attempt, StepStatus.FAILED, code, missing.reason(), micros);
        }
        Map<String, String> read = ((CaptureReader.Reading.Values) reading).values();
        Map<String, Captured> values =
                ready.secret() ? secret(place.node().step().common().captures(), read) : captured(read);
        String failure = AssertionCheck.failure(ready.request().assertions(), exited.stdout());
        if (failure != null && ready.secret()) {
            failure = "an assertion did not hold; what the command answers is a secret";
        }
        return new RunEvent.StepCompleted(
                step,
                attempt,
                failure == null ? StepStatus.PASSED : StepStatus.FAILED,
                code,
                values,
                failure == null ? null : safe(failure),
                micros);
    }

    private void hide(@Nullable String answer) {
        if (answer != null) {
            secrets.accept(SecretAnswer.secrets(answer));
        }
    }

    /** What is captured of a secret answer is a secret: all but the exit code, and what has no content. */
    private Map<String, Captured> secret(List<Capture> captures, Map<String, String> values) {
        Map<String, Captured> captured = new LinkedHashMap<>();
        for (Capture capture : captures) {
            String value = Objects.requireNonNull(values.get(capture.name()));
            boolean open = capture.from() instanceof Capture.From.ExitCode || value.isBlank();
            if (!open) {
                secrets.accept(List.of(value));
            }
            captured.put(capture.name(), open ? redactor.get().capture(value) : Redactor.hidden(value));
        }
        return captured;
    }

    private Map<String, Captured> captured(Map<String, String> values) {
        Map<String, Captured> captured = new LinkedHashMap<>();
        values.forEach((name, value) -> captured.put(name, redactor.get().capture(value)));
        return captured;
    }

    private static void output(
            String step,
            int attempt,
            RunEvent.@Nullable OutputFile out,
            RunEvent.@Nullable OutputFile err,
            List<RunEvent> events) {
        if (out != null || err != null) {
            events.add(new RunEvent.OutputCaptured(step, attempt, out, err));
        }
    }

    private RunEvent.StepCompleted completed(
            String step, int attempt, StepStatus status, @Nullable Integer exitCode, String reason, long micros) {
        return new RunEvent.StepCompleted(step, attempt, status, exitCode, Map.of(), safe(reason), micros);
    }

    /** Null when it is no folder; {@code real}: behind all links, as it is compared again before the effect. */
    private @Nullable Path cwd(@Nullable String written, boolean real) {
        try {
            Path path =
                    written == null ? projectRoot : projectRoot.resolve(written).normalize();
            if (!real) {
                return path;
            }
            return Files.isDirectory(path) ? path.toRealPath() : null;
        } catch (IOException | InvalidPathException e) {
            return null;
        }
    }

    /** What is found for the programs inside a command: a path with a slash is taken from its own folder. */
    private Map<String, ResolvedCommand.Started> inside(List<String> argv, Path cwd) {
        Map<String, ResolvedCommand.Started> inside = new HashMap<>();
        for (String name : ResolvedCommand.programsInside(argv)) {
            boolean relative = name.indexOf('/') > 0;
            if (programs.find(relative ? cwd + "/" + name : name) instanceof Programs.Found.Program found) {
                inside.put(name, new ResolvedCommand.Started(found.path(), found.realPath(), found.interpreter()));
            }
        }
        return inside;
    }

    private ResolvedCommand resolve(
            CommandRequest request, Programs.Found.@Nullable Program program, Path cwd, Effect effect) {
        return new ResolvedCommand(
                request.argv(),
                program == null ? null : program.path(),
                program == null ? null : program.realPath(),
                program == null ? null : program.sha256(),
                cwd.toString(),
                request.environment(),
                request.stdin(),
                effect,
                request.timeoutMillis(),
                program == null ? List.of() : program.interpreter(),
                List.of(),
                request.operation(),
                program == null ? Map.of() : inside(request.argv(), cwd));
    }

    private RunEvent.CommandView view(ResolvedCommand command, boolean interactive) {
        List<SafeText> argv = new ArrayList<>();
        for (String word : command.argv()) {
            argv.add(safe(word));
        }
        return new RunEvent.CommandView(
                argv,
                shown(command.program()),
                shown(command.realPath()),
                command.sha256(),
                safe(command.cwd()),
                List.copyOf(new TreeSet<>(command.environment().keySet())),
                command.effect(),
                command.timeoutMillis(),
                interactive,
                command.operation());
    }

    private SafeText safe(String text) {
        return redactor.get().safe(text);
    }

    private @Nullable SafeText shown(@Nullable String text) {
        return text == null ? null : safe(text);
    }

    private static String key(String address, int attempt) {
        return address + "#" + attempt;
    }
}

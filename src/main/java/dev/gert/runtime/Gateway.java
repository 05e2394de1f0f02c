package dev.gert.runtime;

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
import dev.gert.model.Effect;
import dev.gert.plan.PlanNode;
import dev.gert.policy.Captured;
import dev.gert.policy.Decision;
import dev.gert.policy.OpenCommand;
import dev.gert.policy.Policy;
import dev.gert.policy.Redactor;
import dev.gert.policy.ResolvedCommand;
import dev.gert.policy.RulePlace;
import dev.gert.policy.SafeText;
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
import org.jspecify.annotations.Nullable;

/**
 * The one way from a run to the world (design.md, invariant 4): freezes a command, asks policy, and
 * hands to the dispatcher the very object that policy saw. Nothing else calls a dispatcher.
 */
public final class Gateway {
    private final Policy policy;
    private final Redactor redactor;
    private final Programs programs;
    private final Dispatcher dispatcher;
    private final Path projectRoot;
    private final Clock clock;
    private final Ids ids;
    private final String run;
    private final Map<String, Frozen> frozen = new HashMap<>();

    public Gateway(
            Policy policy,
            Redactor redactor,
            Programs programs,
            Dispatcher dispatcher,
            Path projectRoot,
            Clock clock,
            Ids ids,
            String run) {
        this.policy = policy;
        this.redactor = redactor;
        this.programs = programs;
        this.dispatcher = dispatcher;
        this.projectRoot = projectRoot;
        this.clock = clock;
        this.ids = ids;
        this.run = run;
    }

    /** A command that policy let through, for the attempt that it was let through for. */
    private record Frozen(ResolvedCommand command, boolean keepStdout) {}

    /** Freezes the command and asks policy; gives the records to append. */
    List<RunEvent> admit(EngineEffect.Admit admit) {
        PlanNode node = admit.node();
        int attempt = admit.attempt();
        CommandRequest request = admit.request();
        Programs.Found found = programs.find(request.argv().get(0));
        if (found instanceof Programs.Found.Missing missing) {
            return List.of(failed(node, attempt, missing.reason()));
        }
        boolean real = found instanceof Programs.Found.Program;
        Path cwd = cwd(request.cwd(), real);
        if (cwd == null) {
            String written = request.cwd() == null ? projectRoot.toString() : request.cwd();
            return List.of(failed(node, attempt, "`cwd` is not a folder: " + written));
        }
        Programs.Found.Program program = real ? (Programs.Found.Program) found : null;
        Effect declared = request.effect() == null ? Effect.MUTATE : request.effect();
        ResolvedCommand command = resolve(request, program, cwd, declared);
        if (declared == Effect.READ && !policy.believesRead(command)) {
            command = resolve(request, program, cwd, Effect.MUTATE);
        }
        List<RunEvent> events = new ArrayList<>();
        Decision decision = request.open() == null
                ? policy.decide(command)
                : policy.decide(new OpenCommand(request.open(), command.effect(), request.flags()));
        for (String name : command.environment().keySet()) {
            RulePlace rule = policy.deniesEnvironment(name);
            if (rule != null) {
                decision = new Decision.Deny(rule, "the step sets the environment variable " + name);
            }
        }
        events.add(
                new RunEvent.PolicyDecided(node.address(), attempt, view(command), decision.word(), decision.rule()));
        if (decision instanceof Decision.Deny deny) {
            events.add(new RunEvent.StepBlocked(node.address(), attempt, redactor.safe(deny.reason()), deny.rule()));
        } else {
            frozen.put(key(node, attempt), new Frozen(command, request.keepStdout()));
        }
        return events;
    }

    /** The command that policy saw, for the question that a person is asked. */
    ResolvedCommand frozen(PlanNode node, int attempt) {
        return Objects.requireNonNull(frozen.get(key(node, attempt))).command();
    }

    /**
     * Runs the frozen command. {@code journal} is called with each record in order, the intent
     * before the effect begins, the rest after it. When it throws, nothing more happens and the child is ended.
     */
    void dispatch(EngineEffect.Dispatch dispatch, Consumer<RunEvent> journal) {
        PlanNode node = dispatch.node();
        int attempt = dispatch.attempt();
        Frozen ready = Objects.requireNonNull(frozen.remove(key(node, attempt)));
        Dispatcher.Order order = new Dispatcher.Order(
                node.address(), node.step().id(), attempt, dispatch.number(), ready.command(), ready.keepStdout());
        try (Dispatcher.Prepared prepared = dispatcher.prepare(order)) {
            journal.accept(new RunEvent.Dispatched(
                    node.address(), attempt, ready.command().effect(), ids.token(run, node.address()), prepared.pid()));
            long start = clock.nanos();
            Result result = prepared.perform();
            finish(node, attempt, result, (clock.nanos() - start) / 1000, journal);
        }
    }

    private void finish(PlanNode node, int attempt, Result result, long micros, Consumer<RunEvent> journal) {
        String step = node.address();
        if (result instanceof Result.Refused refused) {
            journal.accept(new RunEvent.StepBlocked(step, attempt, redactor.safe(refused.reason()), null));
        } else if (result instanceof Result.NotStarted not) {
            journal.accept(failed(node, attempt, not.reason()));
        } else if (result instanceof Result.Simulated simulated) {
            journal.accept(new RunEvent.StepCompleted(
                    step, attempt, StepStatus.PASSED, null, captured(simulated.captures()), null, micros));
        } else if (result instanceof Result.TimedOut late) {
            output(step, attempt, late.outFile(), late.errFile(), journal);
            journal.accept(completed(step, attempt, StepStatus.TIMED_OUT, null, "its time was over", micros));
        } else if (result instanceof Result.Interrupted interrupted) {
            output(step, attempt, interrupted.outFile(), interrupted.errFile(), journal);
            journal.accept(completed(step, attempt, StepStatus.INTERRUPTED, null, "a signal ended it", micros));
        } else if (result instanceof Result.Exited exited) {
            output(step, attempt, exited.outFile(), exited.errFile(), journal);
            journal.accept(exited(node, attempt, exited, micros));
        }
    }

    private RunEvent exited(PlanNode node, int attempt, Result.Exited exited, long micros) {
        String step = node.address();
        if (exited.exitCode() != 0) {
            return completed(
                    step, attempt, StepStatus.FAILED, exited.exitCode(), "exit code " + exited.exitCode(), micros);
        }
        CaptureReader.Reading reading = CaptureReader.read(
                node.step().common().captures(), exited.exitCode(), exited.stdout(), exited.stderr());
        if (reading instanceof CaptureReader.Reading.Missing missing) {
            return completed(step, attempt, StepStatus.FAILED, exited.exitCode(), missing.reason(), micros);
        }
        Map<String, String> values = ((CaptureReader.Reading.Values) reading).values();
        return new RunEvent.StepCompleted(
                step, attempt, StepStatus.PASSED, exited.exitCode(), captured(values), null, micros);
    }

    private Map<String, Captured> captured(Map<String, String> values) {
        Map<String, Captured> captured = new LinkedHashMap<>();
        values.forEach((name, value) -> captured.put(name, redactor.capture(value)));
        return captured;
    }

    private static void output(
            String step,
            int attempt,
            RunEvent.@Nullable OutputFile out,
            RunEvent.@Nullable OutputFile err,
            Consumer<RunEvent> journal) {
        if (out != null || err != null) {
            journal.accept(new RunEvent.OutputCaptured(step, attempt, out, err));
        }
    }

    private RunEvent failed(PlanNode node, int attempt, String reason) {
        return completed(node.address(), attempt, StepStatus.FAILED, null, reason, 0);
    }

    private RunEvent completed(
            String step, int attempt, StepStatus status, @Nullable Integer exitCode, String reason, long micros) {
        return new RunEvent.StepCompleted(step, attempt, status, exitCode, Map.of(), redactor.safe(reason), micros);
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

    private static ResolvedCommand resolve(
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
                program == null ? List.of() : program.interpreter());
    }

    private RunEvent.CommandView view(ResolvedCommand command) {
        List<SafeText> argv = new ArrayList<>();
        for (String word : command.argv()) {
            argv.add(redactor.safe(word));
        }
        return new RunEvent.CommandView(
                argv,
                safe(command.program()),
                safe(command.realPath()),
                command.sha256(),
                redactor.safe(command.cwd()),
                List.copyOf(new TreeSet<>(command.environment().keySet())),
                command.effect(),
                command.timeoutMillis());
    }

    private @Nullable SafeText safe(@Nullable String text) {
        return text == null ? null : redactor.safe(text);
    }

    private static String key(PlanNode node, int attempt) {
        return node.address() + "#" + attempt;
    }
}

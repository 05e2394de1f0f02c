package dev.gert.cli;

import dev.gert.approval.ApprovalFolder;
import dev.gert.approval.Desk;
import dev.gert.approval.Requester;
import dev.gert.approval.UsedApprovals;
import dev.gert.dispatch.manual.AnsweredOperator;
import dev.gert.dispatch.manual.Attachments;
import dev.gert.dispatch.manual.TerminalOperator;
import dev.gert.dispatch.tool.ToolDispatcher;
import dev.gert.engine.RunTree;
import dev.gert.engine.port.Operator;
import dev.gert.engine.port.RunListener;
import dev.gert.engine.port.UnrecordedException;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.journal.FileJournal;
import dev.gert.notify.Notifier;
import dev.gert.plan.Plan;
import dev.gert.policy.Captured;
import dev.gert.runtime.ChildEnvironment;
import dev.gert.runtime.CommandPath;
import dev.gert.runtime.DerivedIds;
import dev.gert.runtime.Machine;
import dev.gert.runtime.ProgramFinder;
import dev.gert.runtime.RunEnd;
import dev.gert.runtime.Runner;
import dev.gert.runtime.Signals;
import dev.gert.runtime.Spawner;
import dev.gert.runtime.StopSignal;
import dev.gert.runtime.SystemClock;
import dev.gert.scenario.TextFiles;
import dev.gert.telemetry.Telemetry;
import dev.gert.web.LivePage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One session of a real run: its first, or one that goes on where another stopped. */
final class RunSession {
    /** How long a page that is open is given to get the end of the run. */
    private static final long PAGE_MILLIS = 1500;

    private final Wiring wiring;
    private final Plan plan;
    private final FileJournal journal;
    private final String run;
    private final Path folder;
    private final List<Envelope> before;
    private final List<String> failOn;
    private final boolean asks;
    private final SystemClock clock;
    private @Nullable RunRecording record;
    private @Nullable RunTree done;
    private @Nullable SigningKey key;
    private @Nullable EvidencePush keeps;
    private final List<String> ahead = new ArrayList<>();
    private final Map<String, Captured> supplied = new LinkedHashMap<>();

    /** {@code before}: the records that are in the journal already. */
    RunSession(
            Wiring wiring,
            Plan plan,
            FileJournal journal,
            String run,
            Path folder,
            List<Envelope> before,
            List<String> failOn,
            boolean asks,
            SystemClock clock) {
        this.asks = asks;
        this.wiring = wiring;
        this.plan = plan;
        this.journal = journal;
        this.run = run;
        this.folder = folder;
        this.before = before;
        this.failOn = failOn;
        this.clock = clock;
    }

    /** Values that the journal holds only redacted. */
    RunSession supplied(Map<String, Captured> values) {
        supplied.putAll(values);
        return this;
    }

    /** {@code to}: null where no scenario is asked for. */
    RunSession recorded(@Nullable RunRecording to) {
        record = to;
        return this;
    }

    /** What the records that are in the journal already add up to. */
    RunSession tree(RunTree soFar) {
        done = soFar;
        return this;
    }

    /** {@code with}: null where the run is not to be sealed. */
    RunSession sealed(@Nullable SigningKey with) {
        key = with;
        return this;
    }

    /** {@code with}: null where the evidence stays in the run's folder. */
    RunSession kept(@Nullable EvidencePush with) {
        keeps = with;
        return this;
    }

    /** Lines to show once the run has begun, before its first step. */
    RunSession ahead(List<String> lines) {
        ahead.addAll(lines);
        return this;
    }

    /** Runs until the run or the session is over, says what to do next, and returns the exit code. */
    int go(List<RunEvent> opening) {
        StopSignal stop = wiring.stop();
        CommandPath path = wiring.commandPath();
        RunTree tree = done == null ? new RunTree(plan) : done;
        DerivedFiles files = new DerivedFiles();
        RunView view = wiring.view(folder, plan, clock);
        RunRecording scenario = record;
        for (Envelope record : before) {
            files.recorded(record);
            view.recall(record);
            if (scenario != null) {
                scenario.add(record);
            }
        }
        supplied.forEach(tree.root()::supply);
        List<RunListener> listeners = new ArrayList<>();
        listeners.add(files);
        listeners.add(view);
        listeners.add(this::begun);
        if (scenario != null) {
            listeners.add(scenario::add);
        }
        LivePage page = wiring.page();
        if (page != null) {
            page.folder(folder);
            before.forEach(page::recorded);
            listeners.add(page);
        }
        List<RunEvent> first = new ArrayList<>(opening);
        String shortcomings = Machine.here().shortcomings();
        if (shortcomings != null) {
            first.add(new RunEvent.Warning(wiring.redaction().get().safe(shortcomings), null));
        }
        RunEnd end;
        Telemetry telemetry;
        try (Spawner spawner = new Spawner(new ChildEnvironment(
                wiring.environment(), path.text(), name -> plan.policy().withholdsEnvironment(name) != null))) {
            listenForSignals(stop, spawner, view);
            DerivedIds ids = new DerivedIds();
            ProgramFinder programs = new ProgramFinder(path, wiring.projectRoot());
            Notifier notifier = wiring.notifier(plan, run, spawner, programs);
            if (notifier != null) {
                before.forEach(notifier::recall);
                listeners.add(notifier);
            }
            Set<String> metrics = ConcurrentHashMap.newKeySet();
            telemetry = wiring.telemetry(metrics);
            if (telemetry != null) {
                before.forEach(telemetry::recall);
                listeners.add(telemetry);
            }
            String given = first(opening).traceparent();
            try (ToolDispatcher dispatcher = wiring.dispatcher(spawner, programs, folder, run, given, view)) {
                end = new Runner(
                                tree,
                                new SessionParts(wiring, programs, dispatcher, clock, asks, first(opening), metrics)
                                        .pinning(new PinnedFiles(folder)),
                                desk(opening),
                                operator(),
                                journal,
                                ids,
                                clock,
                                run,
                                stop,
                                listeners)
                        .run(first);
            }
            if (notifier != null && !(end instanceof RunEnd.Unrecorded)) {
                end = record(end, notifier.delivered(), listeners);
            }
        }
        if (end instanceof RunEnd.Completed && key != null) {
            RunEvent.RunSealed seal = new RunSeal(key, wiring, run).of(journal.head());
            end = record(end, seal == null ? List.of() : List.of(seal), listeners);
        }
        files.write(folder, journal.head(), wiring.io());
        try {
            journal.close();
        } catch (IOException e) {
            if (!(end instanceof RunEnd.Unrecorded)) {
                end = new RunEnd.Unrecorded("the journal could not be closed: " + TextFiles.reason(e));
            }
        }
        view.close();
        if (page != null) {
            page.end(PAGE_MILLIS);
            page.close();
        }
        wiring.told(telemetry, files.spans(), run);
        new SessionEnd(wiring, view, folder, run, scenario).say(end, files.evidence());
        if (scenario != null) {
            scenario.end(end, wiring, plan, folder);
        }
        EvidencePush push = keeps;
        if (push != null && end instanceof RunEnd.Completed) {
            EvidencePush.Failure failure = push.push(run, folder, files, journal.head(), wiring.io());
            if (failure != null) {
                String again = wiring.command("evidence push " + run);
                wiring.io().warning(failure.said(wiring.io()), join(failure.help(), "`" + again + "` sends it later"));
            }
        }
        return exitCode(end);
    }

    /** What is recorded after the run or the session came to that end; the end that it has then. */
    private RunEnd record(RunEnd end, List<? extends RunEvent> events, List<RunListener> listeners) {
        try {
            for (RunEvent event : events) {
                Envelope envelope = journal.append(run, null, event);
                listeners.forEach(listener -> listener.recorded(envelope));
            }
            return end;
        } catch (UnrecordedException e) {
            return new RunEnd.Unrecorded(String.valueOf(e.getMessage()));
        }
    }

    private static String join(String first, String second) {
        return first.isEmpty() ? second : first + "; " + second;
    }

    private void begun(Envelope record) {
        if (record.event() instanceof RunEvent.InputsResolved && record.run().equals(run)) {
            ahead.forEach(wiring::line);
            ahead.clear();
        }
    }

    private Desk desk(List<RunEvent> opening) {
        RunEvent.RunStarted started = first(opening);
        String exchange = plan.policy().exchange();
        long last = before.isEmpty() ? 0 : micros(before.get(before.size() - 1).time());
        return new Desk(
                wiring.dialogue(),
                new Requester(started.actor(), Wiring.osUser(), Wiring.host(), started.mode()),
                new ApprovalFolder(folder, exchange == null ? null : Path.of(exchange)),
                new UsedApprovals(folder.resolve("../..").normalize()),
                journal::head,
                clock,
                run,
                last);
    }

    private static long micros(String time) {
        Instant instant = Instant.parse(time);
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000;
    }

    private Operator operator() {
        Attachments attachments = new Attachments(folder);
        return new AnsweredOperator(
                wiring.answers().answers().evidence(),
                wiring.answers().folder(),
                attachments,
                new TerminalOperator(
                        wiring.dialogue(), clock, attachments, wiring.io().cwd()));
    }

    private RunEvent.RunStarted first(List<RunEvent> opening) {
        return (RunEvent.RunStarted)
                (before.isEmpty() ? opening.get(0) : before.get(0).event());
    }

    private int exitCode(RunEnd end) {
        boolean unwanted = end instanceof RunEnd.Completed completed && failOn.contains(completed.outcome());
        return unwanted && end.exitCode() == 0 ? 1 : end.exitCode();
    }

    /** The first signal ends the running step and the session, a second one everything at once. */
    private void listenForSignals(StopSignal stop, Spawner spawner, RunView view) {
        Thread thread = new Thread(
                () -> Signals.on(signal -> {
                    if (signal.equals("INT") && spawner.hasForeground()) {
                        return;
                    }
                    boolean second = stop.raised() != null;
                    stop.raise(signal);
                    if (second) {
                        spawner.killAll();
                        view.close();
                        wiring.io().err("stopped  at once");
                        wiring.io()
                                .err("go on    "
                                        + wiring.command("resume " + run + (record == null ? "" : record.option())));
                        wiring.io().flush();
                        Main.halt(RunEnd.Interrupted.code(signal));
                    }
                    spawner.interruptAll();
                }),
                "signals");
        thread.setDaemon(true);
        thread.start();
    }
}

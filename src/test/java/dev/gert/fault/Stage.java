package dev.gert.fault;

import dev.gert.approval.ApprovalFolder;
import dev.gert.approval.Desk;
import dev.gert.approval.Requester;
import dev.gert.approval.UsedApprovals;
import dev.gert.decode.AnswersDecoder;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.dispatch.cli.CliDispatcher;
import dev.gert.dispatch.manual.AnsweredOperator;
import dev.gert.dispatch.manual.Attachments;
import dev.gert.dispatch.manual.TerminalOperator;
import dev.gert.engine.Decider;
import dev.gert.engine.EngineEffect;
import dev.gert.engine.RunState;
import dev.gert.engine.RunTree;
import dev.gert.engine.StepPhase;
import dev.gert.engine.port.Clock;
import dev.gert.engine.port.Dialogue;
import dev.gert.engine.port.Dispatcher;
import dev.gert.engine.port.Programs;
import dev.gert.engine.port.UnrecordedException;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.journal.FileJournal;
import dev.gert.model.Answers;
import dev.gert.model.Runbook;
import dev.gert.model.StepAnswers;
import dev.gert.plan.Plan;
import dev.gert.policy.Captured;
import dev.gert.policy.Redactor;
import dev.gert.runtime.ChildEnvironment;
import dev.gert.runtime.CommandPath;
import dev.gert.runtime.DerivedIds;
import dev.gert.runtime.Gateway;
import dev.gert.runtime.ProgramFinder;
import dev.gert.runtime.RunEnd;
import dev.gert.runtime.RunParts;
import dev.gert.runtime.Runner;
import dev.gert.runtime.Spawner;
import dev.gert.runtime.StopSignal;
import dev.gert.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * One run in a folder, of gert's own parts but for the processes: stand-ins that write into a log of their
 * own what was done, and how much of the journal was on disk by then. A session after the other works on it.
 */
final class Stage {
    static final String RUN = "20261123T101500Z-4f21c9aa";
    private static final List<StepAnswers> ANSWERS = answers();
    private static final Spawner NONE = new Spawner(new ChildEnvironment(List.of(), "", name -> false));

    final Golden golden;
    final Path reports;
    final Path folder;
    final List<String> log = Collections.synchronizedList(new ArrayList<>());
    /** What the clock of the next session shows, in microseconds. */
    long micros = 1_795_428_900_000_000L;

    boolean nobody;

    Stage(Golden golden, Path reports) {
        this.golden = golden;
        this.reports = reports;
        this.folder = reports.resolve("runs").resolve(RUN);
    }

    Path journal() {
        return folder.resolve(FileJournal.NAME);
    }

    /** How a session ended: a state of the run, {@code gone} or {@code refused: why}. */
    String start(FaultyDisk disk) {
        try {
            Files.createDirectories(reports);
            Files.writeString(reports.resolve("picture.png"), "a picture".repeat(200));
            FileJournal journal = FileJournal.create(disk, folder, clock());
            Map<String, Captured> inputs = new LinkedHashMap<>();
            golden.plan().runbook().vars().forEach(v -> inputs.put(v.name(), Captured.recorded(v.value(), false)));
            return session(
                    disk,
                    journal,
                    new RunTree(golden.plan()),
                    0,
                    List.of(started(golden.plan()), new RunEvent.InputsResolved(inputs, Map.of())));
        } catch (FaultyDisk.Gone e) {
            return "gone";
        } catch (IOException e) {
            return "refused: " + e.getMessage();
        }
    }

    String resume(FaultyDisk disk) {
        try {
            Opened opened = open(disk);
            if (opened.journal == null) {
                return opened.refusal;
            }
            RunEvent.RunCompleted completed = opened.tree.completed();
            if (completed != null) {
                opened.journal.close();
                return completed.outcome();
            }
            return session(
                    disk,
                    opened.journal,
                    opened.tree,
                    opened.last,
                    List.of(new RunEvent.RunResumed("ann", "host", opened.cut, null)));
        } catch (FaultyDisk.Gone e) {
            return "gone";
        } catch (IOException e) {
            return "refused: " + e.getMessage();
        }
    }

    /** Says of each step in doubt what the stand-ins' log says of it. */
    String decide(FaultyDisk disk) {
        try {
            Opened opened = open(disk);
            if (opened.journal == null) {
                return opened.refusal;
            }
            try (FileJournal journal = opened.journal) {
                for (Map.Entry<String, RunState> each : opened.tree.runs().entrySet()) {
                    RunState state = each.getValue();
                    for (EngineEffect.Place place : state.open()) {
                        String address = place.address();
                        if (state.phase(address) == StepPhase.IN_DOUBT) {
                            int attempt = state.attempt(address);
                            boolean ran = ran(each.getKey(), address, attempt);
                            String span = new DerivedIds().span(each.getKey(), address, attempt);
                            journal.append(
                                    each.getKey(),
                                    span,
                                    new RunEvent.StepDecided(
                                            address, attempt, ran ? "did_run" : "did_not_run", "ann", null));
                        }
                    }
                }
            }
            return "decided";
        } catch (FaultyDisk.Gone e) {
            return "gone";
        } catch (UnrecordedException e) {
            return disk.isGone() ? "gone" : "unrecorded";
        } catch (IOException e) {
            return "refused: " + e.getMessage();
        }
    }

    /** Sessions on a sound disk until the run is over, or can't be gone on with. */
    String goOn() {
        for (int session = 0; session < 20; session++) {
            String end = resume(new FaultyDisk());
            if (end.equals("in doubt")) {
                decide(new FaultyDisk());
            } else {
                return end;
            }
        }
        return "endless";
    }

    private boolean ran(String run, String step, int attempt) {
        String beginning = run + " " + step + " " + attempt + " ";
        synchronized (log) {
            return log.stream().anyMatch(line -> line.startsWith(beginning));
        }
    }

    private record Opened(FileJournal journal, RunTree tree, long cut, long last, String refusal) {}

    private Opened open(FaultyDisk disk) throws IOException {
        FileJournal.Reopened reopened = FileJournal.reopen(disk, folder, clock());
        if (reopened instanceof FileJournal.Reopened.Busy busy) {
            return new Opened(null, null, 0, 0, "busy: " + busy.holder());
        }
        if (reopened instanceof FileJournal.Reopened.Damaged damaged) {
            return new Opened(
                    null,
                    null,
                    0,
                    0,
                    "refused: line " + damaged.line() + ", byte " + damaged.offset() + ": " + damaged.reason());
        }
        FileJournal.Reopened.Ready ready = (FileJournal.Reopened.Ready) reopened;
        RunTree tree = new RunTree(golden.plan());
        ready.records().forEach(tree::evolve);
        boolean inputs = ready.records().stream().anyMatch(r -> r.event() instanceof RunEvent.InputsResolved);
        if (!inputs) {
            ready.journal().close();
            return new Opened(null, null, 0, 0, "refused: no inputs");
        }
        Envelope last = ready.records().get(ready.records().size() - 1);
        java.time.Instant time = java.time.Instant.parse(last.time());
        return new Opened(
                ready.journal(), tree, ready.cutBytes(), time.getEpochSecond() * 1_000_000 + time.getNano() / 1000, "");
    }

    private String session(FaultyDisk disk, FileJournal journal, RunTree tree, long last, List<RunEvent> opening)
            throws IOException {
        Clock clock = clock();
        DerivedIds ids = new DerivedIds();
        Attachments attachments = new Attachments(disk, folder);
        Desk desk = new Desk(
                new Acknowledging(nobody),
                new Requester("ann", "ann", "host", "real"),
                new ApprovalFolder(disk, folder, null),
                new UsedApprovals(disk, reports),
                journal::head,
                clock,
                RUN,
                last);
        // The processes of a session end before its journal is closed, also those that no thread has let go yet.
        Session session = new Session(disk, clock, ids);
        try (journal;
                disk) {
            RunEnd end = new Runner(
                            tree,
                            session,
                            desk,
                            new AnsweredOperator(
                                    ANSWERS,
                                    reports,
                                    attachments,
                                    new TerminalOperator(new Acknowledging(true), clock, attachments, reports)),
                            journal,
                            ids,
                            clock,
                            RUN,
                            new StopSignal(),
                            List.of())
                    .run(opening);
            return word(disk, end);
        }
    }

    private static String word(FaultyDisk disk, RunEnd end) {
        if (disk.isGone()) {
            return "gone";
        } else if (end instanceof RunEnd.Completed completed) {
            return completed.outcome();
        } else if (end instanceof RunEnd.InDoubt) {
            return "in doubt";
        }
        return end instanceof RunEnd.Unrecorded
                ? "unrecorded"
                : end instanceof RunEnd.Pending pending ? "pending: " + pending.reason() : "interrupted";
    }

    private Clock clock() {
        long begin = micros;
        return new Clock() {
            private long now = begin;

            @Override
            public synchronized long epochMicros() {
                now += 1000;
                return now;
            }

            @Override
            public synchronized long nanos() {
                return (now - begin) * 1000;
            }

            @Override
            public synchronized void sleep(long millis, BooleanSupplier cut) {
                now += millis * 1000;
            }
        };
    }

    private static RunEvent.RunStarted started(Plan plan) {
        return new RunEvent.RunStarted(
                plan.runbook().name(),
                new RunEvent.FileDigest(
                        plan.runbook().source().name(), plan.runbook().source().sha256()),
                List.of(),
                "",
                "real",
                "ann",
                "ann",
                "host",
                null,
                "0",
                null,
                "/",
                "/",
                "2026-01-01T00:00:00Z",
                "2026-01-01T04:00:00Z",
                List.of(),
                null,
                null,
                List.of());
    }

    private final class Session implements RunParts {
        private final FaultyDisk disk;
        private final Clock clock;
        private final DerivedIds ids;

        Session(FaultyDisk disk, Clock clock, DerivedIds ids) {
            this.disk = disk;
            this.clock = clock;
            this.ids = ids;
        }

        @Override
        public RunParts.Parts parts(Plan plan, String run) {
            Redactor redactor = plan.policy().redactor();
            return new RunParts.Parts(
                    new Decider(plan, () -> redactor, ids::token, false),
                    new Gateway(
                            plan.policy(),
                            () -> redactor,
                            secrets -> {},
                            name -> new Programs.Found.NotSought(),
                            new StandIns(disk),
                            Path.of("/"),
                            clock,
                            ids,
                            run,
                            () -> ""),
                    () -> redactor);
        }

        @Override
        public RunEvent.RunStarted started(Plan plan) {
            return Stage.started(plan);
        }

        @Override
        public Inputs inputs(Plan plan, Map<String, Captured> given) {
            Map<String, Captured> values = new LinkedHashMap<>();
            for (Runbook.Variable variable : plan.runbook().vars()) {
                values.put(variable.name(), Captured.recorded(variable.value(), false));
            }
            values.putAll(given);
            return new Inputs.Resolved(new RunEvent.InputsResolved(values, Map.of()));
        }
    }

    /** Each effect is a line: whose it is, its token, and how much of the journal was on disk. */
    private final class StandIns implements Dispatcher {
        private final FaultyDisk disk;
        private final CliDispatcher output;

        StandIns(FaultyDisk disk) {
            this.disk = disk;
            ProgramFinder finder = new ProgramFinder(CommandPath.ofOperator("/usr/bin"), Path.of("/"));
            this.output = new CliDispatcher(disk, NONE, finder, folder, order -> null, null);
        }

        @Override
        public Prepared prepare(Order order) {
            return new Prepared() {
                @Override
                public long pid() {
                    return 42;
                }

                @Override
                public Result perform() {
                    List<String> argv = order.command().argv();
                    boolean done =
                            disk.effect(() -> log.add(order.run() + " " + order.step() + " " + order.attempt() + " "
                                    + order.command().effect().name().toLowerCase(java.util.Locale.ROOT) + " "
                                    + argv.get(argv.size() - 1) + " " + disk.forced(journal())));
                    if (!done) {
                        return new Result.NotStarted("the session is over");
                    }
                    return switch (order.stepId()) {
                        case "fails" -> new Result.Exited(1, "", "", null, null);
                        case "late" -> new Result.TimedOut(output.keep(order, "so far\n"), null);
                        case "flaky" -> new Result.Exited(order.attempt() < 3 ? 1 : 0, "", "", null, null);
                        case "big" ->
                            new Result.Exited(0, "", "", output.keep(order, "0123456789abcde\n".repeat(1 << 16)), null);
                        case "see", "check" -> new Result.Exited(0, "yes", "", output.keep(order, "yes\n"), null);
                        default -> new Result.Exited(0, "", "", null, null);
                    };
                }

                @Override
                public void close() {}
            };
        }
    }

    /** A person who says yes by typing what they are told to type. */
    private record Acknowledging(boolean away) implements Dialogue {
        @Override
        public String obstacle() {
            return away ? "nobody is there" : "";
        }

        @Override
        public Reply ask(List<String> lines, String prompt, long millis, BooleanSupplier over) {
            int at = prompt.indexOf("type ");
            return new Reply.Line(prompt.substring(at + 5, prompt.indexOf(" to acknowledge")));
        }

        @Override
        public Reply askLines(List<String> lines, String prompt, long millis) {
            return new Reply.End();
        }

        @Override
        public Reply askHidden(List<String> lines, String prompt) {
            return new Reply.End();
        }
    }

    private static List<StepAnswers> answers() {
        Answers answers = AnswersDecoder.decode(Source.of("answers.yaml", """
                        evidence:
                          person:
                            seen: {kind: text, value: it is slow}
                            picture: {kind: attachment, path: picture.png}
                            cause: {kind: text, value: b}
                        """), new Diagnostics());
        return answers.evidence();
    }
}

package dev.gert.cli;

import dev.gert.approval.OpenRequest;
import dev.gert.approval.PendingRequests;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.journal.FileJournal;
import dev.gert.journal.GlanceReader;
import dev.gert.journal.JournalReader;
import dev.gert.journal.RunFolders;
import dev.gert.model.Effect;
import dev.gert.policy.Need;
import dev.gert.policy.SafeText;
import dev.gert.projection.Evidence;
import dev.gert.projection.EvidenceAttempt;
import dev.gert.projection.RunGlance;
import dev.gert.projection.RunStatus;
import dev.gert.render.StatusJson;
import dev.gert.render.StatusText;
import dev.gert.scenario.TextFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code gert status}: a run on one screen (cli.md). */
final class StatusCommand implements Command {
    @Override
    public String name() {
        return "status";
    }

    @Override
    public String summary() {
        return "shows what a run did, what it waits for, who can unblock it and what to do next";
    }

    @Override
    public String example() {
        return "gert status latest";
    }

    @Override
    public void declare(Options options) {
        options.positional("RUN", "a run's id, the beginning of one, `latest`, or a folder")
                .choice("--format", "lines to read, or one JSON document", "text", "json")
                .text("--reports", "DIR", "the folder that runs are written under (default: reports)");
    }

    @Override
    public int call(Arguments arguments, Io io) {
        try {
            RunFolders.Found.Run run = NamedRun.of(arguments, io);
            if (run == null) {
                return Cli.USAGE;
            }
            RunStatus status = new Reading(run, arguments).status();
            io.out()
                    .print(
                            arguments.choice("--format").equals("json")
                                    ? StatusJson.render(status)
                                    : StatusText.render(status, io.facts().unicode(), io.widthOfOut()));
            return io.verdict(status.glance().state() == RunGlance.State.UNREADABLE ? Cli.NEGATIVE : Cli.OK);
        } catch (IOException e) {
            io.error("the run can't be read: " + TextFiles.reason(e), null);
            return Cli.USAGE;
        }
    }

    /** One run's folder, read. */
    private static final class Reading {
        private final Path folder;
        private final Arguments arguments;
        private final RunGlance glance;
        private final List<Envelope> records;
        private final Evidence evidence = new Evidence();
        private final Map<String, EvidenceAttempt> newest = new LinkedHashMap<>();
        private final List<RunStatus.Waiting> waits = new ArrayList<>();
        private final List<String> next = new ArrayList<>();

        Reading(RunFolders.Found.Run run, Arguments arguments) throws IOException {
            this.folder = run.folder();
            this.arguments = arguments;
            JournalReader.Result read = JournalReader.read(folder.resolve(FileJournal.NAME));
            records = read instanceof JournalReader.Result.Whole whole
                    ? whole.records()
                    : read instanceof JournalReader.Result.Torn torn ? torn.records() : List.of();
            RunGlance seen = GlanceReader.read(folder);
            glance = read instanceof JournalReader.Result.Damaged damaged ? damaged(seen, damaged) : seen;
            records.forEach(evidence::add);
            for (EvidenceAttempt attempt : evidence.attempts()) {
                if (attempt.probeOf() == null) {
                    newest.put(attempt.run + " " + attempt.started.step(), attempt);
                }
            }
        }

        private static RunGlance damaged(RunGlance seen, JournalReader.Result.Damaged damaged) {
            return new RunGlance(
                    seen.id(),
                    seen.runbook(),
                    seen.file(),
                    seen.actor(),
                    seen.incident(),
                    seen.started(),
                    seen.last(),
                    RunGlance.State.UNREADABLE,
                    null,
                    "line " + damaged.line() + " of its journal: " + damaged.reason(),
                    0,
                    "");
        }

        RunStatus status() throws IOException {
            RunEvent.RunStarted started = evidence.started();
            String begun = started == null
                    ? ""
                    : "begun " + glance.started() + " by " + glance.actor() + " on " + started.host();
            requests();
            for (EvidenceAttempt attempt : newest.values()) {
                attempt(attempt);
            }
            switch (glance.state()) {
                case UNREADABLE -> next("verify " + glance.id());
                case OVER -> {
                    next("audit " + glance.id());
                    next("verify " + glance.id());
                }
                case IN_DOUBT -> {}
                default -> {
                    if (glance.holder() == 0) {
                        next("resume " + glance.id());
                    }
                }
            }
            return new RunStatus(glance, begun, owner(), counts(), last(), waits, open(), next);
        }

        private void next(String words) {
            next.add(Wiring.command(arguments, words));
        }

        private void requests() throws IOException {
            if (glance.state() == RunGlance.State.OVER) {
                return;
            }
            for (PendingRequests.Pending pending : PendingRequests.of(folder, records)) {
                OpenRequest request = pending.request();
                List<String> who = new ArrayList<>();
                List<OpenRequest.Person> people = request.people();
                for (OpenRequest.Person person : people == null ? List.<OpenRequest.Person>of() : people) {
                    if (counts(person, request)) {
                        who.add(person.name() + " (" + String.join(", ", person.roles()) + ")");
                    }
                }
                String reason = "the yes of " + Need.who(request.needs()) + ", asked by " + request.requester()
                        + ", until " + request.expires();
                String argv = request.lines().get(0).strip();
                waits.add(new RunStatus.Waiting(request.stepId(), reason, argv.substring(argv.indexOf('[')), who));
                next("approve " + glance.id() + " --step " + ShellWord.of(request.stepId()));
            }
        }

        private static boolean counts(OpenRequest.Person person, OpenRequest request) {
            boolean self = person.name().equals(request.requester())
                    || person.osUsers().contains(request.requesterUser());
            boolean fits = false;
            for (Need need : request.needs()) {
                boolean holds = need.roles().isEmpty();
                for (String role : need.roles()) {
                    holds |= person.roles().contains(role);
                }
                boolean alone = need.people() == 1 && request.term("acknowledge");
                fits |= holds && (!self || alone || request.term("allow_self"));
            }
            return fits;
        }

        private void attempt(EvidenceAttempt attempt) {
            String id = attempt.started.id();
            String status = attempt.status();
            boolean open = glance.outcome() == null;
            if (open && status.equals("awaiting_input") && attempt.manual != null) {
                waits.add(new RunStatus.Waiting(
                        id, "a person does it: " + attempt.manual.instructions().text(), "", List.of()));
            } else if (open
                    && status.equals("awaiting_approval")
                    && attempt.asked != null
                    && attempt.asked.request() == null) {
                waits.add(new RunStatus.Waiting(id, "a yes at the run's own terminal", "", List.of()));
            } else if (open && (status.equals("in_doubt") || doubtful(attempt))) {
                RunEvent.Dispatched dispatched = attempt.dispatched;
                waits.add(new RunStatus.Waiting(
                        id,
                        "somebody who finds out whether it had its effect"
                                + (dispatched == null || dispatched.pid() == 0 ? "" : ", process " + dispatched.pid()),
                        "",
                        List.of()));
                for (String verdict : new String[] {"--did-run", "--did-not-run", "--abort"}) {
                    next("decide " + glance.id() + " " + ShellWord.of(id) + " " + verdict);
                }
            } else if (glance.state() == RunGlance.State.OVER
                    && (status.equals("failed") || status.equals("timed_out") || status.equals("blocked"))
                    && attempt.linked == null) {
                next("retry " + glance.id() + " " + ShellWord.of(id));
            }
        }

        private boolean doubtful(EvidenceAttempt attempt) {
            return glance.holder() == 0
                    && glance.state() == RunGlance.State.IN_DOUBT
                    && attempt.dispatched != null
                    && attempt.dispatched.effect() == Effect.MUTATE
                    && (attempt.status().equals("running") || attempt.status().equals("interrupted"));
        }

        private @Nullable String owner() {
            String owner = null;
            for (Envelope each : evidence.byHand()) {
                if (each.event() instanceof RunEvent.RunHandedOver handed) {
                    SafeText why = handed.reason();
                    owner = handed.to() + ", handed over by " + handed.from() + (why == null ? "" : ": " + why.text());
                }
            }
            return owner;
        }

        private List<String> counts() {
            Map<String, Integer> counts = new LinkedHashMap<>();
            newest.values().forEach(attempt -> counts.merge(attempt.status(), 1, Integer::sum));
            List<String> words = new ArrayList<>();
            counts.forEach((status, count) -> words.add(count + " " + status.replace('_', ' ')));
            return words;
        }

        private String last() {
            EvidenceAttempt last = null;
            for (EvidenceAttempt attempt : newest.values()) {
                if (attempt.endedAt != null
                        && (last == null || attempt.endedAt.compareTo(String.valueOf(last.endedAt)) >= 0)) {
                    last = attempt;
                }
            }
            if (last == null) {
                return "";
            }
            RunEvent.StepCompleted completed = last.completed;
            SafeText reason = completed == null ? null : completed.reason();
            return last.started.id() + " " + last.status().replace('_', ' ') + " at " + last.endedAt
                    + (reason == null ? "" : ": " + reason.text());
        }

        private List<String> open() {
            List<String> open = new ArrayList<>();
            for (Envelope each : evidence.leaked()) {
                RunEvent.LeakedProcess leaked = ((RunEvent.Warning) each.event()).leaked();
                if (leaked != null && ProcessHandle.of(leaked.pid()).isPresent()) {
                    open.add("process " + leaked.pid() + " of " + evidence.id(each.run(), leaked.step()) + ": "
                            + leaked.command().text());
                }
            }
            return open;
        }
    }
}

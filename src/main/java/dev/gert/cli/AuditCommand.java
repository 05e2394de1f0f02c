package dev.gert.cli;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.journal.FileJournal;
import dev.gert.journal.JournalReader;
import dev.gert.journal.RunFolders;
import dev.gert.plan.Plan;
import dev.gert.policy.Policy;
import dev.gert.policy.PolicyLayer;
import dev.gert.policy.Roster;
import dev.gert.projection.Audit;
import dev.gert.projection.AuditFinding;
import dev.gert.projection.AuditMaker;
import dev.gert.projection.AuditSurroundings;
import dev.gert.projection.Evidence;
import dev.gert.render.AuditJson;
import dev.gert.render.AuditText;
import dev.gert.scenario.PolicyWalk;
import dev.gert.scenario.RunbookLoader;
import dev.gert.scenario.TextFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code gert audit}: what ran against what was declared; it writes nothing and waits for nobody (cli.md). */
final class AuditCommand implements Command {
    @Override
    public String name() {
        return "audit";
    }

    @Override
    public String summary() {
        return "holds what a run did against what was declared, and against today's policy";
    }

    @Override
    public String example() {
        return "gert audit latest";
    }

    @Override
    public void declare(Options options) {
        options.positional("RUN", "the run's id, the beginning of one, `latest`, or its folder")
                .texts("--policy", "FILE", "a policy file that narrows further; may be repeated")
                .text("--reports", "DIR", "where runs are written")
                .choice("--format", "how the audit is written", "text", "json");
    }

    @Override
    public int call(Arguments arguments, Io io) {
        try {
            RunFolders.Found.Run run = NamedRun.of(arguments, io);
            if (run == null) {
                return Cli.USAGE;
            }
            return audit(run, arguments, io);
        } catch (IOException e) {
            io.error("the run can't be read: " + TextFiles.reason(e), null);
            return Cli.USAGE;
        }
    }

    private static int audit(RunFolders.Found.Run run, Arguments arguments, Io io) throws IOException {
        JournalReader.Result read = JournalReader.read(run.folder().resolve(FileJournal.NAME));
        List<AuditFinding> of = new ArrayList<>();
        List<Envelope> records = List.of();
        if (read instanceof JournalReader.Result.Damaged damaged) {
            String message = "the journal is damaged at line " + damaged.line() + ", byte " + damaged.offset() + ": "
                    + damaged.reason() + "; nothing in it can be relied on";
            of.add(AuditFinding.of("journal", run.id(), message));
        } else if (read instanceof JournalReader.Result.Torn torn) {
            records = torn.records();
            String message = "its last record was never finished: " + torn.tornBytes() + " bytes";
            of.add(AuditFinding.of("journal", run.id(), message));
        } else if (read instanceof JournalReader.Result.Whole whole) {
            records = whole.records();
        }
        Evidence evidence = new Evidence();
        AuditMaker maker = new AuditMaker(evidence);
        records.forEach(record -> {
            evidence.add(record);
            maker.add(record);
        });
        boolean begun = !records.isEmpty() && records.get(0).event() instanceof RunEvent.RunStarted;
        Audit made = begun
                ? maker.audit(around(run, records, arguments))
                : new Audit(run.id(), "", "", "", "", List.of(), List.of());
        of.addAll(made.findings());
        if (!begun && of.isEmpty()) {
            of.add(AuditFinding.of("journal", run.id(), "it holds no record of a run"));
        }
        Audit audit = new Audit(made.run(), made.mode(), made.actor(), made.host(), made.startedAt(), made.runs(), of);
        boolean unicode = io.facts().unicode();
        String text = arguments.choice("--format").equals("json")
                ? AuditJson.render(audit)
                : arguments.quiet()
                        ? AuditText.summary(audit) + "\n"
                        : AuditText.render(audit, arguments.verbose(), unicode, io.widthOfOut());
        io.out().print(text);
        return io.verdict(of.isEmpty() ? Cli.OK : Cli.NEGATIVE);
    }

    /** The runbook, the policy and the files of today. */
    private static AuditSurroundings around(RunFolders.Found.Run run, List<Envelope> records, Arguments arguments) {
        RunEvent.RunStarted started = (RunEvent.RunStarted) records.get(0).event();
        Path cwd = Path.of(started.cwd());
        Path file = Path.of(started.runbook().file());
        RunbookLoader loader = new RunbookLoader(cwd, arguments.files("--policy")).deniedToo();
        Plan plan = loader.load(file, new Diagnostics());
        Policy policy = null;
        if (plan == null) {
            List<PolicyLayer> layers = new PolicyWalk(cwd, arguments.files("--policy"))
                    .layers(cwd.resolve(file).normalize(), new Diagnostics());
            policy = layers == null ? null : Policy.meet(layers);
        }
        List<String> changed = new ArrayList<>();
        if (plan != null) {
            Set<String> linked = new HashSet<>();
            started.linked().forEach(each -> linked.add(each.file()));
            for (RunEvent.ChangedFile each : new RunPins(records).changed(plan, loader.others())) {
                if (linked.contains(each.file())) {
                    changed.add(each.file());
                }
            }
        }
        return new AuditSurroundings(plan, policy, changed, true, people(plan), new WrittenFiles(run.folder()));
    }

    /** Who may approve; null where there is no roster. */
    static @Nullable Set<String> people(@Nullable Plan plan) {
        Roster roster = plan == null ? null : plan.policy().roster();
        if (roster == null) {
            return null;
        }
        Set<String> people = new HashSet<>();
        for (Roster.Person person : roster.people()) {
            people.add(person.name());
        }
        return people;
    }
}

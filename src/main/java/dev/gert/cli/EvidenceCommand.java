package dev.gert.cli;

import dev.gert.journal.FileJournal;
import dev.gert.journal.JournalReader;
import dev.gert.journal.RunFolders;
import dev.gert.scenario.Project;
import dev.gert.scenario.TextFiles;
import java.io.IOException;

/** {@code gert evidence push}: sends a run's bundle that could not be sent, or not to there (cli.md). */
final class EvidenceCommand implements Command {
    @Override
    public String name() {
        return "evidence";
    }

    @Override
    public String summary() {
        return "`push` sends a run's bundle to S3";
    }

    @Override
    public String example() {
        return "gert evidence push latest --evidence s3://audit/runs";
    }

    @Override
    public void declare(Options options) {
        options.positional("push", "what is done with the evidence")
                .positional("RUN", "the run's id, the beginning of one, `latest`, or its folder")
                .text("--reports", "DIR", "where runs are written");
        EvidencePush.declare(options);
    }

    @Override
    public int call(Arguments arguments, Io io) {
        if (!arguments.positional(0).equals("push")) {
            throw new UsageException(
                    "`gert evidence " + arguments.positional(0) + "` is nothing that can be done",
                    "`gert evidence push RUN`");
        }
        EvidencePush push = EvidencePush.of(arguments, Project.of(io.cwd()).file());
        if (push == null) {
            throw new UsageException(
                    "there is no place to send it to",
                    "`--evidence s3://BUCKET/PREFIX` names one, or `evidence: {to: s3://BUCKET/PREFIX}` in gert.yaml");
        }
        try {
            RunFolders.Found.Run run = NamedRun.of(1, arguments, io);
            return run == null ? Cli.USAGE : push(run, push, io);
        } catch (IOException e) {
            io.error("the run can't be read: " + TextFiles.reason(e), null);
            return Cli.USAGE;
        }
    }

    private static int push(RunFolders.Found.Run run, EvidencePush push, Io io) throws IOException {
        JournalReader.Result read = JournalReader.read(run.folder().resolve(FileJournal.NAME));
        if (!(read instanceof JournalReader.Result.Whole whole)) {
            io.error("the journal is not whole: `gert verify " + run.id() + "` says more", "nothing was sent");
            return Cli.NEGATIVE;
        }
        DerivedFiles files = new DerivedFiles();
        whole.records().forEach(files::recorded);
        if (files.evidence().completed() == null) {
            io.error(
                    "run " + run.id() + " is not over, and what is kept can't be replaced",
                    "nothing was sent; `gert resume " + run.id() + "` goes on with it");
            return Cli.NEGATIVE;
        }
        EvidencePush.Failure failure = push.push(run.id(), run.folder(), files, whole.head(), io);
        if (failure != null) {
            io.error(failure.said(io), failure.help().isEmpty() ? null : failure.help());
            return Cli.NEGATIVE;
        }
        return io.verdict(Cli.OK);
    }
}

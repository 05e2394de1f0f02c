package dev.gert.cli;

import dev.gert.event.Envelope;
import dev.gert.journal.FileJournal;
import dev.gert.journal.JournalReader;
import dev.gert.journal.RunFolders;
import dev.gert.model.ProjectFile;
import dev.gert.scenario.Project;
import dev.gert.scenario.TextFiles;
import dev.gert.telemetry.Telemetry;
import dev.gert.telemetry.TelemetrySettings;
import java.io.IOException;
import java.util.List;

/** {@code gert trace push}: sends a run's trace that could not be sent, or not to there (cli.md). */
final class TraceCommand implements Command {
    @Override
    public String name() {
        return "trace";
    }

    @Override
    public String summary() {
        return "`push` sends a run's trace to an OTLP collector";
    }

    @Override
    public String example() {
        return "gert trace push latest";
    }

    @Override
    public void declare(Options options) {
        options.positional("push", "what is done with the trace")
                .positional("RUN", "the run's id, the beginning of one, `latest`, or its folder")
                .text("--reports", "DIR", "where runs are written");
    }

    @Override
    public int call(Arguments arguments, Io io) {
        if (!arguments.positional(0).equals("push")) {
            throw new UsageException(
                    "`gert trace " + arguments.positional(0) + "` is nothing that can be done",
                    "`gert trace push RUN`");
        }
        ProjectFile file = Project.of(io.cwd()).file();
        TelemetrySettings settings =
                TelemetrySettings.of(io::env, file == null ? ProjectFile.Telemetry.silent() : file.telemetry());
        for (String problem : settings.problems()) {
            io.warning(problem, null);
        }
        TelemetrySettings.Target target = settings.traces();
        if (target == null) {
            throw new UsageException(
                    "there is no collector to send it to",
                    "`OTEL_EXPORTER_OTLP_ENDPOINT` names one, or `otel: {exporter: otlp, endpoint: URL}` in gert.yaml");
        }
        try {
            RunFolders.Found.Run run = NamedRun.of(1, arguments, io);
            return run == null ? Cli.USAGE : push(run, settings, target, io);
        } catch (IOException e) {
            io.error("the run can't be read: " + TextFiles.reason(e), null);
            return Cli.USAGE;
        }
    }

    private static int push(
            RunFolders.Found.Run run, TelemetrySettings settings, TelemetrySettings.Target target, Io io)
            throws IOException {
        JournalReader.Result read = JournalReader.read(run.folder().resolve(FileJournal.NAME));
        if (read instanceof JournalReader.Result.Damaged damaged) {
            io.error(
                    "line " + damaged.line() + " of the journal is not what was written: " + damaged.reason(),
                    "nothing was sent");
            return Cli.NEGATIVE;
        }
        List<Envelope> records = read instanceof JournalReader.Result.Whole whole
                ? whole.records()
                : ((JournalReader.Result.Torn) read).records();
        String problem = records.isEmpty()
                ? "is empty: its journal holds no record"
                : Telemetry.push(settings, records, target.timeoutMillis());
        if (problem != null) {
            io.error("the trace of run " + run.id() + " " + problem, null);
            return Cli.NEGATIVE;
        }
        io.out().print("sent to " + io.safe(target.host()) + "\n");
        return io.verdict(Cli.OK);
    }
}

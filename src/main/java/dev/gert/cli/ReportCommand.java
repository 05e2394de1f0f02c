package dev.gert.cli;

import dev.gert.event.Envelope;
import dev.gert.journal.FileJournal;
import dev.gert.journal.JournalReader;
import dev.gert.journal.RunFolders;
import dev.gert.scenario.TextFiles;
import dev.gert.verify.BundleWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code gert report}: makes what is made from a run's records again, and packs all of it (cli.md). */
final class ReportCommand implements Command {
    @Override
    public String name() {
        return "report";
    }

    @Override
    public String summary() {
        return "makes a run's report, evidence and trace again, and packs them";
    }

    @Override
    public String example() {
        return "gert report latest";
    }

    @Override
    public void declare(Options options) {
        options.positional("RUN", "the run's id, the beginning of one, `latest`, or its folder")
                .flag("--open", "shows the report in a browser")
                .text(
                        "--bundle",
                        "FILE.zip",
                        "packs the records, all files of the run, and a program that verifies them")
                .text("--reports", "DIR", "where runs are written");
    }

    @Override
    public int call(Arguments arguments, Io io) {
        Path bundle = arguments.file("--bundle");
        if (bundle != null && !bundle.toString().endsWith(".zip")) {
            throw new UsageException("`--bundle` names a file that ends with `.zip`", null);
        }
        try {
            RunFolders.Found.Run run = NamedRun.of(arguments, io);
            return run == null ? Cli.USAGE : report(run, bundle, arguments, io);
        } catch (IOException e) {
            io.error("the run can't be read: " + TextFiles.reason(e), null);
            return Cli.USAGE;
        }
    }

    /** What of the journal holds. */
    private record Reading(List<Envelope> records, String head, long bytes) {}

    private static int report(RunFolders.Found.Run run, @Nullable Path bundle, Arguments arguments, Io io)
            throws IOException {
        Path folder = run.folder();
        BundleWriter packer = new BundleWriter(run.id(), folder);
        JournalReader.Result read = JournalReader.read(folder.resolve(FileJournal.NAME));
        if (read instanceof JournalReader.Result.Damaged damaged) {
            io.error(
                    "line " + damaged.line() + " of the journal is not what was written: " + damaged.reason(),
                    "nothing was made; `gert verify` says more");
            return Cli.NEGATIVE;
        }
        Reading reading;
        if (read instanceof JournalReader.Result.Torn torn) {
            if (torn.records().isEmpty()) {
                io.error("the journal holds no record", "nothing was made");
                return Cli.NEGATIVE;
            }
            io.warning("the journal's last record was never finished, and is left out", null);
            reading = new Reading(torn.records(), torn.head(), torn.offset());
        } else {
            JournalReader.Result.Whole whole = (JournalReader.Result.Whole) read;
            reading = new Reading(whole.records(), whole.head(), whole.bytes());
        }
        DerivedFiles files = new DerivedFiles();
        reading.records().forEach(files::recorded);
        String head = reading.head();
        boolean written = files.write(folder, head, io);
        if (!written) {
            return Cli.NEGATIVE;
        }
        if (!arguments.quiet()) {
            io.out().print(shown(folder.resolve(DerivedFiles.PAGE), io) + "\n");
        }
        if (bundle != null) {
            Path file = io.cwd().resolve(bundle);
            try {
                packer.write(file, reading.bytes(), files.evidence().dispatches(), files.contents(folder, head));
            } catch (IOException e) {
                io.error("`" + bundle + "` can't be written: " + TextFiles.reason(e), null);
                return Cli.USAGE;
            }
            if (!arguments.quiet()) {
                io.out().print(shown(file, io) + "\n");
            }
        }
        if (arguments.flag("--open")) {
            Browser.open(folder.resolve(DerivedFiles.PAGE).toUri().toString(), io);
        }
        return io.verdict(Cli.OK);
    }

    private static String shown(Path file, Io io) {
        return io.safe((file.startsWith(io.cwd()) ? io.cwd().relativize(file) : file).toString());
    }
}

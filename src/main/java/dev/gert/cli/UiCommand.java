package dev.gert.cli;

import dev.gert.approval.OpenRequest;
import dev.gert.approval.PendingRequests;
import dev.gert.event.Envelope;
import dev.gert.journal.FileJournal;
import dev.gert.journal.JournalReader;
import dev.gert.journal.RunFolders;
import dev.gert.runtime.Signals;
import dev.gert.runtime.StopSignal;
import dev.gert.scenario.TextFiles;
import dev.gert.web.LivePage;
import dev.gert.web.PageQuestion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code gert ui}: the live page of a run that another process works on, or that waits (cli.md). */
final class UiCommand implements Command {
    private static final long LOOK_MILLIS = 250;

    @Override
    public String name() {
        return "ui";
    }

    @Override
    public String summary() {
        return "shows a run on a page on 127.0.0.1, with what waits for approval, until Ctrl-C";
    }

    @Override
    public String example() {
        return "gert ui latest";
    }

    @Override
    public void declare(Options options) {
        options.positional("RUN", "the run's id, the beginning of one, `latest`, or its folder")
                .flag("--open", "shows the page in a browser")
                .text("--reports", "DIR", "where runs are written");
    }

    @Override
    public int call(Arguments arguments, Io io) {
        try {
            RunFolders.Found.Run run = NamedRun.of(arguments, io);
            return run == null ? Cli.USAGE : new Watching(run.folder(), arguments.flag("--open"), io).watch();
        } catch (IOException e) {
            io.error("the run can't be shown: " + TextFiles.reason(e), null);
            return Cli.USAGE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Cli.OK;
        }
    }

    private static final class Watching implements LivePage.Answers {
        private final Path folder;
        private final boolean opens;
        private final Io io;
        private List<PendingRequests.Pending> pending = List.of();
        private long size = -1;

        Watching(Path folder, boolean opens, Io io) {
            this.folder = folder;
            this.opens = opens;
            this.io = io;
        }

        int watch() throws IOException, InterruptedException {
            StopSignal stop = new StopSignal();
            Signals.on(stop::raise);
            try (LivePage page = new LivePage(this)) {
                page.folder(folder);
                String problem = look(page);
                if (problem == null) {
                    io.err("page     " + page.url());
                    io.err("it shows the run until Ctrl-C");
                    io.flush();
                    if (opens) {
                        Browser.open(page.url(), io);
                    }
                }
                while (problem == null && stop.raised() == null) {
                    long began = System.nanoTime();
                    problem = look(page);
                    long took = (System.nanoTime() - began) / 1_000_000;
                    Thread.sleep(LOOK_MILLIS + 2 * took);
                }
                if (problem != null) {
                    io.error(problem, "`gert verify` says more");
                    return Cli.NEGATIVE;
                }
            }
            return Cli.OK;
        }

        /** Null, or why the journal can't be believed. */
        private @Nullable String look(LivePage page) throws IOException {
            Path journal = folder.resolve(FileJournal.NAME);
            long now = Files.size(journal);
            if (now == size) {
                return null;
            }
            JournalReader.Result read = JournalReader.read(journal);
            if (read instanceof JournalReader.Result.Damaged damaged) {
                return "line " + damaged.line() + " of the journal is not what was written: " + damaged.reason();
            }
            List<Envelope> records = read instanceof JournalReader.Result.Whole whole
                    ? whole.records()
                    : ((JournalReader.Result.Torn) read).records();
            size = now;
            page.replaced(records);
            synchronized (this) {
                pending = PendingRequests.of(folder, records);
            }
            page.ask(questions());
            return null;
        }

        private synchronized List<PageQuestion> questions() {
            List<PageQuestion> questions = new ArrayList<>();
            for (PendingRequests.Pending each : pending) {
                OpenRequest request = each.request();
                List<String> lines = new ArrayList<>();
                request.lines().forEach(line -> lines.add(io.safe(line)));
                questions.add(new PageQuestion(
                        request.sha256(), lines, "", PageQuestion.Kind.DECISION, io.safe(request.stepId()), List.of()));
            }
            return questions;
        }

        /** By the OS user, as {@code gert approve} and {@code gert deny} do it; the id is of the request that was shown. */
        @Override
        public @Nullable String answered(String question, String text) {
            PendingRequests.Pending meant = null;
            synchronized (this) {
                for (PendingRequests.Pending each : pending) {
                    meant = each.request().sha256().equals(question) ? each : meant;
                }
            }
            boolean yes = text.startsWith("yes");
            if (meant == null || !yes && !text.startsWith("no")) {
                return "that is not asked any more";
            }
            ByteArrayOutputStream said = new ByteArrayOutputStream();
            Io heard = new Io(new ByteArrayInputStream(new byte[0]), said, said, io.env(), io.cwd(), io.facts());
            try {
                String reason =
                        text.substring(yes ? "yes".length() : "no".length()).strip();
                int code = new ApproveCommand(yes).byUser(meant, folder, reason, heard);
                return code == Cli.OK
                        ? null
                        : said.toString(StandardCharsets.UTF_8).strip();
            } catch (IOException e) {
                return "the decision can't be made: " + TextFiles.reason(e);
            }
        }
    }
}

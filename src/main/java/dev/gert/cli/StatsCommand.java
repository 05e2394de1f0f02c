package dev.gert.cli;

import dev.gert.diagnostic.Suggestions;
import dev.gert.journal.FileJournal;
import dev.gert.journal.GlanceReader;
import dev.gert.journal.JournalScan;
import dev.gert.journal.RunFolders;
import dev.gert.projection.RunFigures;
import dev.gert.projection.RunGlance;
import dev.gert.projection.RunStatistics;
import dev.gert.projection.Statistics;
import dev.gert.render.StatsCsv;
import dev.gert.render.StatsJson;
import dev.gert.render.StatsText;
import dev.gert.runtime.SystemClock;
import dev.gert.scenario.Project;
import dev.gert.scenario.TextFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code gert stats}: how long runs and steps took, how they ended, what they waited for (cli.md). */
final class StatsCommand implements Command {
    private static final int LIMIT = 20;

    @Override
    public String name() {
        return "stats";
    }

    @Override
    public String summary() {
        return "sums up runs: how they ended, how long steps took, what waited for people";
    }

    @Override
    public String example() {
        return "gert stats --since 30d";
    }

    @Override
    public void declare(Options options) {
        options.positionals("RUNBOOK", "the runs that began with it, by its name or file; without one, all", 0);
        RunFilter.declare(options)
                .text("--limit", "N", "so many lines a table at most, 0: all (default: 20, of text only)")
                .flag("--json", "one document, schema gert.stats/v1")
                .flag("--csv", "a line a figure, all values in quotes")
                .text("--reports", "DIR", "where runs are written");
    }

    @Override
    public int call(Arguments arguments, Io io) {
        List<String> named = arguments.positionals();
        if (named.size() > 1) {
            throw new UsageException("`gert stats` takes one runbook at the most", null);
        }
        boolean json = arguments.flag("--json");
        boolean csv = arguments.flag("--csv");
        if (json && csv) {
            throw new UsageException("`--json` and `--csv` exclude each other", null);
        }
        if ((json || csv) && arguments.text("--limit") != null) {
            throw new UsageException("`--limit` is for lines to read: `--json` and `--csv` give all figures", null);
        }
        int limit = RunsCommand.limit(arguments, LIMIT);
        Path reports = Wiring.reports(arguments, io, Project.of(io.cwd()));
        RunFilter filter = new RunFilter(arguments, RunFilter.now());
        String runbook = named.isEmpty() ? null : named.get(0);
        Statistics stats;
        try {
            stats = new Reading(
                            new RunFolders(reports),
                            filter,
                            runbook,
                            new Progress(io, arguments.quiet(), new SystemClock()))
                    .all(io);
        } catch (IOException e) {
            io.error("the runs can't be read: " + TextFiles.reason(e), null);
            return Cli.USAGE;
        }
        if (json) {
            Map<String, String> given = filter.given();
            if (runbook != null) {
                given.put("runbook", runbook);
            }
            io.out().print(StatsJson.render(stats, given));
        } else {
            io.out()
                    .print(
                            csv
                                    ? StatsCsv.render(stats)
                                    : StatsText.render(stats, io.facts().unicode(), io.widthOfOut(), limit));
        }
        return io.verdict(stats.damaged().isEmpty() ? Cli.OK : Cli.NEGATIVE);
    }

    /** One journal after the other. */
    private static final class Reading {
        private final RunFolders folders;
        private final RunFilter filter;
        private final @Nullable String runbook;
        private final Progress progress;
        private final RunStatistics stats = new RunStatistics();
        private final TreeSet<String> runbooks = new TreeSet<>();
        private boolean found;

        Reading(RunFolders folders, RunFilter filter, @Nullable String runbook, Progress progress) {
            this.folders = folders;
            this.filter = filter;
            this.runbook = runbook;
            this.progress = progress;
        }

        Statistics all(Io io) throws IOException {
            List<String> ids = folders.newestFirst();
            int read = 0;
            for (String id : ids) {
                if (filter.isTooOld(id)) {
                    break;
                }
                one(id);
                progress.at(++read, ids.size(), "runs");
            }
            progress.done();
            Statistics made = stats.made();
            for (Statistics.Damaged each : made.damaged()) {
                io.warning(
                        "run " + each.run() + " is left out: " + each.reason(),
                        "`gert verify " + each.run() + "` says what is wrong with it");
            }
            if (runbook != null && !found && !runbooks.isEmpty()) {
                io.warning("no run began with `" + runbook + "`", Suggestions.didYouMean(runbook, runbooks));
            }
            return made;
        }

        private void one(String id) throws IOException {
            Path folder = folders.folder(id);
            RunGlance run = GlanceReader.read(folder);
            if (run.state() == RunGlance.State.UNREADABLE) {
                // whose it was, and how it ended, is what can't be read
                if (filter.mayMatch(run)) {
                    stats.damaged(id, run.detail());
                }
                return;
            }
            runbooks.add(run.runbook());
            boolean meant = runbook == null || isOf(run, runbook);
            found |= meant;
            if (!meant || !filter.matches(run)) {
                return;
            }
            RunFigures figures = new RunFigures();
            JournalScan.End end = JournalScan.of(folder.resolve(FileJournal.NAME), record -> {
                figures.add(record.envelope());
                return null;
            });
            if (end instanceof JournalScan.End.Damaged damaged) {
                stats.damaged(id, "its journal is damaged at line " + damaged.line() + ": " + damaged.reason());
            } else {
                stats.add(run, figures);
            }
        }

        private static boolean isOf(RunGlance run, String runbook) {
            return run.runbook().equals(runbook)
                    || run.file().equals(runbook)
                    || run.file().endsWith("/" + runbook);
        }
    }
}

package dev.gert.cli;

import dev.gert.journal.GlanceReader;
import dev.gert.journal.RunFolders;
import dev.gert.journal.RunPruner;
import dev.gert.projection.RunGlance;
import dev.gert.render.RunsJson;
import dev.gert.render.RunsText;
import dev.gert.runtime.SystemClock;
import dev.gert.scenario.Project;
import dev.gert.scenario.TextFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** {@code gert runs} and {@code gert runs prune}: what runs there are, and which of them may go (cli.md). */
final class RunsCommand implements Command {
    private static final int LIMIT = 20;
    private static final String PRUNE = "prune";

    @Override
    public String name() {
        return "runs";
    }

    @Override
    public String summary() {
        return "lists runs, the newest first; `prune` removes old ones that are over";
    }

    @Override
    public String example() {
        return "gert runs --state over --since 7d";
    }

    @Override
    public void declare(Options options) {
        options.positionals(
                "ACTION", "`prune` removes the folders of the runs that are over; without it they are listed", 0);
        RunFilter.declare(options)
                .text("--limit", "N", "at most so many, 0: all (default: 20, with --json and --csv all)")
                .flag("--json", "one document, schema gert.runs/v1")
                .flag("--csv", "a line a run, all values in quotes")
                .text("--reports", "DIR", "where runs are written")
                .text("--older", "AGE|TIME", "with `prune`: runs whose last record is older than that: 90d")
                .flag("--dry-run", "with `prune`: says what would be removed, and removes nothing");
    }

    @Override
    public int call(Arguments arguments, Io io) {
        List<String> action = arguments.positionals();
        if (action.size() > 1 || action.size() == 1 && !action.get(0).equals(PRUNE)) {
            String wrong = action.get(0).equals(PRUNE) ? action.get(1) : action.get(0);
            throw new UsageException("`" + wrong + "` is nothing that can be done with runs", "`gert runs prune`");
        }
        boolean prune = !action.isEmpty();
        if (!prune && (arguments.text("--older") != null || arguments.flag("--dry-run"))) {
            throw new UsageException("`--older` and `--dry-run` belong to `gert runs prune`", null);
        }
        Path reports = Wiring.reports(arguments, io, Project.of(io.cwd()));
        RunFilter filter = new RunFilter(arguments, RunFilter.now());
        try {
            return prune ? prune(arguments, reports, filter, io) : list(arguments, reports, filter, io);
        } catch (IOException e) {
            io.error("the runs can't be read: " + TextFiles.reason(e), null);
            return Cli.USAGE;
        }
    }

    private static int list(Arguments arguments, Path reports, RunFilter filter, Io io) throws IOException {
        boolean json = arguments.flag("--json");
        boolean csv = arguments.flag("--csv");
        if (json && csv) {
            throw new UsageException("`--json` and `--csv` exclude each other", null);
        }
        RunFolders folders = new RunFolders(reports);
        List<String> ids = folders.newestFirst();
        int limit = limit(arguments, json || csv ? Integer.MAX_VALUE : LIMIT);
        List<RunGlance> runs = new ArrayList<>();
        boolean more = false;
        int read = 0;
        Progress progress = new Progress(io, arguments.quiet(), new SystemClock());
        for (String id : ids) {
            if (runs.size() == limit) {
                more = true;
                break;
            }
            if (filter.isTooOld(id)) {
                break;
            }
            RunGlance run = GlanceReader.read(folders.folder(id));
            if (filter.matches(run)) {
                runs.add(run);
            }
            progress.at(++read, ids.size(), "runs");
        }
        progress.done();
        if (json || csv) {
            io.out().print(json ? RunsJson.render(runs) : RunsJson.csv(runs));
            return io.verdict(Cli.OK);
        }
        io.out().print(RunsText.render(runs, io.facts().unicode(), io.widthOfOut()));
        if (!arguments.quiet()) {
            boolean all = runs.size() == ids.size();
            io.out((more ? "the newest " : "")
                    + (all ? "" : runs.size() + " of ")
                    + (ids.size() == 1 ? "1 run" : ids.size() + " runs")
                    + (more ? "; `--limit 0` shows all" : ""));
        }
        return io.verdict(Cli.OK);
    }

    private static int prune(Arguments arguments, Path reports, RunFilter filter, Io io) throws IOException {
        Instant older = Age.moment(arguments, "--older", RunFilter.now());
        if (older == null) {
            throw new UsageException("`gert runs prune` needs `--older`", "`gert runs prune --older 90d --dry-run`");
        }
        if (arguments.flag("--json") || arguments.flag("--csv") || arguments.text("--limit") != null) {
            throw new UsageException("`--json`, `--csv` and `--limit` belong to the list", null);
        }
        boolean dry = arguments.flag("--dry-run");
        String before = Age.micros(older);
        RunPruner pruner = new RunPruner(reports);
        for (String id : pruner.finish(dry)) {
            io.out((dry ? "would finish removing " : "finished removing ") + id);
        }
        RunFolders folders = new RunFolders(reports);
        int gone = 0;
        int kept = 0;
        List<String> ids = folders.newestFirst();
        for (String id : ids) {
            RunGlance run = GlanceReader.read(folders.folder(id));
            if (run.last().isEmpty() || run.last().compareTo(before) >= 0 || !filter.matches(run)) {
                continue;
            }
            String why = run.state() == RunGlance.State.OVER
                    ? dry
                            ? RunPruner.obstacle(folders.folder(id))
                            : pruner.prune(run, Wiring.osUser(), Age.micros(RunFilter.now()))
                    : "it is not over: " + run.state().word();
            String line = id + "  " + run.runbook() + ", " + run.last();
            if (why == null) {
                gone++;
                io.out(io.safe((dry ? "would remove " : "removed ") + line));
            } else {
                kept++;
                io.out(io.safe("kept " + line + ": " + why));
            }
        }
        if (!arguments.quiet()) {
            io.out(gone + " of " + ids.size() + " runs " + (dry ? "would be removed" : "removed")
                    + (kept == 0 ? "" : ", " + kept + " of that age kept"));
        }
        return io.verdict(Cli.OK);
    }

    /** What {@code --limit} says, {@code usual} where it is not given; 0 is all. */
    static int limit(Arguments arguments, int usual) {
        String text = arguments.text("--limit");
        if (text == null) {
            return usual;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 0) {
                return limit == 0 ? Integer.MAX_VALUE : limit;
            }
        } catch (NumberFormatException e) {
            // below
        }
        throw new UsageException("`--limit` is `" + text + "`, which is not a number", null);
    }
}

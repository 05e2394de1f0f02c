package dev.gert.scenario;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.engine.port.Clock;
import dev.gert.plan.BuiltIns;
import dev.gert.plan.Plan;
import dev.gert.projection.Coverage;
import dev.gert.projection.CoverageSite;
import dev.gert.projection.Necessity;
import dev.gert.projection.Obstacle;
import dev.gert.projection.Route;
import dev.gert.projection.RouteSearch;
import dev.gert.projection.RouteSearch.Kind;
import dev.gert.projection.RouteTarget;
import dev.gert.projection.RunTrace;
import dev.gert.projection.RunbookSuggestions;
import dev.gert.projection.SiteCoverage;
import dev.gert.projection.SuggestedFile;
import dev.gert.projection.Suggestion;
import dev.gert.projection.Suggestion.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * {@code gert coverage --suggest}: for every site of a runbook that nothing covers a scenario and a unit
 * test that reach it, or what stands in the way. Writes nothing and starts no process.
 */
final class SuggestionRun {
    private static final long STACK = 512L << 20;
    private static final int DETOURS = 4;
    private static final int NAME = 50;

    /** How many conditions may be tried, about: for one site, in a runbook that took long, and in a runbook. */
    private static final int EFFORT = 100_000;

    private static final int LEAST = 4_000;
    private static final int ALL = 1_000_000;

    private final Workspace workspace;
    private final Path runbook;
    private final Plan plan;
    private final SuggestionTrial trial;
    private final Path scenarios;
    private final Path testFile;
    private final Map<String, String> builtIns = new LinkedHashMap<>();
    private final Map<String, RouteTarget> targets = new LinkedHashMap<>();
    private final Set<String> wanted = new LinkedHashSet<>();
    private final Map<String, String> reachedBy = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private final List<Suggestion> suggestions = new ArrayList<>();
    private int effort = ALL;
    private final StringBuilder tests = new StringBuilder();

    private SuggestionRun(Workspace workspace, Clock clock, Path runbook, Plan plan) {
        this.workspace = workspace;
        this.runbook = runbook;
        this.plan = plan;
        this.trial = new SuggestionTrial(workspace, clock, runbook, plan, targets);
        this.scenarios = scenarios();
        String stem = ScenarioFolders.stem(runbook);
        this.testFile = runbook.resolveSibling(stem + ".suggested.test.yaml");
        for (Path folder : workspace.folders.of(runbook, new Diagnostics())) {
            names.add(folder.getFileName().toString());
        }
        builtIns.put(BuiltIns.RUN_ID, Rehearsal.RUN);
        builtIns.put(BuiltIns.ACTOR, Rehearsal.ACTOR);
        builtIns.put(BuiltIns.INCIDENT_ID, "");
        builtIns.put(BuiltIns.ICM_ID, "");
        builtIns.put(BuiltIns.QUERY_START_TIME, "1970-01-01T00:00:00Z");
        builtIns.put(BuiltIns.QUERY_END_TIME, "1970-01-01T04:00:00Z");
    }

    /** {@code runbook}: absolute; {@code coverage}: what covers it already. */
    static RunbookSuggestions of(Workspace workspace, Clock clock, Path runbook, Plan plan, Coverage coverage) {
        SuggestionRun run = new SuggestionRun(workspace, clock, runbook, plan);
        // Ways are as deep as runbooks are long.
        FutureTask<RunbookSuggestions> task = new FutureTask<>(() -> run.suggest(coverage));
        Thread thread = new Thread(null, task, "suggest", STACK);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private RunbookSuggestions result() {
        Path name = runbook.getFileName();
        SuggestedFile file = tests.length() == 0
                ? null
                : new SuggestedFile(
                        workspace.display(testFile), SuggestionFiles.head(name == null ? "" : name.toString()) + tests);
        return new RunbookSuggestions(workspace.display(runbook), suggestions, file);
    }

    /** Where the runbook's scenarios lie; where it has none, beside it. */
    private Path scenarios() {
        String stem = ScenarioFolders.stem(runbook);
        Path beside = runbook.resolveSibling(ScenarioFolders.SCENARIOS).resolve(stem);
        Path atRoot = workspace.projectRoot.resolve(ScenarioFolders.SCENARIOS).resolve(stem);
        return Files.isDirectory(atRoot) && !Files.isDirectory(beside) ? atRoot : beside;
    }

    private RunbookSuggestions suggest(Coverage coverage) {
        Map<String, CoverageSite> sites = new LinkedHashMap<>();
        for (SiteCoverage site : coverage.branches()) {
            add(site, sites);
        }
        for (SiteCoverage site : coverage.outcomes()) {
            add(site, sites);
        }
        Map<String, RouteTarget> all = RouteTarget.of(plan);
        for (String path : sites.keySet()) {
            RouteTarget target = all.get(path);
            if (target != null) {
                targets.put(path, target);
                wanted.add(path);
            }
        }
        for (CoverageSite site : sites.values()) {
            String earlier = reachedBy.get(site.path());
            RouteTarget target = targets.get(site.path());
            if (earlier != null) {
                suggestions.add(new Suggestion(site, Status.SHARED, earlier, List.of(), "", "", List.of()));
            } else if (target != null) {
                suggestions.add(suggest(site, target));
            }
        }
        return result();
    }

    private static void add(SiteCoverage site, Map<String, CoverageSite> sites) {
        if (!site.covered()) {
            sites.putIfAbsent(site.site().path(), site.site());
        }
    }

    private Suggestion suggest(CoverageSite site, RouteTarget target) {
        String name = named(site.label());
        Path folder = scenarios.resolve(name);
        Set<String> avoided = new HashSet<>();
        SuggestionTrial.Blocked blocked = null;
        Obstacle obstacle = null;
        String why = "";
        if (Necessity.isContradiction(target)) {
            Suggestion never = never(site, target, name);
            if (never != null) {
                return never;
            }
        }
        for (int i = 0; i < DETOURS; i++) {
            RouteSearch.Result found = search(target, avoided, Kind.WHOLE);
            if (found.route() == null && found.cameThere()) {
                found = search(target, avoided, Kind.SHORT);
            }
            Route route = found.route();
            if (route == null && avoided.isEmpty()) {
                Suggestion never = never(site, target, name);
                if (never != null) {
                    return never;
                }
            }
            if (route == null) {
                obstacle = found.obstacle();
                break;
            }
            SuggestionTrial.Tried tried = trial.scenario(route, target, folder);
            if (!tried.files().isEmpty()) {
                return found(site, target, name, route, tried);
            }
            why = tried.why();
            if (tried.blocked() == null || !avoided.add(tried.blocked().key())) {
                break;
            }
            blocked = tried.blocked();
        }
        Suggestion unit = blocked == null ? unit(site, target, name, why) : null;
        if (unit != null) {
            return unit;
        }
        names.remove(name);
        if (blocked != null) {
            return none(site, Status.UNREACHABLE, "policy lets no run come there", List.of(blocked.obstacle()));
        }
        return none(site, Status.UNSOLVED, why, obstacle == null ? List.of() : List.of(obstacle));
    }

    private @Nullable Suggestion never(CoverageSite site, RouteTarget target, String name) {
        List<Obstacle> obstacles = Necessity.against(plan, target);
        if (obstacles == null) {
            return null;
        }
        names.remove(name);
        return none(site, Status.UNREACHABLE, "no values lead there", obstacles);
    }

    private RouteSearch.Result search(RouteTarget target, Set<String> avoided, Kind kind) {
        int most = Math.max(LEAST, Math.min(EFFORT, effort));
        try {
            RouteSearch.Options options = new RouteSearch.Options(builtIns, wanted, avoided, kind, most);
            RouteSearch.Result result = RouteSearch.find(plan, target, options);
            effort -= most - result.left();
            return result;
        } catch (StackOverflowError e) {
            return new RouteSearch.Result(null, new Obstacle("the way there is too long", null), false, 0);
        }
    }

    private Suggestion found(
            CoverageSite site, RouteTarget target, String name, Route route, SuggestionTrial.Tried tried) {
        String test = trial.unit(route, tried.trace(), target, name, testFile);
        if (test.isEmpty()) {
            Route other = search(target, Set.of(), Kind.UNIT).route();
            test = other == null ? "" : trial.unit(other, null, target, name, testFile);
        }
        for (String path : tried.reached()) {
            reachedBy.putIfAbsent(path, name);
            wanted.remove(path);
        }
        tests.append(test);
        String why = test.isEmpty() ? "no unit test comes there" : "";
        return new Suggestion(site, Status.FOUND, name, tried.files(), test, why, List.of());
    }

    /** Where no scenario leads there, maybe a unit test does, which leaves out what runs can't do. */
    private @Nullable Suggestion unit(CoverageSite site, RouteTarget target, String name, String why) {
        Route route = search(target, Set.of(), Kind.UNIT).route();
        String test = route == null ? "" : trial.unit(route, (RunTrace) null, target, name, testFile);
        if (test.isEmpty()) {
            return null;
        }
        tests.append(test);
        wanted.remove(site.path());
        String reason = "no scenario comes there" + (why.isEmpty() ? "" : ": " + why);
        return new Suggestion(site, Status.FOUND, name, List.of(), test, reason, List.of());
    }

    private static Suggestion none(CoverageSite site, Status status, String why, List<Obstacle> obstacles) {
        return new Suggestion(site, status, "", List.of(), "", why, obstacles);
    }

    /** Letters and digits of the label, in a form that no other scenario of the runbook has. */
    private String named(String label) {
        StringBuilder name = new StringBuilder();
        String lower = label.toLowerCase(Locale.ROOT);
        for (int i = 0; i < lower.length() && name.length() < NAME; i++) {
            char c = lower.charAt(i);
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                name.append(c);
            } else if (name.length() > 0 && name.charAt(name.length() - 1) != '-') {
                name.append('-');
            }
        }
        while (name.length() > 0 && name.charAt(name.length() - 1) == '-') {
            name.setLength(name.length() - 1);
        }
        String base = name.length() == 0 ? "site" : name.toString();
        String unique = base;
        for (int i = 2; !names.add(unique); i++) {
            unique = base + "-" + i;
        }
        return unique;
    }
}

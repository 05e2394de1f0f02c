package dev.gert.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Severity;
import dev.gert.projection.RunbookCoverage;
import dev.gert.projection.RunbookSuggestions;
import dev.gert.projection.SiteCoverage;
import dev.gert.projection.SuggestedFile;
import dev.gert.projection.Suggestion;
import dev.gert.projection.Suggestion.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is suggested covers its site: over runbooks that nobody wrote, every suggested file is saved as it
 * is and counted by the same command. {@code -Dgert.seed=N} begins with another runbook, {@code
 * -Dgert.runbooks=N} tries more of them.
 */
class SuggestionPropertyTest {
    private static final int RUNBOOKS = Integer.getInteger("gert.runbooks", 60);
    private static final int GUESSES = 20;

    private static final Pattern CAPTURED =
            Pattern.compile("\"(c\\d+_\\d|got\\d+)\": \"([a-z_$]+)|\"variable\": \"(chosen\\d+)\"");

    @TempDir
    Path folder;

    @Test
    void everySuggestionReachesItsSite() throws IOException {
        long seed = Long.getLong("gert.seed", 20_261_123L);
        Map<Status, Integer> came = new EnumMap<>(Status.class);
        int runbooks = 0;
        int guessed = 0;
        for (long each = seed; runbooks < RUNBOOKS; each++) {
            Path project = project(each, false);
            RunbookSuggestions suggestions = suggested(project);
            if (suggestions == null) {
                continue;
            }
            runbooks++;
            String what = "seed " + each;
            for (Suggestion suggestion : suggestions.suggestions()) {
                came.merge(suggestion.status(), 1, Integer::sum);
                if (suggestion.status() == Status.UNSOLVED || suggestion.status() == Status.UNREACHABLE) {
                    assertThat(suggestion.obstacles().size() + suggestion.why().length())
                            .as(what + ": " + suggestion)
                            .isPositive();
                }
            }
            scenariosReach(project, suggestions, what);
            testsReach(project, suggestions, what);
            guessed += guessesReach(project, suggestions, each);
        }
        System.out.println("seed " + seed + ": " + came);
        // Unit tests go past what has no value; so a few of these are not missed.
        int all = came.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(guessed)
                .as("sites that guesses reach and no suggestion, seed " + seed)
                .isLessThanOrEqualTo(all / 50);
        assertThat(came.getOrDefault(Status.FOUND, 0)).isGreaterThan(RUNBOOKS);
    }

    /** Guesses prove nothing here: a number of rows goes with what is in them. */
    @Test
    void whatServicesAnswerReachesItsSite() throws IOException {
        long seed = Long.getLong("gert.seed", 20_261_123L);
        int runbooks = 0;
        int answered = 0;
        for (long each = seed; runbooks < RUNBOOKS; each++) {
            Path project = project(each, true);
            RunbookSuggestions suggestions = suggested(project);
            if (suggestions == null) {
                continue;
            }
            runbooks++;
            for (Suggestion suggestion : suggestions.suggestions()) {
                for (SuggestedFile file : suggestion.files()) {
                    answered += file.path().contains("/steps/") ? 1 : 0;
                }
            }
            scenariosReach(project, suggestions, "seed " + each);
            testsReach(project, suggestions, "seed " + each);
        }
        assertThat(answered).as("answers, seed " + seed).isGreaterThan(RUNBOOKS);
    }

    /** The first so many letters of what is random are enough for runbooks that gert refuses. */
    private Path project(long seed, boolean services) throws IOException {
        Path project = folder.resolve(Long.toString(seed));
        Files.createDirectories(project.resolve(".git"));
        Files.writeString(project.resolve("governance.yaml"), "apiVersion: governance/v0\ndefault: allow\n");
        Files.writeString(project.resolve("x.runbook.yaml"), RandomBranches.of(seed, services));
        Files.writeString(project.resolve("child.runbook.yaml"), RandomBranches.child());
        return project;
    }

    private static CoverageRun.Answer counted(Path project, boolean tests, boolean suggest) {
        CoverageRun.Options options = new CoverageRun.Options(null, null, false, tests, null, false, suggest);
        return new CoverageRun(project, List.of(), CaseFolder.STOPPED, options).run(List.of("x.runbook.yaml"));
    }

    private static RunbookSuggestions suggested(Path project) {
        CoverageRun.Answer answer = counted(project, false, true);
        return answer.suggestions().isEmpty() ? null : answer.suggestions().get(0);
    }

    private static void save(Path project, SuggestedFile file) throws IOException {
        Path path = project.resolve(file.path());
        Files.createDirectories(path.getParent());
        Files.writeString(path, file.text());
    }

    private static Map<String, List<String>> sites(CoverageRun.Answer answer) {
        Map<String, List<String>> sites = new LinkedHashMap<>();
        RunbookCoverage runbook = answer.report().runbooks().get(0);
        for (SiteCoverage site : runbook.branches()) {
            sites.put(site.site().path(), site.coveredBy());
        }
        for (SiteCoverage site : runbook.outcomes()) {
            sites.put(site.site().path(), site.coveredBy());
        }
        return sites;
    }

    private static void scenariosReach(Path project, RunbookSuggestions suggestions, String what) throws IOException {
        List<String> runbook = List.of(Files.readString(project.resolve("x.runbook.yaml")));
        for (Suggestion suggestion : suggestions.suggestions()) {
            for (SuggestedFile file : suggestion.files()) {
                save(project, file);
            }
        }
        CoverageRun.Answer answer = counted(project, false, false);
        assertThat(answer.report().runbooks().get(0).failed())
                .as(what + runbook)
                .isEmpty();
        assertThat(answer.diagnostics())
                .filteredOn(each -> each.severity() == Severity.ERROR)
                .as(what)
                .isEmpty();
        Map<String, List<String>> sites = sites(answer);
        for (Suggestion suggestion : suggestions.suggestions()) {
            if (!suggestion.files().isEmpty() || suggestion.status() == Status.SHARED) {
                assertThat(sites.get(suggestion.site().path()))
                        .as(what + ": " + suggestion + runbook)
                        .contains(suggestion.name());
            } else if (suggestion.status() == Status.UNREACHABLE) {
                assertThat(sites.get(suggestion.site().path()))
                        .as(what + ": " + suggestion)
                        .isEmpty();
            }
        }
    }

    private static void testsReach(Path project, RunbookSuggestions suggestions, String what) throws IOException {
        SuggestedFile tests = suggestions.tests();
        if (tests == null) {
            return;
        }
        save(project, tests);
        CoverageRun.Answer answer = counted(project, true, false);
        assertThat(answer.report().runbooks().get(0).failed()).as(what).isEmpty();
        Map<String, List<String>> sites = sites(answer);
        for (Suggestion suggestion : suggestions.suggestions()) {
            if (!suggestion.test().isEmpty()) {
                assertThat(sites.get(suggestion.site().path()))
                        .as(what + ": " + suggestion)
                        .contains("test:" + suggestion.name());
            }
        }
        Files.delete(project.resolve(tests.path()));
    }

    /** Values by chance come to no site that is said to be out of reach, and hardly to one that was given up. */
    private static int guessesReach(Path project, RunbookSuggestions suggestions, long seed) throws IOException {
        List<String> unreachable = new ArrayList<>();
        List<String> unsolved = new ArrayList<>();
        for (Suggestion suggestion : suggestions.suggestions()) {
            // A unit test goes past a command whose words have no value, which no run does.
            boolean byWords = suggestion.status() == Status.UNREACHABLE
                    && suggestion.obstacles().get(0).message().startsWith("`");
            if (suggestion.status() == Status.UNREACHABLE && !byWords) {
                unreachable.add(suggestion.site().path());
            } else if (suggestion.status() == Status.UNSOLVED) {
                unsolved.add(suggestion.site().path());
            }
        }
        Random random = new Random(seed);
        List<String> names = names(Files.readString(project.resolve("x.runbook.yaml")));
        StringBuilder text = new StringBuilder("apiVersion: test/v0\nrunbook: x.runbook.yaml\ntests:\n");
        for (int i = 0; i < GUESSES; i++) {
            text.append("  - name: guess").append(i).append("\n    vars:\n      server: gw-1\n");
            for (String name : names) {
                String variable = name.startsWith("0") ? name.substring(1) : name;
                String value = name.startsWith("0")
                        ? "0"
                        : RandomBranches.VALUES.get(random.nextInt(RandomBranches.VALUES.size()));
                String chosen = List.of("a", "2", "up").get(random.nextInt(3));
                text.append("      ").append(variable).append(": \"");
                text.append(name.startsWith("chosen") ? chosen : value).append("\"\n");
            }
            text.append("    expect: {outcome_not: error}\n");
        }
        Files.writeString(project.resolve("guesses.test.yaml"), text.toString());
        Map<String, List<String>> sites = sites(counted(project, true, false));
        for (String path : unreachable) {
            assertThat(sites.get(path)).as("seed " + seed + ": " + path).isEmpty();
        }
        int reached = 0;
        for (String path : unsolved) {
            if (!sites.get(path).isEmpty()) {
                System.out.println("a guess reaches " + path + " of seed " + seed);
                reached++;
            }
        }
        return reached;
    }

    private static List<String> names(String runbook) {
        List<String> names = new ArrayList<>();
        Matcher matcher = CAPTURED.matcher(runbook);
        while (matcher.find()) {
            String name = matcher.group(1) == null ? matcher.group(3) : matcher.group(1);
            // Tests may give an exit code that no run goes on with.
            String named = "exit_code".equals(matcher.group(2)) ? "0" + name : name;
            if (!names.contains(named)) {
                names.add(named);
            }
        }
        return names;
    }
}

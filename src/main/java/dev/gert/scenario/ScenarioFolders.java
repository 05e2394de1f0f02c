package dev.gert.scenario;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Suggestions;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where the scenarios of a runbook lie: {@code scenarios/{runbook}/{name}/} beside it or at the project root. */
final class ScenarioFolders {
    static final String SCENARIOS = "scenarios";
    static final String EXPECTED = "expected.yaml";
    static final String TEST = "test.yaml";
    static final String INPUTS = "inputs.yaml";
    static final String RECORDING = "scenario.yaml";
    /** The files of a scenario. */
    static final List<String> FILES = List.of(EXPECTED, TEST, INPUTS, RECORDING);

    private static final List<String> RUNBOOK_ENDINGS = List.of(".runbook.yaml", ".yaml", ".yml");

    private final Path projectRoot;

    ScenarioFolders(Path projectRoot) {
        this.projectRoot = projectRoot;
    }

    static boolean isScenario(Path folder) {
        for (String file : FILES) {
            if (Files.isRegularFile(folder.resolve(file))) {
                return true;
            }
        }
        return false;
    }

    /** The runbook's file name without {@code .yaml} or {@code .yml}, and {@code .runbook}. */
    static String stem(Path runbook) {
        String name = runbook.getFileName().toString();
        String cut = cut(cut(name, ".yaml"), ".yml");
        return cut(cut, ".runbook");
    }

    private static String cut(String name, String ending) {
        return name.endsWith(ending) ? name.substring(0, name.length() - ending.length()) : name;
    }

    /** Every scenario folder of the runbook, by name; {@code runbook} is absolute. */
    List<Path> of(Path runbook, Diagnostics diagnostics) {
        List<Path> found = new ArrayList<>();
        List<Path> seen = new ArrayList<>();
        String stem = stem(runbook);
        Path beside = runbook.getParent();
        if (beside != null) {
            collect(beside.resolve(SCENARIOS).resolve(stem), found, seen, diagnostics);
        }
        collect(projectRoot.resolve(SCENARIOS).resolve(stem), found, seen, diagnostics);
        if (found.isEmpty()) {
            misnamed(projectRoot.resolve(SCENARIOS), stem, diagnostics);
            if (beside != null && !beside.equals(projectRoot)) {
                misnamed(beside.resolve(SCENARIOS), stem, diagnostics);
            }
        }
        return found;
    }

    /** A folder whose name is nearly the runbook's and no other's: its scenarios would be lost without a word. */
    private void misnamed(Path scenarios, String stem, Diagnostics diagnostics) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(scenarios)) {
            for (Path entry : stream) {
                if (Files.isDirectory(entry)) {
                    names.add(entry.getFileName().toString());
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return;
        }
        String nearest = Suggestions.nearest(stem, names);
        if (nearest != null
                && runbooksOf(scenarios.resolve(nearest).resolve("any")).isEmpty()) {
            diagnostics.error(
                    Code.S005,
                    null,
                    "the scenarios under `" + nearest + "` belong to no runbook",
                    "",
                    "did you mean `" + SCENARIOS + "/" + stem + "`?");
        }
    }

    private static void collect(Path parent, List<Path> found, List<Path> seen, Diagnostics diagnostics) {
        Path real;
        try {
            real = parent.toRealPath();
        } catch (IOException e) {
            return;
        }
        if (seen.contains(real)) {
            return;
        }
        seen.add(real);
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(parent)) {
            for (Path entry : stream) {
                boolean hidden = entry.getFileName().toString().startsWith(".");
                if (!hidden && Files.isDirectory(entry) && entry.toRealPath().startsWith(real)) {
                    folders.add(entry);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            diagnostics.error(Code.R204, null, "the folder " + parent + " can't be read");
        }
        folders.sort((a, b) -> a.toString().compareTo(b.toString()));
        found.addAll(folders);
    }

    /**
     * The runbooks that a scenario folder may be for, found by the name of the folder around it: the
     * one beside {@code scenarios}, else those of that name in the project.
     *
     * @param folder absolute
     */
    List<Path> runbooksOf(Path folder) {
        Path parent = folder.getParent();
        Path scenarios = parent == null ? null : parent.getParent();
        Path above = scenarios == null ? null : scenarios.getParent();
        if (parent == null || above == null) {
            return List.of();
        }
        String stem = parent.getFileName().toString();
        for (String ending : RUNBOOK_ENDINGS) {
            Path beside = above.resolve(stem + ending);
            if (Files.isRegularFile(beside)) {
                return List.of(beside);
            }
        }
        List<Path> named = new ArrayList<>();
        for (PathSearch.Hit hit : PathSearch.search(projectRoot, List.of("."), false, new Diagnostics())
                .hits()) {
            if (stem(hit.path()).equals(stem)) {
                named.add(projectRoot.resolve(hit.path()));
            }
        }
        return named;
    }
}

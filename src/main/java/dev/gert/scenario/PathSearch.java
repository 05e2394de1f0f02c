package dev.gert.scenario;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a PATH argument means (cli.md): a file, a folder that is searched, or a glob that the
 * shell left alone. Links to folders are not followed, links to files only where they stay inside
 * the folder that is searched; hidden folders are passed over.
 */
public final class PathSearch {
    /** What a file or folder is, by its name. */
    public enum Kind {
        RUNBOOK,
        TEST,
        /** A folder with a scenario's files. */
        SCENARIO
    }

    /** One thing found; {@code path} is relative where the argument was. */
    public record Hit(Path path, Kind kind) {}

    /**
     * What the arguments mean.
     *
     * @param hits each once, sorted by path
     * @param missing whether an argument names a file that is not there or can't be read (exit 2)
     */
    public record Found(List<Hit> hits, boolean missing) {
        public Found {
            hits = List.copyOf(hits);
        }
    }

    private static final String RUNBOOK_ENDING = ".runbook.yaml";
    static final String TEST_ENDING = ".test.yaml";

    private final Path cwd;
    private final boolean tests;
    private final Diagnostics diagnostics;
    private final Map<Path, Hit> hits = new HashMap<>();
    private final List<Hit> ordered = new ArrayList<>();
    private boolean missing;

    private PathSearch(Path cwd, boolean tests, Diagnostics diagnostics) {
        this.cwd = cwd;
        this.tests = tests;
        this.diagnostics = diagnostics;
    }

    /**
     * Every argument that finds nothing is an error in {@code diagnostics}: R204 for a file, S006 for
     * a folder or glob.
     *
     * @param cwd absolute
     * @param tests whether test files and scenario folders are looked for, and not runbooks alone
     */
    public static Found search(Path cwd, List<String> arguments, boolean tests, Diagnostics diagnostics) {
        PathSearch search = new PathSearch(cwd, tests, diagnostics);
        for (String argument : arguments) {
            search.argument(argument);
        }
        search.ordered.sort((a, b) -> a.path().toString().compareTo(b.path().toString()));
        return new Found(search.ordered, search.missing);
    }

    private void argument(String argument) {
        Path path;
        try {
            path = Path.of(argument.equals(".") ? "" : argument);
        } catch (InvalidPathException e) {
            absent(argument);
            return;
        }
        Path absolute = cwd.resolve(path);
        if (argument.isEmpty() || (!Files.exists(absolute) && !PathGlob.isGlob(argument))) {
            absent(argument);
        } else if (Files.isDirectory(absolute)) {
            int before = ordered.size();
            folder(path, absolute);
            if (ordered.size() == before && !anyUnder(absolute)) {
                nothing("there is no " + wanted() + " in " + argument);
            }
        } else if (Files.exists(absolute)) {
            String name = path.getFileName().toString();
            add(path, name.endsWith(TEST_ENDING) ? Kind.TEST : Kind.RUNBOOK);
        } else if (!glob(argument)) {
            nothing("nothing matches " + argument);
        }
    }

    private String wanted() {
        return tests ? "runbook or test" : "runbook";
    }

    private void absent(String argument) {
        missing = true;
        diagnostics.error(Code.R204, null, "there is no file or folder `" + argument + "`");
    }

    private void nothing(String message) {
        String help = tests
                ? "files are found by their names: `*.runbook.yaml`, `*.test.yaml`"
                : "files are found by their names: `*.runbook.yaml`";
        diagnostics.error(Code.S006, null, message, "", help);
    }

    /** Whether something under the folder was found by another argument before. */
    private boolean anyUnder(Path folder) {
        Path root = folder.normalize();
        for (Path known : hits.keySet()) {
            if (known.startsWith(root)) {
                return true;
            }
        }
        return false;
    }

    private void folder(Path shown, Path absolute) {
        if (tests && ScenarioFolders.isScenario(absolute)) {
            add(shown, Kind.SCENARIO);
        } else {
            walk(shown, absolute, real(absolute));
        }
    }

    private void walk(Path shown, Path absolute, @Nullable Path root) {
        for (Path entry : entries(absolute)) {
            String name = entry.getFileName().toString();
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                if (!name.startsWith(".")) {
                    walk(shown.resolve(name), entry, root);
                }
                continue;
            }
            Kind kind = name.endsWith(RUNBOOK_ENDING) ? Kind.RUNBOOK : name.endsWith(TEST_ENDING) ? Kind.TEST : null;
            if (kind != null && (kind == Kind.RUNBOOK || tests) && staysInside(entry, root)) {
                add(shown.resolve(name), kind);
            }
        }
    }

    private List<Path> entries(Path folder) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path entry : stream) {
                entries.add(entry);
            }
        } catch (IOException | DirectoryIteratorException e) {
            missing = true;
            diagnostics.error(Code.R204, null, "the folder " + folder + " can't be read");
        }
        entries.sort((a, b) -> a.toString().compareTo(b.toString()));
        return entries;
    }

    /** Of a link: whether it leads to a file below {@code root}. */
    private static boolean staysInside(Path entry, @Nullable Path root) {
        if (!Files.isSymbolicLink(entry)) {
            return Files.isRegularFile(entry);
        }
        Path target = real(entry);
        return root != null && target != null && target.startsWith(root) && Files.isRegularFile(target);
    }

    private static @Nullable Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return null;
        }
    }

    private boolean glob(String argument) {
        List<String> segments = PathGlob.segments(argument);
        int fixed = 0;
        while (!PathGlob.isGlob(segments.get(fixed))) {
            fixed++;
        }
        Path shown = Path.of(argument.startsWith("/") ? "/" : "");
        for (int i = 0; i < fixed; i++) {
            shown = shown.resolve(segments.get(i));
        }
        List<String> pattern = segments.subList(fixed, segments.size());
        Path absolute = cwd.resolve(shown);
        if (!Files.isDirectory(absolute)) {
            return false;
        }
        boolean[] at = new boolean[pattern.size()];
        at[0] = true;
        return glob(shown, absolute, real(absolute), pattern, at);
    }

    /** {@code at}: the segments of the pattern that may come next. */
    private boolean glob(Path shown, Path absolute, @Nullable Path root, List<String> pattern, boolean[] at) {
        int last = pattern.size() - 1;
        for (int i = 0; i < last; i++) {
            at[i + 1] |= at[i] && pattern.get(i).equals(PathGlob.ANY_FOLDERS);
        }
        boolean found = false;
        for (Path entry : entries(absolute)) {
            String name = entry.getFileName().toString();
            boolean folder = Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS);
            boolean[] next = new boolean[pattern.size()];
            boolean whole = false;
            boolean goesOn = false;
            for (int i = 0; i <= last; i++) {
                boolean any = pattern.get(i).equals(PathGlob.ANY_FOLDERS);
                if (!at[i] || !PathGlob.matches(any ? "*" : pattern.get(i), name)) {
                    continue;
                }
                int to = any ? i : i + 1;
                whole |= i == last;
                if (to <= last) {
                    next[to] = true;
                    goesOn = true;
                }
            }
            if (folder) {
                if (whole && !goesOn) {
                    int before = ordered.size();
                    folder(shown.resolve(name), entry);
                    found |= ordered.size() > before || anyUnder(entry);
                } else if (goesOn) {
                    found |= glob(shown.resolve(name), entry, root, pattern, next);
                }
            } else if (whole && staysInside(entry, root)) {
                found |= match(shown.resolve(name), name);
            }
        }
        return found;
    }

    /** A file that a glob names: every YAML file but those that are known to be something else. */
    private boolean match(Path shown, String name) {
        boolean test = name.endsWith(TEST_ENDING);
        boolean other = name.endsWith(".tool.yaml")
                || name.endsWith(".provider.yaml")
                || List.of("governance.yaml", "gert.yaml", "roster.yaml").contains(name)
                || ScenarioFolders.FILES.contains(name);
        if (!name.endsWith(".yaml") || other || (test && !tests)) {
            return false;
        }
        add(shown, test ? Kind.TEST : Kind.RUNBOOK);
        return true;
    }

    private void add(Path shown, Kind kind) {
        Hit hit = new Hit(shown, kind);
        if (hits.putIfAbsent(cwd.resolve(shown).normalize(), hit) == null) {
            ordered.add(hit);
        }
    }
}

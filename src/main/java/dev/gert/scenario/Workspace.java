package dev.gert.scenario;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Label;
import dev.gert.diagnostic.Severity;
import dev.gert.plan.Plan;
import dev.gert.source.Source;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The files that testing reads, each once, with what is wrong with them. */
final class Workspace {
    /** A runbook's plan; null when the runbook or its policy is not valid. */
    record Loaded(@Nullable Plan plan) {}

    final Path cwd;
    final Path projectRoot;
    final ScenarioFolders folders;
    final Diagnostics diagnostics = new Diagnostics();
    private final RunbookLoader loader;
    private final Map<Path, Loaded> plans = new HashMap<>();
    private final Set<Path> read = new HashSet<>();
    private boolean unusable;

    /** {@code cwd}: absolute; {@code policies}: the files of {@code --policy}. */
    Workspace(Path cwd, List<Path> policies) {
        this.cwd = cwd;
        this.projectRoot = ProjectRoot.find(cwd);
        this.folders = new ScenarioFolders(projectRoot);
        this.loader = new RunbookLoader(cwd, policies);
    }

    /** What another found, as if it had been found here. */
    void join(Workspace other) {
        diagnostics.addAll(other.diagnostics);
        read.addAll(other.read);
        unusable |= other.unusable;
    }

    /** How many files were looked at, policies aside. */
    int files() {
        return read.size();
    }

    /** A file that was found and counts as looked at, whatever comes of it. */
    void saw(Path file) {
        read.add(cwd.resolve(file).normalize());
    }

    /** What is wrong with files, sorted; of a policy that governs many runbooks, once. */
    List<Diagnostic> findings() {
        List<Diagnostic> once = new ArrayList<>();
        Set<String> told = new HashSet<>();
        for (Diagnostic finding : diagnostics.sorted()) {
            Label label = finding.primary();
            String place = label == null ? "" : label.span().place();
            if (told.add(finding.code().name() + place + " " + finding.message())) {
                once.add(finding);
            }
        }
        return once;
    }

    /** Whether a file could not be read or a policy is broken: the question was wrong, not the answer. */
    boolean unusable() {
        return unusable;
    }

    void markUnusable() {
        unusable = true;
    }

    /** What is searched where no PATH is given: the folder of the project's runbooks, else everything. */
    List<String> usual() {
        return List.of(Files.isDirectory(cwd.resolve("runbooks")) ? "runbooks" : ".");
    }

    /** As messages name a file: from the current folder where it is below it. */
    String display(Path file) {
        Path absolute = cwd.resolve(file).normalize();
        return absolute.startsWith(cwd) && !absolute.equals(cwd)
                ? cwd.relativize(absolute).toString()
                : absolute.toString();
    }

    /** Null, with a diagnostic, when the file can't be read. */
    @Nullable
    Source source(Path file) {
        return source(file, diagnostics);
    }

    /** The same, with its diagnostics put elsewhere. */
    @Nullable
    Source source(Path file, Diagnostics to) {
        Path absolute = cwd.resolve(file).normalize();
        read.add(absolute);
        Diagnostics own = new Diagnostics();
        Source source = TextFiles.read(absolute, display(absolute), own);
        for (Diagnostic diagnostic : own.sorted()) {
            unusable |= diagnostic.code() == Code.R204;
        }
        to.addAll(own);
        return source;
    }

    /** The text of a file that may be absent; null when it is, or with a diagnostic when it can't be read. */
    @Nullable
    Source optional(Path file) {
        return isThere(file) ? source(file) : null;
    }

    /** A link that leads nowhere is still a file that somebody meant: it is read, and reported. */
    boolean isThere(Path file) {
        return Files.exists(cwd.resolve(file), LinkOption.NOFOLLOW_LINKS);
    }

    /** The runbook's plan; its diagnostics are reported the first time that it is asked for. */
    @Nullable
    Plan plan(Path runbook) {
        Path absolute = cwd.resolve(runbook).normalize();
        Loaded known = plans.get(absolute);
        if (known == null) {
            known = load(absolute);
            plans.put(absolute, known);
        }
        return known.plan();
    }

    private Loaded load(Path absolute) {
        read.add(absolute);
        Diagnostics own = new Diagnostics();
        String name = display(absolute);
        Plan plan = loader.load(Path.of(name), own);
        if (plan == null) {
            for (Diagnostic diagnostic : own.sorted()) {
                Label place = diagnostic.primary();
                boolean elsewhere =
                        place == null || !place.span().source().name().equals(name);
                unusable |= elsewhere && diagnostic.severity() == Severity.ERROR;
            }
            diagnostics.addAll(own);
        }
        return new Loaded(plan);
    }
}

package dev.gert.cli;

import dev.gert.decode.TestDecoder;
import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Label;
import dev.gert.diagnostic.Severity;
import dev.gert.policy.PolicyLayer;
import dev.gert.scenario.PathSearch;
import dev.gert.scenario.RunbookLoader;
import dev.gert.scenario.TextFiles;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The static checks of {@code gert validate}: runbooks with their policies, tests, and policies by themselves. */
final class Validation {
    private final Path cwd;
    private final RunbookLoader loader;
    private final Diagnostics diagnostics = new Diagnostics();
    private final List<String> checked = new ArrayList<>();
    private boolean unusable;

    /** {@code cwd}: absolute; {@code policies}: the files of {@code --policy}. */
    Validation(Path cwd, List<Path> policies) {
        this.cwd = cwd;
        this.loader = new RunbookLoader(cwd, policies);
    }

    /**
     * What was found.
     *
     * @param checked the files that were looked at, the policies of runbooks aside
     * @param unusable whether a file could not be read or a runbook's policy is broken: the question
     *     was wrong, and not the answer
     */
    record Answer(List<Diagnostic> findings, List<String> checked, boolean unusable) {
        int count(Severity severity) {
            int count = 0;
            for (Diagnostic finding : findings) {
                count += finding.severity() == severity ? 1 : 0;
            }
            return count;
        }
    }

    /** Checks all that the paths mean, each file once. */
    Answer check(List<String> paths) {
        PathSearch.Found found = PathSearch.search(cwd, paths, true, diagnostics);
        unusable = found.missing();
        for (PathSearch.Hit hit : found.hits()) {
            if (hit.kind() != PathSearch.Kind.SCENARIO) {
                file(hit);
            }
        }
        return new Answer(once(diagnostics.sorted()), checked, unusable);
    }

    private void file(PathSearch.Hit hit) {
        String name = hit.path().toString();
        checked.add(name);
        Diagnostics own = new Diagnostics();
        if (hit.kind() == PathSearch.Kind.TEST) {
            test(hit.path(), own);
        } else if (isPolicy(hit.path())) {
            Source source = TextFiles.read(cwd.resolve(hit.path()), hit.path().toString(), own);
            if (source != null) {
                PolicyLayer.read(source, own);
            }
        } else {
            loader.load(hit.path(), own);
        }
        for (Diagnostic finding : own.sorted()) {
            Label place = finding.primary();
            boolean elsewhere = place == null || !place.span().source().name().equals(name);
            unusable |= elsewhere && finding.severity() == Severity.ERROR;
        }
        diagnostics.addAll(own);
    }

    private void test(Path path, Diagnostics own) {
        Source source = TextFiles.read(cwd.resolve(path), path.toString(), own);
        YamlNode.Scalar runbook =
                source == null ? null : TestDecoder.decode(source, own).runbook();
        if (runbook != null && !isFileBeside(path, runbook.text())) {
            own.error(
                    Code.S005,
                    runbook.span(),
                    "there is no runbook `" + runbook.text() + "`",
                    "",
                    "the path is relative to the test file");
        }
    }

    private boolean isFileBeside(Path path, String named) {
        try {
            return Files.isRegularFile(cwd.resolve(path).resolveSibling(named));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** By its name, or for a file of another name that the user chose, by what its first lines say it is. */
    private boolean isPolicy(Path path) {
        Path name = path.getFileName();
        if (name == null || name.toString().endsWith(".runbook.yaml")) {
            return false;
        }
        if (name.toString().equals("governance.yaml")) {
            return true;
        }
        Source source = TextFiles.read(cwd.resolve(path), path.toString(), new Diagnostics());
        return source != null && version(source).startsWith("governance/");
    }

    private static String version(Source source) {
        for (int line = 1; line <= source.lineCount(); line++) {
            int start = source.lineStart(line);
            if (source.text().startsWith("apiVersion:", start)) {
                return source.text()
                        .substring(start + "apiVersion:".length(), source.lineEnd(line))
                        .strip();
            }
        }
        return "";
    }

    /** A policy's finding comes with each runbook that it governs, and is told once. */
    private static List<Diagnostic> once(List<Diagnostic> sorted) {
        List<Diagnostic> once = new ArrayList<>();
        Diagnostic before = null;
        for (Diagnostic finding : sorted) {
            if (before == null || !isSame(before, finding)) {
                once.add(finding);
            }
            before = finding;
        }
        return once;
    }

    private static boolean isSame(Diagnostic one, Diagnostic other) {
        return one.code() == other.code()
                && one.message().equals(other.message())
                && place(one).equals(place(other));
    }

    private static String place(Diagnostic finding) {
        @Nullable Label label = finding.primary();
        return label == null ? "" : label.span().place();
    }
}

package dev.gert.cli;

import dev.gert.decode.TestDecoder;
import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.plan.ApprovalCheck;
import dev.gert.plan.Plan;
import dev.gert.policy.PolicyLayer;
import dev.gert.policy.Roster;
import dev.gert.scenario.PathSearch;
import dev.gert.scenario.PolicyFiles;
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

/** The static checks of one file after another. Not for more than one thread. */
final class FileCheck {
    /** A loader remembers what it read: after so many files a new one forgets it. */
    private static final int REMEMBERED = 200;

    private static final List<String> KINDS = List.of("governance", "roster");

    private final Path cwd;
    private final List<Path> policies;
    private final @Nullable PolicyFiles before;
    private RunbookLoader loader;
    private @Nullable RunbookLoader strict;
    private int loaded;
    private final ApprovalCheck approvals = new ApprovalCheck();
    private final ApprovalCheck approvalsBefore = new ApprovalCheck();

    /**
     * {@code cwd}: absolute; {@code policies}: the files of {@code --policy}; {@code before}: policies that have
     * to be met as well; null: none.
     */
    FileCheck(Path cwd, List<Path> policies, @Nullable PolicyFiles before) {
        this.cwd = cwd;
        this.policies = policies;
        this.before = before;
        this.loader = new RunbookLoader(cwd, policies).checking();
        this.strict = before == null ? null : new RunbookLoader(cwd, there(before), before).checking();
    }

    /** A file of {@code --policy} that is new counts once, as it is. */
    private List<Path> there(PolicyFiles files) {
        List<Path> there = new ArrayList<>();
        for (Path policy : policies) {
            if (files.exists(cwd.resolve(policy).normalize())) {
                there.add(policy);
            }
        }
        return there;
    }

    Diagnostics check(PathSearch.Hit hit) {
        Diagnostics own = new Diagnostics();
        String kind = hit.kind() == PathSearch.Kind.TEST ? "" : kind(hit.path());
        if (hit.kind() == PathSearch.Kind.TEST) {
            test(hit.path(), own);
        } else if (!kind.isEmpty()) {
            Source source = TextFiles.read(cwd.resolve(hit.path()), hit.path().toString(), own);
            if (source != null && kind.equals("governance")) {
                PolicyLayer.read(source, own);
            } else if (source != null) {
                Roster.read(source, own);
            }
        } else {
            if (loaded == REMEMBERED) {
                loader = new RunbookLoader(cwd, policies).checking();
                strict = before == null ? null : new RunbookLoader(cwd, there(before), before).checking();
                loaded = 0;
            }
            loaded++;
            Plan plan = loader.load(hit.path(), own);
            if (plan != null) {
                approvals.check(plan, own);
            }
            // what either policy finds, the two met find
            Plan earlier = strict == null ? null : strict.load(hit.path(), own);
            if (earlier != null) {
                approvalsBefore.check(earlier, own);
            }
        }
        return own;
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

    /**
     * {@code governance}, {@code roster}, or empty for a runbook: by its name, or for a file of another name
     * that the user chose, by what its first lines say it is.
     */
    private String kind(Path path) {
        Path name = path.getFileName();
        if (name == null || name.toString().endsWith(".runbook.yaml")) {
            return "";
        }
        for (String kind : KINDS) {
            if (name.toString().equals(kind + ".yaml")) {
                return kind;
            }
        }
        Source source = TextFiles.read(cwd.resolve(path), path.toString(), new Diagnostics());
        String version = source == null ? "" : version(source);
        for (String kind : KINDS) {
            if (version.startsWith(kind + "/")) {
                return kind;
            }
        }
        return "";
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
}

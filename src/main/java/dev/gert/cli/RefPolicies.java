package dev.gert.cli;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.runtime.ChildEnvironment;
import dev.gert.runtime.CommandPath;
import dev.gert.runtime.ProgramFinder;
import dev.gert.runtime.Spawner;
import dev.gert.scenario.CommitFiles;
import dev.gert.scenario.GitCommit;
import dev.gert.scenario.PolicyFiles;
import java.util.List;
import java.util.function.Function;

/** Policies of a commit, for {@code --policy-from-ref}. */
final class RefPolicies {
    private final Io io;

    RefPolicies(Io io) {
        this.io = io;
    }

    /** What {@code with} finds under them; a ref that can't be read makes the question wrong. */
    Validation.Answer check(String ref, Function<PolicyFiles, Validation.Answer> with) {
        // git is the operator's: a project's `command_path` is part of what is being checked
        CommandPath path = CommandPath.ofOperator(io.env("PATH"));
        try (Spawner spawner = new Spawner(new ChildEnvironment(ChildEnvironment.NAMES, path.text(), name -> false))) {
            GitCommit.Opened opened = GitCommit.open(io.cwd(), ref, spawner, new ProgramFinder(path, io.cwd()));
            if (opened instanceof GitCommit.Opened.Commit commit) {
                return with.apply(new CommitFiles(io.cwd(), commit.commit()));
            }
            Diagnostics diagnostics = new Diagnostics();
            diagnostics.error(
                    Code.P023,
                    null,
                    "the policies of `" + ref + "` can't be read: " + ((GitCommit.Opened.Failed) opened).reason(),
                    "",
                    "a pipeline has to fetch that ref before, and its whole commit (`fetch-depth: 0`)");
            return new Validation.Answer(diagnostics.sorted(), List.of(), true);
        }
    }
}

package dev.gert.cli;

import dev.gert.approval.ApprovalFolder;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.model.ProjectFile;
import dev.gert.policy.Policy;
import dev.gert.policy.PolicyLayer;
import dev.gert.policy.Roster;
import dev.gert.projection.Checkup;
import dev.gert.scenario.PolicyWalk;
import dev.gert.scenario.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The project: its root, its files, its policy and its people. */
final class ProjectChecks {
    private static final int SHORT = 16;

    private final Checkup checkup;
    private final Io io;
    private final Project project;
    private final List<Path> policies;

    ProjectChecks(Checkup checkup, Io io, Project project, List<Path> policies) {
        this.checkup = checkup;
        this.io = io;
        this.project = project;
        this.policies = policies;
    }

    void add() {
        Path root = project.root();
        boolean yaml = Files.exists(root.resolve("gert.yaml"));
        String why = yaml
                ? "the nearest gert.yaml is there"
                : Files.exists(root.resolve(".git"))
                        ? "the git top level, and there is no gert.yaml"
                        : "the current folder";
        checkup.ok("project root", root + ": " + why);
        if (yaml) {
            diagnosed("gert.yaml", project.findings(), "can be used");
        }
        ProjectFile file = project.file();
        ProjectFile.Paths paths = file == null ? ProjectFile.Paths.standard() : file.paths();
        folder("runbooks", root.resolve(paths.runbooks()));
        folder("tools", root.resolve(paths.tools()));
        policy();
    }

    private void folder(String subject, Path folder) {
        if (Files.isDirectory(folder)) {
            checkup.ok(subject, folder.toString());
        }
    }

    private void diagnosed(String subject, Diagnostics diagnostics, String well) {
        for (Diagnostic each : diagnostics.sorted()) {
            checkup.error(subject, each.message(), "`gert validate .` shows the place");
        }
        if (diagnostics.sorted().isEmpty()) {
            checkup.ok(subject, well);
        }
    }

    private void policy() {
        Diagnostics diagnostics = new Diagnostics();
        Policy policy = new PolicyWalk(io.cwd(), policies).policy(io.cwd().resolve("any.runbook.yaml"), diagnostics);
        if (policy == null || !diagnostics.sorted().isEmpty()) {
            diagnosed("policy", diagnostics, "can be used");
        }
        if (policy == null) {
            return;
        }
        for (PolicyLayer layer : policy.layers()) {
            if (layer.isPolicyFile() && layer.fileText() != null) {
                checkup.ok("policy", layer.file() + ", sha256:" + layer.sha256().substring(0, SHORT));
            } else {
                checkup.ok("policy", "the built-in floor: there is no governance.yaml, so every command asks");
            }
        }
        Roster roster = policy.roster();
        if (roster != null) {
            Roster.Person you = roster.personOfOsUser(Wiring.osUser());
            checkup.ok(
                    "roster",
                    roster.file() + ", sha256:" + roster.sha256().substring(0, SHORT) + ", "
                            + roster.people().size() + " people; "
                            + (you == null
                                    ? "the OS user " + Wiring.osUser() + " is none of them"
                                    : "you are " + you.name()
                                            + (you.roles().isEmpty() ? "" : ", " + String.join(", ", you.roles()))));
        }
        String exchange = policy.exchange();
        if (exchange != null) {
            String problem = ApprovalFolder.problem(Path.of(exchange));
            if (problem == null) {
                checkup.ok("exchange", exchange);
            } else {
                checkup.error("exchange", exchange + ": " + problem, "other OS users can't decide without it");
            }
        }
    }
}

package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gert audit} of real runs: what it finds, and that it leaves everything as it was. */
class AuditIT {
    @TempDir
    Path folder;

    private Workshop shop(String policy) throws Exception {
        Workshop shop = new Workshop(folder);
        shop.standIn("look", "echo 7");
        shop.standIn("fix", "");
        shop.file("governance.yaml", "apiVersion: governance/v0\n" + policy);
        shop.file("x.runbook.yaml", """
                apiVersion: runbook/v0
                meta: {name: x}
                imports: {child: child.runbook.yaml}
                tree:
                  - step: {id: look, type: cli, with: {argv: [look]}, capture: {load: stdout}}
                    branches:
                      - {condition: 'load > 50', label: Overloaded, steps: [{step: {id: shed, type: cli, with: {argv: [fix, shed]}}}]}
                      - {condition: 'load > 5', label: Busy, steps: [{step: {id: repair, type: cli, with: {argv: [fix, it]}}}]}
                  - step: {id: ask, type: invoke, invoke: {runbook: child},
                      outcomes: [{when: 'load == "9"', state: escalated}, {state: resolved, label: done}]}
                """);
        shop.file("child.runbook.yaml", """
                apiVersion: runbook/v0
                meta: {name: child}
                steps:
                  - {id: again, type: cli, with: {argv: [look]}, capture: {now: stdout}}
                """);
        return shop;
    }

    private static Map<String, String> tree(Path folder) throws Exception {
        Map<String, String> tree = new TreeMap<>();
        try (var files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                FileTime time = Files.getLastModifiedTime(file);
                tree.put(file.toString(), time + (Files.isRegularFile(file) ? Files.readString(file) : ""));
            }
        }
        return tree;
    }

    @Test
    void aRunThatDidWhatItDeclaredIsWithoutFindingsAndUntouched() throws Exception {
        Workshop shop = shop("default: allow\n");
        assertThat(shop.gert("run", "x.runbook.yaml").exit()).isZero();
        List<String> ran = shop.ran();
        Map<String, String> before = tree(shop.folder.resolve("reports"));
        Workshop.Result audit = shop.gert("audit", "latest");
        assertThat(audit.exit()).as(audit.all()).isZero();
        assertThat(audit.out())
                .contains("skipped        branch Overloaded\n                 `load > 50` did not hold: load=7")
                .contains("not reached      shed\n                   its branch was not taken")
                .contains("ran            branch Busy\n                 `load > 5` held: load=7")
                .contains("invoked by ask of")
                .contains("ran          again")
                .contains("; no findings\n");
        assertThat(tree(shop.folder.resolve("reports"))).isEqualTo(before);
        assertThat(shop.ran()).isEqualTo(ran);
    }

    @Test
    void todaysPolicyIsAskedAboutTheCommandsOfThen() throws Exception {
        Workshop shop = shop("default: allow\n");
        assertThat(shop.gert("run", "x.runbook.yaml").exit()).isZero();
        shop.file("governance.yaml", "apiVersion: governance/v0\ndefault: allow\ndeny_commands: [\"fix *\"]\n");
        Workshop.Result audit = shop.gert("audit", "latest");
        assertThat(audit.exit()).isEqualTo(1);
        assertThat(audit.out())
                .contains("policy       repair: today's policy says deny, and the run was told allow")
                .contains("then  default: allow (governance.yaml:2)")
                .contains("now   deny_commands \"fix *\" (governance.yaml:3)")
                .contains("; 1 finding\n");
        shop.file("governance.yaml", "apiVersion: governance/v0\ndefault: allow\n");
        shop.file("more.yaml", "apiVersion: governance/v0\ndeny_commands: [look]\n");
        Workshop.Result more = shop.gert("audit", "latest", "--policy", "more.yaml", "--format", "json");
        assertThat(more.exit()).isEqualTo(1);
        assertThat(more.out())
                .contains(
                        "\"rule_now\": \"deny_commands \\\"look\\\" (more.yaml:2)\"",
                        "\"id\": \"look\"",
                        "\"id\": \"again\"");
    }

    @Test
    void whatWasChangedOrTakenSinceIsFound() throws Exception {
        Workshop shop = shop("default: allow\n");
        assertThat(shop.gert("run", "x.runbook.yaml").exit()).isZero();
        Path output = shop.journal().resolveSibling("output");
        List<Path> files;
        try (var found = Files.list(output)) {
            files = found.sorted().toList();
        }
        Files.writeString(files.get(0), "8\n");
        Files.delete(files.get(1));
        Files.writeString(
                shop.folder.resolve("x.runbook.yaml"),
                Files.readString(shop.folder.resolve("x.runbook.yaml")) + "# later\n");
        Workshop.Result audit = shop.gert("audit", "latest");
        assertThat(audit.exit()).isEqualTo(1);
        assertThat(audit.out())
                .contains("x.runbook.yaml was changed since: what it declares can't be")
                .contains("output/" + files.get(0).getFileName() + " is not what was written")
                .contains("output/" + files.get(1).getFileName() + " is gone")
                .contains("ran          again")
                .contains("; 3 findings\n");
    }

    @Test
    void blockedIsSaidWithItsRuleAndARunWithoutAnEndIsFound() throws Exception {
        Workshop shop = shop("default: allow\n");
        shop.file("hand.runbook.yaml", """
                apiVersion: runbook/v0
                meta: {name: hand, vars: {what: it}, inputs: {target: {from: prompt, pattern: "^[a-z]+$"}}}
                steps:
                  - {id: first, type: cli, with: {argv: [fix, "{{ .target }}"]}}
                  - {id: look, type: manual, instructions: Look., required_evidence: [{kind: text, name: seen}]}
                """);
        shop.file("governance.yaml", "apiVersion: governance/v0\ndefault: allow\ndeny_commands: [\"fix all\"]\n");
        assertThat(shop.gert("run", "hand.runbook.yaml", "--var", "target=all").exit())
                .isEqualTo(4);
        Workshop.Result blocked = shop.gert("audit", "latest");
        assertThat(blocked.exit()).as(blocked.all()).isZero();
        assertThat(blocked.out())
                .contains("blocked      first\n")
                .contains("deny_commands \"fix all\" (governance.yaml:3)")
                .contains("not reached  look\n               the run ended at `first`, which was blocked");
        shop.file("answers.yaml", "evidence:\n  look: {seen: {kind: text, value: all is well}}\n");
        assertThat(shop.gert("run", "hand.runbook.yaml", "--var", "target=it").exit())
                .isEqualTo(8);
        Workshop.Result waiting = shop.gert("audit", "latest");
        assertThat(waiting.exit()).isEqualTo(1);
        assertThat(waiting.out()).contains("waiting      look").contains("unfinished   the run is not over");
        assertThat(shop.gert("resume", "latest", "--answers", "answers.yaml").exit())
                .isZero();
        Workshop.Result done = shop.gert("audit", "latest");
        assertThat(done.exit()).isEqualTo(1);
        assertThat(done.out()).contains("nobody       look: evidence `seen` was given by no person");
        assertThat(shop.gert("audit", "nothing").exit()).isEqualTo(2);
        String run = done.out().substring("audit of run ".length(), done.out().indexOf(','));
        Path journal = shop.folder.resolve("reports/runs").resolve(run).resolve("journal.jsonl");
        Files.writeString(journal, Files.readString(journal).replace("\"passed\"", "\"failed\""));
        Workshop.Result damaged = shop.gert("audit", "latest");
        assertThat(damaged.exit()).isEqualTo(1);
        assertThat(damaged.out()).contains("journal      the journal is damaged at line");
    }
}

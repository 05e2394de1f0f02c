package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What gert refuses to go on from: cut records, files that are none, policies that would be passed over. */
class RefusedIT {
    @TempDir
    Path folder;

    private Workshop shop;

    @BeforeEach
    void work() throws Exception {
        shop = new Workshop(folder);
        shop.standIn("change", "");
        shop.file("governance.yaml", "apiVersion: governance/v0\n");
        shop.file(
                "x.runbook.yaml",
                "apiVersion: runbook/v0\nmeta: {name: x, inputs: {s: {from: prompt, sensitive: true, default: long-enough}}}\n"
                        + "steps:\n"
                        + "  - {id: one, type: cli, title: One, with: {argv: [change, one]}}\n"
                        + "  - {id: two, type: cli, title: Two, with: {argv: [change, two]}}\n"
                        + "  - {id: ask, type: manual, title: Ask, instructions: Ask}\n");
    }

    @Test
    void aJournalThatWasCutWouldRepeatAStep() throws Exception {
        assertThat(shop.gert("run", "x.runbook.yaml").exit()).isEqualTo(8);
        Path journal = shop.journal();
        List<String> lines = Files.readAllLines(journal);
        int dispatched = 0;
        for (int i = 0; i < lines.size(); i++) {
            dispatched = lines.get(i).contains("\"type\":\"dispatched\"") ? i : dispatched;
        }
        Files.writeString(journal, String.join("\n", lines.subList(0, dispatched)) + "\n");
        Workshop.Result result = shop.gert("resume", "latest");
        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.err()).contains("records were taken from the journal's end");
        assertThat(shop.ran()).containsExactly("change one", "change two");
    }

    @Test
    void aPipeIsNoRunbookAndNoPolicy() throws Exception {
        assertThat(new ProcessBuilder(
                                "mkfifo", shop.folder.resolve("p.runbook.yaml").toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(shop.gert("validate", "p.runbook.yaml").exit()).isEqualTo(2);
        Files.delete(shop.folder.resolve("governance.yaml"));
        Files.move(shop.folder.resolve("p.runbook.yaml"), shop.folder.resolve("governance.yaml"));
        assertThat(shop.gert("run", "x.runbook.yaml").exit()).isIn(2, 3);
        assertThat(shop.ran()).isEmpty();
    }

    @Test
    void aPolicyUnderAnotherEndingIsNotPassedOver() throws Exception {
        Files.move(shop.folder.resolve("governance.yaml"), shop.folder.resolve("governance.yml"));
        Workshop.Result result = shop.gert("run", "x.runbook.yaml");
        assertThat(result.exit()).isEqualTo(3);
        assertThat(result.err()).contains("`governance.yml` is not read");
        assertThat(shop.ran()).isEmpty();
    }

    @Test
    void reportsMustNotLeadElsewhere() throws Exception {
        Files.createDirectories(shop.folder.resolve("else"));
        Files.createSymbolicLink(shop.folder.resolve("reports"), shop.folder.resolve("else"));
        assertThat(shop.gert("run", "x.runbook.yaml").exit()).isEqualTo(2);
        assertThat(shop.ran()).isEmpty();
    }

    @Test
    void aSecretThatIsTooShortToHideAndABrokenFileOfSecrets() throws Exception {
        assertThat(shop.gert("run", "x.runbook.yaml", "--var", "s=q7z").exit()).isEqualTo(2);
        shop.file("values.yaml", "s: Zecret: bad\n");
        Workshop.Result result = shop.gert("run", "x.runbook.yaml", "--vars", "values.yaml");
        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.all()).contains("values.yaml:1").doesNotContain("Zecret");
        assertThat(shop.ran()).isEmpty();
    }

    @Test
    void scenariosUnderAMisspeltNameAreNotLostWithoutAWord() throws Exception {
        shop.file("scenarios/five/a/expected.yaml", "apiVersion: expected/v0\noutcome: completed\n");
        shop.file("fives.runbook.yaml", Files.readString(shop.folder.resolve("x.runbook.yaml")));
        Workshop.Result result = shop.gert("test", "fives.runbook.yaml");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.all()).contains("belong to no runbook").contains("did you mean `scenarios/fives`?");
    }

    @Test
    void anEmptyPathThatDoesNotHoldIsToldSo() throws Exception {
        shop.file("scenarios/x/empty/expected.yaml", "apiVersion: expected/v0\nbranch_path: []\n");
        shop.file("scenarios/x/empty/scenario.yaml", "commands: [{argv: [change, one]}, {argv: [change, two]}]\n");
        Workshop.Result result = shop.gert("test", "x.runbook.yaml");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.all()).contains("its path is to be empty");
    }
}

package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * kill -9 at some moments of a run of five mutating steps, then {@code resume}, and {@code decide}
 * where it asks: no step is lost and none is repeated. What ran is read from the stand-ins' own log.
 * {@link KillsIT} has more of them.
 */
class KillIT {
    private static int inDoubt;
    private static int resumed;

    @TempDir
    Path folder;

    @AfterAll
    static void figures() {
        System.out.println("kill -9 at 6 moments: " + resumed + " runs resumed, " + inDoubt + " times in doubt");
    }

    /** {@code records}: the run is killed as soon as its journal has that many lines. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5, 8, 11, 14, 22})
    void everyStepRunsOnce(int records) throws Exception {
        Workshop shop = new Workshop(folder);
        StringBuilder runbook = new StringBuilder("apiVersion: runbook/v0\nmeta: {name: five}\nsteps:\n");
        for (int i = 1; i <= 5; i++) {
            shop.standIn("change" + i, "sleep 0.02");
            runbook.append("  - {id: step")
                    .append(i)
                    .append(", type: cli, title: Change ")
                    .append(i);
            runbook.append(", with: {argv: [change").append(i).append(", once]}");
            runbook.append(i == 5 ? ", outcomes: [{state: resolved, label: done}]}\n" : "}\n");
        }
        shop.file("five.runbook.yaml", runbook.toString());
        shop.file("governance.yaml", "apiVersion: governance/v0\nallow_commands: [\"change*\"]\n");

        Process process = shop.start(folder.resolve("out"), folder.resolve("err"), "run", "five.runbook.yaml");
        Workshop.await("record " + records, () -> lines(shop) >= records || !process.isAlive());
        process.destroyForcibly();
        assertThat(process.waitFor(Workshop.GUARD_SECONDS, TimeUnit.SECONDS)).isTrue();
        Workshop.await("the children's end", () -> !shop.aliveChildren());

        Workshop.Result result = shop.gert("resume", "latest");
        if (result.exit() == 3 && result.err().contains("nothing was executed; start it again")) {
            assertThat(shop.ran()).as("killed at record %d", records).isEmpty();
            result = shop.gert("run", "five.runbook.yaml");
        }
        resumed++;
        List<String> verdicts = new ArrayList<>();
        while (result.exit() == 5) {
            inDoubt++;
            String step = inDoubt(result.err());
            boolean ran = shop.ran().contains("change" + step.substring(4) + " once");
            String verdict = ran ? "--did-run" : "--did-not-run";
            verdicts.add(step + " " + verdict);
            assertThat(shop.gert("decide", "latest", step, verdict, "--reason", "read the log")
                            .exit())
                    .isZero();
            result = shop.gert("resume", "latest");
        }
        assertThat(result.exit())
                .as("killed at record %d, decided %s: %s", records, verdicts, result.all())
                .isZero();
        assertThat(shop.ran())
                .as("killed at record %d, decided %s", records, verdicts)
                .containsExactly("change1 once", "change2 once", "change3 once", "change4 once", "change5 once");
        assertThat(result.out()).contains("outcome  resolved");
    }

    private static int lines(Workshop shop) {
        try {
            Path journal = shop.journal();
            return journal == null || !Files.exists(journal)
                    ? 0
                    : (int) Files.readString(journal)
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
        } catch (IOException e) {
            return 0;
        }
    }

    private static String inDoubt(String err) {
        for (String line : err.split("\n")) {
            if (line.startsWith("in doubt ")) {
                return line.substring(9, line.indexOf(':'));
            }
        }
        throw new AssertionError("exit 5 without a step in doubt: " + err);
    }
}

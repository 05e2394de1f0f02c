package dev.gert.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.gert.projection.TestResult.Status;
import dev.gert.render.TestJson;
import dev.gert.render.TestText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a test's files hold, there is an answer, and exit 0 only where everything passed. */
class MutatedFilesTest {
    private static final int ROUNDS = Integer.getInteger("gert.files.mutations", 250);
    private static final List<String> FILES = List.of(
            "disk.test.yaml",
            "scenarios/disk/paged/expected.yaml",
            "scenarios/disk/paged/inputs.yaml",
            "scenarios/disk/paged/scenario.yaml",
            "scenarios/disk/dialect/test.yaml");

    @Test
    void thereIsAlwaysAnAnswer(@TempDir Path folder) throws IOException {
        long seed = Long.getLong("gert.seed", System.nanoTime());
        Random random = new Random(seed);
        CaseFolder.copy("test", "scenario-met", folder);
        Files.copy(Path.of("src/test/cases/test/unit-met/disk.test.yaml"), folder.resolve("disk.test.yaml"));
        for (int i = 0; i < ROUNDS; i++) {
            Path file = folder.resolve(FILES.get(random.nextInt(FILES.size())));
            String whole = Files.readString(file);
            String mutated = mutated(whole, random);
            Files.writeString(file, mutated);
            assertThatCode(() -> answers(folder))
                    .as("seed %d, round %d, %s:%n%s", seed, i, file.getFileName(), mutated)
                    .doesNotThrowAnyException();
            Files.writeString(file, whole);
        }
    }

    private static void answers(Path folder) {
        TestRun.Options options = new TestRun.Options(null, null, false, false);
        TestRun.Answer answer = new TestRun(folder, List.of(), CaseFolder.STOPPED, options).run(List.of("."));
        boolean good = answer.report().count(Status.FAILED) == 0
                && answer.report().count(Status.ERROR) == 0
                && answer.report().count(Status.PASSED) > 0;
        assertThat(answer.exitCode() == 0)
                .isEqualTo(good && answer.diagnostics().isEmpty());
        TestText.render(answer.report(), answer.diagnostics(), true, true);
        TestJson.render(answer.report(), answer.diagnostics());
    }

    private static String mutated(String text, Random random) {
        StringBuilder mutated = new StringBuilder(text);
        for (int edits = 1 + random.nextInt(3); edits > 0 && mutated.length() > 1; edits--) {
            int at = random.nextInt(mutated.length());
            int end = Math.min(mutated.length(), at + 1 + random.nextInt(6));
            switch (random.nextInt(5)) {
                case 0 -> mutated.delete(at, end);
                case 1 -> mutated.insert(at, mutated.substring(at, end));
                case 2 ->
                    mutated.replace(
                            at, end, String.valueOf("[]{}:,\"'\n >=/!&*%\u2028\0a0".charAt(random.nextInt(21))));
                case 3 ->
                    mutated.insert(
                            at,
                            List.of("[]", "{}", "null", "\n", "/(/", ">1e9", "-", "é")
                                    .get(random.nextInt(8)));
                default -> mutated.setLength(Math.max(1, at));
            }
        }
        return mutated.toString();
    }
}

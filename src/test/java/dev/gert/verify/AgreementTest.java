package dev.gert.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import dev.gert.projection.Verification;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code gert verify} and {@code tools/verify_run.py}, which shares no code with it, say the same of 1,000 runs that
 * were changed: the verdict and the place. {@code -Dgert.seed=N} takes another thousand.
 */
class AgreementTest {
    private static final int RUNS = 1000;

    @TempDir
    Path folder;

    @BeforeEach
    void needs() throws IOException, InterruptedException {
        for (String program : List.of("python3", "ssh-keygen")) {
            Process process = new ProcessBuilder("sh", "-c", "command -v " + program)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            boolean here = process.waitFor() == 0;
            if (!here) {
                System.err.println("SKIPPED: the two verifiers are not compared, there is no " + program);
            }
            assumeTrue(here, program + " is not here");
        }
    }

    @Test
    void theTwoVerifiersAgree() throws IOException, InterruptedException {
        long seed = Long.getLong("gert.seed", new Random().nextLong());
        System.out.println("agreement of the verifiers, seed " + seed);
        RunShapes shapes =
                new RunShapes(Files.createDirectory(folder.resolve("made")).toRealPath());
        List<Map.Entry<String, Path>> runs = List.copyOf(shapes.runs().entrySet());
        Random random = new Random(seed);
        Mutations mutations = new Mutations(random.nextLong());
        List<String> what = new ArrayList<>();
        List<Path> folders = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            Map.Entry<String, Path> of = runs.get(i % runs.size());
            Path copy = folder.resolve(String.valueOf(i)).resolve(of.getValue().getFileName());
            copy(of.getValue(), copy);
            String how = i < runs.size()
                    ? "nothing"
                    : mutations.mutate(
                            copy, runs.get(random.nextInt(runs.size())).getValue());
            what.add(of.getKey() + ": " + how);
            folders.add(copy);
        }
        for (Path signers : new Path[] {null, shapes.signers()}) {
            compare(folders, what, signers, runs.size());
        }
    }

    private void compare(List<Path> folders, List<String> what, @Nullable Path signers, int whole)
            throws IOException, InterruptedException {
        List<String> second = python(folders, signers);
        Map<String, Integer> tally = new TreeMap<>();
        List<String> differ = new ArrayList<>();
        for (int i = 0; i < folders.size(); i++) {
            String first = java(folders.get(i), signers);
            String verdict = first.substring(0, first.indexOf(' '));
            tally.merge(verdict, 1, Integer::sum);
            if (i < whole && signers == null) {
                assertThat(verdict).as(what.get(i)).isIn("VALID", "INCOMPLETE");
            }
            String shorter = second.get(i).substring(0, second.get(i).indexOf(" |"));
            if (!first.substring(0, first.indexOf(" |")).equals(shorter)) {
                differ.add(what.get(i) + "\n  gert    " + first + "\n  python  " + second.get(i));
            }
        }
        System.out.println((signers == null ? "" : "with signers: ") + folders.size() + " runs, " + tally + ", "
                + differ.size() + " differ");
        assertThat(differ).isEmpty();
        assertThat(tally.keySet()).contains("VALID", "INVALID", "UNREADABLE");
    }

    private static String java(Path run, @Nullable Path signers) throws IOException {
        if (!Files.isRegularFile(run.resolve("journal.jsonl"), LinkOption.NOFOLLOW_LINKS)) {
            return "UNREADABLE |";
        }
        AllowedSigners allowed = signers == null
                ? null
                : ((AllowedSigners.Reading.Good) AllowedSigners.read(Files.readString(signers))).signers();
        Verification said = new RunVerifier(run, allowed, null).verify();
        Verification.Fault fault = said.fault();
        if (fault == null) {
            return said.verdict() + " |";
        }
        boolean inJournal = fault.file().equals("journal.jsonl");
        return said.verdict() + (fault.line() == 0 ? "" : " line " + fault.line())
                + (inJournal ? "" : " " + fault.file()) + " | " + fault.reason();
    }

    private List<String> python(List<Path> folders, @Nullable Path signers) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("python3", "tools/verify_run.py", "--json"));
        if (signers != null) {
            words.addAll(List.of("--signers", signers.toString()));
        }
        folders.forEach(run -> words.add(run.toString()));
        Path said = folder.resolve("said");
        Process process = new ProcessBuilder(words)
                .redirectOutput(said.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor()).isEqualTo(2);
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(said, StandardCharsets.UTF_8)) {
            Map<String, JsonValue> members =
                    ((JsonValue.MapValue) ((JsonResult.Ok) JsonReader.read(line)).value()).entries();
            String text = text(members.get("verdict"));
            if (members.get("line") instanceof JsonValue.Num number
                    && number.value().compareTo(BigDecimal.ZERO) != 0) {
                text += " line " + number.value();
            }
            if (members.get("file") instanceof JsonValue.Text file) {
                text += " " + file.value();
            }
            lines.add(text + " | " + text(members.get("reason")));
        }
        assertThat(lines).hasSameSizeAs(folders);
        return lines;
    }

    private static String text(@Nullable JsonValue value) {
        return value instanceof JsonValue.Text text ? text.value() : "";
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}

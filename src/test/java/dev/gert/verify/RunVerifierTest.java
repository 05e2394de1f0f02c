package dev.gert.verify;

import static dev.gert.verify.RunFixture.BOB;
import static dev.gert.verify.RunFixture.CAROL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gert.projection.Verification;
import dev.gert.projection.Verification.Fault;
import dev.gert.projection.Verification.Verdict;
import dev.gert.source.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is done to a run's folder, the verdict is never VALID, and the first place is named. */
class RunVerifierTest {
    private static final String ID = "20261123T101500Z-4f21c9aa";
    private static final String OTHER = "20261123T101500Z-4f21c9ab";
    private static final int SEAL = 17;

    @TempDir
    Path temp;

    private RunFixture run;

    @BeforeEach
    void write() throws IOException {
        run = RunFixture.write(temp.resolve(ID), BOB, BOB);
    }

    private Verification verify() throws IOException {
        return verify(run.folder, null, null);
    }

    private static Verification verify(Path folder, @Nullable String signers, @Nullable String hash)
            throws IOException {
        AllowedSigners allowed =
                signers == null ? null : ((AllowedSigners.Reading.Good) AllowedSigners.read(signers)).signers();
        return new RunVerifier(folder, allowed, hash).verify();
    }

    private static String said(Verification verification) {
        Fault fault = verification.fault();
        return verification.verdict()
                + (fault == null ? "" : " " + fault.file() + ":" + fault.line() + " " + fault.reason());
    }

    @Test
    void anUntouchedRunIsValid() throws IOException {
        Verification verification = verify();
        assertThat(said(verification)).isEqualTo("VALID");
        assertThat(verification.records()).isEqualTo(SEAL + 1);
        assertThat(verification.outcome()).isEqualTo("resolved");
        assertThat(verification.checked()).isEqualTo(new Verification.Checked(2, 1, 2, 1, 1, 2, true));
        assertThat(verification.seal()).isEqualTo(new Verification.Seal(BOB.fingerprint(), null, time(SEAL)));
        assertThat(verification.notes()).isEmpty();
        assertThat(verification.notProved().get(0)).contains("nobody vouches for it");
        assertThat(String.join("\n", verification.notProved())).doesNotContain("decision");
        Path away = temp.resolve("away");
        Files.move(run.folder, away);
        assertThat(said(verify(away, null, null))).isEqualTo("VALID");
    }

    private String time(int record) throws IOException {
        return Files.readAllLines(run.journal()).get(record).substring(record > 9 ? 18 : 17, record > 9 ? 45 : 44);
    }

    @Test
    void noByteOfTheJournalCanBeChanged() throws IOException {
        long seed = Long.getLong("gert.seed", System.nanoTime());
        Random random = new Random(seed);
        byte[] bytes = Files.readAllBytes(run.journal());
        int line = 1;
        int skipped = random.nextInt(step());
        for (int i = 0; i < bytes.length; i++) {
            if (i % step() == skipped || bytes[i] == '\n') {
                byte[] changed = bytes.clone();
                changed[i] ^= (byte) (1 << random.nextInt(8));
                Files.write(run.journal(), changed);
                assertThat(said(verify()))
                        .as("seed " + seed + ", byte " + i)
                        .startsWith("INVALID journal.jsonl:" + line + " ");
            }
            line += bytes[i] == '\n' ? 1 : 0;
        }
    }

    /** Every byte takes a minute. */
    private static int step() {
        return "long".equals(System.getProperty("gert.faults")) ? 1 : 31;
    }

    @Test
    void aJournalThatWasCutIsNeverValid() throws IOException {
        byte[] bytes = Files.readAllBytes(run.journal());
        List<Integer> starts = starts(bytes);
        for (int length = 0; length < bytes.length; length += step()) {
            Files.write(run.journal(), Arrays.copyOf(bytes, length));
            Verification verification = verify();
            assertThat(verification.verdict()).as("cut at " + length).isEqualTo(Verdict.INVALID);
        }
        Files.delete(run.folder.resolve("evidence.json"));
        for (int length = starts.get(SEAL - 1); length < bytes.length; length += 3) {
            Files.write(run.journal(), Arrays.copyOf(bytes, length));
            assertThat(verify().verdict())
                    .as("cut at " + length)
                    .isEqualTo(length == starts.get(SEAL) ? Verdict.VALID : Verdict.INCOMPLETE);
        }
        Files.write(run.journal(), Arrays.copyOf(bytes, starts.get(SEAL)));
        assertThat(said(verify())).isEqualTo("VALID");
        assertThat(said(verify(run.folder, "bob " + BOB.line(), null))).endsWith(":17 the run is not sealed");
    }

    private static List<Integer> starts(byte[] bytes) {
        List<Integer> starts = new ArrayList<>(List.of(0));
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                starts.add(i + 1);
            }
        }
        return starts;
    }

    @Test
    void recordsThatWereSwappedDroppedDoubledOrSplicedAreFound() throws IOException {
        RunFixture other = RunFixture.write(temp.resolve(OTHER), BOB, BOB);
        List<String> lines = Files.readAllLines(run.journal());
        List<String> foreign = Files.readAllLines(other.journal());
        for (int i = 0; i < lines.size(); i++) {
            String bad = "INVALID journal.jsonl:" + (i + 1) + " ";
            List<String> changed = new ArrayList<>(lines);
            changed.remove(i);
            assertThat(said(with(changed))).startsWith(i == SEAL ? "INVALID evidence.json" : bad);
            changed = new ArrayList<>(lines);
            changed.add(i, lines.get(i));
            assertThat(said(with(changed))).startsWith("INVALID journal.jsonl:" + (i + 2) + " ");
            changed = new ArrayList<>(lines);
            changed.set(i, foreign.get(i));
            assertThat(said(with(changed))).startsWith(bad);
            if (i > 0) {
                changed = new ArrayList<>(lines);
                changed.set(i, lines.get(i - 1));
                changed.set(i - 1, lines.get(i));
                assertThat(said(with(changed))).startsWith("INVALID journal.jsonl:" + i + " ");
            }
        }
        assertThat(said(with(foreign)))
                .isEqualTo("INVALID journal.jsonl:1 it is of run " + OTHER + ", and the folder is that of another");
    }

    private Verification with(List<String> lines) throws IOException {
        Files.writeString(run.journal(), String.join("\n", lines) + "\n");
        return verify();
    }

    /** Somebody who writes the whole journal anew, with evidence.json, is seen only where something cannot be. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "17 | after-end     | journal.jsonl:18 it follows the end of the run",
                "18 | after-end     | journal.jsonl:19 it follows the run's seal",
                "18 | moon_rose     | journal.jsonl:19 it follows the run's seal",
                "11 | other-run     | journal.jsonl:12 no record before it led to its run",
                "11 | same-child    | journal.jsonl:12 it leads to a run that is there already",
                "16 | seal          | journal.jsonl:17 it seals a run that is not over",
                "18 | bad-seal      | journal.jsonl:18 its signature does not hold: "
                        + "the signature does not fit the key and the message",
            })
    void whatCantStandThere(int before, String kind, String expected) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(run.journal()));
        String envelope = "{\"seq\":0,\"time\":\"2026-11-23T10:15:00.000000Z\",\"run\":\"" + ID + "\",\"span\":null,";
        String seal = lines.get(SEAL);
        String made = switch (kind) {
            case "after-end" -> envelope + "\"type\":\"node_failed\",\"data\":{\"step\":\"x\",\"reason\":\"y\"},";
            case "moon_rose" -> envelope + "\"type\":\"moon_rose\",\"data\":{},";
            case "other-run" -> envelope.replace(ID, ID + ".9") + "\"type\":\"moon_rose\",\"data\":{},";
            case "same-child" -> lines.get(10);
            default -> seal;
        };
        if (kind.equals("bad-seal")) {
            lines.remove(SEAL);
            made = seal.replace(signature(seal), json(BOB.armored("another\n", "gert-run-v1")));
        }
        lines.add(Math.min(before, lines.size()), made);
        lines = rechained(lines);
        if (kind.equals("seal")) {
            String prev = member(lines.get(before), "prev");
            lines.set(
                    before, lines.get(before).replace(signature(seal), json(BOB.armored(prev + "\n", "gert-run-v1"))));
            lines = rechained(lines);
        }
        run.evidence(member(lines.get(lines.size() - 1), "hash"));
        assertThat(said(with(lines))).isEqualTo("INVALID " + expected);
    }

    @Test
    void whatMayFollowTheEndAndWhatReopensARun() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(run.journal()));
        Files.delete(run.folder.resolve("evidence.json"));
        String envelope = "{\"seq\":0,\"time\":\"2026-11-23T10:15:00.000000Z\",\"run\":\"" + ID + "\",\"span\":null,";
        lines.add(SEAL, envelope + "\"type\":\"moon_rose\",\"data\":{},");
        lines.set(SEAL + 1, lines.get(SEAL + 1));
        List<String> unsealed = new ArrayList<>(rechained(lines).subList(0, SEAL + 1));
        assertThat(said(with(unsealed))).isEqualTo("VALID");
        lines = new ArrayList<>(Files.readAllLines(run.journal()).subList(0, SEAL));
        lines.add(envelope + "\"type\":\"run_resumed\",\"data\":{\"actor\":\"a\",\"host\":\"h\",\"cut_bytes\":0},");
        assertThat(said(with(rechained(lines)))).startsWith("INCOMPLETE journal.jsonl:18 the run does not come");
        lines.add(lines.get(SEAL - 1));
        assertThat(said(with(rechained(lines)))).isEqualTo("VALID");
    }

    /** Lines with {@code seq}, {@code prev} and {@code hash} as they have to be. */
    private static List<String> rechained(List<String> lines) {
        List<String> made = new ArrayList<>();
        String prev = "0".repeat(64);
        for (String line : lines) {
            int tail = line.lastIndexOf("\"prev\":");
            String head = line.substring(line.indexOf(','), tail < 0 ? line.length() : tail);
            String hashed = "{\"seq\":" + made.size() + head + "\"prev\":\"" + prev + "\"";
            prev = Sha256.hex(hashed);
            made.add(hashed + ",\"hash\":\"" + prev + "\"}");
        }
        return made;
    }

    private static String member(String line, String name) {
        int at = line.lastIndexOf("\"" + name + "\":\"") + name.length() + 4;
        return line.substring(at, at + 64);
    }

    private static String signature(String line) {
        int at = line.indexOf("-----BEGIN");
        return line.substring(at, line.indexOf('"', at));
    }

    private static String json(String text) {
        return text.replace("\n", "\\n");
    }

    @Test
    void aCompleteRewriteIsSeenOnlyFromOutside() throws IOException {
        String outside = member(Files.readAllLines(run.journal()).get(3), "hash");
        assertThat(said(verify(run.folder, null, outside))).isEqualTo("VALID");
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(run.journal()).subList(0, SEAL)) {
            lines.add(line.replace("How full?", "How much?"));
        }
        lines = rechained(lines);
        run.evidence(member(lines.get(SEAL - 1), "hash"));
        Verification rewritten = with(lines);
        assertThat(said(rewritten)).isEqualTo("VALID");
        assertThat(rewritten.notProved().get(0)).contains("that the whole journal was not written anew");
        assertThat(said(verify(run.folder, null, outside)))
                .isEqualTo("INVALID journal.jsonl:17 no record has the hash that was kept elsewhere");
        assertThat(said(verify(run.folder, "bob " + BOB.line(), null)))
                .isEqualTo("INVALID journal.jsonl:17 the run is not sealed");
    }

    @Test
    void noFileCanBeChangedTakenAwayOrReplacedByALink() throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(run.folder)) {
            files = walk.filter(Files::isRegularFile)
                    .filter(file -> !file.equals(run.journal()))
                    .sorted()
                    .toList();
        }
        assertThat(files).hasSize(9);
        for (Path file : files) {
            String name = run.folder.relativize(file).toString();
            String named = name.endsWith(".old.json") ? "approvals/disk-1.request.json" : name;
            byte[] bytes = Files.readAllBytes(file);
            boolean pack = name.equals("evidence.json");
            int step = pack ? 1 : Math.min(step(), Math.max(1, bytes.length / 8));
            for (int i = pack ? bytes.length - 70 : 0; i < (pack ? bytes.length - 10 : bytes.length); i += step) {
                byte[] changed = bytes.clone();
                changed[i] ^= 1;
                Files.write(file, changed);
                assertThat(said(verify())).startsWith("INVALID " + named);
            }
            Files.delete(file);
            Verification gone = verify();
            assertThat(said(gone)).startsWith(pack ? "VALID" : "INVALID " + named);
            Path elsewhere = Files.write(temp.resolve("elsewhere"), bytes);
            Files.createSymbolicLink(file, elsewhere);
            assertThat(said(verify())).startsWith("INVALID ").contains(name.endsWith(".old.json") ? "request" : name);
            Files.delete(file);
            Files.write(file, bytes);
        }
        for (String folder : List.of("output", "attachments", "approvals", "pinned")) {
            Path moved = Files.move(run.folder.resolve(folder), temp.resolve("moved"));
            if (!folder.equals("pinned")) {
                assertThat(said(verify())).startsWith("INVALID " + folder + "/");
            }
            Files.createSymbolicLink(run.folder.resolve(folder), moved);
            assertThat(said(verify())).startsWith("INVALID " + folder);
            Files.delete(run.folder.resolve(folder));
            Files.move(moved, run.folder.resolve(folder));
        }
        assertThat(said(verify())).isEqualTo("VALID");
    }

    @Test
    void aFileOfAStepThatWasNeverDispatchedShowsThatRecordsAreGone() throws IOException {
        Files.writeString(run.folder.resolve("output/001-disk.2.out"), "of a process that was killed");
        Files.writeString(run.folder.resolve("approvals/disk-1.2.decision.json"), "came too late");
        Verification verification = verify();
        assertThat(said(verification)).isEqualTo("VALID");
        assertThat(verification.notes())
                .containsExactly(
                        "approvals/disk-1.2.decision.json: no record names it",
                        "output/001-disk.2.out: no record names it");
        Files.writeString(run.folder.resolve("output/1002-x.out"), "");
        assertThat(said(verify()))
                .isEqualTo("INVALID output/1002-x.out:0 is of a step that the journal never dispatched");
    }

    /** {@code sed}: what is replaced in a record, then in its decision; hashes are made again. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"person\":\"bob\" -> \"person\":\"eve\" | names another person than was recorded",
                "\"type\":\"approval_granted\",\"data\":{ -> \"type\":\"approval_denied\",\"data\":{\"reason\":\"\", | says the opposite of what was recorded",
                "\"key\":\"SHA256: -> \"key\":\"SHA257: | is signed by another key than was recorded",
                "\"ballot\":{\"request\":\" -> \"ballot\":{\"request\":\"f | is about another request",
                "approvals/disk-1.1 -> approvals/../approvals/disk-1.1 | is not a file of `approvals/`",
                "approvals/disk-1.1 -> output/disk-1.1 | is not a file of `approvals/`",
            })
    void aRecordThatSaysOtherThanItsDecision(String change, String expected) throws IOException {
        String[] both = change.split(" -> ");
        List<String> lines = new ArrayList<>(Files.readAllLines(run.journal()).subList(0, SEAL));
        Files.delete(run.folder.resolve("evidence.json"));
        assertThat(lines.get(5)).contains(both[0]);
        lines.set(5, lines.get(5).replace(both[0], both[1]));
        assertThat(said(with(rechained(lines))))
                .startsWith("INVALID ")
                .endsWith("disk-1.1.decision.json:6 " + expected);
    }

    @Test
    void aDecisionCountsOnlyByTheRostersKey() throws IOException {
        RunFixture forged = RunFixture.write(temp.resolve(OTHER), CAROL, null);
        assertThat(said(verify(forged.folder, null, null)))
                .isEqualTo(
                        "INVALID approvals/disk-1.1.decision.json:6 is signed by a key that is not bob's in the run's roster");
    }

    @Test
    void withoutTheRostersTextItSaysThatNobodyVouchesForTheDecision() throws IOException {
        try (Stream<Path> pinned = Files.list(run.folder.resolve("pinned"))) {
            for (Path file : pinned.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(run.folder.resolve("pinned"));
        assertThat(verify().notProved()).anyMatch(not -> not.startsWith("whose keys signed 1 decision"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bob@x KEY | VALID",
                "bob@x namespaces=\"gert-run-v1\" KEY a comment | VALID",
                "bob@x namespaces=\"file,gert-*\",valid-after=\"20260101Z\" KEY | VALID",
                "bob@x namespaces=\"gert-*,!gert-run-v1\" KEY | may not sign",
                "bob@x namespaces=\"file\" KEY | may not sign",
                "bob@x valid-after=\"20270101Z\" KEY | was not valid then",
                "bob@x valid-before=\"20261123101459Z\" KEY | was not valid then",
                "bob@x valid-before=\"20261123101500Z\" KEY | VALID",
                "bob@x valid-after=\"202611231014Z\",valid-before=\"20261201\" KEY | VALID",
                "carol@x CAROL | is not among the signers",
            })
    void signersAreThoseOfOpenSsh(String line, String expected) throws Exception {
        String signers = line.replace("KEY", BOB.line()).replace("CAROL", CAROL.line()) + "\n";
        String said = said(verify(run.folder, "# these\n\n" + signers, null));
        assertThat(said).contains(expected);
        assertThat(said).startsWith(expected.equals("VALID") ? "VALID" : "INVALID journal.jsonl:18 it is sealed by");
        String seal = Files.readAllLines(run.journal()).get(SEAL);
        Files.writeString(temp.resolve("signature"), signature(seal).replace("\\n", "\n"));
        Files.writeString(temp.resolve("signers"), signers);
        String principal = signers.substring(0, signers.indexOf(' '));
        ProcessBuilder builder = new ProcessBuilder("ssh-keygen", "-Y", "verify", "-f", "signers", "-I", principal);
        builder.command().addAll(List.of("-n", "gert-run-v1", "-s", "signature", "-Overify-time=20261123101500Z"));
        Process process = started(builder.directory(temp.toFile()));
        process.getOutputStream().write((member(seal, "prev") + "\n").getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue() == 0).as(printed).isEqualTo(expected.equals("VALID"));
    }

    private static Process started(ProcessBuilder builder) throws IOException {
        try {
            return builder.redirectErrorStream(true).start();
        } catch (IOException e) {
            assumeTrue(false, "ssh-keygen is not here");
            throw e;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ca@x cert-authority KEY | certificates are not taken",
                "bob@x | its key can't be used: ",
                "bob@x ssh-ed25519 AAAA | its key can't be used: ",
                "bob@x namespaces=file KEY | the value of an option stands in quotes: `namespaces=file`",
                "bob@x valid-after=\"2026\" KEY | `2026` is not a time such as 20261123 or 20261123101500Z",
                "bob@x valid-after=\"20261399\" KEY | `20261399` is not a time",
                "bob@x touch=\"no\" KEY | neither a key nor an option: `touch`",
            })
    void aSignersFileWithAMistakeIsRefused(String line, String expected) {
        String text = "# these\nbob " + BOB.line() + "\n" + line.replace("KEY", BOB.line());
        AllowedSigners.Reading.Bad bad = (AllowedSigners.Reading.Bad) AllowedSigners.read(text);
        assertThat(bad.line()).isEqualTo(3);
        assertThat(bad.reason()).startsWith(expected);
        assertThat(AllowedSigners.read("# nobody\n")).isInstanceOf(AllowedSigners.Reading.Bad.class);
    }

    @Test
    void anIncompleteRunSaysWhatIsOpen() throws IOException {
        List<String> lines = Files.readAllLines(run.journal()).subList(0, 9);
        Files.delete(run.folder.resolve("evidence.json"));
        List<String> grant = new ArrayList<>(lines);
        grant.add("{\"seq\":0,\"time\":\"2026-11-23T10:15:00.000000Z\",\"run\":\"" + ID
                + "\",\"span\":null,\"type\":\"elevation_granted\",\"data\":{\"step\":\"disk\",\"attempt\":1},");
        Verification open = with(rechained(grant));
        assertThat(said(open)).isEqualTo("INCOMPLETE journal.jsonl:10 the run does not come to its end");
        assertThat(open.openSteps()).containsExactly("disk");
        assertThat(open.openGrants()).containsExactly("disk");
        Files.write(run.journal(), new byte[0]);
        assertThat(said(verify()))
                .isEqualTo("INVALID output/001-disk.err:0 is of a step that the journal never dispatched");
    }

    @Test
    void noJournalIsNoVerdict() throws IOException {
        Files.move(run.journal(), temp.resolve("j"));
        assertThatThrownBy(this::verify).isInstanceOf(NoSuchFileException.class);
        Files.createSymbolicLink(run.journal(), temp.resolve("j"));
        assertThatThrownBy(this::verify).isInstanceOf(IOException.class);
    }

    @Test
    void nothingIsWritten() throws IOException {
        UnaryOperator<String> listed = when -> {
            try (Stream<Path> walk = Files.walk(run.folder)) {
                return walk.sorted().map(Path::toString).toList().toString();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        };
        String before = listed.apply("before");
        verify();
        assertThat(listed.apply("after")).isEqualTo(before);
    }
}

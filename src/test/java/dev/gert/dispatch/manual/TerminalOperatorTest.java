package dev.gert.dispatch.manual;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.decode.AnswersDecoder;
import dev.gert.decode.RunbookDecoder;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.engine.port.Clock;
import dev.gert.engine.port.Operator;
import dev.gert.engine.port.Operator.Answer;
import dev.gert.event.RunEvent.OutputFile;
import dev.gert.model.Answers;
import dev.gert.model.EvidenceKind;
import dev.gert.model.Node;
import dev.gert.model.Runbook;
import dev.gert.model.Step;
import dev.gert.policy.Redactor;
import dev.gert.runtime.SystemClock;
import dev.gert.source.Sha256;
import dev.gert.source.Source;
import dev.gert.terminal.ScriptedDialogue;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person, or a file of answers, gives in a manual step, and what is no answer (formats.md, section 1). */
class TerminalOperatorTest {
    @TempDir
    Path folder;

    private Path work;
    private Path run;

    @BeforeEach
    void folders() throws IOException {
        work = Files.createDirectory(folder.toRealPath().resolve("work"));
        run = Files.createDirectory(folder.toRealPath().resolve("run"));
        Files.writeString(work.resolve("p.png"), "a hunter2 picture");
    }

    @Test
    void aStepThatRequiresNothingIsDoneByEnter() {
        assertThat(perform("", "")).isEqualTo(new Answer.Done());
        assertThat(perform("", "yes", "done")).isEqualTo(new Answer.Done());
        assertThat(perform("", "n")).isInstanceOf(Answer.Failed.class);
        assertThat(reason(perform("", "q"))).isEqualTo("is a manual step, and was left waiting");
        assertThat(reason(perform("", "x", "x", "x"))).isEqualTo("is a manual step, and no clear answer came");
        assertThat(reason(perform(""))).isEqualTo("is a manual step, and the input ended");
        assertThat(operator(ScriptedDialogue.typing().thenSignal()).perform(task("")))
                .isEqualTo(new Answer.Interrupted());
        assertThat(operator(ScriptedDialogue.typing().thenLate()).perform(task("")))
                .isEqualTo(new Answer.TimedOut());
    }

    @Test
    void aTextIsALineOrSeveralAndNeverEmpty() {
        String text = "required_evidence: [{kind: text, name: seen}]";
        assertThat(value(perform(text, "", "up"))).isEqualTo("up");
        assertThat(value(perform(text, ".", "up\nand running"))).isEqualTo("up\nand running");
        assertThat(reason(perform(text, "", ".", "", "")))
                .isEqualTo("is a manual step, and no text was given for `seen`");
        assertThat(perform(text, "n")).isInstanceOf(Answer.Failed.class);
    }

    @Test
    void everyItemOfAChecklistNeedsAYesOfItsOwn() {
        String list = "required_evidence: [{kind: checklist, name: metrics, items: [a, b]}]";
        assertThat(((Answer.Done) perform(list, "y", "yes")).evidence())
                .containsExactly(
                        new Operator.Given("metrics", EvidenceKind.CHECKLIST, "", List.of("a", "b"), null, "person"));
        assertThat(perform(list, "", "n", "y", "y")).isInstanceOf(Answer.Done.class);
        assertThat(reason(perform(list, "y", "", "", ""))).contains("`b` of `metrics` is not ticked");
        assertThat(reason(perform(list, "y", "n", "q"))).contains("was left waiting");
        assertThat(reason(perform(list, "y"))).contains("the input ended");
    }

    @Test
    void aChoiceIsNamedByNumberOrValue() {
        String choices = "choices: {variable: cause, options: [{value: gw, label: GW}, {value: quota}]}";
        assertThat(((Answer.Done) perform(choices, "2")).choice()).isEqualTo("quota");
        assertThat(((Answer.Done) perform(choices, "GW", "", "gw")).choice()).isEqualTo("gw");
        assertThat(reason(perform(choices, "0", "3", "x"))).contains("nothing was chosen for `cause`");
        assertThat(perform(choices, "n")).isInstanceOf(Answer.Failed.class);

        String words = "choices: {variable: c, options: [{value: n}, {value: q}, {value: '1'}]}";
        assertThat(((Answer.Done) perform(words, "n")).choice()).isEqualTo("n");
        assertThat(((Answer.Done) perform(words, "q")).choice()).isEqualTo("q");
        assertThat(((Answer.Done) perform(words, "2", "1")).choice()).isEqualTo("1");
        assertThat(perform(words, "no")).isInstanceOf(Answer.Failed.class);
        assertThat(reason(perform(words, "quit"))).contains("was left waiting");
    }

    @Test
    void anAttachmentIsCopiedWithoutSecretsUnderItsDigest() throws IOException {
        OutputFile file = file(perform("required_evidence: [{kind: attachment, name: shot}]", "p.png"));
        assertThat(file.file()).isEqualTo("attachments/001-look-shot.png");
        byte[] stored = Files.readAllBytes(run.resolve(file.file()));
        assertThat(new String(stored, StandardCharsets.UTF_8)).isEqualTo("a *** picture");
        assertThat(file.sha256()).isEqualTo(Sha256.hex(new String(stored, StandardCharsets.UTF_8)));
        assertThat(file.bytes()).isEqualTo(stored.length);
        assertThat(file.redacted()).isTrue();

        Files.writeString(work.resolve("plain"), "nothing to hide");
        OutputFile plain = file(perform("required_evidence: [{kind: attachment, name: log}]", "plain"));
        assertThat(plain.file()).isEqualTo("attachments/002-look-log");
        assertThat(plain.redacted()).isFalse();
    }

    @Test
    void whatIsNoFileOfTheFolderIsRefused() throws IOException {
        Path out = Files.writeString(folder.resolve("out.txt"), "outside");
        Files.createSymbolicLink(work.resolve("link.png"), Path.of("p.png"));
        Files.createSymbolicLink(work.resolve("leads-out"), out);
        Files.createSymbolicLink(work.resolve("dir"), folder);
        Files.createSymbolicLink(folder.resolve("alias"), out);
        Files.createFile(work.resolve("empty"));
        try (RandomAccessFile huge = new RandomAccessFile(work.resolve("huge").toFile(), "rw")) {
            huge.setLength(Attachments.LARGEST + 1);
        }
        for (String path :
                List.of("leads-out", "dir/out.txt", "../alias", "nothing", ".", "/dev/null", "empty", "huge", "\0")) {
            ScriptedDialogue dialogue = ScriptedDialogue.typing(path, "q");
            assertThat(operator(dialogue).perform(task("required_evidence: [{kind: attachment, name: a}]")))
                    .as(path)
                    .isInstanceOf(Answer.Pending.class);
            assertThat(dialogue.shown())
                    .anyMatch(line -> line.contains("`" + path + "` ") || line.contains("`" + path + "`"));
            assertThat(run.resolve("attachments"))
                    .satisfiesAnyOf(
                            attachments -> assertThat(attachments).doesNotExist(),
                            attachments -> assertThat(attachments).isEmptyDirectory());
        }
        assertThat(perform("required_evidence: [{kind: attachment, name: a}]", "link.png"))
                .isInstanceOf(Answer.Done.class);
        assertThat(perform("required_evidence: [{kind: attachment, name: a}]", "../out.txt"))
                .isInstanceOf(Answer.Done.class);
    }

    @Test
    void aTimeoutCountsForTheWholeStep() {
        long[] now = {0};
        Clock clock = new Clock() {
            @Override
            public long epochMicros() {
                return 0;
            }

            @Override
            public long nanos() {
                now[0] += 400_000_000L;
                return now[0];
            }

            @Override
            public void sleep(long millis, BooleanSupplier cut) {}
        };
        ScriptedDialogue dialogue = ScriptedDialogue.typing("x", "x", "");
        new TerminalOperator(dialogue, clock, new Attachments(run), work).perform(task("timeout: 1s"));
        assertThat(dialogue.waits()).containsExactly(600L, 200L, 0L);
    }

    @Test
    void aFileOfAnswersComesFirstAndTheRestIsAskedFor() {
        String step = "required_evidence: [{kind: text, name: seen}, {kind: attachment, name: shot},"
                + " {kind: checklist, name: m, items: [a]}], choices: {variable: c, options: [{value: x}, {value: y}]}";
        String whole = "seen: {kind: text, value: up}, shot: {kind: attachment, path: p.png},"
                + " m: {kind: checklist, items: {a: true}}, c: {kind: text, value: y}";
        Answer.Done done = (Answer.Done) answered("{" + whole + "}").perform(task(step));
        assertThat(done.choice()).isEqualTo("y");
        assertThat(done.evidence()).hasSize(3).allMatch(given -> given.method().equals("answers"));

        Answer.Done mixed = (Answer.Done) answered("{shot: {kind: attachment, path: no.png}}", "up", "p.png", "y", "x")
                .perform(task(step));
        assertThat(mixed.evidence()).hasSize(3).allMatch(given -> given.method().equals("person"));
        assertThat(mixed.evidence().get(1).name()).isEqualTo("shot");

        assertThat(reason(answered("{" + whole.replace("p.png", "p.png, size: 3") + "}")
                        .perform(task(step))))
                .contains("the input ended");
        assertThat(reason(answered("{" + whole.replace("p.png", "p.png, sha256: ab") + "}")
                        .perform(task(step))))
                .contains("the input ended");
    }

    @Test
    void aStepThatRequiresNothingIsDoneByAnEntryAlone() {
        assertThat(answered("{}").perform(task(""))).isEqualTo(new Answer.Done());
        assertThat(reason(answered("{}").perform(task("other", "")))).contains("the input ended");
    }

    private Answer perform(String fields, String... typed) {
        return operator(ScriptedDialogue.typing(typed)).perform(task(fields));
    }

    private TerminalOperator operator(ScriptedDialogue dialogue) {
        return new TerminalOperator(dialogue, new SystemClock(), new Attachments(run), work);
    }

    private Operator answered(String entry, String... typed) {
        Diagnostics diagnostics = new Diagnostics();
        Answers answers =
                AnswersDecoder.decode(Source.of("answers.yaml", "evidence:\n  look: " + entry + "\n"), diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        return new AnsweredOperator(
                Objects.requireNonNull(answers).evidence(),
                work,
                new Attachments(run),
                operator(ScriptedDialogue.typing(typed)));
    }

    private static Operator.Task task(String fields) {
        return task("look", fields);
    }

    private static Operator.Task task(String id, String fields) {
        String text = "apiVersion: runbook/v0\nmeta: {name: x}\nsteps:\n  - {id: " + id
                + ", type: manual, instructions: See, " + fields + "}\n";
        Diagnostics diagnostics = new Diagnostics();
        Runbook runbook = RunbookDecoder.decode(Source.of("x.runbook.yaml", text), diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        Node node = Objects.requireNonNull(runbook).nodes().get(0);
        Redactor redactor = Redactor.of(List.of()).withSecret("hunter2");
        return new Operator.Task(
                id,
                id,
                redactor.safe(""),
                redactor.safe("See"),
                redactor.safe("Which?"),
                (Step.ManualStep) ((Node.StepNode) node).step(),
                redactor);
    }

    private static String reason(Answer answer) {
        return ((Answer.Pending) answer).reason();
    }

    private static String value(Answer answer) {
        return ((Answer.Done) answer).evidence().get(0).value();
    }

    private static OutputFile file(Answer answer) {
        return Objects.requireNonNull(((Answer.Done) answer).evidence().get(0).file());
    }
}

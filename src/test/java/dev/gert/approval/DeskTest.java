package dev.gert.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.engine.port.Approver;
import dev.gert.engine.port.Approver.Answer;
import dev.gert.engine.port.Dialogue;
import dev.gert.event.RunEvent;
import dev.gert.policy.Captured;
import dev.gert.policy.Need;
import dev.gert.policy.Operand;
import dev.gert.policy.ResolvedCommand;
import dev.gert.terminal.ScriptedDialogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked at the terminal, what is a yes there, and what a request binds. */
class DeskTest {
    private static final String WAITS = "waits for the approval of one person, and ";

    @TempDir
    Path folder;

    private DeskFixture at;

    @BeforeEach
    void set() throws IOException {
        at = new DeskFixture(folder);
    }

    @Test
    void theStepsIdIsTheOnlyYes() throws IOException {
        assertThat(person(at.ask(ScriptedDialogue.typing("kill_gw")))).isEqualTo("kim acknowledge");
        for (String other : List.of("y", "yes", "", "KILL_GW", "kill-gw", "kill_gw!", "Y", "ok", "N")) {
            set();
            at.attempt++;
            assertThat(at.ask(ScriptedDialogue.typing(other, other, other, "kill_gw")))
                    .as("three times `%s`", other)
                    .isEqualTo(new Answer.Pending(WAITS + "no clear answer came"));
        }
    }

    @Test
    void aSlipCanBePutRight() {
        ScriptedDialogue dialogue = ScriptedDialogue.typing("kill_wg", "kill_gw");

        assertThat(at.ask(dialogue)).isInstanceOf(Answer.Granted.class);
        assertThat(dialogue.shown()).contains("    that is none of these");
    }

    @Test
    void oneNoIsFinal() {
        Answer.Denied denied = (Answer.Denied) at.ask(ScriptedDialogue.typing("n", "kill_gw"));

        assertThat(denied.by().person()).isEqualTo("kim");
        assertThat(denied.reason()).isEqualTo("denied on the terminal");
    }

    @Test
    void itCanBeLeftWaiting() {
        assertThat(at.ask(ScriptedDialogue.typing("q", "kill_gw")))
                .isEqualTo(new Answer.Pending(WAITS + "was left waiting"));
    }

    @Test
    void aStepMayBeCalledLikeAnAnswer() throws IOException {
        for (String[] each : new String[][] {{"n", "no"}, {"q", "quit"}, {"v", "policy"}}) {
            set();
            at.stepId = each[0];
            assertThat(at.ask(ScriptedDialogue.typing(each[0]))).isInstanceOf(Answer.Granted.class);
            at.attempt++;
            assertThat(at.ask(ScriptedDialogue.typing(each[1]))).isNotInstanceOf(Answer.Granted.class);
        }
    }

    @Test
    void theEndOfTheInputASignalAndNobodyAreNoYes() {
        assertThat(at.ask(ScriptedDialogue.typing())).isEqualTo(new Answer.Pending(WAITS + "the input ended"));
        assertThat(at.ask(ScriptedDialogue.typing().thenSignal())).isEqualTo(new Answer.Interrupted());
        assertThat(at.ask(ScriptedDialogue.nobody("standard input is not a terminal")))
                .isEqualTo(new Answer.Pending(WAITS + "nobody can be asked here: standard input is not a terminal"));
    }

    @Test
    void theCommandIsShownFirstAndLastWithAllThatMakesIt() {
        ScriptedDialogue dialogue = ScriptedDialogue.typing("q");
        at.ask(dialogue);

        assertThat(dialogue.shown())
                .containsExactly(
                        "    command   [\"kill\",\"-9\",\"*** \\\"1\\\"\\n\\u001b[2J\"]",
                        "    title     Kill the gateway",
                        "    run       20261123T100000Z-00000001, x, by kim",
                        "    program   /bin/kill",
                        "    really    /usr/bin/kill",
                        "    in        /srv/app",
                        "    with      A=***",
                        "    with      B=2",
                        "    reads     \"yes\\n\"",
                        "    effect    mutate",
                        "    rule      default: acknowledge (governance.yaml:2)",
                        "    command   [\"kill\",\"-9\",\"*** \\\"1\\\"\\n\\u001b[2J\"]",
                        "    waits     for one person, until 2026-11-23T10:30:00.123456Z",
                        "    type kill_gw to acknowledge, n to deny, v for the policy, q to leave it waiting >");
    }

    @Test
    void thePolicyIsShownWithoutLosingATryAndTheCommandIsLastAgain() {
        ScriptedDialogue dialogue = ScriptedDialogue.typing("v", "x", "v", "v", "y", "v", "kill_gw");

        assertThat(at.ask(dialogue)).isInstanceOf(Answer.Granted.class);
        assertThat(dialogue.shown())
                .containsSequence(
                        "    policy    governance.yaml (sha256:"
                                + at.policy().layers().get(0).sha256().substring(0, 8) + ")",
                        "              built-in floor (sha256:"
                                + at.policy().layers().get(1).sha256().substring(0, 8) + ")",
                        "    rule      default: acknowledge (governance.yaml:2)",
                        "    command   [\"kill\",\"-9\",\"*** \\\"1\\\"\\n\\u001b[2J\"]",
                        "    waits     for one person, until 2026-11-23T10:30:00.123456Z",
                        "    type kill_gw to acknowledge, n to deny, v for the policy, q to leave it waiting >");
    }

    @Test
    void aYesThatPolicyDoesNotTakeIsNotOffered() throws IOException {
        String roster = "apiVersion: roster/v0\npeople:\n  - {person: kim, os_users: [kim], roles: [dev]}\n"
                + "  - {person: lee, os_users: [lee], roles: [lead]}\n";
        Path exchange = exchange();
        record Case(String approvals, Need need) {}
        for (Case each : List.of(
                new Case("acknowledge: false", new Need(DeskFixture.RULE)),
                new Case("methods: [ssh]", new Need(DeskFixture.RULE)),
                new Case("acknowledge: true", new Need(DeskFixture.RULE, 1, List.of("lead"))),
                new Case("acknowledge: true", new Need(DeskFixture.RULE, 2, List.of())))) {
            set();
            at.among(each.approvals(), roster, exchange).needs = List.of(each.need());
            ScriptedDialogue dialogue = ScriptedDialogue.typing("kill_gw", "kill_gw", "kill_gw");
            assertThat(at.ask(dialogue)).as(each.toString()).isNotInstanceOf(Answer.Granted.class);
            assertThat(dialogue.shown()).noneMatch(line -> line.contains("to acknowledge"));
        }
    }

    @Test
    void whatNobodyCanEverApproveIsBlocked() {
        at.needs = List.of(new Need(DeskFixture.RULE, 2, List.of()));

        assertThat(((Answer.Blocked) at.ask(ScriptedDialogue.typing("kill_gw"))).reason())
                .isEqualTo("it wants 2 people, and policy names neither a roster nor an exchange through which another"
                        + " OS user could decide");
    }

    @Test
    void itsTimeEndsTheQuestionAndALateYesIsNone() {
        Dialogue late = new LateYes();

        assertThat(((Answer.Blocked) at.ask(late)).reason())
                .isEqualTo("its approval request expired at 2026-11-23T10:30:00.123456Z");
    }

    /** Waits until the time is over. */
    private final class LateYes implements Dialogue {
        @Override
        public String obstacle() {
            return "";
        }

        @Override
        public Reply ask(List<String> lines, String prompt, long millis, BooleanSupplier over) {
            at.now = at.now.plusMillis(millis);
            return new Reply.Late();
        }

        @Override
        public Reply askLines(List<String> lines, String prompt, long millis) {
            return new Reply.End();
        }

        @Override
        public Reply askHidden(List<String> lines, String prompt) {
            return new Reply.End();
        }
    }

    /** Everything that a yes is bound to: change one, and it is another request. */
    @Test
    void aRequestIsBoundToAllThatItSays() throws IOException {
        String before = at.text();
        List<Runnable> changes = List.of(
                () -> at.mode = "replay",
                () -> at.osUser = "lee",
                () -> at.attempt = 2,
                () -> at.stepId = "other",
                () -> at.runId = "20261123T100000Z-00000002",
                () -> at.needs = List.of(new Need(DeskFixture.RULE, 2, List.of())),
                () -> at.command = new ResolvedCommand(
                        at.command.argv(),
                        at.command.program(),
                        at.command.realPath(),
                        "01",
                        at.command.cwd(),
                        at.command.environment(),
                        at.command.stdin(),
                        at.command.effect(),
                        at.command.timeoutMillis()),
                () -> at.command = at.command.among(List.of(new Operand("a", "/a", "02"))),
                () -> at.values = List.of(new Approver.Value("x", Captured.recorded("1", false), "capture")));
        assertThat(at.text()).isEqualTo(before);
        for (Runnable change : changes) {
            set();
            change.run();
            assertThat(at.text()).isNotEqualTo(before);
        }
    }

    @Test
    void aRequestHoldsNoSecretButIsBoundToIt() throws IOException {
        String text = at.text();
        at.command = new ResolvedCommand(
                List.of("kill", "-9", "hunter2 \"1\"\n\u001b[2J"),
                "/bin/kill",
                "/usr/bin/kill",
                "00",
                "/srv/app",
                Map.of("B", "2", "A", "hunter2 "),
                "yes\n",
                at.command.effect(),
                600_000);

        assertThat(text).doesNotContain("hunter2").contains("hmac_sha256");
        assertThat(at.text()).doesNotContain("hunter2").isNotEqualTo(text);
    }

    @Test
    void aLaterSessionGoesOnWithTheSameRequestAndAChangedCommandMakesAnother() throws IOException {
        OpenRequest first = at.request();
        at.now = at.now.plusSeconds(60);
        assertThat(at.request().sha256()).isEqualTo(first.sha256());

        at.command = at.command.among(List.of(new Operand("a", "/a", "02")));
        OpenRequest second = at.request();
        assertThat(second.sha256()).isNotEqualTo(first.sha256());
        assertThat(at.run().resolve("approvals/kill_gw-1." + first.sha256().substring(0, 8) + ".old.json"))
                .hasContent(first.text());
    }

    @Test
    void aSpentRequestIsNeverAskedAgain() throws IOException {
        OpenRequest first = at.request();
        assertThat(at.ask(ScriptedDialogue.typing("kill_gw"))).isInstanceOf(Answer.Granted.class);

        assertThat(at.request().sha256()).isNotEqualTo(first.sha256());
    }

    @Test
    void aRequestThatWasWrittenOverIsNotDecidedOn() throws IOException {
        Desk desk = at.desk(ScriptedDialogue.typing("kill_gw"));
        RunEvent.RequestFile request = desk.request(at.question());
        Path file = at.run().resolve(request.file());
        Files.writeString(file, Files.readString(file).replace("kill_gw", "kill_ms"));

        assertThat(desk.ask(at.question(), request)).isInstanceOf(Answer.Blocked.class);
    }

    private Path exchange() throws IOException {
        Path exchange = Files.createDirectories(folder.resolve("exchange"));
        Files.setAttribute(exchange, "unix:mode", 03770);
        return exchange;
    }

    private static String person(Answer answer) {
        StringBuilder people = new StringBuilder();
        ((Answer.Granted) answer)
                .given()
                .forEach(each ->
                        people.append(people.isEmpty() ? "" : ", ").append(each.person() + " " + each.method()));
        return people.toString();
    }
}

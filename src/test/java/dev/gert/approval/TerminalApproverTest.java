package dev.gert.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.engine.port.Approver;
import dev.gert.model.Effect;
import dev.gert.policy.Captured;
import dev.gert.policy.Policy;
import dev.gert.policy.PolicyLayer;
import dev.gert.policy.Redactor;
import dev.gert.policy.ResolvedCommand;
import dev.gert.policy.RulePlace;
import dev.gert.source.Source;
import dev.gert.terminal.ScriptedDialogue;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The acknowledgement: what is asked, and what is a yes. */
class TerminalApproverTest {
    @Test
    void theStepsIdIsTheOnlyYes() {
        assertThat(answer("kill_gw", ScriptedDialogue.typing("kill_gw")))
                .isEqualTo(new Approver.Answer.Granted("kim", "acknowledge"));
        for (String other : List.of("y", "yes", "", "KILL_GW", "kill-gw", "kill_gw!", "Y", "ok", "N")) {
            assertThat(answer("kill_gw", ScriptedDialogue.typing(other, other, other, "kill_gw")))
                    .as("three times `%s`", other)
                    .isEqualTo(new Approver.Answer.Pending("needs an acknowledgement, and no clear answer came"));
        }
    }

    @Test
    void aSlipCanBePutRight() {
        ScriptedDialogue dialogue = ScriptedDialogue.typing("kill_wg", "kill_gw");

        assertThat(answer("kill_gw", dialogue)).isInstanceOf(Approver.Answer.Granted.class);
        assertThat(dialogue.shown()).contains("    that is none of the four");
    }

    @Test
    void oneNoIsFinal() {
        assertThat(answer("kill_gw", ScriptedDialogue.typing("n", "kill_gw")))
                .isEqualTo(new Approver.Answer.Denied("kim", "denied on the terminal"));
    }

    @Test
    void itCanBeLeftWaiting() {
        assertThat(answer("kill_gw", ScriptedDialogue.typing("q", "kill_gw")))
                .isEqualTo(new Approver.Answer.Pending("needs an acknowledgement, and was left waiting"));
    }

    @Test
    void aStepMayBeCalledLikeAnAnswer() {
        assertThat(answer("n", ScriptedDialogue.typing("n"))).isInstanceOf(Approver.Answer.Granted.class);
        assertThat(answer("n", ScriptedDialogue.typing("no"))).isInstanceOf(Approver.Answer.Denied.class);
        assertThat(answer("q", ScriptedDialogue.typing("q"))).isInstanceOf(Approver.Answer.Granted.class);
        assertThat(answer("q", ScriptedDialogue.typing("quit"))).isInstanceOf(Approver.Answer.Pending.class);
    }

    @Test
    void theEndOfTheInputASignalAndNobodyAreNoYes() {
        assertThat(answer("kill_gw", ScriptedDialogue.typing()))
                .isEqualTo(new Approver.Answer.Pending("needs an acknowledgement, and the input ended"));
        assertThat(answer("kill_gw", ScriptedDialogue.typing().thenSignal()))
                .isEqualTo(new Approver.Answer.Interrupted());
        assertThat(answer("kill_gw", ScriptedDialogue.nobody("standard input is not a terminal")))
                .isEqualTo(new Approver.Answer.Pending(
                        "needs an acknowledgement, and nobody can be asked: standard input is not a terminal"));
    }

    @Test
    void theCommandIsShownFirstAndLastWithAllThatMakesIt() {
        ScriptedDialogue dialogue = ScriptedDialogue.typing("q");
        answer("kill_gw", dialogue);

        assertThat(dialogue.shown())
                .containsExactly(
                        "    command   [\"kill\",\"-9\",\"*** \\\"1\\\"\\n\\u001b[2J\"]",
                        "    title     Kill the gateway",
                        "    program   /bin/kill",
                        "    really    /usr/bin/kill",
                        "    in        /srv/app",
                        "    with      A=***",
                        "    with      B=2",
                        "    reads     \"yes\\n\"",
                        "    effect    mutate",
                        "    rule      default: acknowledge (governance.yaml:2)",
                        "    command   [\"kill\",\"-9\",\"*** \\\"1\\\"\\n\\u001b[2J\"]",
                        "    type kill_gw to acknowledge, n to deny, v for the policy, q to leave it waiting >");
    }

    @Test
    void thePolicyIsShownWithoutLosingATryAndTheCommandIsLastAgain() {
        ScriptedDialogue dialogue = ScriptedDialogue.typing("v", "x", "v", "v", "y", "v", "kill_gw");

        assertThat(answer("kill_gw", dialogue)).isInstanceOf(Approver.Answer.Granted.class);
        List<PolicyLayer> layers = policy().layers();
        assertThat(dialogue.shown())
                .containsSequence(
                        "    policy    " + layers.get(0).file() + " (sha256:"
                                + layers.get(0).sha256().substring(0, 8) + ")",
                        "              " + layers.get(1).file() + " (sha256:"
                                + layers.get(1).sha256().substring(0, 8) + ")",
                        "    rule      default: acknowledge (governance.yaml:2)",
                        "    command   [\"kill\",\"-9\",\"*** \\\"1\\\"\\n\\u001b[2J\"]",
                        "    type kill_gw to acknowledge, n to deny, v for the policy, q to leave it waiting >");
        assertThat(answer("v", ScriptedDialogue.typing("v"))).isInstanceOf(Approver.Answer.Granted.class);
        assertThat(answer("v", ScriptedDialogue.typing("policy", "v"))).isInstanceOf(Approver.Answer.Granted.class);
    }

    private static Policy policy() {
        PolicyLayer layer = PolicyLayer.read(
                Source.of("governance.yaml", "apiVersion: governance/v0\ndefault: acknowledge\n"), new Diagnostics());
        return Policy.meet(List.of(Objects.requireNonNull(layer), PolicyLayer.builtInFloor()));
    }

    private static Approver.Answer answer(String id, ScriptedDialogue dialogue) {
        ResolvedCommand command = new ResolvedCommand(
                List.of("kill", "-9", "hunter2 \"1\"\n\u001b[2J"),
                "/bin/kill",
                "/usr/bin/kill",
                "00",
                "/srv/app",
                Map.of("B", "2", "A", "hunter2"),
                "yes\n",
                Effect.MUTATE,
                600_000);
        return new TerminalApprover(dialogue, "kim")
                .ask(new Approver.Question(
                        "x.branches[0].steps[1]",
                        id,
                        1,
                        Captured.recorded("Kill the gateway", false).shown(),
                        command,
                        new RulePlace("default: acknowledge", "governance.yaml", 2),
                        policy(),
                        Redactor.of(List.of()).withSecret("hunter2")));
    }
}

package dev.gert.dispatch.replay;

import dev.gert.engine.port.Approver;
import dev.gert.event.RunEvent;
import dev.gert.model.ScenarioRecording;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers for the people whom a test does not have: yes, {@code simulated}, unless the test scripts a no. */
public final class ScriptedApprover implements Approver {
    private final List<ScenarioRecording.Approval> script;
    private final boolean[] used;

    public ScriptedApprover(List<ScenarioRecording.Approval> script) {
        this.script = List.copyOf(script);
        this.used = new boolean[script.size()];
    }

    /** The scripted answers that nobody asked for. */
    public List<ScenarioRecording.Approval> unused() {
        List<ScenarioRecording.Approval> unused = new ArrayList<>();
        for (int i = 0; i < used.length; i++) {
            if (!used[i]) {
                unused.add(script.get(i));
            }
        }
        return unused;
    }

    @Override
    public Answer ask(Question question, RunEvent.@Nullable RequestFile request) {
        for (int i = 0; i < used.length; i++) {
            ScenarioRecording.Approval approval = script.get(i);
            if (approval.step().equals(question.stepId())) {
                used[i] = true;
                String person = approval.person().isEmpty() ? "test" : approval.person();
                return approval.granted()
                        ? new Answer.Granted(person, "simulated")
                        : new Answer.Denied(person, "the scenario scripts a no");
            }
        }
        return new Answer.Granted("test", "simulated");
    }
}

package dev.gert.dispatch.replay;

import dev.gert.engine.port.Operator;
import dev.gert.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Does manual steps as a unit test has them: at once, evidence simulated, choices from its values (formats.md, section 4). */
public final class SimulatedOperator implements Operator {
    private final Map<String, String> vars;

    public SimulatedOperator(Map<String, String> vars) {
        this.vars = Map.copyOf(vars);
    }

    @Override
    public Answer perform(Task task) {
        Step.Choices choices = task.manual().choices();
        String choice = choices == null ? null : vars.get(choices.variable());
        if (choices != null && choice != null && !Choice.isOne(choices, choice)) {
            return new Answer.Failed(Choice.refusal(choices, choice));
        }
        List<Given> evidence = new ArrayList<>();
        for (Step.RequiredEvidence required : task.manual().requiredEvidence()) {
            evidence.add(simulated(required));
        }
        return new Answer.Done(choice, evidence);
    }

    static Given simulated(Step.RequiredEvidence required) {
        return new Given(required.name(), required.kind(), "", required.items(), null, "simulated");
    }
}

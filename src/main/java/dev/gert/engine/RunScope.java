package dev.gert.engine;

import dev.gert.expr.Lookup;
import dev.gert.expr.Scope;
import dev.gert.json.JsonValue;
import dev.gert.plan.BuiltIns;
import dev.gert.plan.PlanNode;
import dev.gert.policy.Captured;
import java.util.function.BinaryOperator;

/** The names that a step's templates and conditions can read. */
final class RunScope implements Scope {
    private final RunState state;
    private final PlanNode node;
    private final BinaryOperator<String> tokens;
    private final boolean lenient;

    RunScope(RunState state, PlanNode node, BinaryOperator<String> tokens, boolean lenient) {
        this.state = state;
        this.node = node;
        this.tokens = tokens;
        this.lenient = lenient;
    }

    @Override
    public Lookup find(String name) {
        Captured value = state.values().get(name);
        if (value != null) {
            String raw = value.raw();
            return raw == null
                    ? new Lookup.Unset("its value was redacted in the journal and can't be read back")
                    : new Lookup.Known(JsonValue.text(raw));
        }
        if (name.equals(BuiltIns.IDEMPOTENCY_TOKEN)) {
            return new Lookup.Known(JsonValue.text(tokens.apply(state.run(), node.address())));
        }
        if (!state.plan().names().contains(name)) {
            return new Lookup.Undeclared();
        }
        return lenient ? new Lookup.Open() : new Lookup.Unset("nothing has given it a value on the way here");
    }
}

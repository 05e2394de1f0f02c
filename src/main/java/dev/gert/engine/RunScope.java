package dev.gert.engine;

import dev.gert.expr.Lookup;
import dev.gert.expr.Scope;
import dev.gert.json.JsonValue;
import dev.gert.model.Node;
import dev.gert.plan.BuiltIns;
import dev.gert.plan.PlanLoop;
import dev.gert.policy.Captured;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** The names that templates and conditions at one place of a run can read. */
final class RunScope implements Scope {
    private static final String ITERATE = ".iterate#";

    private final RunState state;
    private final String address;
    private final BinaryOperator<String> tokens;
    private final boolean lenient;

    RunScope(RunState state, String address, BinaryOperator<String> tokens, boolean lenient) {
        this.state = state;
        this.address = address;
        this.tokens = tokens;
        this.lenient = lenient;
    }

    @Override
    public Lookup find(String name) {
        Captured value = item(name);
        if (value == null) {
            value = state.values().get(name);
        }
        if (value != null) {
            String raw = value.raw();
            return raw == null
                    ? new Lookup.Unset("its value was redacted in the journal and can't be read back")
                    : new Lookup.Known(JsonValue.text(raw));
        }
        if (name.equals(BuiltIns.IDEMPOTENCY_TOKEN)) {
            return known(tokens.apply(state.run(), address));
        }
        if (name.equals(BuiltIns.ITERATION)) {
            return known(Integer.toString(iteration()));
        }
        if (name.equals(BuiltIns.OUTCOME)) {
            return known(state.outcomeSoFar());
        }
        if (!state.plan().names().contains(name) && !BuiltIns.NAMES.contains(name)) {
            return new Lookup.Undeclared();
        }
        return lenient ? new Lookup.Open() : new Lookup.Unset("nothing has given it a value on the way here");
    }

    @Override
    public boolean isSecret(String name) {
        Captured value = item(name);
        value = value == null ? state.values().get(name) : value;
        return value != null && value.shown().redacted();
    }

    private static Lookup known(String text) {
        return new Lookup.Known(JsonValue.text(text));
    }

    /** The item of the innermost loop around the place that calls its items so. */
    private @Nullable Captured item(String name) {
        int at = address.lastIndexOf(ITERATE);
        while (at >= 0) {
            String loop = address.substring(0, at);
            if (state.plan().node(loop) instanceof PlanLoop node) {
                Node.EachNode each = node.each();
                LoopState turns = state.loop(loop);
                int turn = number(at);
                if (each != null && each.as().equals(name) && turns != null && turn <= turns.items.size()) {
                    return turns.items.get(turn - 1);
                }
            }
            at = at == 0 ? -1 : address.lastIndexOf(ITERATE, at - 1);
        }
        return null;
    }

    /** The number of the innermost loop's turn, from 1; 0 outside all loops. */
    private int iteration() {
        int at = address.lastIndexOf(ITERATE);
        return at < 0 ? 0 : number(at);
    }

    private int number(int at) {
        int from = at + ITERATE.length();
        int to = from;
        while (to < address.length() && address.charAt(to) >= '0' && address.charAt(to) <= '9') {
            to++;
        }
        return Integer.parseInt(address.substring(from, to));
    }
}

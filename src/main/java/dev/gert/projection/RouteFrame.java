package dev.gert.projection;

import dev.gert.expr.Meaning;
import dev.gert.plan.Plan;
import dev.gert.source.Span;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** What the names of one run stand for at the moment, and the choices because of which they do. */
final class RouteFrame {
    final Plan plan;
    final String run;
    private final RouteState state;
    private final Map<String, Meaning> names = new HashMap<>();
    private final Map<String, BitSet> causes = new HashMap<>();

    RouteFrame(Plan plan, String run, RouteState state) {
        this.plan = plan;
        this.run = run;
        this.state = state;
    }

    Span place() {
        return plan.runbook().nameSpan();
    }

    boolean isSet(String name) {
        return names.containsKey(name);
    }

    Meaning meaning(String name) {
        Meaning known = names.get(name);
        return known == null ? Meaning.unset(name, place()) : known;
    }

    /** {@code null} takes the name its value. */
    void set(String name, @org.jspecify.annotations.Nullable Meaning meaning) {
        Meaning before = meaning == null ? names.remove(name) : names.put(name, meaning);
        state.onUndo(() -> {
            if (before == null) {
                names.remove(name);
            } else {
                names.put(name, before);
            }
        });
    }

    /** Another choice of that number might give the name another value. */
    void because(String name, int choice) {
        BitSet known = causes.computeIfAbsent(name, n -> new BitSet());
        if (!known.get(choice)) {
            known.set(choice);
            state.onUndo(() -> known.clear(choice));
        }
    }

    void causes(String name, BitSet into) {
        BitSet known = causes.get(name);
        if (known != null) {
            into.or(known);
        }
    }
}

package dev.gert.expr;

import dev.gert.json.JsonValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds texts for symbols so that goals are met (formats.md, section 2). After each goal that it takes
 * the values of all symbols meet all goals, by evaluation; where it finds none there may still be
 * some. What was taken can be given back.
 */
public final class Solver {
    private static final int PAIR = 12;

    /** A goal with what it was taken because of. */
    private record Held(Goal goal, BitSet why) {}

    private static final class State {
        final Symbol symbol;
        final List<Held> held = new ArrayList<>();
        String value;
        boolean chosen;

        State(Symbol symbol, String value) {
            this.symbol = symbol;
            this.value = value;
        }
    }

    private final Map<String, State> states = new HashMap<>();
    private final Deque<Runnable> done = new ArrayDeque<>();
    private int left;

    /** {@code steps}: how many times it may ask whether a goal is met. */
    public Solver(int steps) {
        this.left = steps;
    }

    /** How much was done until now, for {@link #undo}. */
    public int mark() {
        return done.size();
    }

    /** Gives back all that was taken since the mark. */
    public void undo(int mark) {
        while (done.size() > mark) {
            done.pop().run();
        }
    }

    /** Whether it gave up where more time might have found something. */
    public boolean isSpent() {
        return left <= 0;
    }

    /** The steps that it has not taken. */
    public int left() {
        return Math.max(0, left);
    }

    /** Makes a symbol known, with the first value that fits it; what has no such value is left as it is. */
    public void declare(Symbol symbol) {
        if (states.containsKey(symbol.key())) {
            return;
        }
        State state = new State(symbol, "");
        state.value = Candidates.first(symbol);
        states.put(symbol.key(), state);
        done.push(() -> states.remove(symbol.key()));
    }

    /** The value that was found for it. */
    public String value(Symbol symbol) {
        State state = states.get(symbol.key());
        return state == null ? Candidates.first(symbol) : state.value;
    }

    /**
     * Takes a goal; {@code why} are numbers that the caller gives its choices. Null when values meet it
     * and all before it, else the numbers of all that is in its way.
     */
    public @Nullable BitSet add(Goal goal, BitSet why) {
        Held held = new Held(goal, why);
        List<State> own = new ArrayList<>();
        for (String key : goal.keys()) {
            State state = states.get(key);
            if (state == null) {
                throw new IllegalStateException("a goal of a symbol that was not declared");
            }
            state.held.add(held);
            done.push(() -> state.held.remove(state.held.size() - 1));
            own.add(state);
        }
        if (meets(goal)) {
            likelier(own);
            return null;
        }
        if (repaired(own)) {
            return null;
        }
        BitSet core = (BitSet) why.clone();
        for (State state : own) {
            for (Held each : state.held) {
                core.or(each.why());
            }
        }
        return core;
    }

    /** What nothing was asked of until now gets a value that the goal speaks of, instead of just any. */
    private void likelier(List<State> own) {
        for (State state : own) {
            if (!state.chosen && state.symbol.first().isEmpty() && state.symbol.only() == null) {
                changed(state);
            }
        }
    }

    private boolean meets(Goal goal) {
        left--;
        return goal.isMet(this::lookup);
    }

    private Lookup lookup(String key) {
        State state = states.get(key);
        return state == null ? new Lookup.Unset("") : new Lookup.Known(JsonValue.text(state.value));
    }

    /** Changes one symbol, else two; those that have a value of their own last. */
    private boolean repaired(List<State> own) {
        List<State> order = new ArrayList<>();
        for (State state : own) {
            if (!state.symbol.isSettled()) {
                order.add(state);
            }
        }
        for (State state : own) {
            if (state.symbol.isSettled()) {
                order.add(state);
            }
        }
        for (State state : order) {
            if (changed(state)) {
                return true;
            }
        }
        for (State first : order) {
            for (State second : neighbours(first)) {
                if (bothChanged(first, second)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Those that a goal asks about together with it. */
    private List<State> neighbours(State state) {
        List<State> found = new ArrayList<>();
        for (Held held : state.held) {
            for (String key : held.goal().keys()) {
                State other = states.get(key);
                if (other != null && other != state && !found.contains(other)) {
                    found.add(other);
                }
            }
        }
        return found;
    }

    private boolean bothChanged(State first, State second) {
        String before = first.value;
        int tried = 0;
        for (String text : candidates(first)) {
            if (tried == PAIR || left <= 0) {
                break;
            }
            first.value = text;
            if (!meetsAllBut(first, second)) {
                continue;
            }
            tried++;
            if (changed(second)) {
                done.push(() -> first.value = before);
                return true;
            }
        }
        first.value = before;
        return false;
    }

    private boolean changed(State state) {
        String before = state.value;
        for (String text : candidates(state)) {
            if (left <= 0) {
                break;
            }
            state.value = text;
            if (meetsAll(state)) {
                boolean chosen = state.chosen;
                state.chosen = true;
                done.push(() -> {
                    state.value = before;
                    state.chosen = chosen;
                });
                return true;
            }
        }
        state.value = before;
        return false;
    }

    private List<String> candidates(State state) {
        List<Goal> goals = new ArrayList<>(state.held.size());
        for (Held held : state.held) {
            goals.add(held.goal());
        }
        String key = state.symbol.key();
        return Candidates.of(state.symbol, goals, name -> name.equals(key) ? new Lookup.Open() : lookup(name));
    }

    private boolean meetsAll(State state) {
        if (!state.symbol.fits(state.value)) {
            return false;
        }
        for (int i = state.held.size() - 1; i >= 0; i--) {
            if (!meets(state.held.get(i).goal())) {
                return false;
            }
        }
        return true;
    }

    private boolean meetsAllBut(State state, State open) {
        if (!state.symbol.fits(state.value)) {
            return false;
        }
        for (Held held : state.held) {
            if (!held.goal().keys().contains(open.symbol.key()) && !meets(held.goal())) {
                return false;
            }
        }
        return true;
    }
}

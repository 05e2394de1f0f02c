package dev.gert.projection;

import dev.gert.expr.Condition;
import dev.gert.expr.Goal;
import dev.gert.expr.NameUse;
import dev.gert.expr.Solver;
import dev.gert.expr.Symbol;
import dev.gert.source.Span;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The choices of a search and what they led to, so that they can be taken back. What goes wrong is told
 * as the numbers of the choices that had a part in it: where one had none, its other ways are not tried.
 */
final class RouteState {

    /** What comes next; null when all of it went well, else the choices that are in its way. */
    interface Next {
        @Nullable
        BitSet go();
    }

    /** One way at a choice. */
    interface Way {
        @Nullable
        BitSet go(BitSet why);
    }

    final Solver solver;
    private final int most;
    private final Deque<Runnable> done = new ArrayDeque<>();
    private int choices;
    private int symbols;
    private int steps;
    private int farthest = -1;
    private @Nullable Obstacle obstacle;

    /** {@code effort}: how many conditions it may try, about. */
    RouteState(int effort) {
        this.solver = new Solver(effort);
        this.most = effort / 4;
    }

    void onUndo(Runnable undo) {
        done.push(undo);
    }

    /** Whether it took too long. */
    boolean isSpent() {
        return steps > most || solver.isSpent();
    }

    /** What stood in the way where the search came farthest. */
    @Nullable
    Obstacle obstacle() {
        return obstacle;
    }

    String key(String name) {
        symbols++;
        return name + "#" + symbols;
    }

    Symbol declared(Symbol symbol) {
        solver.declare(symbol);
        return symbol;
    }

    /** The way is closed: tells why, and because of which choices. */
    BitSet closed(String message, @Nullable Span place, BitSet why) {
        if (solver.mark() > farthest) {
            farthest = solver.mark();
            obstacle = new Obstacle(message, place);
        }
        return (BitSet) why.clone();
    }

    /** Tries ways until one goes well. {@code names} of {@code frame}: those that may come out otherwise. */
    @Nullable
    BitSet choose(List<Way> ways, BitSet why, @Nullable RouteFrame frame, Collection<String> names) {
        steps++;
        if (ways.size() == 1) {
            return ways.get(0).go(why);
        }
        choices++;
        int choice = choices;
        BitSet with = (BitSet) why.clone();
        with.set(choice);
        BitSet all = (BitSet) why.clone();
        for (Way way : ways) {
            if (isSpent()) {
                break;
            }
            int own = done.size();
            int taken = solver.mark();
            if (frame != null) {
                for (String name : names) {
                    frame.because(name, choice);
                }
            }
            BitSet wrong = way.go(with);
            if (wrong == null) {
                return null;
            }
            undo(own, taken);
            if (!wrong.get(choice)) {
                return wrong;
            }
            all.or(wrong);
        }
        all.clear(choice);
        return all;
    }

    private void undo(int own, int taken) {
        while (done.size() > own) {
            done.pop().run();
        }
        solver.undo(taken);
    }

    /** A condition as it is read in a run at the moment. */
    record Asked(Condition condition, boolean wanted, String what, Span place) {
        String message() {
            return what + (wanted ? "" : ", which has to be false,") + ": `" + CoverageSites.oneLine(condition.source())
                    + "`";
        }
    }

    /** Takes conditions for what is wanted of them, one after another. */
    @Nullable
    BitSet assume(List<Asked> all, RouteFrame frame, BitSet why, Next next) {
        return assume(all, 0, frame, why, next);
    }

    private @Nullable BitSet assume(List<Asked> all, int at, RouteFrame frame, BitSet why, Next next) {
        if (at == all.size()) {
            return next.go();
        }
        Asked asked = all.get(at);
        BitSet because = (BitSet) why.clone();
        NameUse unset = null;
        for (NameUse use : asked.condition().names()) {
            frame.causes(use.name(), because);
            unset = use.isNeeded() && !frame.isSet(use.name()) ? use : unset;
        }
        if (unset != null) {
            return closed(
                    asked.what() + " reads `" + unset.name() + "`, which nothing has given a value",
                    unset.span(),
                    because);
        }
        Goal goal = Goal.of(asked.condition(), asked.wanted(), frame::meaning);
        return meet(
                List.of(goal), 0, asked::message, asked.place(), because, () -> assume(all, at + 1, frame, why, next));
    }

    @Nullable
    BitSet meet(Goal goal, String message, @Nullable Span place, BitSet why, Next next) {
        return meet(List.of(goal), 0, () -> message, place, why, next);
    }

    private @Nullable BitSet meet(
            List<Goal> goals, int at, Supplier<String> message, @Nullable Span place, BitSet why, Next next) {
        if (at == goals.size()) {
            return next.go();
        }
        Next then = () -> meet(goals, at + 1, message, place, why, next);
        List<List<Goal>> ways = goals.get(at).ways();
        if (ways != null) {
            List<Way> choices = new ArrayList<>();
            for (List<Goal> way : ways) {
                choices.add(because -> meet(way, 0, message, place, because, then));
            }
            return choose(choices, why, null, List.of());
        }
        int taken = solver.mark();
        BitSet wrong = solver.add(goals.get(at), why);
        if (wrong != null) {
            BitSet told = closed(message.get(), place, wrong);
            solver.undo(taken);
            return told;
        }
        wrong = then.go();
        if (wrong != null) {
            solver.undo(taken);
        }
        return wrong;
    }
}

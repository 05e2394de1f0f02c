package dev.gert.engine;

import dev.gert.policy.Captured;
import java.util.List;

/** What the records say of one loop so far. */
final class LoopState {
    /** The iteration under way, from 1; 0 for a loop that ended without one. */
    int iteration;

    int total;
    List<Captured> items = List.of();
    boolean ended;
    boolean converged;
}

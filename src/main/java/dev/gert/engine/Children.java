package dev.gert.engine;

import org.jspecify.annotations.Nullable;

/** Runs that belong to a run. */
final class Children {
    private Children() {}

    /** The run at the end of the chain that begins with {@code first}. */
    static RunState last(RunState first) {
        RunState at = first;
        while (true) {
            RunState next = at.chained();
            if (next == null) {
                return at;
            }
            at = next;
        }
    }

    /** The exit code of the worst that happened in a chain: what cleaned up and failed is not forgotten. */
    static int worst(RunState first) {
        int worst = 0;
        for (RunState at = first; at != null; at = at.chained()) {
            worst = Math.max(worst, at.worst());
        }
        return worst;
    }

    /** The value of a name at the end of a chain: the last run that knows it. */
    static @Nullable String value(RunState first, String name) {
        String found = null;
        for (RunState at = first; at != null; at = at.chained()) {
            var value = at.plan().names().contains(name) ? at.values().get(name) : null;
            String raw = value == null ? null : value.raw();
            found = raw == null ? found : raw;
        }
        return found;
    }
}

package dev.gert.expr;

import dev.gert.source.Span;
import java.util.List;

/**
 * What can be said of a condition before anything runs. Said only where it is so for every text that
 * the names may hold, and for names that are unset: one whose evaluation fails is neither true nor
 * false. {@code because} are the positions of the earlier conditions that make it so by being false,
 * in order; empty where the condition is so by itself.
 */
public sealed interface Verdict {
    /** It is never false: where its evaluation does not fail it is true. */
    record AlwaysTrue(List<Integer> because) implements Verdict {
        public AlwaysTrue {
            because = List.copyOf(because);
        }
    }

    /** It is never true: where its evaluation does not fail it is false. */
    record AlwaysFalse(List<Integer> because) implements Verdict {
        public AlwaysFalse {
            because = List.copyOf(because);
        }
    }

    /** Its evaluation always fails: a message in the manner of diagnostics, and the place in the expression. */
    record AlwaysFails(String why, Span place) implements Verdict {}

    /**
     * It is never asked: an earlier one, where it is asked, is always true or always fails, or several
     * are together never all false.
     */
    record Unreachable(List<Integer> behind) implements Verdict {
        public Unreachable {
            behind = List.copyOf(behind);
        }
    }

    /** It depends on values, or is too large to tell. */
    record Open() implements Verdict {}
}

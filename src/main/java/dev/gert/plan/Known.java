package dev.gert.plan;

import java.util.BitSet;

/**
 * The names with a value at some point, by their numbers: {@code sure} on every path to it,
 * {@code maybe} on one at least. Bits, because thousands of steps each take copies.
 */
final class Known {
    final BitSet sure;
    final BitSet maybe;
    /** Whether a run can come here at all. */
    boolean reached = true;

    Known() {
        this(new BitSet(), new BitSet());
    }

    private Known(BitSet sure, BitSet maybe) {
        this.sure = sure;
        this.maybe = maybe;
    }

    Known copy() {
        Known copy = new Known((BitSet) sure.clone(), (BitSet) maybe.clone());
        copy.reached = reached;
        return copy;
    }

    void give(int name) {
        sure.set(name);
        maybe.set(name);
    }

    /** Here from either of two ways. */
    void orFrom(Known other) {
        maybe.or(other.maybe);
        if (!other.reached) {
            return;
        }
        if (reached) {
            sure.and(other.sure);
        } else {
            sure.clear();
            sure.or(other.sure);
            reached = true;
        }
    }

    void become(Known other) {
        sure.clear();
        sure.or(other.sure);
        maybe.or(other.maybe);
        reached = other.reached;
    }
}

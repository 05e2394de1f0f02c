package dev.gert.expr;

import java.util.BitSet;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Between two bounds, each with what set it; an origin below 0 is not told. */
final class Range<V> {
    private final Comparator<V> order;
    private @Nullable V low;
    private @Nullable V high;
    private boolean lowOpen;
    private boolean highOpen;
    private boolean shut;
    private int lowOrigin = -1;
    private int highOrigin = -1;
    private int shutOrigin = -1;

    Range(Comparator<V> order) {
        this.order = order;
    }

    Range(Range<V> other) {
        this.order = other.order;
        this.low = other.low;
        this.high = other.high;
        this.lowOpen = other.lowOpen;
        this.highOpen = other.highOpen;
        this.shut = other.shut;
        this.lowOrigin = other.lowOrigin;
        this.highOrigin = other.highOrigin;
        this.shutOrigin = other.shutOrigin;
    }

    void atLeast(V bound, boolean open, int origin) {
        int against = low == null ? 1 : order.compare(bound, low);
        if (against > 0 || (against == 0 && open && !lowOpen)) {
            low = bound;
            lowOpen = open;
            lowOrigin = origin;
        }
    }

    void atMost(V bound, boolean open, int origin) {
        int against = high == null ? -1 : order.compare(bound, high);
        if (against < 0 || (against == 0 && open && !highOpen)) {
            high = bound;
            highOpen = open;
            highOrigin = origin;
        }
    }

    void exactly(V value, int origin) {
        atLeast(value, false, origin);
        atMost(value, false, origin);
    }

    /** Leaves nothing in it. */
    void shut(int origin) {
        if (!shut) {
            shut = true;
            shutOrigin = origin;
        }
    }

    boolean isEmpty() {
        return shut || (low != null && high != null && emptyBetween(order.compare(low, high)));
    }

    private boolean emptyBetween(int compared) {
        return compared > 0 || (compared == 0 && (lowOpen || highOpen));
    }

    boolean holds(V value) {
        if (shut) {
            return false;
        }
        int fromLow = low == null ? 1 : order.compare(value, low);
        int toHigh = high == null ? -1 : order.compare(value, high);
        return (fromLow > 0 || (fromLow == 0 && !lowOpen)) && (toHigh < 0 || (toHigh == 0 && !highOpen));
    }

    /** The only value in it; null where there are more or none. */
    @Nullable
    V point() {
        return !isEmpty() && low != null && high != null && order.compare(low, high) == 0 ? low : null;
    }

    /** Adds what set the bounds. */
    void origins(BitSet into) {
        add(lowOrigin, into);
        add(highOrigin, into);
        add(shutOrigin, into);
    }

    static void add(int origin, BitSet into) {
        if (origin >= 0) {
            into.set(origin);
        }
    }
}

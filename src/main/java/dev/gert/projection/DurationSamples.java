package dev.gert.projection;

import java.util.Arrays;

/** Durations in milliseconds, eight bytes each. */
final class DurationSamples {
    private long[] values = new long[4];
    private int count;
    private long sum;

    void add(long millis) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count++] = millis;
        sum += millis;
    }

    long sum() {
        return sum;
    }

    Durations durations() {
        long[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return new Durations(count, rank(sorted, 50), rank(sorted, 95), count == 0 ? 0 : sorted[count - 1]);
    }

    private static long rank(long[] sorted, int percent) {
        return sorted.length == 0 ? 0 : sorted[(int) (((long) sorted.length * percent + 99) / 100 - 1)];
    }
}

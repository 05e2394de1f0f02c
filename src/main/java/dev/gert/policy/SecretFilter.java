package dev.gert.policy;

import java.util.Arrays;

/**
 * Puts {@link #MASK} in place of known secrets, wherever chunks end. Every place where a secret stands
 * counts, overlapping ones as one; what is held back is never more than may still become a secret.
 */
final class SecretFilter implements RedactingStream {
    private static final byte[] MASK = {'*', '*', '*'};

    private final SecretAutomaton automaton;
    private final Sink sink;
    private byte[] held = new byte[1024];
    private int length;
    private SecretAutomaton.State state;
    /** Places in {@link #held} that go out masked: pairs of start and end, in order, apart from each other. */
    private int[] places = new int[8];

    private int placesEnd;
    private boolean redacted;

    SecretFilter(SecretAutomaton automaton, Sink sink) {
        this.automaton = automaton;
        this.sink = sink;
        this.state = automaton.start();
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
        int from = offset;
        int end = offset + count;
        while (from < end) {
            int part = Math.min(end - from, 65536);
            take(bytes, from, part);
            from += part;
            release(automaton.open(state, held, length));
        }
    }

    private void take(byte[] bytes, int offset, int count) {
        if (held.length - length < count) {
            held = Arrays.copyOf(held, Math.max(held.length * 2, length + count));
        }
        System.arraycopy(bytes, offset, held, length, count);
        int end = length + count;
        SecretAutomaton.State now = state;
        for (int i = length; i < end; i++) {
            SecretAutomaton.State next = now.next(held[i]);
            now = next == null ? automaton.step(now, held[i]) : next;
            if (now.found()) {
                place(automaton.found(now, held, i + 1), i + 1);
            }
        }
        state = now;
        length = end;
    }

    private void place(int start, int end) {
        int from = start;
        while (placesEnd > 0 && places[placesEnd - 1] > start) {
            from = Math.min(from, places[placesEnd - 2]);
            placesEnd -= 2;
        }
        if (placesEnd + 2 > places.length) {
            places = Arrays.copyOf(places, places.length * 2);
        }
        places[placesEnd++] = from;
        places[placesEnd++] = end;
    }

    /** Lets go what stands before {@code safe}: no secret that is still to come begins there. */
    private void release(int safe) {
        int out = 0;
        int done = 0;
        while (done < placesEnd && places[done + 1] <= safe) {
            emit(out, places[done]);
            sink.accept(MASK, 0, MASK.length);
            redacted = true;
            out = places[done + 1];
            done += 2;
        }
        int end = done < placesEnd ? Math.min(safe, places[done]) : safe;
        emit(out, end);
        out = Math.max(out, end);
        System.arraycopy(held, out, held, 0, length - out);
        length -= out;
        placesEnd -= done;
        for (int i = 0; i < placesEnd; i++) {
            places[i] = places[done + i] - out;
        }
    }

    private void emit(int from, int to) {
        if (to > from) {
            sink.accept(held, from, to - from);
        }
    }

    @Override
    public void finish() {
        release(length);
        state = automaton.start();
    }

    @Override
    public boolean redacted() {
        return redacted;
    }
}

package dev.gert.policy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds every place where one of several secrets stands, however it is written ({@link Spellings}), in one
 * pass whatever the secrets are: a state is the set of places in them that the last bytes may have come
 * to, made when the input first leads there and kept up to a bound. May be used by several threads.
 */
final class SecretAutomaton {
    /** Above so many bytes of secrets in all, more are looked for as they are and no other way: memory is bounded. */
    private static final int MOST_SPELLED = 128 << 10;

    private static final int MOST_STATES = 4096;
    private static final int MOST_POSITIONS = 1 << 20;
    private static final int[] NOTHING = {};

    /** Where the last bytes lead: positions, the sequences that are whole here, and the states already known after it. */
    static final class State {
        private final int[] positions;
        private final int[] whole;
        private final State[] next = new State[256];

        private State(int[] positions, int[] whole) {
            this.positions = positions;
            this.whole = whole;
        }

        /** The state after that byte where it has been made, else null. */
        @Nullable
        State next(byte b) {
            return next[b & 0xFF];
        }

        /** Whether a secret ends here. */
        boolean found() {
            return whole.length > 0;
        }
    }

    /** What a state is found by. */
    private static final class Key {
        private final int[] positions;
        private final int[] whole;

        Key(int[] positions, int[] whole) {
            this.positions = positions;
            this.whole = whole;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key
                    && Arrays.equals(positions, key.positions)
                    && Arrays.equals(whole, key.whole);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(positions) + Arrays.hashCode(whole);
        }
    }

    /** The sequences one after another. */
    private Spelling[] elements = new Spelling[256];

    private int size;
    /** Of each element: where its sequence begins. */
    private int[] begins = new int[256];

    private final List<Integer> starts = new ArrayList<>();
    private boolean[] ends = new boolean[256];
    private final int[][] first = new int[256][];
    private final Map<Key, State> made = new HashMap<>();
    private int kept;
    private volatile State start = new State(NOTHING, NOTHING);

    SecretAutomaton(Collection<String> secrets) {
        Spellings spellings = new Spellings();
        int spelled = 0;
        for (String secret : secrets) {
            byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
            add(spellings.text(secret));
            spelled += bytes.length;
            if (spelled > MOST_SPELLED) {
                continue;
            }
            for (int before = 0; before < 3; before++) {
                List<Spelling> digits = spellings.base64(bytes, before);
                if (digits.size() >= Redactor.SHORTEST) {
                    add(digits);
                }
            }
            add(spellings.hex(bytes));
        }
        for (int b = 0; b < 256; b++) {
            first[b] = begin((byte) b);
        }
    }

    private void add(List<Spelling> sequence) {
        int begin = size;
        for (Spelling element : sequence) {
            if (size == elements.length) {
                elements = Arrays.copyOf(elements, 2 * size);
                begins = Arrays.copyOf(begins, 2 * size);
                ends = Arrays.copyOf(ends, 2 * size);
            }
            begins[size] = begin;
            elements[size++] = element;
        }
        starts.add(begin);
        ends[size - 1] = true;
    }

    private int[] begin(byte b) {
        Numbers into = new Numbers();
        Numbers whole = new Numbers();
        for (int begin : starts) {
            advance(begin * Spelling.NODES, b, into, whole);
        }
        return into.sorted();
    }

    /** Where that position leads; sequences are longer than one byte, so none is whole after the first. */
    private void advance(int position, byte b, Numbers positions, Numbers whole) {
        int element = position / Spelling.NODES;
        Spelling spelling = elements[element];
        int node = spelling.step(position % Spelling.NODES, b);
        if (node == Spelling.NONE) {
            return;
        }
        if (spelling.goesOn(node)) {
            positions.add(element * Spelling.NODES + node);
        }
        if (spelling.isWhole(node)) {
            if (ends[element]) {
                whole.add(element);
            } else {
                positions.add((element + 1) * Spelling.NODES);
            }
        }
    }

    State start() {
        return start;
    }

    /** The state after one more byte. */
    State step(State state, byte b) {
        State next = state.next[b & 0xFF];
        return next == null ? make(state, b) : next;
    }

    private synchronized State make(State state, byte b) {
        Numbers positions = new Numbers();
        Numbers whole = new Numbers();
        for (int position : state.positions) {
            advance(position, b, positions, whole);
        }
        for (int position : first[b & 0xFF]) {
            positions.add(position);
        }
        State next;
        if (positions.size == 0 && whole.size == 0) {
            next = start;
        } else {
            Key key = new Key(positions.sorted(), whole.sorted());
            State known = made.get(key);
            if (known == null) {
                if (made.size() >= MOST_STATES || kept > MOST_POSITIONS) {
                    // who is still in an old state goes on from it into the new ones
                    made.clear();
                    kept = 0;
                    start = new State(NOTHING, NOTHING);
                }
                known = new State(key.positions, key.whole);
                made.put(key, known);
                kept += key.positions.length;
            }
            next = known;
        }
        state.next[b & 0xFF] = next;
        return next;
    }

    /** Where the longest secret begins that ends at {@code end}, the state's place. */
    int found(State state, byte[] held, int end) {
        int from = end;
        for (int element : state.whole) {
            from = Math.min(from, begin(held, end, element));
        }
        return from;
    }

    /** Where what may become a secret begins; {@code end}, the state's place, where nothing does. */
    int open(State state, byte[] held, int end) {
        int from = end;
        for (int position : state.positions) {
            int element = position / Spelling.NODES;
            int read = elements[element].depth(position % Spelling.NODES);
            int before = end - read;
            from = Math.min(from, element == begins[element] ? before : begin(held, before, element - 1));
        }
        return from;
    }

    /** Where the sequence of {@code last} begins at the earliest, if that element of it ends at {@code end}. */
    private int begin(byte[] held, int end, int last) {
        int[] ends = {end};
        for (int element = last; element >= begins[last]; element--) {
            Numbers before = new Numbers();
            Spelling spelling = elements[element];
            for (int at : ends) {
                for (int i = 0; i < spelling.count(); i++) {
                    int from = spelling.start(i, held, at);
                    if (from >= 0) {
                        before.add(from);
                    }
                }
            }
            ends = before.sorted();
        }
        return ends.length == 0 ? end : ends[0];
    }

    /** Numbers, each once. */
    private static final class Numbers {
        private int[] numbers = new int[8];
        private int size;

        void add(int number) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * size);
            }
            numbers[size++] = number;
        }

        int[] sorted() {
            Arrays.sort(numbers, 0, size);
            int distinct = 0;
            for (int i = 0; i < size; i++) {
                if (i == 0 || numbers[i] != numbers[distinct - 1]) {
                    numbers[distinct++] = numbers[i];
                }
            }
            size = distinct;
            return Arrays.copyOf(numbers, size);
        }
    }
}

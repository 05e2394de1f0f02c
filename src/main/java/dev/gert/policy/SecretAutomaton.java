package dev.gert.policy;

import java.util.Arrays;
import java.util.List;

/**
 * Finds every place where one of several texts stands, in one pass whatever the texts are
 * (Aho–Corasick). States are numbers, 0 the start; it does not change once made.
 */
final class SecretAutomaton {
    private byte[] value;
    private int[] child;
    private int[] sibling;
    private int[] fallback;
    private int[] depth;
    private int[] found;
    private int states = 1;
    private final int[] first = new int[256];

    SecretAutomaton(List<byte[]> texts) {
        int capacity = 1;
        for (byte[] text : texts) {
            capacity += text.length;
        }
        value = new byte[capacity];
        child = new int[capacity];
        sibling = new int[capacity];
        fallback = new int[capacity];
        depth = new int[capacity];
        found = new int[capacity];
        for (byte[] text : texts) {
            add(text);
        }
        trim();
        link();
    }

    private void add(byte[] text) {
        int state = 0;
        for (byte b : text) {
            int next = child(state, b);
            if (next == 0) {
                next = states++;
                value[next] = b;
                depth[next] = depth[state] + 1;
                if (state == 0) {
                    first[b & 0xFF] = next;
                } else {
                    sibling[next] = child[state];
                    child[state] = next;
                }
            }
            state = next;
        }
        found[state] = text.length;
    }

    private void trim() {
        value = Arrays.copyOf(value, states);
        child = Arrays.copyOf(child, states);
        sibling = Arrays.copyOf(sibling, states);
        fallback = Arrays.copyOf(fallback, states);
        depth = Arrays.copyOf(depth, states);
        found = Arrays.copyOf(found, states);
    }

    /** Each state falls back to the longest other one that ends alike; nearer the start first. */
    private void link() {
        int[] queue = new int[states];
        int end = 0;
        for (int state : first) {
            if (state != 0) {
                queue[end++] = state;
            }
        }
        for (int i = 0; i < end; i++) {
            int state = queue[i];
            for (int next = child[state]; next != 0; next = sibling[next]) {
                fallback[next] = step(fallback[state], value[next]);
                if (found[next] == 0) {
                    found[next] = found[fallback[next]];
                }
                queue[end++] = next;
            }
        }
    }

    private int child(int state, byte b) {
        if (state == 0) {
            return first[b & 0xFF];
        }
        int next = child[state];
        while (next != 0 && value[next] != b) {
            next = sibling[next];
        }
        return next;
    }

    /** The state after one more byte. */
    int step(int state, byte b) {
        int from = state;
        int next = child(from, b);
        while (next == 0 && from != 0) {
            from = fallback[from];
            next = child(from, b);
        }
        return next;
    }

    /** How many of the last bytes may be a text's beginning. */
    int depth(int state) {
        return depth[state];
    }

    /** How many of the last bytes are a whole text, the longest; 0: none. */
    int found(int state) {
        return found[state];
    }
}

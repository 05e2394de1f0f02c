package dev.gert.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One character, or byte, of a secret in each way that it may be written, as a trie: what has been read of
 * it is a node, 0 nothing. Letters of hexadecimal digits are of any case.
 */
final class Spelling {
    /** What {@link #step} gives where no spelling goes on so. */
    static final int NONE = -1;

    /** A node has less than that. */
    static final int NODES = 256;

    private final List<byte[]> texts = new ArrayList<>();
    private final List<Boolean> anyCase = new ArrayList<>();
    private int[] keys = new int[16];
    private int[] targets = new int[16];
    private int edges;
    private final boolean[] whole = new boolean[NODES];
    private final boolean[] inner = new boolean[NODES];
    private final byte[] depth = new byte[NODES];
    private int nodes = 1;
    private int longest;

    /** One more way to write it. */
    void add(byte[] text, boolean digitsOfAnyCase) {
        texts.add(text);
        anyCase.add(digitsOfAnyCase);
        longest = Math.max(longest, text.length);
        int node = 0;
        for (byte b : text) {
            int next = step(node, b);
            if (next == NONE) {
                next = nodes++;
                depth[next] = (byte) (depth[node] + 1);
                inner[node] = true;
                link(node, b, next);
                if (digitsOfAnyCase && other(b) != b) {
                    link(node, other(b), next);
                }
            }
            node = next;
        }
        whole[node] = true;
    }

    private void link(int node, byte b, int target) {
        if (edges == keys.length) {
            keys = Arrays.copyOf(keys, 2 * edges);
            targets = Arrays.copyOf(targets, 2 * edges);
        }
        keys[edges] = node << 8 | (b & 0xFF);
        targets[edges++] = target;
    }

    /** The same letter of the other case, of the letters that are hexadecimal digits. */
    private static byte other(byte b) {
        boolean letter = (b >= 'a' && b <= 'f') || (b >= 'A' && b <= 'F');
        return letter ? (byte) (b ^ 0x20) : b;
    }

    /** The node after one more byte, or {@link #NONE}. */
    int step(int node, byte b) {
        int key = node << 8 | (b & 0xFF);
        for (int i = 0; i < edges; i++) {
            if (keys[i] == key) {
                return targets[i];
            }
        }
        return NONE;
    }

    /** Whether what has been read is all of one way to write it. */
    boolean isWhole(int node) {
        return whole[node];
    }

    /** Whether a longer way to write it begins so. */
    boolean goesOn(int node) {
        return inner[node];
    }

    /** How many bytes have been read. */
    int depth(int node) {
        return depth[node];
    }

    int longest() {
        return longest;
    }

    int count() {
        return texts.size();
    }

    /** Where the {@code i}th way to write it begins if it ends at {@code end}; -1: it does not stand there. */
    int start(int i, byte[] held, int end) {
        byte[] text = texts.get(i);
        int start = end - text.length;
        if (start < 0) {
            return -1;
        }
        boolean any = anyCase.get(i);
        for (int k = 0; k < text.length; k++) {
            byte b = held[start + k];
            if (b != text[k] && !(any && other(b) == text[k])) {
                return -1;
            }
        }
        return start;
    }
}

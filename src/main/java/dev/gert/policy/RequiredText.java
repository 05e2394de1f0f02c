package dev.gert.policy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A literal that stands in every match of a pattern: where it does not stand, nothing has to be matched. */
final class RequiredText {
    private final byte[] lower;
    private final byte[] upper;
    /** How far to go on by the byte under the literal's last one (Horspool). */
    private final int[] shift = new int[256];

    RequiredText(String text, boolean anyCase) {
        lower = text.getBytes(StandardCharsets.US_ASCII);
        upper = lower.clone();
        for (int i = 0; i < lower.length; i++) {
            boolean letter = (lower[i] >= 'a' && lower[i] <= 'z') || (lower[i] >= 'A' && lower[i] <= 'Z');
            if (anyCase && letter) {
                lower[i] |= 0x20;
                upper[i] = (byte) (lower[i] & ~0x20);
            }
        }
        Arrays.fill(shift, lower.length);
        for (int i = 0; i + 1 < lower.length; i++) {
            shift[lower[i]] = lower.length - 1 - i;
            shift[upper[i]] = lower.length - 1 - i;
        }
    }

    /** Where it stands first between the offsets; -1: nowhere. */
    int find(byte[] bytes, int from, int to) {
        int last = lower.length - 1;
        int at = from + last;
        while (at < to) {
            byte b = bytes[at];
            if ((b == lower[last] || b == upper[last]) && stands(bytes, at - last)) {
                return at - last;
            }
            at += shift[b & 0xFF];
        }
        return -1;
    }

    private boolean stands(byte[] bytes, int at) {
        for (int i = lower.length - 2; i >= 0; i--) {
            byte b = bytes[at + i];
            if (b != lower[i] && b != upper[i]) {
                return false;
            }
        }
        return true;
    }
}

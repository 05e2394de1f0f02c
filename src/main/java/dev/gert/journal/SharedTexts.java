package dev.gert.journal;

import org.jspecify.annotations.Nullable;

/**
 * Gives equal texts back as one object. Most texts of a long journal are run ids, addresses, digests, paths and
 * words that stand in it thousands of times; what was not seen for a while is forgotten.
 */
final class SharedTexts {
    private static final int SLOTS = 1 << 12;
    private static final int LONGEST = 256;

    private final @Nullable String[] slots = new String[SLOTS];

    String share(String text) {
        if (text.length() > LONGEST) {
            return text;
        }
        int hash = text.hashCode();
        int slot = (hash ^ hash >>> 16) & SLOTS - 1;
        String known = slots[slot];
        if (known != null && known.equals(text)) {
            return known;
        }
        slots[slot] = text;
        return text;
    }
}

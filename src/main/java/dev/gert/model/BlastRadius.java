package dev.gert.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How much of the world a step can touch, the smallest first (formats.md, "Step"). */
public enum BlastRadius {
    SINGLE_NODE,
    SINGLE_CLUSTER,
    REGION,
    GLOBAL;

    private final String word = name().toLowerCase(Locale.ROOT);

    public String word() {
        return word;
    }

    /** {@code single_tr} and {@code cluster} are other words for {@code single_cluster}. */
    public static @Nullable BlastRadius of(String word) {
        if (word.equals("single_tr") || word.equals("cluster")) {
            return SINGLE_CLUSTER;
        }
        for (BlastRadius radius : values()) {
            if (radius.word.equals(word)) {
                return radius;
            }
        }
        return null;
    }
}

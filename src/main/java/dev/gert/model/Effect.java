package dev.gert.model;

import org.jspecify.annotations.Nullable;

/** What a step does to the world: what retry, resume and dry-run may do without asking (formats.md, "Step"). */
public enum Effect {
    READ("read"),
    IDEMPOTENT("idempotent"),
    MUTATE("mutate");

    private final String word;

    Effect(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public static @Nullable Effect of(String word) {
        for (Effect effect : values()) {
            if (effect.word.equals(word)) {
                return effect;
            }
        }
        return null;
    }
}

package dev.gert.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kinds of evidence that a person gives (formats.md, "Step"). */
public enum EvidenceKind {
    TEXT,
    CHECKLIST,
    ATTACHMENT;

    private final String word = name().toLowerCase(Locale.ROOT);

    public String word() {
        return word;
    }

    public static @Nullable EvidenceKind of(String word) {
        for (EvidenceKind kind : values()) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        return null;
    }
}

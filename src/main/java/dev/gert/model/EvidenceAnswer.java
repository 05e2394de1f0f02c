package dev.gert.model;

import dev.gert.source.Span;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a person would give: a piece of evidence or a choice, written down before (formats-dialect.md).
 *
 * @param value of a text, a choice; else empty
 * @param items of a checklist: whether each is ticked
 * @param path of an attachment, relative to the file; else empty
 */
public record EvidenceAnswer(
        String name, Span span, EvidenceKind kind, String value, Map<String, Boolean> items, String path) {
    public EvidenceAnswer {
        items = new TreeMap<>(items);
    }
}

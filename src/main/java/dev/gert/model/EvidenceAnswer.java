package dev.gert.model;

import dev.gert.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a person would give: a piece of evidence or a choice, written down before (formats-dialect.md).
 *
 * @param value of a text, a choice; else empty
 * @param items of a checklist: whether each is ticked
 * @param path of an attachment, relative to the file; else empty
 * @param sha256 of an attachment, in lower case; null: not written down
 * @param size of an attachment, in bytes; null: not written down
 */
public record EvidenceAnswer(
        String name,
        Span span,
        EvidenceKind kind,
        String value,
        Map<String, Boolean> items,
        String path,
        @Nullable String sha256,
        @Nullable Long size) {
    public EvidenceAnswer {
        items = new TreeMap<>(items);
    }

    /** Why it is not what a step requires, or null. */
    public @Nullable String problem(Step.RequiredEvidence required) {
        if (kind != required.kind()) {
            return "evidence `" + name + "` is " + kind.word() + ", and must be "
                    + required.kind().word();
        }
        if (kind == EvidenceKind.TEXT && value.isBlank()) {
            return "evidence `" + name + "` is empty";
        }
        if (kind == EvidenceKind.ATTACHMENT && path.isBlank()) {
            return "evidence `" + name + "` names no file";
        }
        if (kind == EvidenceKind.CHECKLIST) {
            for (String item : required.items()) {
                if (!Boolean.TRUE.equals(items.get(item))) {
                    return "`" + item + "` of `" + name + "` is not ticked";
                }
            }
            for (String item : items.keySet()) {
                if (!required.items().contains(item)) {
                    return "`" + name + "` has no item `" + item + "`";
                }
            }
        }
        return null;
    }

    /** Why it is none of a step's choices, or null. */
    public @Nullable String problem(Step.Choices choices) {
        if (kind != EvidenceKind.TEXT) {
            return "the choice for `" + choices.variable() + "` is " + kind.word() + ", and must be text";
        }
        List<String> known = new ArrayList<>();
        for (Step.Option option : choices.options()) {
            known.add(option.value());
        }
        return known.contains(value)
                ? null
                : "`" + value + "` is not one of the choices for `" + choices.variable() + "`: "
                        + String.join(", ", known);
    }
}

package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.model.EvidenceAnswer;
import dev.gert.model.EvidenceKind;
import dev.gert.model.StepAnswers;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code evidence:} of scenarios and answers (formats-dialect.md). */
final class EvidenceDecoder {
    private final Diagnostics diagnostics;

    private EvidenceDecoder(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    static List<StepAnswers> decode(Fields fields, Diagnostics diagnostics) {
        EvidenceDecoder decoder = new EvidenceDecoder(diagnostics);
        List<StepAnswers> steps = new ArrayList<>();
        for (YamlNode.Entry entry : fields.entries("evidence")) {
            String step = entry.key().text();
            List<EvidenceAnswer> answers = new ArrayList<>();
            if (entry.value() instanceof YamlNode.Mapping map) {
                for (YamlNode.Entry item : map.entries()) {
                    EvidenceAnswer answer = decoder.answer(item);
                    if (answer != null) {
                        answers.add(answer);
                    }
                }
            } else {
                Fields.wrongType(entry.value(), "the evidence of `" + step + "`", "a map of names", diagnostics);
            }
            steps.add(new StepAnswers(entry.key(), answers));
        }
        return steps;
    }

    private @Nullable EvidenceAnswer answer(YamlNode.Entry entry) {
        String name = entry.key().text();
        Fields fields = Fields.of(entry.value(), "evidence `" + name + "`", diagnostics);
        if (fields == null) {
            return null;
        }
        String word = fields.word("kind", "text", "checklist", "attachment");
        if (word == null && fields.keySpan("kind") == null) {
            fields.missing("kind");
        }
        EvidenceKind kind = word == null ? null : EvidenceKind.of(word);
        YamlNode.Scalar value = fields.scalar("value");
        Map<String, Boolean> items = new LinkedHashMap<>();
        for (YamlNode.Entry item : fields.entries("items")) {
            if (item.value() instanceof YamlNode.Scalar ticked && ticked.kind() == YamlNode.Scalar.Kind.BOOLEAN) {
                items.put(
                        item.key().text(),
                        ticked.text().startsWith("t") || ticked.text().startsWith("T"));
            } else {
                Fields.wrongType(item.value(), "`" + item.key().text() + "`", "`true` or `false`", diagnostics);
            }
        }
        YamlNode.Scalar path = fields.scalar("path");
        YamlNode.Scalar digest = fields.scalar("sha256");
        YamlNode.Scalar size = fields.scalar("size");
        fields.done();
        if (kind == null) {
            return null;
        }
        String needed = kind == EvidenceKind.TEXT ? "value" : kind == EvidenceKind.CHECKLIST ? "items" : "path";
        for (String key : List.of("value", "items", "path")) {
            if (!key.equals(needed) && fields.keySpan(key) != null) {
                diagnostics.error(
                        Code.Y118, fields.keySpan(key), "`" + key + "` does not apply to evidence of kind " + word);
            }
        }
        if (fields.keySpan(needed) == null) {
            fields.missing(needed);
            return null;
        }
        return new EvidenceAnswer(
                name,
                entry.key().span(),
                kind,
                value == null ? "" : value.text(),
                items,
                path == null ? "" : path.text(),
                digest == null ? null : digest(digest.text()),
                size == null ? null : size(size));
    }

    /** Recorders write an empty one where they did not look. */
    private static @Nullable String digest(String text) {
        String hex = text.startsWith("sha256:") ? text.substring("sha256:".length()) : text;
        return hex.isEmpty() ? null : hex.toLowerCase(Locale.ROOT);
    }

    private @Nullable Long size(YamlNode.Scalar size) {
        try {
            long bytes = Long.parseLong(size.text());
            return bytes == 0 ? null : bytes;
        } catch (NumberFormatException e) {
            Fields.wrongType(size, "`size`", "a number of bytes", diagnostics);
            return null;
        }
    }
}

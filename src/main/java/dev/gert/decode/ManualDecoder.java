package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.expr.Template;
import dev.gert.model.EvidenceKind;
import dev.gert.model.Step;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a manual step has of its own: evidence, choices, impact (formats.md, "Step"). */
final class ManualDecoder {
    private final Diagnostics diagnostics;

    ManualDecoder(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    Step manual(Step.Common common, Fields step) {
        List<Step.RequiredEvidence> evidence = requiredEvidence(step);
        Step.Choices choices = choices(step.map("choices"));
        String impact = step.word("impact", "none", "production");
        return new Step.ManualStep(
                common,
                evidence,
                choices,
                impact == null ? null : Step.Impact.valueOf(impact.toUpperCase(Locale.ROOT)));
    }

    private List<Step.RequiredEvidence> requiredEvidence(Fields step) {
        List<Step.RequiredEvidence> required = new ArrayList<>();
        List<YamlNode> items = step.list("required_evidence");
        if (items == null) {
            return required;
        }
        for (YamlNode item : items) {
            Fields fields = Fields.of(item, "an item of `required_evidence`", diagnostics);
            if (fields == null) {
                continue;
            }
            String kind = fields.word("kind", "text", "checklist", "attachment");
            if (kind == null && fields.keySpan("kind") == null) {
                fields.missing("kind");
            }
            YamlNode.Scalar name = fields.requiredScalar("name");
            List<YamlNode.Scalar> entries = fields.texts("items");
            fields.done();
            EvidenceKind known = kind == null ? null : EvidenceKind.of(kind);
            if (known == null || name == null || !Names.check("name of evidence", name, diagnostics)) {
                continue;
            }
            checklist(known, fields, entries);
            List<String> texts = new ArrayList<>();
            for (YamlNode.Scalar entry : entries == null ? List.<YamlNode.Scalar>of() : entries) {
                twice(texts, entry, "the checklist has `" + entry.text() + "` twice");
                texts.add(entry.text());
            }
            List<String> names = new ArrayList<>();
            for (Step.RequiredEvidence other : required) {
                names.add(other.name());
            }
            twice(names, name, "evidence `" + name.text() + "` is asked for twice");
            required.add(new Step.RequiredEvidence(known, name.text(), name.span(), texts));
        }
        return required;
    }

    private void checklist(EvidenceKind kind, Fields fields, @Nullable List<YamlNode.Scalar> entries) {
        boolean list = kind == EvidenceKind.CHECKLIST;
        Span span = fields.keySpan("items");
        if (list && span == null) {
            fields.missing("items");
        } else if (list && entries != null && entries.isEmpty()) {
            diagnostics.error(Code.Y119, span, "`items` may not be empty");
        } else if (!list && span != null) {
            diagnostics.error(Code.Y118, span, "`items` belong to a checklist, and this is " + kind.word());
        }
    }

    private void twice(List<String> before, YamlNode.Scalar text, String message) {
        if (before.contains(text.text())) {
            diagnostics.error(Code.R209, text.span(), message);
        }
    }

    private Step.@Nullable Choices choices(@Nullable Fields fields) {
        if (fields == null) {
            return null;
        }
        YamlNode.Scalar variable = fields.requiredScalar("variable");
        YamlNode.Scalar prompt = fields.scalar("prompt");
        List<YamlNode> items = fields.list("options");
        if (items == null && fields.keySpan("options") == null) {
            fields.missing("options");
        }
        fields.done();
        List<Step.Option> options = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (YamlNode item : items == null ? List.<YamlNode>of() : items) {
            Fields option = Fields.of(item, "an option", diagnostics);
            if (option == null) {
                continue;
            }
            YamlNode.Scalar value = Scalars.named(option, "value", diagnostics);
            String label = option.text("label");
            String description = option.text("description");
            option.done();
            if (value != null) {
                twice(values, value, "the choice `" + value.text() + "` is there twice");
                values.add(value.text());
                options.add(new Step.Option(value.text(), label, description));
            }
        }
        if (items != null && items.size() < 2) {
            diagnostics.error(Code.Y119, fields.keySpan("options"), "`choices` needs two options or more");
        }
        boolean named = variable != null && Names.check("variable name", variable, diagnostics);
        if (variable == null || !named || options.size() < 2) {
            return null;
        }
        Template text = prompt == null ? Template.literal("") : Template.parse(prompt, diagnostics);
        return new Step.Choices(variable.text(), variable.span(), text, options);
    }
}

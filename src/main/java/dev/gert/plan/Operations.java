package dev.gert.plan;

import dev.gert.expr.Scope;
import dev.gert.expr.Template;
import dev.gert.model.Effect;
import dev.gert.model.Step;
import dev.gert.policy.NamedOperation;
import dev.gert.policy.OpenWord;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What xts and aws steps ask for, as policy speaks of it (formats.md, section 3). */
public final class Operations {
    private Operations() {}

    /** As far as {@code scope} knows the names; null of a step of another type. */
    public static @Nullable NamedOperation of(Step step, Scope scope) {
        Effect effect = step.work() == null ? null : step.work().effect();
        if (step instanceof Step.AwsStep aws) {
            return NamedOperation.aws(
                    OpenWords.of(aws.service().value(), scope),
                    OpenWords.of(aws.operation().value(), scope),
                    commands(aws, scope),
                    effect);
        }
        if (!(step instanceof Step.XtsStep xts)) {
            return null;
        }
        Step.Argument named = named(xts);
        OpenWord word = named == null ? new OpenWord.Known("") : OpenWords.of(named.value(), scope);
        return switch (xts.mode()) {
            case ACTIVITY -> NamedOperation.activity(word, effect);
            case QUERY -> NamedOperation.query(xts.queryType(), word, effect);
            case VIEW -> NamedOperation.view(word, effect);
        };
    }

    /** Where the step says what policy speaks of; null of a step of another type. */
    static @Nullable Span span(Step step) {
        if (step instanceof Step.AwsStep aws) {
            return aws.operation().valueSpan();
        }
        if (!(step instanceof Step.XtsStep xts)) {
            return null;
        }
        Step.Argument named = named(xts);
        return named == null ? xts.span() : named.valueSpan();
    }

    private static Step.@Nullable Argument named(Step.XtsStep xts) {
        return xts.text(
                switch (xts.mode()) {
                    case ACTIVITY -> "activity";
                    case QUERY -> "query";
                    case VIEW -> "file";
                });
    }

    /** What {@code ssm:SendCommand} has machines run: the texts under keys that say so, as a document names them. */
    private static List<OpenWord> commands(Step.AwsStep aws, Scope scope) {
        List<OpenWord> commands = new ArrayList<>();
        boolean sends = aws.params() != null
                && (aws.service().value().source() + ":" + aws.operation().value().source())
                        .toLowerCase(Locale.ROOT)
                        .equals("ssm:sendcommand");
        if (sends && aws.params() != null) {
            commands(aws.params(), false, scope, aws.paramTexts().iterator()::next, commands);
        }
        return commands;
    }

    /** The templates of all texts, in the order in which the decoder met them. */
    private interface Templates {
        Template next();
    }

    private static void commands(
            YamlNode node, boolean within, Scope scope, Templates templates, List<OpenWord> into) {
        if (node instanceof YamlNode.Mapping mapping) {
            for (YamlNode.Entry entry : mapping.entries()) {
                boolean named = entry.key().text().toLowerCase(Locale.ROOT).contains("command");
                commands(entry.value(), within || named, scope, templates, into);
            }
        } else if (node instanceof YamlNode.Sequence sequence) {
            for (YamlNode item : sequence.items()) {
                commands(item, within, scope, templates, into);
            }
        } else if (node instanceof YamlNode.Scalar text && text.kind() == YamlNode.Scalar.Kind.TEXT) {
            OpenWord word = OpenWords.of(templates.next(), scope);
            if (within) {
                into.add(word);
            }
        }
    }
}

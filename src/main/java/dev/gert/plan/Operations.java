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

    /** The same of the words of a journal: the name, and {@code key=value} for the rest. */
    public static @Nullable NamedOperation recorded(Step step, List<OpenWord> words, Effect effect) {
        OpenWord name = words.get(0);
        if (step instanceof Step.AwsStep && name instanceof OpenWord.Known known) {
            int colon = known.text().indexOf(':');
            String service = known.text().substring(0, Math.max(0, colon));
            String operation = known.text().substring(colon + 1);
            return NamedOperation.aws(
                    new OpenWord.Known(service), new OpenWord.Known(operation), commands(words), effect);
        }
        if (step instanceof Step.AwsStep) {
            return NamedOperation.aws(name, name, commands(words), effect);
        }
        if (!(step instanceof Step.XtsStep xts)) {
            return null;
        }
        List<OpenWord> queries = given(words, "query=");
        OpenWord query = queries.isEmpty() ? new OpenWord.Open("", "the query") : queries.get(0);
        return switch (xts.mode()) {
            case ACTIVITY -> NamedOperation.activity(name, effect);
            case QUERY -> NamedOperation.query(xts.queryType(), query, effect);
            case VIEW -> NamedOperation.view(name, effect);
        };
    }

    private static List<OpenWord> commands(List<OpenWord> words) {
        List<OpenWord> commands = new ArrayList<>();
        for (OpenWord word : words) {
            int equals = word instanceof OpenWord.Known known ? known.text().indexOf('=') : -1;
            if (word instanceof OpenWord.Known known
                    && equals > 0
                    && isCommand(known.text().substring(0, equals))) {
                commands.add(new OpenWord.Known(known.text().substring(equals + 1)));
            }
        }
        return commands;
    }

    private static List<OpenWord> given(List<OpenWord> words, String key) {
        List<OpenWord> given = new ArrayList<>();
        for (OpenWord word : words) {
            if (word instanceof OpenWord.Known known && known.text().startsWith(key)) {
                given.add(new OpenWord.Known(known.text().substring(key.length())));
            }
        }
        return given;
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
        String name =
                aws.service().value().source() + ":" + aws.operation().value().source();
        if (name.toLowerCase(Locale.ROOT).equals("ssm:sendcommand")) {
            for (Param param : params(aws)) {
                if (isCommand(param.path())) {
                    commands.add(OpenWords.of(param.value(), scope));
                }
            }
        }
        return commands;
    }

    private static boolean isCommand(String path) {
        return path.toLowerCase(Locale.ROOT).contains("command");
    }

    /** A text of an operation's params: {@code Parameters.commands[0]}. */
    public record Param(String path, Template value) {}

    /** The params that are no collections, however deep, in order. */
    public static List<Param> params(Step.AwsStep aws) {
        List<Param> params = new ArrayList<>();
        if (aws.params() != null) {
            params(aws.params(), "", aws.paramTexts().iterator()::next, params);
        }
        return params;
    }

    /** The templates of all texts, in the order in which the decoder met them. */
    private interface Templates {
        Template next();
    }

    private static void params(YamlNode node, String path, Templates templates, List<Param> into) {
        if (node instanceof YamlNode.Mapping mapping) {
            for (YamlNode.Entry entry : mapping.entries()) {
                String key = entry.key().text();
                params(entry.value(), path.isEmpty() ? key : path + "." + key, templates, into);
            }
        } else if (node instanceof YamlNode.Sequence sequence) {
            for (int i = 0; i < sequence.items().size(); i++) {
                params(sequence.items().get(i), path + "[" + i + "]", templates, into);
            }
        } else if (node instanceof YamlNode.Scalar text) {
            boolean template = text.kind() == YamlNode.Scalar.Kind.TEXT;
            into.add(new Param(path, template ? templates.next() : Template.literal(text.text())));
        }
    }
}

package dev.gert.provider;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Suggestions;
import dev.gert.model.Runbook;
import dev.gert.model.ScenarioInput;
import dev.gert.source.Source;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code --var}, {@code --vars} and {@code --answers} give, each before the next. */
final class GivenValues {
    private final Diagnostics diagnostics;
    private final List<String> names = new ArrayList<>();
    private final Map<String, String> flags = new HashMap<>();
    private final Map<String, String> file = new HashMap<>();
    private final Map<String, String> handed = new HashMap<>();
    private final Map<String, String> answers = new HashMap<>();

    GivenValues(Runbook runbook, Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
        for (Runbook.Variable variable : runbook.vars()) {
            names.add(variable.name());
        }
        for (Runbook.Input input : runbook.inputs()) {
            names.add(input.name());
        }
    }

    /** Each {@code NAME=VALUE}; a name given twice is an error, because one of the two would be lost. */
    void flags(List<String> written) {
        for (String flag : written) {
            int equals = flag.indexOf('=');
            if (equals <= 0) {
                diagnostics.error(Code.E002, null, "`--var` needs NAME=VALUE", "", null);
                continue;
            }
            String name = flag.substring(0, equals);
            if (isKnown(name, null, "`--var`") && flags.put(name, flag.substring(equals + 1)) != null) {
                diagnostics.error(Code.E002, null, "`--var` gives `" + name + "` twice", "", null);
            }
        }
    }

    /** A flat map from names to scalars, which keep the text they are written as. */
    void file(@Nullable Source source) {
        YamlNode root = source == null ? null : YamlReader.read(source, 0, diagnostics);
        if (root == null) {
            return;
        }
        if (!(root instanceof YamlNode.Mapping map)) {
            diagnostics.error(Code.Y106, root.span(), "a file of values must be a map of names to values");
            return;
        }
        for (YamlNode.Entry entry : map.entries()) {
            String name = entry.key().text();
            if (!isKnown(name, entry.key().span(), "the file")) {
                continue;
            }
            if (entry.value() instanceof YamlNode.Scalar scalar && scalar.kind() != YamlNode.Scalar.Kind.NULL) {
                file.put(name, scalar.text());
            } else {
                diagnostics.error(Code.Y106, entry.value().span(), "`" + name + "` must be text");
            }
        }
    }

    private boolean isKnown(String name, @Nullable Span span, String giver) {
        if (names.contains(name)) {
            return true;
        }
        String nearest = Suggestions.didYouMean(name, names);
        diagnostics.error(
                Code.R203,
                span,
                giver + " gives `" + name + "`, and the runbook has no var or input of that name",
                span == null ? "" : nearest,
                span == null && !nearest.isEmpty() ? nearest : null);
        return false;
    }

    /** What the runbook that led here gives. */
    void handed(Map<String, String> values) {
        for (Map.Entry<String, String> each : values.entrySet()) {
            if (isKnown(each.getKey(), null, "the runbook that led here")) {
                handed.put(each.getKey(), each.getValue());
            }
        }
    }

    /** Those of a file of answers; names that are not this runbook's belong to one that it leads to. */
    void answers(List<ScenarioInput> inputs) {
        for (ScenarioInput input : inputs) {
            answers.put(input.name().text(), input.value());
        }
    }

    /** Null where none gives one. */
    @Nullable
    String value(String name) {
        for (Map<String, String> giver : List.of(flags, file, handed, answers)) {
            String value = giver.get(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /** Which of them gave it. */
    String source(String name) {
        if (flags.containsKey(name)) {
            return "var";
        }
        return file.containsKey(name) ? "vars-file" : handed.containsKey(name) ? "parent" : "answers";
    }
}

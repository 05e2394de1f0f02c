package dev.gert.model;

import dev.gert.diagnostic.Suggestions;
import dev.gert.json.JsonText;
import dev.gert.json.JsonValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of an action as a step gives them (formats-dialect.md, {@code args}). */
public final class ToolArguments {
    private ToolArguments() {}

    /** What came of the values. */
    public sealed interface Result {
        /**
         * Every value fits. An argument without a value and without a default is not there.
         *
         * @param values by name, in the order of the action: numbers and booleans are such
         * @param secrets texts of values whose argument says {@code redact}, for the redactor
         */
        record Checked(Map<String, JsonValue> values, List<String> secrets) implements Result {}

        /** Each sentence in the manner of diagnostics; a value whose argument says {@code redact} is in none. */
        record Wrong(List<String> problems) implements Result {}
    }

    /** A name that the action does not have, with {@code did you mean …?} or nothing. */
    public record UnknownName(String name, String suggestion) {}

    /** {@code given}: the rendered texts of a step's {@code tool.args}. */
    public static Result check(ToolFile.Action action, Map<String, String> given) {
        List<String> problems = new ArrayList<>();
        for (String name : given.keySet()) {
            if (action.arg(name) == null) {
                problems.add("action `" + action.name() + "` has no argument `" + name + "`");
            }
        }
        Map<String, JsonValue> values = new LinkedHashMap<>();
        List<String> secrets = new ArrayList<>();
        for (ToolFile.Arg arg : action.args()) {
            String text = given.get(arg.name());
            JsonValue value = text == null ? arg.otherwise() : value(arg, text, problems);
            if (value != null) {
                values.put(arg.name(), value);
                secret(arg, text, value, secrets);
            } else if (text == null && arg.required()) {
                problems.add("argument `" + arg.name() + "` of action `" + action.name() + "` has no value");
            }
        }
        return problems.isEmpty() ? new Result.Checked(values, secrets) : new Result.Wrong(problems);
    }

    /** What is wrong with a value that is known, null where it fits: for a step's literal arguments. */
    public static @Nullable String problem(ToolFile.Arg arg, String text) {
        List<String> problems = new ArrayList<>();
        value(arg, text, problems);
        return problems.isEmpty() ? null : problems.get(0);
    }

    /** Those of {@code names} that the action does not have, in their order. */
    public static List<UnknownName> unknown(ToolFile.Action action, List<String> names) {
        List<String> known = new ArrayList<>();
        for (ToolFile.Arg arg : action.args()) {
            known.add(arg.name());
        }
        List<UnknownName> unknown = new ArrayList<>();
        for (String name : names) {
            if (!known.contains(name)) {
                unknown.add(new UnknownName(name, Suggestions.didYouMean(name, known)));
            }
        }
        return unknown;
    }

    /** Required arguments that are not among {@code names}, in the order of the action. */
    public static List<String> missing(ToolFile.Action action, List<String> names) {
        List<String> missing = new ArrayList<>();
        for (ToolFile.Arg arg : action.args()) {
            if (arg.required() && !names.contains(arg.name())) {
                missing.add(arg.name());
            }
        }
        return missing;
    }

    /** Whether a value is one of the list: numbers by number, all else by text. */
    public static boolean isAllowed(JsonValue value, List<JsonValue> allowed) {
        for (JsonValue one : allowed) {
            if (same(one, value)) {
                return true;
            }
        }
        return false;
    }

    /** {@code a, b, c}, for messages. */
    public static String listed(List<JsonValue> allowed) {
        StringBuilder list = new StringBuilder();
        for (JsonValue one : allowed) {
            list.append(list.length() == 0 ? "" : ", ").append(JsonText.of(one));
        }
        return list.toString();
    }

    private static @Nullable JsonValue value(ToolFile.Arg arg, String text, List<String> problems) {
        String subject = arg.redact()
                ? "the value of argument `" + arg.name() + "` is"
                : "argument `" + arg.name() + "` is `" + text + "`, which is";
        JsonValue value = arg.type().read(text);
        if (value == null) {
            problems.add(subject + " not " + arg.type().wanted());
            return null;
        }
        List<JsonValue> allowed = arg.allowed();
        if (allowed != null && !isAllowed(value, allowed)) {
            problems.add(subject + " not one of " + listed(allowed));
            return null;
        }
        return value;
    }

    private static boolean same(JsonValue one, JsonValue other) {
        if (one instanceof JsonValue.Num a && other instanceof JsonValue.Num b) {
            BigDecimal left = a.value();
            return left.compareTo(b.value()) == 0;
        }
        return JsonText.of(one).equals(JsonText.of(other));
    }

    /** Both what was given and what it is normalised to may be printed. */
    private static void secret(ToolFile.Arg arg, @Nullable String text, JsonValue value, List<String> secrets) {
        if (!arg.redact()) {
            return;
        }
        String normal = JsonText.of(value);
        if (!normal.isEmpty()) {
            secrets.add(normal);
        }
        if (text != null && !text.isEmpty() && !text.equals(normal)) {
            secrets.add(text);
        }
    }
}

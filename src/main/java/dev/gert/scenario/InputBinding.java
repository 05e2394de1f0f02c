package dev.gert.scenario;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Suggestions;
import dev.gert.model.InputPattern;
import dev.gert.model.Runbook;
import dev.gert.plan.BuiltIns;
import dev.gert.plan.Plan;
import dev.gert.policy.Captured;
import dev.gert.policy.Redactor;
import dev.gert.projection.TestFinding;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lays a test's values over a runbook's vars and inputs. Environment variables are not read. */
final class InputBinding {
    private final Plan plan;
    private final Map<String, String> given = new LinkedHashMap<>();
    private final Map<String, List<String>> successive = new LinkedHashMap<>();
    private final Map<String, Span> places = new LinkedHashMap<>();
    private final List<TestFinding> errors = new ArrayList<>();
    private final List<TestFinding> warnings = new ArrayList<>();

    InputBinding(Plan plan) {
        this.plan = plan;
    }

    /**
     * A value that the test gives.
     *
     * @param strict whether a name that nothing declares is an error, and not a warning
     */
    void give(YamlNode.Scalar name, String value, Span place, boolean strict) {
        String key = name.text();
        if (!plan.names().contains(key) && !BuiltIns.NAMES.contains(key)) {
            Set<String> known = new LinkedHashSet<>(plan.names());
            known.addAll(BuiltIns.NAMES);
            TestFinding finding = findings(redactor())
                    .problem(
                            Code.S003,
                            "the runbook declares no `" + key + "`",
                            name.span(),
                            Suggestions.didYouMean(key, known));
            (strict ? errors : warnings).add(finding);
            return;
        }
        given.put(key, value);
        places.put(key, place);
        // Two names of one thing, unless the runbook declares the other itself.
        if (key.equals(BuiltIns.INCIDENT_ID) || key.equals(BuiltIns.ICM_ID)) {
            String other = key.equals(BuiltIns.ICM_ID) ? BuiltIns.INCIDENT_ID : BuiltIns.ICM_ID;
            if (!plan.names().contains(other)) {
                given.putIfAbsent(other, value);
            }
        }
    }

    /** Values for the successive captures of a name; an input or var has one. */
    void give(YamlNode.Scalar name, List<String> values, Span place, boolean strict) {
        if (values.isEmpty()) {
            return;
        }
        give(name, values.get(0), place, strict);
        boolean declared = false;
        for (Runbook.Variable variable : plan.runbook().vars()) {
            declared |= variable.name().equals(name.text());
        }
        for (Runbook.Input input : plan.runbook().inputs()) {
            declared |= input.name().equals(name.text());
        }
        if (declared && values.size() > 1) {
            errors.add(findings(redactor())
                    .problem(Code.S003, "`" + name.text() + "` is no capture, so it has one value", place, ""));
        }
        successive.put(name.text(), values);
    }

    /** The values of captures in their order. */
    Map<String, List<String>> captures() {
        return successive;
    }

    /** Everything given, captures included. */
    Map<String, String> given() {
        return given;
    }

    /** Why the test can't be run. */
    List<TestFinding> errors() {
        return errors;
    }

    List<TestFinding> warnings() {
        return warnings;
    }

    /**
     * Vars, inputs and built-in names with their values. An input that has none is an error where
     * {@code required}; in a unit test it stays unset.
     */
    RehearsalInputs bind(boolean required, Span place) {
        Redactor redactor = redactor();
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, String> from = new LinkedHashMap<>();
        for (Runbook.Variable variable : plan.runbook().vars()) {
            boolean over = given.containsKey(variable.name());
            values.put(variable.name(), over ? given.getOrDefault(variable.name(), "") : variable.value());
            from.put(variable.name(), over ? "test" : "vars");
        }
        for (Runbook.Input input : plan.runbook().inputs()) {
            String value = given.get(input.name());
            boolean over = value != null;
            if (value == null) {
                value = input.defaultValue();
            }
            if (value == null) {
                missing(input, required, place, redactor);
                continue;
            }
            InputPattern pattern = input.pattern();
            if (pattern != null && !pattern.regex().find(value)) {
                Span span = places.get(input.name());
                errors.add(findings(redactor)
                        .problem(
                                Code.R207,
                                "the value of `" + input.name() + "` does not match its pattern",
                                span == null ? place : span,
                                "",
                                pattern.span(),
                                "the pattern"));
            }
            values.put(input.name(), value);
            from.put(input.name(), over ? "test" : "default");
        }
        for (String name : BuiltIns.NAMES) {
            String value = given.get(name);
            if (value != null && !values.containsKey(name)) {
                values.put(name, value);
                from.put(name, "test");
            }
        }
        Map<String, Captured> captured = new LinkedHashMap<>();
        List<String> secrets = secrets();
        values.forEach((name, value) ->
                captured.put(name, secrets.contains(value) ? Redactor.hidden(value) : redactor.capture(value)));
        return new RehearsalInputs(captured, from, secrets, redactor);
    }

    private void missing(Runbook.Input input, boolean required, Span place, Redactor redactor) {
        if (required && input.required()) {
            errors.add(findings(redactor)
                    .problem(
                            Code.R206,
                            "input `" + input.name() + "` has no value",
                            place,
                            "",
                            input.span(),
                            "declared here, without a default"));
        }
    }

    private Findings findings(Redactor redactor) {
        return new Findings(redactor);
    }

    /** The policy's, which also knows the values of sensitive inputs. */
    private Redactor redactor() {
        return plan.policy().redactor().withSecrets(secrets());
    }

    private List<String> secrets() {
        List<String> secrets = new ArrayList<>();
        for (Runbook.Input input : plan.runbook().inputs()) {
            String value = given.getOrDefault(input.name(), input.defaultValue());
            if (input.sensitive() && value != null && !value.isEmpty()) {
                secrets.add(value);
            }
        }
        return secrets;
    }
}

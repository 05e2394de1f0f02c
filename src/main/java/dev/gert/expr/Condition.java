package dev.gert.expr;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.expr.Evaluation.Failure;
import dev.gert.expr.Evaluation.Unknown;
import dev.gert.expr.Evaluation.Value;
import dev.gert.json.JsonText;
import dev.gert.json.JsonValue;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A condition (formats.md, section 2): infix, or with {@code {{ … }}} a template whose value is
 * tested. False are the texts {@code ""}, {@code "false"} and {@code "0"}, false, 0, null, an empty
 * list or map; all else is true.
 */
public final class Condition {
    private static final Condition ALWAYS = new Condition("", null, null, null);

    private final String source;
    private final @Nullable Node root;
    private final @Nullable Template template;
    private final @Nullable Failure broken;
    private final List<NameUse> names;

    private Condition(String source, @Nullable Node root, @Nullable Template template, @Nullable Failure broken) {
        this.source = source;
        this.root = root;
        this.template = template;
        this.broken = broken;
        List<NameUse> uses = new ArrayList<>();
        if (root != null) {
            NameUses.collect(root, uses);
        }
        this.names = template == null ? List.copyOf(uses) : template.names();
    }

    /**
     * Reads a scalar's text; an empty one is always true. Broken forms (T302), unknown functions and
     * wrong arguments (T303) and patterns (T305) are reported with their place; the condition is then
     * one that only fails.
     */
    public static Condition parse(YamlNode.Scalar scalar, Diagnostics diagnostics) {
        String text = scalar.text();
        if (text.isBlank()) {
            return new Condition(text, null, null, null);
        }
        Problems problems = new Problems(new Places(scalar), diagnostics, Code.T302);
        if (text.contains("{{")) {
            Template template = Template.parse(scalar, problems);
            if (problems.first() == null && template.hasTextBesideActions()) {
                problems.broken(
                        0,
                        text.length(),
                        "text beside `{{ }}` makes a condition that is always true",
                        "write it without braces, `a == \"1\"`, or all within them, `{{ eq .a \"1\" }}`");
            }
            return new Condition(text, null, template, problems.first());
        }
        Node root = ConditionParser.parse(new Tokens(Lexer.condition(text), problems));
        return new Condition(text, root, null, problems.first());
    }

    /** The condition that an absent one stands for. */
    public static Condition always() {
        return ALWAYS;
    }

    /** As written. */
    public String source() {
        return source;
    }

    /** Every name that it reads, each time it is read, in order. */
    public List<NameUse> names() {
        return names;
    }

    /** Those of {@link #names} that must be set where they are read: all but the arguments of {@code default}. */
    public List<NameUse> namesToBeSet() {
        return NameUses.undefaulted(names);
    }

    /** Whether it holds under the scope. */
    public Truth test(Scope scope) {
        if (broken != null) {
            return new Truth.Failure(broken.message(), broken.span());
        }
        if (root == null && template == null) {
            return new Truth.True();
        }
        Evaluation result = root != null ? new Evaluator(scope).truth(root) : truthOfTemplate(scope);
        if (result instanceof Value value) {
            return Values.isTrue(value.value()) ? new Truth.True() : new Truth.False();
        }
        if (result instanceof Unknown unknown) {
            return new Truth.Unknown(unknown.names());
        }
        Failure failure = (Failure) result;
        return new Truth.Failure(failure.message(), failure.span());
    }

    /** What its truth is that of; null where there is nothing, or more than one action. */
    @Nullable
    Node tree() {
        return template == null ? root : template.only();
    }

    boolean isBroken() {
        return broken != null;
    }

    private Evaluation truthOfTemplate(Scope scope) {
        return template == null ? new Value(JsonValue.bool(true)) : template.truth(scope);
    }

    /** The values of the names that it reads, as text, in order of appearance; those without a value left out. */
    public Map<String, String> operands(Scope scope) {
        Map<String, String> values = new LinkedHashMap<>();
        for (NameUse use : names) {
            if (!values.containsKey(use.name()) && scope.find(use.name()) instanceof Lookup.Known known) {
                values.put(use.name(), JsonText.of(known.value()));
            }
        }
        return values;
    }
}

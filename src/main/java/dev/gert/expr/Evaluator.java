package dev.gert.expr;

import dev.gert.expr.Evaluation.Failure;
import dev.gert.expr.Evaluation.Unknown;
import dev.gert.expr.Evaluation.Value;
import dev.gert.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Evaluates a tree under a scope, with three values: what reads an open name is unknown, unless the
 * rest decides without it. For one evaluation; pure, and as deep as the tree.
 */
final class Evaluator {
    private final Scope scope;
    private final Reading reading = new Reading();

    Evaluator(Scope scope) {
        this.scope = scope;
    }

    /** The node's value. */
    Evaluation evaluate(Node node) {
        if (node instanceof Node.Literal literal) {
            return new Value(literal.value());
        }
        if (node instanceof Node.Name name) {
            return name(name, false);
        }
        if (node instanceof Node.Path path) {
            return path(path, false);
        }
        if (node instanceof Node.Any any) {
            return chosen(any.operands(), true);
        }
        if (node instanceof Node.All all) {
            return chosen(all.operands(), false);
        }
        if (node instanceof Node.Not) {
            return truth(node);
        }
        if (node instanceof Node.Default fallback) {
            return orElse(fallback, false);
        }
        return composed(node);
    }

    /** Whether the node's value is true: a boolean, unknown, or a failure. */
    Evaluation truth(Node node) {
        if (node instanceof Node.Not not) {
            Evaluation operand = truth(not.operand());
            return operand instanceof Value value ? truth(!Values.isTrue(value.value())) : operand;
        }
        if (node instanceof Node.Any any) {
            return decided(any.operands(), true);
        }
        if (node instanceof Node.All all) {
            return decided(all.operands(), false);
        }
        Evaluation result = evaluate(node);
        return result instanceof Value value ? truth(Values.isTrue(value.value())) : result;
    }

    private static Evaluation truth(boolean truth) {
        return new Value(JsonValue.bool(truth));
    }

    /** The first operand whose truth is {@code deciding}, else the last; unknown from the first unknown on. */
    private Evaluation chosen(List<Node> operands, boolean deciding) {
        Evaluation result = new Value(Values.NULL);
        for (Node operand : operands) {
            result = evaluate(operand);
            if (!(result instanceof Value value) || Values.isTrue(value.value()) == deciding) {
                return result;
            }
        }
        return result;
    }

    /** {@code deciding} if one operand is so, whatever is unknown before it. */
    private Evaluation decided(List<Node> operands, boolean deciding) {
        OpenNames open = new OpenNames();
        for (Node operand : operands) {
            Evaluation result = truth(operand);
            if (result instanceof Failure) {
                return open.isEmpty() ? result : open.unknown();
            }
            if (result instanceof Unknown unknown) {
                open.add(unknown);
            } else if (result instanceof Value value && Values.isTrue(value.value()) == deciding) {
                return result;
            }
        }
        return open.isEmpty() ? truth(!deciding) : open.unknown();
    }

    /** {@code lenient}: what is unset is null. */
    private Evaluation name(Node.Name name, boolean lenient) {
        Lookup found = scope.find(name.name());
        if (found instanceof Lookup.Known known) {
            return new Value(known.value());
        }
        if (found instanceof Lookup.Open) {
            return new Unknown(List.of(name.name()));
        }
        if (found instanceof Lookup.Unset unset) {
            String why = unset.why().isEmpty() ? "" : ": " + unset.why();
            return lenient
                    ? new Value(Values.NULL)
                    : new Failure("`" + name.name() + "` is not set" + why, name.span());
        }
        return new Failure("nothing declares `" + name.name() + "`", name.span());
    }

    private Evaluation path(Node.Path path, boolean lenient) {
        Evaluation at = lenient ? absentAsNull(path.head()) : evaluate(path.head());
        String of = path.head() instanceof Node.Name name ? name.name() : "";
        for (Node.Step step : path.steps()) {
            if (!(at instanceof Value value)) {
                return at;
            }
            JsonValue key;
            if (step instanceof Node.Step.At index) {
                Evaluation result = evaluate(index.index());
                if (!(result instanceof Value found)) {
                    return result;
                }
                key = found.value();
            } else {
                key = JsonValue.text(((Node.Step.Key) step).name());
            }
            String what = of.isEmpty() ? "the value" : "`" + of + "`";
            at = reading.step(value.value(), key, what, step.span(), lenient);
            of = of.isEmpty() || of.length() > 80 ? "" : deeper(of, step, key);
        }
        return at;
    }

    /** The path's name in messages, empty where a long key would be shown. */
    private static String deeper(String of, Node.Step step, JsonValue key) {
        if (step instanceof Node.Step.Key named) {
            return of + "." + named.name();
        }
        String index = Values.text(key);
        return index == null || index.length() > 20 ? "" : of + "[" + index + "]";
    }

    private Evaluation orElse(Node.Default node, boolean lenient) {
        Evaluation value = absentAsNull(node.value());
        if (value instanceof Value found && Values.isEmpty(found.value())) {
            return lenient ? absentAsNull(node.fallback()) : evaluate(node.fallback());
        }
        return value;
    }

    private Evaluation absentAsNull(Node node) {
        if (node instanceof Node.Name name) {
            return name(name, true);
        }
        if (node instanceof Node.Path path) {
            return path(path, true);
        }
        return node instanceof Node.Default inner ? orElse(inner, true) : evaluate(node);
    }

    /** A node that needs all its operands: the first failure, else unknown if one is, else what they make. */
    private Evaluation composed(Node node) {
        List<Node> operands = Children.of(node);
        List<JsonValue> values = new ArrayList<>(operands.size());
        OpenNames open = new OpenNames();
        for (Node operand : operands) {
            Evaluation result = evaluate(operand);
            if (result instanceof Failure) {
                return result;
            }
            if (result instanceof Unknown unknown) {
                open.add(unknown);
            } else if (result instanceof Value value) {
                values.add(value.value());
            }
        }
        return open.isEmpty() ? Operations.apply(node, values, reading) : open.unknown();
    }
}

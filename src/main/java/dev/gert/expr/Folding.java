package dev.gert.expr;

import dev.gert.expr.Evaluation.Failure;
import dev.gert.json.JsonValue;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** The values of nodes that depend on nothing open, where they are cheaply had. */
final class Folding {
    private static final int NODES = 200;
    private static final int CHARACTERS = 1_000;

    private final Scope scope;
    private @Nullable Failure failure;

    Folding(Scope scope) {
        this.scope = scope;
    }

    /** The value, a failure, or null where it is open or dear; the first failure is kept. */
    @Nullable
    Evaluation fold(Node node) {
        if (node instanceof Node.Literal literal) {
            return new Evaluation.Value(literal.value());
        }
        if (!isCheap(node)) {
            return null;
        }
        Evaluation result = new Evaluator(scope).evaluate(node);
        if (result instanceof Failure found) {
            fails(found);
        }
        return result instanceof Evaluation.Unknown ? null : result;
    }

    /** The truth of a condition that is more than one action; null where it is open or dear. */
    @Nullable
    Truth fold(Condition condition) {
        String source = condition.source();
        if (source.length() > CHARACTERS || source.contains("replace") || source.contains("join")) {
            return null;
        }
        Truth truth = condition.test(scope);
        if (truth instanceof Truth.Failure found) {
            fails(new Failure(found.message(), found.span()));
        }
        return truth instanceof Truth.Unknown ? null : truth;
    }

    void fails(Failure found) {
        if (failure == null) {
            failure = found;
        }
    }

    /** The first failure since it was last taken. */
    @Nullable
    Failure takeFailure() {
        Failure taken = failure;
        failure = null;
        return taken;
    }

    private boolean isCheap(Node node) {
        Deque<Node> ahead = new ArrayDeque<>();
        ahead.push(node);
        int nodes = 0;
        int growing = 0;
        long size = 0;
        while (!ahead.isEmpty()) {
            Node each = ahead.pop();
            nodes++;
            growing += grows(each) ? 1 : 0;
            size += size(each);
            if (growing > 1 || size > CHARACTERS || nodes + ahead.size() > NODES) {
                return false;
            }
            for (Node child : Children.of(each)) {
                ahead.push(child);
                if (ahead.size() > NODES) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean grows(Node node) {
        return node instanceof Node.Call call
                && (call.function() == Function.REPLACE || call.function() == Function.JOIN);
    }

    private long size(Node node) {
        JsonValue value = null;
        if (node instanceof Node.Literal literal) {
            value = literal.value();
        } else if (node instanceof Node.Name name && scope.find(name.name()) instanceof Lookup.Known known) {
            value = known.value();
        }
        return value == null ? 0 : TextSize.of(value);
    }
}

package dev.gert.expr;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;

/** Collects the names that a tree reads, in the order they are written. */
final class NameUses {
    private final List<NameUse> uses = new ArrayList<>();
    private final Deque<Visit> ahead = new ArrayDeque<>();

    private NameUses() {}

    static void collect(Node node, List<NameUse> uses) {
        NameUses found = new NameUses();
        found.ahead.push(new Visit(node, false, true));
        while (!found.ahead.isEmpty()) {
            Visit visit = found.ahead.pop();
            found.visit(visit);
        }
        if (!inOrder(found.uses)) {
            found.uses.sort(Comparator.comparingInt(use -> use.span().start()));
        }
        uses.addAll(found.uses);
    }

    /** A pipe and {@code has} turn their arguments round. */
    private static boolean inOrder(List<NameUse> uses) {
        for (int i = 1; i < uses.size(); i++) {
            if (uses.get(i - 1).span().start() > uses.get(i).span().start()) {
                return false;
            }
        }
        return true;
    }

    private void visit(Visit visit) {
        Node node = visit.node();
        if (node instanceof Node.Name name) {
            uses.add(new NameUse(name.name(), name.span(), visit.defaulted(), visit.always()));
            return;
        }
        List<Node> children = Children.of(node);
        for (int i = children.size() - 1; i >= 0; i--) {
            boolean defaulted = childDefaulted(node, i, visit.defaulted());
            ahead.push(new Visit(children.get(i), defaulted, visit.always() && childAlways(node, i)));
        }
    }

    /** The operands of {@code or} and {@code and} behind the first, and a fallback, may not be reached. */
    private static boolean childAlways(Node node, int child) {
        if (node instanceof Node.Any || node instanceof Node.All) {
            return child == 0;
        }
        return !(node instanceof Node.Default) || child == 1;
    }

    /** The head of a path is as absent as the path; a fallback only if another default stands around. */
    private static boolean childDefaulted(Node node, int child, boolean defaulted) {
        if (node instanceof Node.Default) {
            return child == 1 || defaulted;
        }
        return node instanceof Node.Path && child == 0 && defaulted;
    }

    /** Those whose being unset is an error wherever they are read. */
    static List<NameUse> undefaulted(List<NameUse> uses) {
        List<NameUse> kept = new ArrayList<>(uses.size());
        for (NameUse use : uses) {
            if (!use.defaulted()) {
                kept.add(use);
            }
        }
        return kept;
    }

    /**
     * {@code defaulted}: the node is an argument of {@code default}, and absent if its name is unset.
     * {@code always}: it is evaluated whatever the names hold.
     */
    private record Visit(Node node, boolean defaulted, boolean always) {}
}

package dev.gert.projection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a runbook declares and a run did not come to, each by the place of the run's tree in which it would stand. */
public final class NotReached {
    private static final Set<String> PLACES =
            Set.of("step", "branch", "iterate", "parallel", "arm", "finally", "outcome");

    private final Map<String, List<AuditItem>> below = new HashMap<>();

    /** {@code tree}: what the run came to. */
    public NotReached(List<ReportNode> tree, AuditRun run) {
        Set<String> known = new HashSet<>();
        addresses(tree, known);
        for (AuditItem item : run.items()) {
            boolean outcome = item.kind().equals("outcome");
            boolean gone = item.state().equals(AuditConstructs.NOT_REACHED)
                    || item.state().equals(AuditConstructs.SKIPPED)
                            && !item.kind().equals("step");
            boolean there = outcome || item.kind().equals("finally") ? !gone : known.contains(item.address());
            if (!PLACES.contains(item.kind()) || !gone || there) {
                continue;
            }
            String parent = outcome || item.kind().equals("finally") ? item.address() : parent(item.address(), known);
            if (known.contains(parent) || parent.isEmpty()) {
                below.computeIfAbsent(parent, each -> new ArrayList<>()).add(item);
            }
            if (!outcome) {
                known.add(item.address());
            }
        }
    }

    private static void addresses(List<ReportNode> nodes, Set<String> into) {
        for (ReportNode node : nodes) {
            if (node.kind != ReportNode.Kind.TURN) {
                into.add(node.declared());
            }
            addresses(node.children, into);
        }
    }

    private static String parent(String address, Set<String> known) {
        for (int dot = address.lastIndexOf('.'); dot > 0; dot = address.lastIndexOf('.', dot - 1)) {
            if (known.contains(address.substring(0, dot))) {
                return address.substring(0, dot);
            }
        }
        return "";
    }

    /** What would stand below that place, in the order of the runbook, once; {@code address} empty: in none. */
    public List<AuditItem> take(String address) {
        List<AuditItem> items = below.remove(address);
        return items == null ? List.of() : items;
    }
}

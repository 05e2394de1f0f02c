package dev.gert.render;

import dev.gert.projection.CoverageNode;
import dev.gert.projection.CoverageNode.State;
import dev.gert.projection.GraphCoverage;
import dev.gert.projection.RunbookGraph;
import dev.gert.projection.RunbookGraph.Edge;
import dev.gert.projection.RunbookGraph.EdgeKind;
import dev.gert.projection.RunbookGraph.Group;
import dev.gert.projection.RunbookGraph.Kind;
import dev.gert.projection.RunbookGraph.Vertex;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code gert graph} prints: a Mermaid flowchart. */
public final class GraphMermaid {
    private static final int WIDEST = 120;
    /** Beside letters and digits, what Mermaid, Markdown and HTML read as nothing but itself. */
    private static final String PLAIN = " .,_=/'()!?~^$";

    private final StringBuilder out = new StringBuilder();
    private final RunbookGraph graph;
    private final @Nullable GraphCoverage coverage;

    private GraphMermaid(RunbookGraph graph, @Nullable GraphCoverage coverage) {
        this.graph = graph;
        this.coverage = coverage;
    }

    /** The whole text, with a newline at its end; {@code coverage}: null where it is not asked for. */
    public static String render(RunbookGraph graph, @Nullable GraphCoverage coverage) {
        GraphMermaid mermaid = new GraphMermaid(graph, coverage);
        mermaid.out.append("flowchart TD\n");
        mermaid.content(null, 1);
        for (Edge edge : graph.edges()) {
            mermaid.edge(edge);
        }
        if (coverage != null) {
            GraphMermaidColours.write(graph, coverage, mermaid.out);
        }
        return mermaid.out.toString();
    }

    private void content(@Nullable String group, int depth) {
        for (Vertex vertex : graph.vertices()) {
            if (same(vertex.group(), group)) {
                String label = label(vertex.lines()) + mark("<br/>", vertex.site());
                indent(depth).append(vertex.id()).append(shape(vertex.kind(), label));
                out.append('\n');
            }
        }
        for (Group each : graph.groups()) {
            if (same(each.group(), group)) {
                indent(depth).append("subgraph ").append(each.id()).append("[\"");
                out.append(text(each.title())).append("\"]\n");
                content(each.id(), depth + 1);
                indent(depth).append("end\n");
            }
        }
    }

    private static boolean same(@Nullable String one, @Nullable String other) {
        return one == null ? other == null : one.equals(other);
    }

    private StringBuilder indent(int depth) {
        return out.append("  ".repeat(depth));
    }

    private static String shape(Kind kind, String label) {
        String quoted = '"' + label + '"';
        return switch (kind) {
            case START, COMPLETED -> "([" + quoted + "])";
            case CLI -> "[" + quoted + "]";
            case MANUAL -> "[/" + quoted + "/]";
            case TOOL -> "[\\" + quoted + "\\]";
            case INVOKE, RUNBOOK -> "[[" + quoted + "]]";
            case XTS, AWS -> "[(" + quoted + ")]";
            case WHEN, PRECONDITION -> "{" + quoted + "}";
            case ITERATE -> "{{" + quoted + "}}";
            case FORK, JOIN -> "((" + quoted + "))";
            case OUTCOME, FAILED -> "(((" + quoted + ")))";
        };
    }

    private void edge(Edge edge) {
        String arrow = edge.kind() == EdgeKind.FINALLY || edge.kind() == EdgeKind.NEXT ? " -.->" : " -->";
        indent(1).append(edge.from()).append(arrow);
        String label = edgeLabel(edge);
        label += mark(label.isEmpty() ? "" : "<br/>", edge.site());
        if (!label.isEmpty()) {
            out.append("|\"").append(label).append("\"|");
        }
        out.append(' ').append(edge.to()).append('\n');
    }

    /** What is counted says in words what its colour says. */
    private String mark(String before, String site) {
        CoverageNode node = coverage == null ? null : coverage.at(site);
        if (node == null || node.state() == State.REACHED || node.state() == State.NOT_REACHED) {
            return "";
        }
        int count = node.reachedBy().size();
        String words =
                count == 0 ? "no scenario" : count == 1 ? text(node.reachedBy().get(0)) : count + " scenarios";
        return before + (count == 0 ? "\u2717 " : "\u2713 ") + words;
    }

    private static String edgeLabel(Edge edge) {
        String label = text(edge.label());
        String condition = text(edge.condition());
        if (edge.kind() == EdgeKind.AGAIN && label.isEmpty() && condition.isEmpty()) {
            return "again";
        }
        return label + (label.isEmpty() || condition.isEmpty() ? "" : "<br/>") + condition;
    }

    private static String label(List<String> lines) {
        StringBuilder label = new StringBuilder();
        for (String line : lines) {
            label.append(label.length() == 0 ? "" : "<br/>").append(text(line));
        }
        return label.toString();
    }

    /** One line of a quoted label: everything that Mermaid, Markdown or HTML could act on is a numeric entity. */
    static String text(String text) {
        String line = SafeLine.of(text.strip().replace("\r\n", " ").replace('\n', ' '), true, WIDEST);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < line.length(); ) {
            int point = line.codePointAt(i);
            i += Character.charCount(point);
            boolean letter = point > 0x7e || Character.isLetter(point);
            // a line that begins with "1." or "-" is a list to Markdown
            boolean plain = letter
                    || out.length() > 0 && point >= '0' && point <= '9'
                    || out.length() > 0 && PLAIN.indexOf(point) >= 0
                    || out.length() > 0 && point == '-' && out.charAt(out.length() - 1) != '-';
            if (plain) {
                out.appendCodePoint(point);
            } else {
                out.append('#').append(point).append(';');
            }
        }
        return out.toString();
    }
}

package dev.gert.render;

import dev.gert.projection.CoverageNode;
import dev.gert.projection.CoverageNode.State;
import dev.gert.projection.GraphCoverage;
import dev.gert.projection.RunbookGraph;
import dev.gert.projection.RunbookGraph.Vertex;
import dev.gert.projection.Tally;
import java.util.List;

/** A flowchart's colours by coverage, and what they mean; they hold their own on a light and a dark page. */
final class GraphMermaidColours {
    private static final List<String> CLASSES = List.of(
            "covered fill:#dafbe1,stroke:#1a7f37,color:#0a3d17,stroke-width:2px",
            "uncovered fill:#ffebe9,stroke:#cf222e,color:#6e0011,stroke-width:2px",
            "reached fill:#ffffff,stroke:#59636e,color:#1f2328",
            "missed fill:#eaeef2,stroke:#8c959f,color:#424a53,stroke-dasharray:4 3");
    private static final List<String> LEGEND = List.of(
            "covered[\"\u2713 covered\"]",
            "uncovered[\"\u2717 not covered\"]",
            "reached[\"reached, not counted\"]",
            "missed[\"not reached, not counted\"]");

    private GraphMermaidColours() {}

    /** What stands behind the graph's edges. */
    static void write(RunbookGraph graph, GraphCoverage coverage, StringBuilder out) {
        out.append("  subgraph legend[\"coverage, ");
        tally("branches", coverage.runbook().branchTally(), out);
        tally(", outcomes", coverage.runbook().outcomeTally(), out);
        out.append("\"]\n");
        for (String each : LEGEND) {
            out.append("    legend_").append(each).append('\n');
        }
        out.append("  end\n");
        for (String each : CLASSES) {
            out.append("  classDef ").append(each).append('\n');
        }
        for (String each : LEGEND) {
            String name = each.substring(0, each.indexOf('['));
            out.append("  class legend_").append(name).append(' ').append(name).append('\n');
        }
        for (Vertex vertex : graph.vertices()) {
            CoverageNode node = coverage.at(vertex.site());
            if (node != null) {
                out.append("  class ").append(vertex.id()).append(' ').append(name(node.state()));
                out.append('\n');
            }
        }
        for (int i = 0; i < graph.edges().size(); i++) {
            CoverageNode node = coverage.at(graph.edges().get(i).site());
            if (node != null) {
                out.append("  linkStyle ").append(i).append(' ').append(line(node.state()));
                out.append('\n');
            }
        }
    }

    private static void tally(String noun, Tally tally, StringBuilder out) {
        out.append(noun).append(' ').append(tally.covered()).append(" of ").append(tally.total());
        out.append(" (").append(tally.percentage()).append("#37;)");
    }

    private static String name(State state) {
        return switch (state) {
            case COVERED -> "covered";
            case UNCOVERED, UNREACHABLE -> "uncovered";
            case REACHED -> "reached";
            case NOT_REACHED -> "missed";
        };
    }

    private static String line(State state) {
        return switch (state) {
            case COVERED -> "stroke:#1a7f37,stroke-width:3px";
            case UNCOVERED, UNREACHABLE -> "stroke:#cf222e,stroke-width:3px";
            case REACHED -> "stroke:#59636e";
            case NOT_REACHED -> "stroke:#8c959f,stroke-dasharray:4 3";
        };
    }
}

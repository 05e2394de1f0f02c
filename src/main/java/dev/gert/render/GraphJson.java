package dev.gert.render;

import dev.gert.json.JsonWriter;
import dev.gert.projection.CoverageNode;
import dev.gert.projection.GraphCoverage;
import dev.gert.projection.RunbookGraph;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What {@code gert graph --format json} prints, schema {@code gert.graph/v1}. */
public final class GraphJson {
    private GraphJson() {}

    /** The whole document, with a newline at its end; {@code coverage}: null where it is not asked for. */
    public static String render(RunbookGraph graph, @Nullable GraphCoverage coverage) {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.indented(out);
        json.object().name("schema").value("gert.graph/v1");
        json.name("runbook").value(graph.name());
        json.name("file").value(graph.file());
        json.name("nodes").array();
        for (RunbookGraph.Vertex vertex : graph.vertices()) {
            json.object().name("id").value(vertex.id());
            json.name("kind").value(vertex.kind().word());
            json.name("address").value(vertex.address());
            json.name("lines").array();
            for (String line : vertex.lines()) {
                json.value(line);
            }
            json.end().name("group").value(vertex.group());
            coverage(coverage, vertex.site(), json);
            json.end();
        }
        json.end().name("groups").array();
        for (RunbookGraph.Group group : graph.groups()) {
            json.object().name("id").value(group.id());
            json.name("kind").value(group.kind());
            json.name("address").value(group.address());
            json.name("title").value(group.title());
            json.name("group").value(group.group()).end();
        }
        json.end().name("edges").array();
        for (RunbookGraph.Edge edge : graph.edges()) {
            json.object().name("from").value(edge.from());
            json.name("to").value(edge.to());
            json.name("kind").value(edge.kind().word());
            json.name("label").value(edge.label());
            json.name("condition").value(edge.condition());
            coverage(coverage, edge.site(), json);
            json.end();
        }
        json.end().end();
        return out.append('\n').toString();
    }

    private static void coverage(@Nullable GraphCoverage coverage, String site, JsonWriter json) {
        CoverageNode node = coverage == null ? null : coverage.at(site);
        if (node != null) {
            json.name("coverage").value(node.state().name().toLowerCase(Locale.ROOT));
            json.name("reached_by").array();
            for (String name : node.reachedBy()) {
                json.value(name);
            }
            json.end();
        }
    }
}

package dev.gert.projection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A runbook as a picture: every way that a run can go. The same runbook always gives the same ids, made
 * of the addresses of formats.md, section 1.
 *
 * @param file as the user named it
 */
public record RunbookGraph(String name, String file, List<Vertex> vertices, List<Group> groups, List<Edge> edges) {
    public RunbookGraph {
        vertices = List.copyOf(vertices);
        groups = List.copyOf(groups);
        edges = List.copyOf(edges);
    }

    /** What a vertex stands for. */
    public enum Kind {
        START("start"),
        COMPLETED("completed"),
        FAILED("failed"),
        CLI("cli"),
        MANUAL("manual"),
        TOOL("tool"),
        INVOKE("invoke"),
        XTS("xts"),
        AWS("aws"),
        WHEN("when"),
        PRECONDITION("precondition"),
        ITERATE("iterate"),
        FORK("fork"),
        JOIN("join"),
        OUTCOME("outcome"),
        RUNBOOK("runbook");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /**
     * A step, a decision, or an end.
     *
     * @param id letters, digits and underscores
     * @param address of the node that it belongs to; empty for the runbook's start and end
     * @param lines what is shown in it, redacted
     * @param group the id of the group that it stands in, or null
     * @param site the step's or outcome's path as coverage has it; empty for all else
     */
    public record Vertex(
            String id,
            Kind kind,
            String address,
            List<String> lines,
            @Nullable String group,
            String site) {
        public Vertex {
            lines = List.copyOf(lines);
        }
    }

    /** What belongs together: an {@code iterate}, a {@code parallel}, a {@code finally}; {@code group}: the one around it. */
    public record Group(
            String id,
            String kind,
            String address,
            String title,
            @Nullable String group) {}

    /** How one vertex leads to another. */
    public enum EdgeKind {
        FLOW("flow"),
        AGAIN("again"),
        FINALLY("finally"),
        NEXT("next_runbook");

        private final String word;

        EdgeKind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /**
     * A way from one vertex to another.
     *
     * @param label an arm's or a word of gert's; may be empty
     * @param condition as written; empty without one
     * @param site the path of the arm that it leads into; empty where it leads into none
     */
    public record Edge(String from, String to, EdgeKind kind, String label, String condition, String site) {}
}

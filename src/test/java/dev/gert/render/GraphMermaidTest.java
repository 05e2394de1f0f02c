package dev.gert.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.plan.Plan;
import dev.gert.projection.GraphCoverage;
import dev.gert.projection.GraphMaker;
import dev.gert.projection.RunbookGraph;
import dev.gert.runtime.SystemClock;
import dev.gert.scenario.CoverageRun;
import dev.gert.scenario.RunbookLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That what is drawn is a Mermaid flowchart, told by its structure; its words are in the transcript graph.txt. */
class GraphMermaidTest {
    private static final String LABEL = "\"((?:[^\"\\[\\]{}|<>`%:;#\\\\*\\n]|#\\d+;|<br/>)*)\"";
    private static final Pattern VERTEX = Pattern.compile(
            "( *)(\\w+)(?:\\(\\[L\\]\\)|\\[L\\]|\\[/L/\\]|\\[\\\\L\\\\\\]|\\[\\[L\\]\\]|\\[\\(L\\)\\]|\\{L\\}|\\{\\{L\\}\\}|\\(\\(L\\)\\)|\\(\\(\\(L\\)\\)\\))"
                    .replace("L", LABEL));
    private static final Pattern GROUP = Pattern.compile("( *)subgraph (\\w+)\\[" + LABEL + "\\]");
    private static final Pattern EDGE = Pattern.compile("  (\\w+) (?:-->|-\\.->)(?:\\|" + LABEL + "\\|)? (\\w+)");

    @TempDir
    Path folder;

    static Stream<Path> runbooks() throws IOException {
        List<Path> found;
        try (Stream<Path> files = Files.walk(Path.of("runbooks"))) {
            found = files.filter(f -> f.toString().endsWith(".runbook.yaml")).toList();
        }
        assertThat(found).isNotEmpty();
        return found.stream();
    }

    @ParameterizedTest
    @MethodSource("runbooks")
    void theRepositorysRunbooksAreFlowcharts(Path file) {
        holds(graph(file));
    }

    @Test
    void soIsOneOfHostileText() throws IOException {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String[] bits = {
            "\"",
            "'",
            "|",
            "[",
            "]",
            "{",
            "}",
            "#",
            ";",
            "<b>",
            "&amp;",
            "%%",
            "end",
            "-->",
            "`",
            "\\n",
            ":",
            "style x:y#1;",
            "1. ",
            "- ",
            "\\",
            "*",
            "\u202e",
            "\u00e4",
            "javascript:",
            "\n",
            "@{",
            "~~~"
        };
        for (int i = 0; i < 200; i++) {
            StringBuilder text = new StringBuilder();
            for (int n = random.nextInt(8); n >= 0; n--) {
                text.append(bits[random.nextInt(bits.length)]);
            }
            String quoted = "'x" + text.toString().replace("'", "''").replace("\n", "\n\n") + "'";
            Path file = folder.resolve("x.runbook.yaml");
            Files.writeString(
                    file,
                    "apiVersion: runbook/v0\nmeta: {name: x}\ntree:\n  - step: {id: end, type: manual, instructions: i, title: "
                            + quoted + "}\n    branches: [{condition: 'run_id == \"\"', label: " + quoted
                            + ", steps: [{step: {id: subgraph, type: manual, instructions: i}}]}]\n");
            Diagnostics said = new Diagnostics();
            Plan plan = new RunbookLoader(folder.toAbsolutePath(), List.of()).load(Path.of("x.runbook.yaml"), said);
            if (plan != null) {
                RunbookGraph graph = GraphMaker.of(plan);
                assertThat(graph.vertices()).hasSize(4);
                holds(graph);
            } else {
                assertThat(said.sorted()).as("seed %d: %s", seed, quoted).isNotEmpty();
            }
        }
    }

    @Test
    void idsOfDifferentNodesDiffer() throws IOException {
        Files.writeString(
                folder.resolve("x.runbook.yaml"),
                "apiVersion: runbook/v0\nmeta: {name: x}\ntree:\n"
                        + "  - step: {id: a, type: manual, instructions: i}\n"
                        + "    branches: [{condition: 'run_id == \"\"', label: l, steps: [{step: {id: b, type: manual, instructions: i}}]}]\n"
                        + "  - step: {id: a_branches_0_steps_0, type: manual, instructions: i}\n");
        Plan plan = new RunbookLoader(folder.toAbsolutePath(), List.of())
                .load(Path.of("x.runbook.yaml"), new Diagnostics());
        RunbookGraph graph = GraphMaker.of(plan);
        assertThat(graph.vertices())
                .extracting(RunbookGraph.Vertex::id)
                .contains("step_a_branches_0_steps_0", "step_a_branches_0_steps_0__2");
        holds(graph);
    }

    /** What coverage adds: its legend, its classes, and a colour for every site that is in the picture, in order. */
    @Test
    void coverageColoursWhatIsThere() throws IOException {
        Path file = Path.of("runbooks/host-triage.runbook.yaml");
        RunbookGraph graph = graph(file);
        GraphCoverage coverage = GraphCoverage.of(
                new CoverageRun(Path.of("").toAbsolutePath(), List.of(), new SystemClock(), CoverageRun.Options.none())
                        .run(List.of(file.toString()))
                        .report()
                        .runbooks()
                        .get(0));
        List<String> lines = GraphMermaid.render(graph, coverage).lines().toList();
        List<String> plain = GraphMermaid.render(graph, null).lines().toList();
        assertThat(lines.size()).isGreaterThan(plain.size());
        assertThat(lines.get(plain.size())).startsWith("  subgraph legend[\"coverage, branches ");
        for (int i = 0; i < plain.size(); i++) {
            String marked = lines.get(i).replaceAll("(<br/>)?[\u2713\u2717] [^\"<]*", "");
            assertThat(marked.replace("|\"\"|", "")).isEqualTo(plain.get(i));
        }
        int coloured = 0;
        for (String line : lines.subList(plain.size(), lines.size())) {
            assertThat(line)
                    .matches("  (subgraph legend\\[.*|  legend_\\w+\\[\"[^\"]*\"\\]|end|classDef \\w+ [#\\w,: -]+"
                            + "|class \\w+ (covered|uncovered|reached|missed)|linkStyle \\d+ [#\\w,: -]+)");
            if (line.startsWith("  linkStyle ")) {
                RunbookGraph.Edge edge = graph.edges().get(Integer.parseInt(line.split(" +")[2]));
                assertThat(edge.site()).isNotEmpty();
                coloured++;
            } else if (line.startsWith("  class ") && !line.contains("legend_")) {
                assertThat(graph.vertices()).extracting(RunbookGraph.Vertex::id).contains(line.split(" +")[2]);
                coloured++;
            }
        }
        assertThat(coloured)
                .isEqualTo((int) graph.edges().stream()
                                .filter(e -> !e.site().isEmpty())
                                .count()
                        + (int) graph.vertices().stream()
                                .filter(v -> !v.site().isEmpty())
                                .count());
    }

    private static RunbookGraph graph(Path file) {
        Plan plan = new RunbookLoader(Path.of("").toAbsolutePath(), List.of()).load(file, new Diagnostics());
        assertThat(plan).isNotNull();
        return GraphMaker.of(plan);
    }

    private static void holds(RunbookGraph graph) {
        String text = GraphMermaid.render(graph, null);
        Set<String> ids = new HashSet<>();
        int open = 0;
        int edges = 0;
        int groups = 0;
        List<String> lines = text.lines().toList();
        assertThat(lines.get(0)).isEqualTo("flowchart TD");
        for (String line : lines.subList(1, lines.size())) {
            Matcher vertex = VERTEX.matcher(line);
            Matcher group = GROUP.matcher(line);
            Matcher edge = EDGE.matcher(line);
            if (edge.matches()) {
                assertThat(ids).as(line).contains(edge.group(1), edge.group(3));
                edges++;
            } else if (group.matches()) {
                assertThat(ids.add(group.group(2))).as(line).isTrue();
                open++;
                groups++;
            } else if (line.strip().equals("end")) {
                open--;
            } else {
                assertThat(vertex.matches()).as(line).isTrue();
                assertThat(ids.add(vertex.group(2))).as(line).isTrue();
            }
        }
        assertThat(open).isZero();
        assertThat(edges).isEqualTo(graph.edges().size());
        assertThat(groups).isEqualTo(graph.groups().size());
        assertThat(ids).hasSize(graph.vertices().size() + groups);
    }
}

package dev.gert.expr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.json.JsonValue;
import dev.gert.source.Source;
import dev.gert.source.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code src/test/cases/solver/solved.txt}: conditions, and values that meet them. */
class SolverTest {
    private static final Path CASES = Path.of("src", "test", "cases", "solver", "solved.txt");
    private static final Span PLACE = Source.of("", "").span(0, 0);

    private final Map<String, Symbol> symbols = new TreeMap<>();
    private final List<Goal> goals = new ArrayList<>();
    private final Map<Condition, Boolean> wanted = new java.util.IdentityHashMap<>();

    static List<String> cases() throws IOException {
        List<String> cases = new ArrayList<>(Files.readAllLines(CASES));
        cases.removeIf(line -> line.startsWith("#") || line.isBlank());
        assertThat(cases).hasSizeGreaterThan(50);
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isSolved(String line) {
        int arrow = line.lastIndexOf(" -> ");
        List<String> parts = new ArrayList<>(List.of(line.substring(0, arrow).split(" ; ")));
        parts.removeIf(this::isSymbol);
        for (String part : parts) {
            boolean not = part.startsWith("not: ");
            Condition condition = condition(not ? part.substring(5) : part);
            wanted.put(condition, !not);
            goals.add(Goal.of(condition, !not, name -> Meaning.of(symbol(name), PLACE)));
        }
        assertThat(answer()).isEqualTo(line.substring(arrow + 4));
    }

    private static Condition condition(String text) {
        Diagnostics diagnostics = new Diagnostics();
        Condition condition = Condition.parse(Scalars.of(text), diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        return condition;
    }

    /** {@code x: a, b} or {@code x ~ RE}. */
    private boolean isSymbol(String part) {
        if (part.matches("\\w+: .*") && !part.startsWith("not: ")) {
            String name = part.substring(0, part.indexOf(':'));
            symbols.put(
                    name,
                    Symbol.oneOf(name, List.of(part.substring(name.length() + 2).split(", "))));
            return true;
        }
        if (part.matches("\\w+ ~ .*")) {
            String name = part.substring(0, part.indexOf(' '));
            TextPattern pattern = TextPattern.parse(Scalars.of(part.substring(name.length() + 3)), new Diagnostics());
            symbols.put(name, Symbol.text(name, List.of()).matching(pattern));
            return true;
        }
        return false;
    }

    private Symbol symbol(String name) {
        return symbols.computeIfAbsent(name, key -> Symbol.text(key, List.of()));
    }

    private String answer() {
        Solver solver = new Solver(50_000);
        symbols.values().forEach(solver::declare);
        int mark = solver.mark();
        if (isMet(goals, solver)) {
            assertThat(new Contradiction().among(goals, symbols.values())).isNull();
            TreeMap<String, String> values = new TreeMap<>();
            symbols.forEach((name, symbol) -> values.put(name, solver.value(symbol)));
            wanted.forEach((condition, truth) -> assertThat(
                            condition.test(name -> new Lookup.Known(JsonValue.text(values.getOrDefault(name, "")))))
                    .isInstanceOf(truth ? Truth.True.class : Truth.False.class));
            return values.isEmpty()
                    ? ""
                    : values.toString().substring(1, values.toString().length() - 1);
        }
        assertThat(solver.mark()).isEqualTo(mark);
        return new Contradiction().among(goals, symbols.values()) == null ? "unsolved" : "impossible";
    }

    private static boolean isMet(List<Goal> left, Solver solver) {
        if (left.isEmpty()) {
            return true;
        }
        List<Goal> rest = left.subList(1, left.size());
        List<List<Goal>> ways = left.get(0).ways();
        int mark = solver.mark();
        if (ways == null) {
            boolean met = solver.add(left.get(0), new BitSet()) == null && isMet(rest, solver);
            if (!met) {
                solver.undo(mark);
            }
            return met;
        }
        for (List<Goal> way : ways) {
            List<Goal> next = new ArrayList<>(way);
            next.addAll(rest);
            if (isMet(next, solver)) {
                return true;
            }
        }
        return false;
    }
}

package dev.gert.projection;

import dev.gert.expr.Goal;
import dev.gert.expr.Meaning;
import dev.gert.expr.Symbol;
import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import dev.gert.json.JsonWriter;
import dev.gert.model.Assertion;
import dev.gert.model.Capture;
import dev.gert.model.Step;
import dev.gert.model.ToolCapture;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanStep;
import dev.gert.plan.PlanTool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is sought of a step that gert does: a value for each capture, and what its output is held to. */
final class StepSymbols {
    private static final int MOST_ROWS = 1_000;

    private final PlanStep node;
    private final RouteFrame frame;
    private final RouteState state;
    private final Map<String, Symbol> captures = new LinkedHashMap<>();
    private final Map<String, Symbol> bySource = new LinkedHashMap<>();
    private final List<Goal> goals = new ArrayList<>();
    private final boolean rows;
    private @Nullable Symbol exitCode;

    /** {@code rows}: whether a query that has a result of rows finds any. */
    StepSymbols(PlanStep node, RouteFrame frame, RouteState state, boolean rows) {
        this.rows = rows;
        this.node = node;
        this.frame = frame;
        this.state = state;
        boolean paths = false;
        for (Capture capture : node.step().common().captures()) {
            Capture.From from = source(capture.from());
            paths |= from instanceof Capture.From.Path;
            captures.put(capture.name(), symbol(capture, from));
        }
        Step.Work work = node.step().work();
        if (work != null) {
            for (Assertion assertion : work.assertions()) {
                paths |= assertion instanceof Assertion.JsonPath;
            }
            if (!paths) {
                work.assertions().forEach(this::goal);
            }
        }
    }

    Map<String, Symbol> captures() {
        return captures;
    }

    List<Goal> goals() {
        return goals;
    }

    @Nullable
    Symbol exitCode() {
        return exitCode;
    }

    /** Through the name that a tool's action gives it. */
    private Capture.From source(Capture.From from) {
        ToolCapture named = named(from);
        return named == null ? from : named.capture().from();
    }

    private @Nullable ToolCapture named(Capture.From from) {
        PlanTool tool = node.tool();
        if (tool != null && from instanceof Capture.From.Named named) {
            for (ToolCapture capture : tool.action().captures()) {
                if (capture.capture().name().equals(named.name())) {
                    return capture;
                }
            }
        }
        return null;
    }

    private Symbol symbol(Capture capture, Capture.From from) {
        ToolCapture named = named(capture.from());
        boolean json = named != null && named.json();
        String source = key(from) + (json ? " json" : "");
        Symbol known = bySource.get(source);
        if (known != null) {
            return known;
        }
        String key = state.key(capture.name());
        Symbol made;
        if (from instanceof Capture.From.ExitCode) {
            made = Symbol.oneOf(key, codes(passing(frame.plan, node)));
            exitCode = made;
        } else if (!rows && from instanceof Capture.From.RowCount) {
            made = Symbol.oneOf(key, List.of("0"));
        } else if (!rows && isOfRows(from)) {
            made = Symbol.oneOf(key, List.of(""));
        } else if (from instanceof Capture.From.RowCount) {
            int least = leastRows(node);
            made = Symbol.text(key, List.of(Integer.toString(Math.max(1, least))))
                    .where(text -> isCount(text) && Integer.parseInt(text) >= least);
        } else if (node.step() instanceof Step.XtsStep && isStructure(from)) {
            made = Symbol.text(key, List.of(structure((Capture.From.Path) from)))
                    .where(StepSymbols::isCompact);
        } else if (node.step() instanceof Step.XtsStep && isOfEvery(from)) {
            made = Symbol.text(key, List.of(everyRow(Math.max(1, leastRows(node)))));
        } else if (json) {
            made = Symbol.text(key, List.of("\"value\"")).where(StepSymbols::isCompact);
        } else {
            made = Symbol.text(key, List.of());
        }
        bySource.put(source, state.declared(made));
        return made;
    }

    /** Whether its captures say how many rows there are as well as what is in them: with none, all of it is empty. */
    static boolean mayBeEmpty(PlanStep node) {
        boolean counted = false;
        for (Capture capture : node.step().common().captures()) {
            counted |= capture.from() instanceof Capture.From.RowCount;
        }
        return counted && node.step() instanceof Step.XtsStep && leastRows(node) > 0;
    }

    private static boolean isOfRows(Capture.From from) {
        return from instanceof Capture.From.Path path && isMember(path, "data");
    }

    private static boolean isMember(Capture.From.Path path, String name) {
        return !path.steps().isEmpty()
                && path.steps().get(0) instanceof Capture.PathStep.Member member
                && member.name().equals(name);
    }

    /** How many rows there are at least where there are some. */
    private static int leastRows(PlanStep node) {
        int least = 0;
        for (Capture capture : node.step().common().captures()) {
            if (capture.from() instanceof Capture.From.Path path && isMember(path, "data")) {
                boolean item = path.steps().size() > 1 && path.steps().get(1) instanceof Capture.PathStep.Item;
                int index = item ? ((Capture.PathStep.Item) path.steps().get(1)).index() : 0;
                least = Math.max(least, Math.min(index, MOST_ROWS) + 1);
            }
        }
        return least;
    }

    private static boolean isOfEvery(Capture.From from) {
        return isOfRows(from)
                && from instanceof Capture.From.Path path
                && path.steps().size() > 1
                && path.steps().get(1) instanceof Capture.PathStep.Every;
    }

    /** What is read of rows that may hold anything. */
    private static String everyRow(int rows) {
        return Symbol.ANYTHING + ("\n" + Symbol.ANYTHING).repeat(rows - 1);
    }

    /** All columns, all rows, or a whole row. */
    private static boolean isStructure(Capture.From from) {
        if (!(from instanceof Capture.From.Path path)) {
            return false;
        }
        int size = path.steps().size();
        boolean row = size == 2 && path.steps().get(1) instanceof Capture.PathStep.Item;
        return (size == 1 && isMember(path, "columns")) || ((size == 1 || row) && isMember(path, "data"));
    }

    /** Such a value in which what the step's other captures read has a place. */
    private String structure(Capture.From.Path from) {
        Map<String, JsonValue> row = new LinkedHashMap<>();
        List<JsonValue> columns = new ArrayList<>();
        for (Capture capture : node.step().common().captures()) {
            boolean column = capture.from() instanceof Capture.From.Path path
                    && isMember(path, "data")
                    && path.steps().size() > 2;
            if (column
                    && ((Capture.From.Path) capture.from()).steps().get(2) instanceof Capture.PathStep.Member member
                    && row.putIfAbsent(member.name(), JsonValue.text(Symbol.ANYTHING)) == null) {
                columns.add(JsonValue.text(member.name()));
            }
        }
        if (isMember(from, "columns")) {
            return JsonWriter.compact(new JsonValue.ListValue(columns));
        }
        JsonValue whole = new JsonValue.MapValue(row);
        return JsonWriter.compact(from.steps().size() == 2 ? whole : new JsonValue.ListValue(List.of(whole)));
    }

    private static String key(Capture.From from) {
        if (from instanceof Capture.From.Path path) {
            return path.written();
        }
        return from instanceof Capture.From.Named named
                ? "name " + named.name()
                : from.getClass().getSimpleName();
    }

    /** The exit codes with which a step passes. */
    static Step.ExitCodes passing(Plan plan, PlanStep node) {
        Step.Work work = node.step().work();
        Step.ExitCodes codes = work == null ? null : work.exitCodes();
        if (codes != null) {
            return codes;
        }
        return plan.upstream() && node.step() instanceof Step.CliStep ? Step.ExitCodes.ANY : Step.ExitCodes.ZERO;
    }

    /** Those that pass, as text. */
    static List<String> codes(Step.ExitCodes passing) {
        List<String> texts = new ArrayList<>();
        for (int code = 0; passing.any() && code <= 255; code++) {
            texts.add(Integer.toString(code));
        }
        for (int code : passing.codes()) {
            texts.add(Integer.toString(code));
        }
        return texts;
    }

    private static boolean isCount(String text) {
        boolean digits = !text.isEmpty() && text.length() < 10 && (text.length() == 1 || text.charAt(0) != '0');
        for (int i = 0; i < text.length(); i++) {
            digits &= text.charAt(i) >= '0' && text.charAt(i) <= '9';
        }
        return digits;
    }

    private static boolean isCompact(String text) {
        return JsonReader.read(text) instanceof JsonResult.Ok ok
                && JsonWriter.compact(ok.value()).equals(text);
    }

    /** An assertion of the text that a capture takes whole; others are kept when the output is made. */
    private void goal(Assertion assertion) {
        Symbol output = bySource.get(Capture.From.Stdout.class.getSimpleName());
        if (output == null) {
            return;
        }
        if (assertion instanceof Assertion.Matches matches) {
            goals.add(Goal.matches(output, matches.pattern(), matches.span()));
        } else if (assertion instanceof Assertion.Text text) {
            String operand =
                    Meaning.of(text.operand(), frame::meaning, text.span()).known();
            if (operand != null) {
                switch (text.relation()) {
                    case CONTAINS -> goals.add(Goal.contains(output, operand, true, text.span()));
                    case NOT_CONTAINS -> goals.add(Goal.contains(output, operand, false, text.span()));
                    case EQUALS -> goals.add(Goal.equal(output, withoutNewline(operand), true, text.span()));
                    case NOT_EQUALS -> goals.add(Goal.equal(output, operand, false, text.span()));
                }
            }
        }
    }

    private static String withoutNewline(String text) {
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}

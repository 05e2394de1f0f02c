package dev.gert.projection;

import dev.gert.engine.AssertionCheck;
import dev.gert.engine.CaptureReader;
import dev.gert.expr.Goal;
import dev.gert.expr.Solver;
import dev.gert.expr.Symbol;
import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonText;
import dev.gert.json.JsonValue;
import dev.gert.json.JsonValue.ListValue;
import dev.gert.json.JsonValue.MapValue;
import dev.gert.json.JsonWriter;
import dev.gert.model.Assertion;
import dev.gert.model.Capture;
import dev.gert.model.Step;
import dev.gert.model.ToolCapture;
import dev.gert.model.ToolFile;
import dev.gert.plan.PlanStep;
import dev.gert.plan.PlanTool;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * From what captures are to be to an output that they come out of (formats.md, "Captures"). What it makes
 * has been read again: it gives these captures and meets the assertions whose operands are literal.
 */
public final class OutputMaker {
    private static final int MOST_ITEMS = 1_000;
    private static final int MOST_STEPS = 5_000;

    /** What a command prints, and how it exits. */
    public record Output(String stdout, String stderr, int exitCode) {}

    private final PlanStep node;
    private final Map<String, String> values;
    private final int exitCode;
    private final ToolFile.@Nullable Action action;
    private @Nullable String whole;
    private @Nullable JsonValue document;
    private String stderr = "";

    private OutputMaker(PlanStep node, Map<String, String> values, int exitCode) {
        this.node = node;
        this.values = values;
        this.exitCode = exitCode;
        PlanTool tool = node.tool();
        this.action = tool == null ? null : tool.action();
    }

    /** Of a step; null where no output gives all of its captures. Captures without a value get any. */
    public static @Nullable Output of(PlanStep node, Map<String, String> values, @Nullable Integer exitCode) {
        return new OutputMaker(node, values, exitCode == null ? passing(node) : exitCode).make();
    }

    private static int passing(PlanStep node) {
        Step.Work work = node.step().work();
        Step.ExitCodes codes = work == null ? null : work.exitCodes();
        return codes == null || codes.any() || codes.codes().isEmpty() || codes.pass(0)
                ? 0
                : codes.codes().get(0);
    }

    private @Nullable Output make() {
        List<Capture> captures = node.step().common().captures();
        for (Capture capture : captures) {
            put(source(capture.from()), values.get(capture.name()));
        }
        List<Assertion> assertions = new ArrayList<>();
        Step.Work work = node.step().work();
        if (work != null) {
            assertions.addAll(work.assertions());
        }
        for (Assertion assertion : assertions) {
            if (assertion instanceof Assertion.JsonPath path && path.operand().literalText() != null) {
                put(path.path(), Objects.requireNonNull(path.operand().literalText()));
            }
        }
        for (String stdout : outputs(assertions)) {
            if (reads(stdout) && AssertionCheck.failure(rendered(assertions), stdout) == null) {
                return new Output(stdout, stderr.isEmpty() ? "" : stderr + "\n", exitCode);
            }
        }
        return null;
    }

    private Capture.From source(Capture.From from) {
        if (action != null && from instanceof Capture.From.Named named) {
            for (ToolCapture capture : action.captures()) {
                if (capture.capture().name().equals(named.name())) {
                    return capture.capture().from();
                }
            }
        }
        return from;
    }

    private void put(Capture.From from, @Nullable String value) {
        if (from instanceof Capture.From.Stdout && (whole == null || value != null)) {
            whole = value == null ? "" : value;
        } else if (from instanceof Capture.From.Stderr) {
            stderr = value == null ? "" : value;
        } else if (from instanceof Capture.From.Path path) {
            put(path.steps(), value == null ? "value" : value);
        }
    }

    private void put(List<Capture.PathStep> steps, String value) {
        JsonValue there = document == null ? null : at(document, steps, 0);
        if (there == null || !JsonText.of(there).equals(value)) {
            document = with(document, steps, 0, json(value));
        }
    }

    private static @Nullable JsonValue at(JsonValue value, List<Capture.PathStep> steps, int at) {
        if (at == steps.size()) {
            return value;
        }
        JsonValue next = null;
        if (steps.get(at) instanceof Capture.PathStep.Member member && value instanceof MapValue map) {
            next = map.entries().get(member.name());
        } else if (steps.get(at) instanceof Capture.PathStep.Item item && value instanceof ListValue list) {
            next = item.index() < list.items().size() ? list.items().get(item.index()) : null;
        }
        return next == null ? null : at(next, steps, at + 1);
    }

    private static JsonValue with(@Nullable JsonValue in, List<Capture.PathStep> steps, int at, JsonValue value) {
        if (at == steps.size()) {
            return value;
        }
        if (steps.get(at) instanceof Capture.PathStep.Member member) {
            Map<String, JsonValue> entries =
                    new LinkedHashMap<>(in instanceof MapValue map ? map.entries() : Map.<String, JsonValue>of());
            entries.put(member.name(), with(entries.get(member.name()), steps, at + 1, value));
            return new MapValue(entries);
        }
        int index = steps.get(at) instanceof Capture.PathStep.Item item ? Math.min(item.index(), MOST_ITEMS) : 0;
        List<JsonValue> items = new ArrayList<>(in instanceof ListValue list ? list.items() : List.<JsonValue>of());
        while (items.size() <= index) {
            items.add(JsonValue.Null.NULL);
        }
        items.set(index, with(items.get(index), steps, at + 1, value));
        return new ListValue(items);
    }

    /** What is written so, where that is what it would be read as; else the text itself. */
    static JsonValue json(String text) {
        boolean bare = !text.isEmpty() && !text.startsWith("\"");
        return bare
                        && JsonReader.read(text) instanceof JsonResult.Ok ok
                        && JsonText.of(ok.value()).equals(text)
                ? ok.value()
                : JsonValue.text(text);
    }

    private List<String> outputs(List<Assertion> assertions) {
        List<String> outputs = new ArrayList<>();
        JsonValue made = document;
        String text = whole;
        if (made != null) {
            if (made instanceof MapValue map) {
                String taken = text == null || text.equals(Symbol.ANYTHING) ? "" : text;
                String asked = asked(assertions);
                if (!taken.isEmpty() && json(taken) instanceof MapValue around) {
                    Map<String, JsonValue> entries = new LinkedHashMap<>(around.entries());
                    entries.putAll(map.entries());
                    outputs.add(JsonWriter.compact(new MapValue(entries)));
                } else if (!taken.isEmpty()) {
                    outputs.add(noted(map, taken));
                    outputs.add(noted(map, taken + " " + asked));
                }
                outputs.add(JsonWriter.compact(map));
                outputs.add(noted(map, asked));
            } else {
                outputs.add(JsonWriter.compact(made));
            }
            return outputs;
        }
        String printed = text == null ? asked(assertions) : text;
        if (!printed.isEmpty()) {
            outputs.add(printed + "\n");
        }
        outputs.add(printed);
        return outputs;
    }

    /** The document with a text in it that is asked for, and that no capture takes alone. */
    private static String noted(MapValue map, String note) {
        Map<String, JsonValue> entries = new LinkedHashMap<>(map.entries());
        entries.putIfAbsent("note", JsonValue.text(note));
        return JsonWriter.compact(new MapValue(entries));
    }

    /** A text that meets the assertions by itself. */
    static String asked(List<Assertion> assertions) {
        Symbol symbol = Symbol.text("stdout", List.of(""));
        Solver solver = new Solver(MOST_STEPS);
        solver.declare(symbol);
        for (Goal goal : goals(assertions, symbol)) {
            if (solver.add(goal, new BitSet()) != null) {
                return "";
            }
        }
        return solver.value(symbol);
    }

    private static List<Goal> goals(List<Assertion> assertions, Symbol symbol) {
        List<Goal> goals = new ArrayList<>();
        for (Assertion assertion : assertions) {
            if (assertion instanceof Assertion.Matches matches) {
                goals.add(Goal.matches(symbol, matches.pattern(), matches.span()));
            } else if (assertion instanceof Assertion.Text text) {
                String operand = text.operand().literalText();
                if (operand != null) {
                    switch (text.relation()) {
                        case CONTAINS -> goals.add(Goal.contains(symbol, operand, true, text.span()));
                        case NOT_CONTAINS -> goals.add(Goal.contains(symbol, operand, false, text.span()));
                        case EQUALS -> goals.add(Goal.equal(symbol, operand, true, text.span()));
                        case NOT_EQUALS -> goals.add(Goal.equal(symbol, operand, false, text.span()));
                    }
                }
            }
        }
        return goals;
    }

    /** Of what is captured whole beside other captures, all that matters is that it is there. */
    private boolean reads(String stdout) {
        CaptureReader.Reading reading = CaptureReader.read(
                node.step().common().captures(), action, exitCode, stdout, stderr.isEmpty() ? "" : stderr + "\n");
        if (!(reading instanceof CaptureReader.Reading.Values read)) {
            return false;
        }
        for (Capture capture : node.step().common().captures()) {
            String wanted = values.get(capture.name());
            boolean derived = document != null && source(capture.from()) instanceof Capture.From.Stdout;
            if (wanted != null && !derived && !wanted.equals(read.values().get(capture.name()))) {
                return false;
            }
        }
        return true;
    }

    static List<AssertionCheck.Rendered> rendered(List<Assertion> assertions) {
        List<AssertionCheck.Rendered> rendered = new ArrayList<>();
        for (Assertion assertion : assertions) {
            String operand = assertion instanceof Assertion.Text text
                    ? text.operand().literalText()
                    : assertion instanceof Assertion.JsonPath path
                            ? path.operand().literalText()
                            : "";
            if (operand != null) {
                rendered.add(new AssertionCheck.Rendered(assertion, operand));
            }
        }
        return rendered;
    }
}

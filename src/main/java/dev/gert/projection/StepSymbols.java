package dev.gert.projection;

import dev.gert.expr.Goal;
import dev.gert.expr.Meaning;
import dev.gert.expr.Symbol;
import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
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
    private final PlanStep node;
    private final RouteFrame frame;
    private final RouteState state;
    private final Map<String, Symbol> captures = new LinkedHashMap<>();
    private final Map<String, Symbol> bySource = new LinkedHashMap<>();
    private final List<Goal> goals = new ArrayList<>();
    private @Nullable Symbol exitCode;

    StepSymbols(PlanStep node, RouteFrame frame, RouteState state) {
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
        } else if (from instanceof Capture.From.RowCount) {
            made = Symbol.text(key, List.of("1")).where(StepSymbols::isCount);
        } else if (json) {
            made = Symbol.text(key, List.of("\"value\"")).where(StepSymbols::isCompact);
        } else {
            made = Symbol.text(key, List.of());
        }
        bySource.put(source, state.declared(made));
        return made;
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

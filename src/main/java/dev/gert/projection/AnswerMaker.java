package dev.gert.projection;

import dev.gert.engine.AnswerReader;
import dev.gert.engine.AssertionCheck;
import dev.gert.engine.CaptureReader;
import dev.gert.expr.Symbol;
import dev.gert.json.JsonValue;
import dev.gert.json.JsonValue.ListValue;
import dev.gert.json.JsonValue.MapValue;
import dev.gert.json.JsonWriter;
import dev.gert.model.Assertion;
import dev.gert.model.Capture;
import dev.gert.model.Capture.PathStep;
import dev.gert.model.Step;
import dev.gert.plan.PlanStep;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * From what the captures of an xts or aws step are to be to an answer that they come out of
 * (formats-dialect.md, "Scenario folders"). What it makes has been read again.
 */
public final class AnswerMaker {
    /** So many rows are written; of more the answer only says that there are. */
    private static final int MOST_ROWS = 20;

    private static final int MOST_ITEMS = 1_000;
    private static final String DATA = "data";
    private static final String COUNT = "rowCount";
    private static final String COLUMNS = "columns";
    private static final String MESSAGE = "message";

    /** Where a capture is read, and what it has to be. */
    private record Wanted(List<PathStep> path, String value) {}

    private final Step step;
    private final Map<String, String> values;
    private final List<Wanted> wanted = new ArrayList<>();
    private @Nullable Integer count;
    private String note = "";

    private AnswerMaker(Step step, Map<String, String> values) {
        this.step = step;
        this.values = values;
    }

    /**
     * {@code executedAt}: an ISO-8601 time; null where no answer gives all of the captures. Captures without a value get
     * any.
     */
    public static @Nullable JsonValue of(PlanStep node, Map<String, String> values, String executedAt) {
        return new AnswerMaker(node.step(), values).make(executedAt);
    }

    private @Nullable JsonValue make(String executedAt) {
        for (Capture capture : step.common().captures()) {
            want(capture);
        }
        Step.Work work = step.work();
        List<Assertion> assertions = work == null ? List.of() : work.assertions();
        for (Assertion assertion : assertions) {
            if (assertion instanceof Assertion.JsonPath path && path.operand().literalText() != null) {
                wanted.add(new Wanted(
                        path.path(), Objects.requireNonNull(path.operand().literalText())));
            }
        }
        // A whole before its parts.
        wanted.sort(Comparator.comparingInt(each -> each.path().size()));
        MapValue made = step instanceof Step.XtsStep xts ? rows(xts, executedAt) : document(Map.of());
        for (String text : List.of(note, OutputMaker.asked(assertions))) {
            MapValue answer = noted(made, text);
            if (reads(answer, OutputMaker.rendered(assertions))) {
                return answer;
            }
        }
        return null;
    }

    private void want(Capture capture) {
        String value = values.getOrDefault(capture.name(), Symbol.ANYTHING);
        if (capture.from() instanceof Capture.From.RowCount) {
            boolean number = !value.equals(Symbol.ANYTHING) && value.length() < 10;
            count = number ? Integer.valueOf(value) : null;
        } else if (capture.from() instanceof Capture.From.Path path) {
            wanted.add(new Wanted(path.steps(), value));
        } else if (capture.from() instanceof Capture.From.Named named) {
            wanted.add(new Wanted(List.of(new PathStep.Member(named.name())), value));
        } else if (!value.equals(Symbol.ANYTHING)) {
            note = value;
        }
    }

    private MapValue rows(Step.XtsStep xts, String executedAt) {
        List<JsonValue> rows = new ArrayList<>();
        for (int i = rowsWritten(xts); i > 0; i--) {
            rows.add(new MapValue(Map.of()));
        }
        Map<String, JsonValue> base = new LinkedHashMap<>();
        base.put("success", new JsonValue.Bool(true));
        base.put(COUNT, number(rows.size()));
        base.put(COLUMNS, new ListValue(List.of()));
        base.put(DATA, new ListValue(rows));
        base.put("metadata", new MapValue(Map.of("executedAt", JsonValue.text(executedAt))));
        Map<String, JsonValue> entries = new LinkedHashMap<>(document(base).entries());
        if (!asks(COLUMNS)) {
            entries.put(COLUMNS, columns(entries));
        }
        filled(entries);
        int written = entries.get(DATA) instanceof ListValue data ? data.items().size() : 0;
        if (!asks(COUNT)) {
            entries.put(COUNT, number(count == null ? written : count));
        }
        if (written == 0) {
            entries.putIfAbsent(MESSAGE, JsonValue.text(xts.mode() == Step.XtsMode.ACTIVITY ? "done" : "no rows"));
        }
        return new MapValue(entries);
    }

    private int rowsWritten(Step.XtsStep xts) {
        int lines = 0;
        int most = 0;
        for (Wanted each : wanted) {
            if (isOfData(each.path()) && each.path().size() > 1) {
                PathStep row = each.path().get(1);
                boolean every = row instanceof PathStep.Every;
                most = Math.max(most, row instanceof PathStep.Item item ? Math.min(item.index(), MOST_ITEMS) + 1 : 1);
                lines = every && !isAny(each.value())
                        ? Math.max(lines, lines(each.value()).size())
                        : lines;
            }
        }
        Integer asked = count;
        if (asked != null && asked == 0) {
            return 0;
        }
        if (lines > 0) {
            return lines;
        }
        if (asked != null) {
            return Math.max(most, Math.min(asked, MOST_ROWS));
        }
        return most > 0 || xts.mode() != Step.XtsMode.ACTIVITY ? Math.max(1, most) : 0;
    }

    private static boolean isOfData(List<PathStep> path) {
        return !path.isEmpty()
                && path.get(0) instanceof PathStep.Member first
                && first.name().equals(DATA);
    }

    private boolean asks(String member) {
        for (Wanted each : wanted) {
            if (each.path().get(0) instanceof PathStep.Member first
                    && first.name().equals(member)) {
                return true;
            }
        }
        return false;
    }

    private ListValue columns(Map<String, JsonValue> entries) {
        Map<String, JsonValue> columns = new LinkedHashMap<>();
        for (Wanted each : wanted) {
            boolean column = isOfData(each.path()) && each.path().size() > 2;
            if (column && each.path().get(2) instanceof PathStep.Member member) {
                columns.put(member.name(), JsonValue.text(member.name()));
            }
        }
        if (entries.get(DATA) instanceof ListValue data) {
            for (JsonValue row : data.items()) {
                if (row instanceof MapValue map) {
                    map.entries().keySet().forEach(name -> columns.putIfAbsent(name, JsonValue.text(name)));
                }
            }
            if (columns.isEmpty() && !data.items().isEmpty()) {
                columns.put(Symbol.ANYTHING, JsonValue.text(Symbol.ANYTHING));
            }
        }
        return new ListValue(new ArrayList<>(columns.values()));
    }

    /** Every row has a value in every column. */
    private static void filled(Map<String, JsonValue> entries) {
        if (!(entries.get(DATA) instanceof ListValue data) || !(entries.get(COLUMNS) instanceof ListValue columns)) {
            return;
        }
        Map<String, JsonValue> usual = new LinkedHashMap<>();
        for (JsonValue row : data.items()) {
            if (row instanceof MapValue map) {
                map.entries().forEach(usual::putIfAbsent);
            }
        }
        List<JsonValue> rows = new ArrayList<>();
        for (JsonValue row : data.items()) {
            if (row instanceof MapValue map) {
                Map<String, JsonValue> cells = new LinkedHashMap<>(map.entries());
                for (JsonValue column : columns.items()) {
                    if (column instanceof JsonValue.Text name) {
                        JsonValue cell = usual.getOrDefault(name.value(), JsonValue.text(Symbol.ANYTHING));
                        cells.putIfAbsent(name.value(), cell);
                    }
                }
                rows.add(new MapValue(cells));
            } else {
                rows.add(row);
            }
        }
        entries.put(DATA, new ListValue(rows));
    }

    private static JsonValue number(int number) {
        return new JsonValue.Num(BigDecimal.valueOf(number));
    }

    /** {@code base} with a value at every place that is asked for. */
    private MapValue document(Map<String, JsonValue> base) {
        JsonValue made = new MapValue(base);
        Integer rows = count;
        for (Wanted each : wanted) {
            boolean none = rows != null && rows == 0 && isOfData(each.path()) && step instanceof Step.XtsStep;
            if (!none) {
                made = with(made, each.path(), 0, each.value());
            }
        }
        return made instanceof MapValue map ? map : new MapValue(base);
    }

    private static JsonValue with(@Nullable JsonValue in, List<PathStep> path, int at, String value) {
        boolean any = isAny(value);
        if (at == path.size()) {
            return any && in != null && in != JsonValue.Null.NULL ? in : OutputMaker.json(value);
        }
        if (path.get(at) instanceof PathStep.Member member) {
            Map<String, JsonValue> entries =
                    new LinkedHashMap<>(in instanceof MapValue map ? map.entries() : Map.<String, JsonValue>of());
            entries.put(member.name(), with(entries.get(member.name()), path, at + 1, value));
            return new MapValue(entries);
        }
        List<JsonValue> items = new ArrayList<>(in instanceof ListValue list ? list.items() : List.<JsonValue>of());
        if (path.get(at) instanceof PathStep.Item item) {
            int index = Math.min(item.index(), MOST_ITEMS);
            while (items.size() <= index) {
                items.add(JsonValue.Null.NULL);
            }
            items.set(index, with(items.get(index), path, at + 1, value));
            return new ListValue(items);
        }
        List<String> lines = lines(value);
        while (items.size() < lines.size()) {
            items.add(JsonValue.Null.NULL);
        }
        for (int i = 0; i < items.size(); i++) {
            String line = any ? Symbol.ANYTHING : i < lines.size() ? lines.get(i) : "";
            items.set(i, with(items.get(i), path, at + 1, line));
        }
        return new ListValue(items);
    }

    /** Whether nothing was asked of the value, or of all the rows that it is of. */
    private static boolean isAny(String value) {
        for (String line : lines(value)) {
            if (!line.equals(Symbol.ANYTHING)) {
                return false;
            }
        }
        return true;
    }

    private static List<String> lines(String text) {
        return List.of(text.split("\n", -1));
    }

    private static MapValue noted(MapValue map, String note) {
        if (note.isEmpty() || JsonWriter.compact(map).contains(note)) {
            return map;
        }
        Map<String, JsonValue> entries = new LinkedHashMap<>(map.entries());
        entries.put(MESSAGE, JsonValue.text(note));
        return new MapValue(entries);
    }

    /** What nothing was asked of may be read as anything; what is captured whole only has to be there. */
    private boolean reads(MapValue answer, List<AssertionCheck.Rendered> assertions) {
        String text = JsonWriter.compact(answer);
        if (!(AnswerReader.read(step, text) instanceof CaptureReader.Reading.Values read)
                || AssertionCheck.failure(assertions, text) != null) {
            return false;
        }
        for (Capture capture : step.common().captures()) {
            String value = values.getOrDefault(capture.name(), Symbol.ANYTHING);
            boolean free = isAny(value) || capture.from() instanceof Capture.From.Stdout;
            if (!free && !value.equals(read.values().get(capture.name()))) {
                return false;
            }
        }
        return true;
    }
}

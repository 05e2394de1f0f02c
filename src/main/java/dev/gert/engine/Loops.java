package dev.gert.engine;

import dev.gert.event.RunEvent;
import dev.gert.expr.Scope;
import dev.gert.expr.Truth;
import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonText;
import dev.gert.json.JsonValue;
import dev.gert.model.Node;
import dev.gert.plan.NodeNames;
import dev.gert.plan.PlanLoop;
import dev.gert.policy.Captured;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How loops begin, go on and end (formats.md, section 1, {@code iterate}). */
public final class Loops {
    private static final int MOST_ITEMS = 10_000;

    private Loops() {}

    /** The first turn, or the end of a loop over nothing. */
    static EngineEffect begin(PlanLoop node, String address, Voice voice, Scope scope) {
        Node.UntilNode until = node.until();
        if (until != null) {
            return Voice.record(new RunEvent.IterationStarted(address, 1, until.max(), null, List.of(), Map.of()));
        }
        Node.EachNode each = Objects.requireNonNull(node.each());
        Voice.Said said = voice.say(each.over(), scope);
        if (said.failure() != null) {
            return failed(address, "`over`: " + said.failure(), voice);
        }
        if (said.open() && voice.stops()) {
            return new EngineEffect.Unknown(address, NodeNames.read(each.over()));
        }
        // What is not known in a test gives no item, as an unknown condition takes no branch.
        List<String> texts = said.open() ? List.of() : items(said.text());
        if (texts == null || texts.size() > MOST_ITEMS) {
            return failed(
                    address,
                    texts == null
                            ? "`over` begins like a JSON array and is none"
                            : "`over` has " + texts.size() + " items, and a loop takes " + MOST_ITEMS + " at most",
                    voice);
        }
        if (texts.isEmpty()) {
            return Voice.record(new RunEvent.IterationEnded(address, 0, true, Map.of()));
        }
        List<Captured> items = new ArrayList<>();
        for (String text : texts) {
            items.add(voice.captured(text));
        }
        return Voice.record(new RunEvent.IterationStarted(address, 1, items.size(), items.get(0), items, Map.of()));
    }

    /** The next turn, or the end. */
    static EngineEffect turn(PlanLoop node, String address, LoopState loop, Voice voice, Scope scope) {
        int next = loop.iteration + 1;
        Node.UntilNode until = node.until();
        if (until == null) {
            return Voice.record(
                    next > loop.total
                            ? new RunEvent.IterationEnded(address, loop.iteration, true, Map.of())
                            : new RunEvent.IterationStarted(
                                    address, next, loop.total, loop.items.get(next - 1), List.of(), Map.of()));
        }
        Truth truth = until.until().test(scope);
        if (truth instanceof Truth.Failure failure) {
            return failed(address, "`until`: " + failure.message(), voice);
        }
        if (truth instanceof Truth.Unknown unknown && voice.stops()) {
            return new EngineEffect.Unknown(address, unknown.names());
        }
        Map<String, Captured> operands = voice.operands(until.until(), scope);
        if (truth instanceof Truth.True) {
            return Voice.record(new RunEvent.IterationEnded(address, loop.iteration, true, operands));
        }
        if (next <= loop.total) {
            return Voice.record(new RunEvent.IterationStarted(address, next, loop.total, null, List.of(), operands));
        }
        return Voice.record(new RunEvent.IterationEnded(address, loop.iteration, false, operands));
    }

    /** A loop that ended without its condition. */
    static EngineEffect notConverged(PlanLoop node, String address, LoopState loop, Voice voice) {
        Node.UntilNode until = Objects.requireNonNull(node.until());
        return failed(
                address,
                "`" + until.until().source() + "` was not true after " + loop.total
                        + (loop.total == 1 ? " iteration" : " iterations"),
                voice);
    }

    private static EngineEffect failed(String address, String reason, Voice voice) {
        return Voice.record(new RunEvent.NodeFailed(address, voice.safe(reason)));
    }

    /** A JSON array's values as text, else what stands between commas; null for a broken array. */
    public static @Nullable List<String> items(String text) {
        String trimmed = text.strip();
        List<String> items = new ArrayList<>();
        if (trimmed.startsWith("[")) {
            if (!(JsonReader.read(trimmed) instanceof JsonResult.Ok ok
                    && ok.value() instanceof JsonValue.ListValue list)) {
                return null;
            }
            for (JsonValue item : list.items()) {
                items.add(JsonText.of(item));
            }
            return items;
        }
        int from = 0;
        while (from <= trimmed.length() && !trimmed.isEmpty()) {
            int comma = trimmed.indexOf(',', from);
            int to = comma < 0 ? trimmed.length() : comma;
            String item = trimmed.substring(from, to).strip();
            if (!item.isEmpty()) {
                items.add(item);
            }
            from = to + 1;
        }
        return items;
    }
}

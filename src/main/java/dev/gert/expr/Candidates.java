package dev.gert.expr;

import dev.gert.expr.Inversion.Place;
import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonText;
import dev.gert.json.JsonValue;
import dev.gert.json.JsonValue.ListValue;
import dev.gert.json.JsonValue.MapValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Texts that a symbol may hold so that goals are met; each is to be tried. */
final class Candidates {
    private static final int ITEMS = 1_000;
    private static final List<String> USUAL = List.of(
            Symbol.ANYTHING,
            "1",
            "0",
            "true",
            "false",
            "",
            "2",
            "-1",
            "a",
            "z",
            "10",
            "100",
            "~",
            " ",
            "[]",
            "{}",
            "[\"a\"]");

    private final Symbol symbol;
    private final List<Goal> goals;
    private final Scope others;
    private final Inversion inversion;
    private final Map<String, TermHints> terms = new LinkedHashMap<>();
    private final Set<String> found = new LinkedHashSet<>();

    private Candidates(Symbol symbol, List<Goal> goals, Scope others) {
        this.symbol = symbol;
        this.goals = goals;
        this.others = others;
        this.inversion = new Inversion(symbol.key(), others);
    }

    /** {@code others}: what the other symbols hold; this one is open. */
    static List<String> of(Symbol symbol, List<Goal> goals, Scope others) {
        List<String> only = symbol.only();
        return only != null ? only : new Candidates(symbol, goals, others).find();
    }

    /** The first that fits a symbol of which nothing is asked. */
    static String first(Symbol symbol) {
        List<String> all = of(symbol, List.of(), name -> new Lookup.Open());
        for (String text : all) {
            if (symbol.fits(text)) {
                return text;
            }
        }
        return all.isEmpty() ? "" : all.get(0);
    }

    private List<String> find() {
        found.addAll(symbol.first());
        for (Goal goal : goals) {
            found.addAll(goal.hints());
            Node node = goal.node();
            if (node != null) {
                read(node, goal.wanted());
            }
        }
        TextPattern pattern = symbol.pattern();
        if (pattern != null) {
            term(new Node.Name(symbol.key(), Contradiction.PLACE)).matched(pattern.source(), true);
        }
        List<List<Place>> deep = new ArrayList<>();
        for (TermHints term : terms.values()) {
            places(term, deep);
        }
        if (!deep.isEmpty()) {
            document(deep);
        }
        found.addAll(USUAL);
        return new ArrayList<>(found);
    }

    private void read(Node node, boolean wanted) {
        if (node instanceof Node.Compare compare) {
            compare(compare, wanted);
        } else if (node instanceof Node.Match match) {
            JsonValue pattern = inversion.known(match.pattern());
            String source = pattern == null ? null : Values.text(pattern);
            if (source != null) {
                term(match.text()).matched(source, wanted);
            }
        } else {
            term(node).truth(wanted);
        }
    }

    private void compare(Node.Compare compare, boolean wanted) {
        JsonValue right = inversion.known(compare.right());
        JsonValue left = inversion.known(compare.left());
        if (right != null && left == null) {
            term(compare.left()).compared(compare.comparison(), right, wanted);
        } else if (left != null && right == null) {
            term(compare.right()).comparedOnRight(compare.comparison(), left, wanted);
        } else if (left == null && compare.right() instanceof Node.Items items) {
            for (Node item : items.items()) {
                JsonValue known = inversion.known(item);
                if (known != null) {
                    term(compare.left()).compared(Comparison.EQUAL, known, wanted);
                }
            }
        }
    }

    private TermHints term(Node node) {
        return terms.computeIfAbsent(NodeKey.of(node), key -> new TermHints(node));
    }

    /** What holds all of it is found; what holds a part of it is put together later. */
    private void places(TermHints term, List<List<Place>> deep) {
        List<Place> parts = new ArrayList<>();
        for (JsonValue value : term.candidates()) {
            for (Place place : inversion.of(term.node, value)) {
                if (place.keys().isEmpty()) {
                    found.add(Inversion.text(place.value()));
                } else {
                    parts.add(place);
                }
            }
        }
        if (!parts.isEmpty()) {
            deep.add(parts);
        }
    }

    /** One document with a value at each place, each the one by which most goals are met. */
    private void document(List<List<Place>> deep) {
        JsonValue best = structure();
        int met = 0;
        for (List<Place> term : deep) {
            JsonValue next = null;
            for (Place place : term) {
                JsonValue tried = with(best, place.keys(), 0, place.value());
                int meets = met(tried);
                if (next == null || meets > met) {
                    next = tried;
                    met = meets;
                }
            }
            best = next;
        }
        if (best != null) {
            found.add(JsonText.of(best));
        }
    }

    private int met(JsonValue document) {
        JsonValue text = JsonValue.text(JsonText.of(document));
        Scope scope = name -> name.equals(symbol.key()) ? new Lookup.Known(text) : others.find(name);
        int met = 0;
        for (Goal goal : goals) {
            met += goal.isMet(scope) ? 1 : 0;
        }
        return met;
    }

    /** The first that is a list or map, with everything that a goal hints at in it. */
    private @Nullable JsonValue structure() {
        for (String text : found) {
            boolean open = text.startsWith("[") || text.startsWith("{");
            if (open && JsonReader.read(text) instanceof JsonResult.Ok ok) {
                return ok.value();
            }
        }
        return null;
    }

    private static JsonValue with(@Nullable JsonValue document, List<JsonValue> keys, int at, JsonValue value) {
        if (at == keys.size()) {
            return value;
        }
        JsonValue key = keys.get(at);
        if (document instanceof ListValue || (document == null && key instanceof JsonValue.Num)) {
            List<JsonValue> items =
                    new ArrayList<>(document instanceof ListValue list ? list.items() : List.<JsonValue>of());
            BigDecimal number = Values.number(key);
            int position = number == null ? 0 : Math.max(0, Math.min(ITEMS, number.intValue()));
            while (items.size() <= position) {
                items.add(JsonValue.text("x"));
            }
            JsonValue inner = items.get(position);
            items.set(position, with(isStructure(inner) ? inner : null, keys, at + 1, value));
            return new ListValue(items);
        }
        Map<String, JsonValue> entries =
                new LinkedHashMap<>(document instanceof MapValue map ? map.entries() : Map.<String, JsonValue>of());
        String name = JsonText.of(key);
        JsonValue inner = entries.get(name);
        entries.put(name, with(inner != null && isStructure(inner) ? inner : null, keys, at + 1, value));
        return new MapValue(entries);
    }

    private static boolean isStructure(JsonValue value) {
        return value instanceof ListValue || value instanceof MapValue;
    }
}

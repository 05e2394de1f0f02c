package dev.gert.expr;

import dev.gert.json.JsonText;
import dev.gert.json.JsonValue;
import dev.gert.source.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a name stands for at one moment of a run that is thought through. */
public final class Meaning {
    static final String UNSET = "?";

    private final Node node;

    private Meaning(Node node) {
        this.node = node;
    }

    /** A value that is sought. */
    public static Meaning of(Symbol symbol, Span place) {
        return new Meaning(new Node.Name(symbol.key(), place));
    }

    /** A text that is known. */
    public static Meaning text(String text, Span place) {
        return new Meaning(new Node.Literal(JsonValue.text(text), place));
    }

    /** Nothing: to read it is an error. */
    public static Meaning unset(String name, Span place) {
        return new Meaning(new Node.Name(UNSET + name, place));
    }

    /** What a template makes of the meanings of its names. */
    public static Meaning of(Template template, Function<String, Meaning> names, Span place) {
        String literal = template.literalText();
        if (literal != null) {
            return text(literal, place);
        }
        List<Node> pieces = new ArrayList<>();
        for (Node piece : template.pieces(place)) {
            pieces.add(Substitution.in(piece, names));
        }
        if (pieces.size() == 1) {
            return new Meaning(pieces.get(0));
        }
        List<Node> arguments = List.of(new Node.Items(pieces, place), new Node.Literal(JsonValue.text(""), place));
        return new Meaning(new Node.Call(dev.gert.expr.Function.JOIN, arguments, place));
    }

    /** The item at {@code index} of the list that this is. */
    public Meaning item(int index, Span place) {
        Node at = new Node.Literal(JsonValue.number(index), place);
        return new Meaning(new Node.Path(node, List.of(new Node.Step.At(at, place)), place));
    }

    /** The text where it is known whatever is sought, else null. */
    public @Nullable String known() {
        Scope nothing = name -> new Lookup.Open();
        return new Evaluator(nothing).evaluate(node) instanceof Evaluation.Value value
                ? JsonText.of(value.value())
                : null;
    }

    Node node() {
        return node;
    }
}

package dev.gert.expr;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.expr.Evaluation.Failure;
import dev.gert.expr.Evaluation.Unknown;
import dev.gert.expr.Evaluation.Value;
import dev.gert.expr.TemplateParser.Segment;
import dev.gert.json.JsonText;
import dev.gert.json.JsonValue;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Text with {@code {{ … }}} in Go-template form (formats.md, section 2). */
public final class Template {
    private final String source;
    private final List<Segment> segments;
    private final List<NameUse> names;
    private final @Nullable Failure broken;

    private Template(String source, List<Segment> segments, @Nullable Failure broken) {
        this.source = source;
        this.segments = segments;
        this.broken = broken;
        List<NameUse> uses = new ArrayList<>();
        for (Segment segment : segments) {
            if (segment instanceof Segment.Action action) {
                NameUses.collect(action.node(), uses);
            }
        }
        this.names = List.copyOf(uses);
    }

    /**
     * Reads a scalar's text. Broken forms (T301), unknown functions and wrong arguments (T303) and
     * patterns (T305) are reported with their place; the template is then one that only fails.
     */
    public static Template parse(YamlNode.Scalar scalar, Diagnostics diagnostics) {
        return parse(scalar, new Problems(new Places(scalar), diagnostics, Code.T301));
    }

    static Template parse(YamlNode.Scalar scalar, Problems problems) {
        String text = scalar.text();
        if (!text.contains("{{")) {
            return literal(text);
        }
        List<Segment> segments = TemplateParser.parse(text, problems);
        return new Template(text, segments, problems.first());
    }

    /** Text that is not read as a template, whatever it holds. */
    public static Template literal(String text) {
        return new Template(text, text.isEmpty() ? List.of() : List.of(new Segment.Plain(text)), null);
    }

    /** As written. */
    public String source() {
        return source;
    }

    /** Whether it has no action; a comment alone, or what is broken, makes a template not literal. */
    public boolean isLiteral() {
        return literalText() != null;
    }

    /** The text of a literal template, null of any other. */
    public @Nullable String literalText() {
        if (broken != null) {
            return null;
        }
        if (segments.isEmpty()) {
            return source.isEmpty() ? "" : null;
        }
        boolean whole = segments.size() == 1
                && segments.get(0) instanceof Segment.Plain plain
                && plain.text().equals(source);
        return whole ? source : null;
    }

    /** Whether the first thing that it makes comes from an action; comments make nothing. */
    public boolean startsWithTemplate() {
        return !segments.isEmpty() && segments.get(0) instanceof Segment.Action;
    }

    /** Every name that it reads, each time it is read, in order. */
    public List<NameUse> names() {
        return names;
    }

    /** Those of {@link #names} that must be set where they are read: all but the arguments of {@code default}. */
    public List<NameUse> namesToBeSet() {
        return NameUses.undefaulted(names);
    }

    /** The text, unless a name is open or something fails. */
    public Evaluation evaluate(Scope scope) {
        if (broken != null) {
            return broken;
        }
        StringBuilder text = new StringBuilder();
        OpenNames open = new OpenNames();
        Evaluator evaluator = new Evaluator(scope);
        for (Segment segment : segments) {
            if (segment instanceof Segment.Plain plain) {
                text.append(plain.text());
                continue;
            }
            Segment.Action action = (Segment.Action) segment;
            Evaluation result = asText(evaluator, action, text.length());
            if (result instanceof Failure) {
                return result;
            }
            if (result instanceof Unknown unknown) {
                open.add(unknown);
            } else if (result instanceof Value value) {
                text.append(JsonText.of(value.value()));
            }
        }
        return open.isEmpty() ? new Value(JsonValue.text(text.toString())) : open.unknown();
    }

    /**
     * What its actions make of secrets, other than the secrets themselves: texts that nobody has been told
     * to hide. Truths and numbers are none.
     */
    public List<String> madeOfSecrets(Scope scope) {
        List<String> made = new ArrayList<>();
        boolean secret = false;
        for (NameUse use : names) {
            secret |= scope.isSecret(use.name());
        }
        if (!secret || broken != null) {
            return made;
        }
        Evaluator evaluator = new Evaluator(scope);
        for (Segment segment : segments) {
            if (segment instanceof Segment.Action action
                    && !(action.node() instanceof Node.Name)
                    && readsSecret(action.node(), scope)
                    && asText(evaluator, action, 0) instanceof Value value) {
                texts(value.value(), made);
            }
        }
        return made;
    }

    private static boolean readsSecret(Node node, Scope scope) {
        List<NameUse> uses = new ArrayList<>();
        NameUses.collect(node, uses);
        for (NameUse use : uses) {
            if (scope.isSecret(use.name())) {
                return true;
            }
        }
        return false;
    }

    private static void texts(JsonValue value, List<String> into) {
        if (value instanceof JsonValue.Text text) {
            into.add(text.value());
        } else if (value instanceof JsonValue.ListValue list) {
            for (JsonValue item : list.items()) {
                texts(item, into);
            }
        } else if (value instanceof JsonValue.MapValue map) {
            for (JsonValue member : map.entries().values()) {
                texts(member, into);
            }
        }
    }

    /** The action's value, or a failure where it would make the text too long. */
    private static Evaluation asText(Evaluator evaluator, Segment.Action action, int length) {
        Evaluation result = evaluator.evaluate(action.node());
        if (result instanceof Value value && TextSize.of(value.value()) + length > Limits.TEXT) {
            return new Failure(
                    "the text would be longer than 16 Mi characters",
                    action.node().span());
        }
        return result;
    }

    /**
     * What is known and what is open under a scope with open names, neighbouring known parts joined.
     * An action that fails is open, and so is all of a broken template.
     */
    public List<Part> parts(Scope scope) {
        if (broken != null) {
            return List.of(new Part.Open(source));
        }
        List<Part> parts = new ArrayList<>();
        StringBuilder known = new StringBuilder();
        Evaluator evaluator = new Evaluator(scope);
        for (Segment segment : segments) {
            if (segment instanceof Segment.Plain plain) {
                known.append(plain.text());
                continue;
            }
            Segment.Action action = (Segment.Action) segment;
            if (asText(evaluator, action, known.length()) instanceof Value value) {
                known.append(JsonText.of(value.value()));
                continue;
            }
            flush(known, parts);
            parts.add(new Part.Open(action.source()));
        }
        flush(known, parts);
        return parts;
    }

    private static void flush(StringBuilder known, List<Part> parts) {
        if (known.length() > 0) {
            parts.add(new Part.Known(known.toString()));
            known.setLength(0);
        }
    }

    /** The text with {@code <name>} for each action that reads an open name (formats.md, section 4). */
    public Rendering renderLenient(Scope scope) {
        if (broken != null) {
            return new Rendering("", List.of(), broken);
        }
        StringBuilder text = new StringBuilder();
        OpenNames open = new OpenNames();
        Failure failure = null;
        Evaluator evaluator = new Evaluator(scope);
        for (Segment segment : segments) {
            if (segment instanceof Segment.Plain plain) {
                text.append(plain.text());
                continue;
            }
            Evaluation result = asText(evaluator, (Segment.Action) segment, text.length());
            if (result instanceof Value value) {
                text.append(JsonText.of(value.value()));
            } else if (result instanceof Unknown unknown) {
                open.add(unknown);
                text.append('<').append(String.join(", ", unknown.names())).append('>');
            } else if (result instanceof Failure first && failure == null) {
                failure = first;
            }
        }
        return new Rendering(text.toString(), open.list(), failure);
    }

    /**
     * The value that a condition tests: the action's own where nothing but space stands around one
     * action, else the text without the space around it.
     */
    Evaluation truth(Scope scope) {
        if (broken != null) {
            return broken;
        }
        Node only = only();
        if (only != null) {
            return new Evaluator(scope).truth(only);
        }
        Evaluation text = evaluate(scope);
        return text instanceof Value value
                ? new Value(JsonValue.bool(
                        Values.isTrue(JsonValue.text(JsonText.of(value.value()).strip()))))
                : text;
    }

    /** The node of the only action, where nothing but space stands beside it; null elsewhere. */
    @Nullable
    Node only() {
        Node only = null;
        for (Segment segment : segments) {
            if (segment instanceof Segment.Action action) {
                if (only != null) {
                    return null;
                }
                only = action.node();
            } else if (!((Segment.Plain) segment).text().isBlank()) {
                return null;
            }
        }
        return only;
    }

    /** Plain text and actions, in order; {@code place} is that of the text. */
    List<Node> pieces(Span place) {
        List<Node> pieces = new ArrayList<>();
        for (Segment segment : segments) {
            pieces.add(
                    segment instanceof Segment.Action action
                            ? action.node()
                            : new Node.Literal(JsonValue.text(((Segment.Plain) segment).text()), place));
        }
        return pieces;
    }

    /** Whether text other than space stands beside actions. */
    boolean hasTextBesideActions() {
        for (Segment segment : segments) {
            if (segment instanceof Segment.Plain plain && !plain.text().isBlank()) {
                return true;
            }
        }
        return false;
    }
}

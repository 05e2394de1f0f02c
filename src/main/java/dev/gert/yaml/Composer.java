package dev.gert.yaml;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Label;
import dev.gert.diagnostic.Severity;
import dev.gert.source.Source;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode.Entry;
import dev.gert.yaml.YamlNode.Mapping;
import dev.gert.yaml.YamlNode.Scalar;
import dev.gert.yaml.YamlNode.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;

/** Builds one document's nodes from the parser's events; the parser's exceptions pass through. */
final class Composer {
    static final int MAX_DEPTH = 100;

    private final Source source;
    private final YamlEvents events;
    private final Diagnostics diagnostics;
    private final Anchors anchors;

    /** Nodes so far, those that aliases bring in counted every time. */
    private int size;

    /** Of the node read last: how deep it is, and the offset after its own last character. */
    private int height;

    private int end;

    private int bareTemplate = -1;

    Composer(Source source, YamlEvents events, int maxAliases, Diagnostics diagnostics) {
        this.source = source;
        this.events = events;
        this.diagnostics = diagnostics;
        this.anchors = new Anchors(maxAliases, diagnostics);
    }

    /** The only document of the stream; null, with a diagnostic, where there is none. */
    @Nullable
    YamlNode document() {
        events.next(); // the stream's start
        Event start = events.next();
        if (!(start instanceof DocumentStartEvent)) {
            diagnostics.error(Code.Y115, source.span(0, 0), "the file holds no YAML document");
            return null;
        }
        YamlNode root = node(events.next(), 1);
        anchors.done();
        events.next(); // the document's end
        Event after = events.next();
        if (after instanceof DocumentStartEvent) {
            diagnostics.error(
                    Code.Y111, place(after), "a second document begins here", "", "a file holds one document");
        }
        if (root instanceof Scalar scalar && scalar.plain() && scalar.text().isEmpty()) {
            diagnostics.error(Code.Y115, source.span(0, 0), "the document is empty");
            return null;
        }
        return root;
    }

    /** The offset of the last template without quotes that was reported, or -1. */
    int bareTemplate() {
        return bareTemplate;
    }

    private YamlNode node(Event event, int depth) {
        if (event instanceof AliasEvent alias) {
            return alias(alias, depth);
        }
        int before = size++;
        NodeEvent started = (NodeEvent) event;
        String anchor = started.getAnchor();
        int start = contentStart(started);
        Span anchorPlace = anchor == null ? null : properties(started).anchor();
        if (anchor != null && anchorPlace != null) {
            anchors.begin(anchor, anchorPlace);
        }
        YamlNode node = event instanceof ScalarEvent scalar
                ? scalar(scalar, start)
                : collection((CollectionStartEvent) event, start, depth);
        if (anchor != null && anchorPlace != null) {
            anchors.end(anchor, node, anchorPlace, size - before, height);
        }
        return node;
    }

    private YamlNode alias(AliasEvent event, int depth) {
        Span place = place(event);
        Anchored target = anchors.resolve(event.getAnchor(), place);
        YamlNode node = target == null ? null : target.node();
        if (target == null || node == null) {
            size++;
            height = 0;
            // as if it were text: a null would bring errors of its own
            node = new Scalar("*" + event.getAnchor(), Scalar.Kind.TEXT, place);
        } else {
            size += target.size();
            height = target.height();
            if (depth - 1 + height > MAX_DEPTH) {
                throw tooDeep(place);
            }
        }
        end = place.end();
        return node;
    }

    /** Where the node itself begins, after anchor and tag; a tag is reported. */
    private int contentStart(NodeEvent event) {
        String tag = event instanceof ScalarEvent scalar ? scalar.getTag() : ((CollectionStartEvent) event).getTag();
        if (tag != null) {
            diagnostics.error(
                    Code.Y108,
                    properties(event).tag(),
                    "tags are not allowed",
                    "",
                    "delete it; text that begins with `!` needs quotes");
        }
        if (tag == null && event.getAnchor() == null) {
            return event.getStartMark().getIndex();
        }
        return properties(event).content();
    }

    /** For a collection the properties end where it begins, for a scalar before its last character. */
    private NodeProperties properties(NodeEvent event) {
        int limit = event.getEndMark().getIndex();
        if (event instanceof CollectionStartEvent && limit < source.text().length()) {
            limit++;
        }
        return new NodeProperties(source, event.getStartMark().getIndex(), limit);
    }

    private Scalar scalar(ScalarEvent event, int contentStart) {
        String text = event.getValue();
        ScalarStyle style = event.getScalarStyle();
        int start = contentStart;
        int before = end;
        height = 0;
        end = event.getEndMark().getIndex();
        if (start == end && start > before && source.text().charAt(start - 1) <= ' ') {
            // a value that is not there has the next token's place
            start = before;
            end = before;
        }
        if (style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED) {
            end = trimmed(start, end);
        }
        Span span = source.span(start, Math.max(start, end));
        if (style == ScalarStyle.DOUBLE_QUOTED) {
            int bad = TextCheck.unusable(text);
            if (bad >= 0) {
                String name = TextCheck.name(text.charAt(bad));
                diagnostics.error(Code.Y112, span, "an escape in this text makes the character " + name);
            }
        }
        return new Scalar(text, style == ScalarStyle.PLAIN ? ScalarKinds.of(text) : Scalar.Kind.TEXT, span);
    }

    private int trimmed(int start, int from) {
        int at = from;
        while (at > start && source.text().charAt(at - 1) <= ' ') {
            at--;
        }
        return at;
    }

    private YamlNode collection(CollectionStartEvent event, int start, int depth) {
        if (depth > MAX_DEPTH) {
            throw tooDeep(source.span(start, start + 1));
        }
        char first = start < source.text().length() ? source.text().charAt(start) : ' ';
        boolean bracketed = event.isFlow() && (first == '[' || first == '{');
        end = start;
        return event instanceof MappingStartEvent
                ? mapping(start, bracketed, depth)
                : sequence(start, bracketed, depth);
    }

    private Sequence sequence(int start, boolean bracketed, int depth) {
        List<YamlNode> items = new ArrayList<>();
        int deepest = 0;
        Event event = events.next();
        while (!event.is(Event.ID.SequenceEnd)) {
            items.add(node(event, depth + 1));
            deepest = Math.max(deepest, height);
            event = events.next();
        }
        close(event, bracketed, deepest);
        return new Sequence(items, source.span(start, end));
    }

    private YamlNode mapping(int start, boolean bracketed, int depth) {
        List<Entry> entries = new ArrayList<>();
        boolean merged = false;
        Map<String, Scalar> keys = new HashMap<>();
        int deepest = 0;
        Event event = events.next();
        while (!event.is(Event.ID.MappingEnd)) {
            Scalar key = key(event, depth);
            deepest = Math.max(deepest, height);
            YamlNode value = node(events.next(), depth + 1);
            deepest = Math.max(deepest, height);
            if (key != null && isMerge(key)) {
                merged = true;
            } else if (key != null && isNew(key, keys)) {
                entries.add(new Entry(key, value));
            }
            event = events.next();
        }
        close(event, bracketed, deepest);
        if (bareTemplate == start) {
            // as if it had its quotes: a map would bring errors of its own
            return new Scalar(source.text().substring(start, end), Scalar.Kind.TEXT, source.span(start, end));
        }
        return new Mapping(entries, source.span(start, end), merged);
    }

    private void close(Event event, boolean bracketed, int deepest) {
        height = deepest + 1;
        if (bracketed) {
            end = event.getEndMark().getIndex();
        }
    }

    /** The key, null (and reported) where it can't be one; its value is read all the same. */
    private @Nullable Scalar key(Event event, int depth) {
        Span place = place(event);
        YamlNode node = node(event, depth + 1);
        if (event instanceof AliasEvent) {
            diagnostics.error(Code.Y106, place, "a key must be text, this is an alias");
            return null;
        }
        if (!(node instanceof Scalar key)) {
            refuseKey(node);
            return null;
        }
        if (key.kind() == Scalar.Kind.NULL) {
            String message = key.text().isEmpty() ? "a key is missing before `:`" : "a key may not be null";
            diagnostics.error(Code.Y106, key.span(), message, "", "write a name before the `:`, in quotes if need be");
            return null;
        }
        if (isMerge(key)) {
            diagnostics.error(Code.Y110, key.span(), "merge keys are not allowed", "", "write the keys out");
        }
        return key;
    }

    private static boolean isMerge(Scalar key) {
        return key.kind() == Scalar.Kind.TEXT && key.text().equals("<<") && key.plain();
    }

    private void refuseKey(YamlNode node) {
        int before = node.span().start() - 1;
        if (before >= 0 && source.text().startsWith("{{", before)) {
            bareTemplate = before;
            BareTemplate.report(source.span(before, node.span().end()), diagnostics);
        } else {
            String kind = node instanceof Sequence ? "a list" : "a map";
            diagnostics.error(Code.Y106, node.span(), "a key must be text, this is " + kind);
        }
    }

    private boolean isNew(Scalar key, Map<String, Scalar> keys) {
        Scalar earlier = keys.putIfAbsent(key.text(), key);
        if (earlier == null) {
            return true;
        }
        diagnostics.add(new Diagnostic(
                Code.Y105,
                Severity.ERROR,
                "duplicate key `" + key.text() + "`",
                new Label(key.span(), ""),
                List.of(new Label(earlier.span(), "first here")),
                null));
        return false;
    }

    private UnusableDocumentException tooDeep(Span place) {
        diagnostics.error(Code.Y103, place, "nested deeper than " + MAX_DEPTH + " levels");
        return new UnusableDocumentException();
    }

    private Span place(Event event) {
        int from = event.getStartMark().getIndex();
        return source.span(from, Math.max(from, event.getEndMark().getIndex()));
    }
}

package dev.gert.scenario;

import dev.gert.json.JsonValue;
import dev.gert.json.JsonWriter;
import dev.gert.source.Source;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Changes of values in a YAML file that leave its comments, its order and all else as they stand. */
final class FileEdits {
    private final Source source;
    private final List<Edit> edits = new ArrayList<>();

    FileEdits(Source source) {
        this.source = source;
    }

    private record Edit(int start, int end, String text) {}

    Source source() {
        return source;
    }

    boolean isEmpty() {
        return edits.isEmpty();
    }

    /** Another text in place of a scalar. */
    void scalar(YamlNode.Scalar old, String text) {
        raw(old.span(), written(text, isInFlow(old.span())));
    }

    /** YAML in place of a node that is written on one line. */
    void raw(Span old, String yaml) {
        edits.add(new Edit(old.start(), old.end(), yaml));
    }

    /** A text as YAML, plain where that is safe. */
    static String written(String text, boolean flow) {
        boolean plain = !text.isEmpty() && isLetter(text.charAt(0)) && text.charAt(text.length() - 1) != ' ';
        for (int i = 0; plain && i < text.length(); i++) {
            char c = text.charAt(i);
            boolean quiet = isLetter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' || c == '/';
            boolean space = c == ' ' && text.charAt(i - 1) != ' ';
            plain = quiet || space || (c == '→' && !flow);
        }
        return plain && !isWord(text) ? text : JsonWriter.compact(JsonValue.text(text));
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    /** What YAML would read as something else than text. */
    private static boolean isWord(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "false", "yes", "no", "on", "off", "null", "y", "n" -> true;
            default -> false;
        };
    }

    /** Whether a node stands between brackets: what may stand plain is less there. */
    private boolean isInFlow(Span span) {
        int depth = 0;
        for (int i = source.lineStart(span.position().line()); i < span.start(); i++) {
            char c = source.text().charAt(i);
            depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
        }
        return depth > 0;
    }

    /** Other texts in place of a list's. False where it can't be done without losing something. */
    boolean list(YamlNode.Scalar key, YamlNode.Sequence old, List<String> items) {
        List<String> now = new ArrayList<>();
        for (String item : items) {
            now.add(written(item, true));
        }
        List<String> then = new ArrayList<>();
        for (YamlNode item : old.items()) {
            then.add(item instanceof YamlNode.Scalar scalar ? written(scalar.text(), true) : slice(item.span()));
        }
        return list(key, old, then, now);
    }

    /** The same of maps, each as YAML on one line; {@code then}: the old ones so. */
    boolean list(YamlNode.Scalar key, YamlNode.Sequence old, List<String> then, List<String> now) {
        String slice = slice(old.span());
        if (slice.startsWith("[")) {
            if (slice.indexOf('#') >= 0) {
                return false;
            }
            raw(old.span(), "[" + String.join(", ", now) + "]");
            return true;
        }
        if (now.isEmpty()) {
            int colon = source.text().indexOf(':', key.span().end());
            edits.add(new Edit(colon + 1, colon + 1, " []"));
        }
        block(old, then, now);
        return true;
    }

    /** Line by line: an item that stays keeps its line, with the comments on and above it. */
    private void block(YamlNode.Sequence old, List<String> then, List<String> now) {
        List<Integer> kept = common(then, now);
        int from = source.lineStart(old.items().get(0).span().position().line());
        String first = source.text().substring(from, old.items().get(0).span().start());
        String indent = first.substring(0, Math.max(0, first.indexOf('-')));
        int next = 0;
        for (int i = 0; i <= then.size(); i++) {
            boolean stays = i < then.size() && kept.get(i) >= 0;
            StringBuilder before = new StringBuilder();
            int until = stays ? kept.get(i) : i == then.size() ? now.size() : next;
            for (; next < until; next++) {
                before.append(indent).append("- ").append(now.get(next)).append('\n');
            }
            int end = i < then.size() ? endOfLine(old.items().get(i).span()) : from;
            if (stays) {
                next++;
                edits.add(new Edit(from, from, before.toString()));
            } else {
                boolean whole = from == source.text().length()
                        && from > 0
                        && source.text().charAt(from - 1) != '\n';
                edits.add(new Edit(from, end, (whole && before.length() > 0 ? "\n" : "") + before));
            }
            from = end;
        }
    }

    private int endOfLine(Span span) {
        int at = Math.max(span.start(), span.end() - 1);
        int line = source.position(at).line();
        return line < source.lineCount()
                ? source.lineStart(line + 1)
                : source.text().length();
    }

    /** For each of {@code then} where it is in {@code now}, in one order; -1 where it is not. */
    private static List<Integer> common(List<String> then, List<String> now) {
        int[][] length = new int[then.size() + 1][now.size() + 1];
        for (int i = then.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                length[i][j] = then.get(i).equals(now.get(j))
                        ? length[i + 1][j + 1] + 1
                        : Math.max(length[i + 1][j], length[i][j + 1]);
            }
        }
        List<Integer> common = new ArrayList<>();
        int j = 0;
        while (common.size() < then.size()) {
            int i = common.size();
            if (j < now.size() && then.get(i).equals(now.get(j))) {
                common.add(j++);
            } else if (j < now.size() && length[i][j + 1] >= length[i + 1][j]) {
                j++;
            } else {
                common.add(-1);
            }
        }
        return common;
    }

    /** The same file's other changes as well. */
    void addAll(FileEdits others) {
        edits.addAll(others.edits);
    }

    private String slice(Span span) {
        return source.text().substring(span.start(), span.end());
    }

    /** The whole file as it is to be. */
    String text() {
        List<Edit> sorted = new ArrayList<>(edits);
        sorted.sort((a, b) ->
                a.start() != b.start() ? Integer.compare(a.start(), b.start()) : Integer.compare(a.end(), b.end()));
        StringBuilder out = new StringBuilder();
        int copied = 0;
        for (Edit edit : sorted) {
            if (edit.start() < copied) {
                continue;
            }
            out.append(source.text(), copied, edit.start()).append(edit.text());
            copied = edit.end();
        }
        return out.append(source.text(), copied, source.text().length()).toString();
    }
}

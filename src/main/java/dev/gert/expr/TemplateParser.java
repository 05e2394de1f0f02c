package dev.gert.expr;

import dev.gert.expr.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Cuts a template into text and actions; reads on behind a broken action. */
final class TemplateParser {
    /** A stretch of a template. */
    sealed interface Segment {
        /** Text that stands for itself. */
        record Plain(String text) implements Segment {}

        /** An action, from its opening braces to behind its closing ones. */
        record Action(Node node, String source) implements Segment {}
    }

    private final String text;
    private final Problems problems;
    private final List<Segment> segments = new ArrayList<>();
    private int at;
    private boolean trimNext;

    private TemplateParser(String text, Problems problems) {
        this.text = text;
        this.problems = problems;
    }

    /** The segments, none of them empty; of a broken template those that can be read. */
    static List<Segment> parse(String text, Problems problems) {
        TemplateParser parser = new TemplateParser(text, problems);
        parser.read();
        return parser.segments;
    }

    private void read() {
        while (at >= 0) {
            int open = text.indexOf("{{", at);
            if (open < 0) {
                plain(at, text.length(), false);
                return;
            }
            boolean trim =
                    text.startsWith("-", open + 2) && open + 3 < text.length() && Lexer.isSpace(text.charAt(open + 3));
            plain(at, open, trim);
            int inside = trim ? open + 4 : open + 2;
            at = text.startsWith("/*", inside) ? comment(open, inside) : action(open, inside);
        }
    }

    private void plain(int from, int to, boolean trimEnd) {
        int start = from;
        int end = to;
        while (trimNext && start < end && Lexer.isSpace(text.charAt(start))) {
            start++;
        }
        while (trimEnd && end > start && Lexer.isSpace(text.charAt(end - 1))) {
            end--;
        }
        if (start < end) {
            segments.add(new Segment.Plain(text.substring(start, end)));
        }
        trimNext = false;
    }

    /** Reads past a comment; where to read on, -1 for nowhere. */
    private int comment(int open, int inside) {
        int end = text.indexOf("*/", inside + 2);
        if (end < 0) {
            problems.broken(open, inside + 2, "a comment that does not end", "close it with `*/}}`");
            return -1;
        }
        int close = end + 2;
        while (close < text.length() && Lexer.isSpace(text.charAt(close))) {
            close++;
        }
        if (text.startsWith("}}", close)) {
            return close + 2;
        }
        if (close > end + 2 && text.startsWith("-}}", close)) {
            trimNext = true;
            return close + 3;
        }
        problems.broken(end, end + 2, "a comment and something else between the same braces", "close it with `*/}}`");
        return resume(close);
    }

    /** Reads an action; where to read on, -1 for nowhere. */
    private int action(int open, int inside) {
        Tokens tokens = new Tokens(Lexer.action(text, open, inside), problems);
        Node node = ActionParser.parse(tokens);
        Token last = tokens.takeRest();
        if (last.kind() == Kind.BROKEN) {
            return resume(Math.max(inside, last.start()));
        }
        if (node != null) {
            segments.add(new Segment.Action(node, text.substring(open, last.end())));
        }
        trimNext = last.end() - last.start() == 3;
        return last.end();
    }

    private int resume(int from) {
        int close = text.indexOf("}}", from);
        return close < 0 ? -1 : close + 2;
    }
}

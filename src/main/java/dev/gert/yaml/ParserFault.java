package dev.gert.yaml;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Label;
import dev.gert.diagnostic.Severity;
import dev.gert.source.Source;
import dev.gert.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** What the parser could not read, said in words that help the person who wrote it. */
final class ParserFault {
    private static final String QUOTES = "if it belongs to the value, put the whole value in quotes";

    private final Source source;
    private final Surroundings around;
    private final Diagnostics diagnostics;

    /** Where the parser gave up, and where what it was reading then began (or the same place). */
    private final int at;

    private final int from;
    private final String context;
    private final String problem;

    /** A number of an escape that could not be read: the parser lets such exceptions through. */
    private final boolean number;

    /** A value that ended in the column of a block above it, and text after it on its line. */
    private final boolean runsOn;

    private ParserFault(Source source, Diagnostics diagnostics, Throwable fault, int offset) {
        this.source = source;
        this.around = new Surroundings(source);
        this.diagnostics = diagnostics;
        this.number = fault instanceof NumberFormatException;
        this.runsOn = text(fault.getMessage()).startsWith("A simple key is required only");
        Mark problemMark = fault instanceof MarkedYAMLException marked ? marked.getProblemMark() : null;
        Mark contextMark = fault instanceof MarkedYAMLException marked ? marked.getContextMark() : null;
        this.at = problemMark == null ? offset : problemMark.getIndex();
        this.from = contextMark == null ? at : contextMark.getIndex();
        this.context = fault instanceof MarkedYAMLException marked ? text(marked.getContext()) : "";
        this.problem = fault instanceof MarkedYAMLException marked ? text(marked.getProblem()) : "";
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    /**
     * Reports {@code fault}.
     *
     * @param offset how far the text was read, for a fault without a place
     * @param told the offset of an unquoted template that was reported already, or -1
     * @param directives whether directives were reported already
     */
    static void report(
            Source source, Throwable fault, int offset, int told, boolean directives, Diagnostics diagnostics) {
        ParserFault found = new ParserFault(source, diagnostics, fault, offset);
        int template = found.around.bareTemplate(found.from, found.at);
        if (template >= 0) {
            if (template != told) {
                BareTemplate.report(source.span(template, Math.max(template + 2, found.at)), diagnostics);
            }
        } else if (found.concernsDirectives()) {
            if (!directives) {
                found.error(Code.Y120, found.around.word(found.from), "directives are not allowed", "delete the line");
            }
        } else if (directives && found.problem.startsWith("expected '<document start>'")) {
            // the directive, reported already, is why the parser wants a mark
            return;
        } else if (found.context.endsWith("scanning a tag") || found.problem.contains("tag handle")) {
            String help = "delete it; text that begins with `!` needs quotes";
            found.error(Code.Y108, found.around.word(found.from), "tags are not allowed", help);
        } else {
            found.describe();
        }
    }

    private boolean concernsDirectives() {
        return context.endsWith("directive")
                || problem.contains("directive")
                || problem.startsWith("duplicate tag handle")
                || problem.startsWith("found incompatible YAML document");
    }

    private void describe() {
        if (number) {
            brokenEscape();
        } else if (runsOn) {
            afterValue();
        } else if (problem.startsWith("found character '")) {
            character();
        } else if (problem.startsWith("mapping values are not allowed")) {
            mappingValue();
        } else if (problem.startsWith("could not find expected ':'")) {
            missingColon();
        } else if (problem.startsWith("sequence entries are not allowed")) {
            error(
                    around.character(at),
                    "a list can't begin in the middle of a line",
                    "begin it on the next line, or write `[a, b]`");
        } else if (problem.startsWith("mapping keys are not allowed")) {
            error(around.character(at), "a value can't begin with `? `", "write it in quotes");
        } else if (problem.startsWith("expected <block end>")) {
            blockEnd();
        } else if (problem.startsWith("expected ',' or ")) {
            flow(problem.charAt(problem.indexOf("' or '") + 6));
        } else if (context.endsWith("quoted scalar")) {
            quoted();
        } else if (problem.startsWith("expected the node content")) {
            missingValue();
        } else if (context.endsWith("block scalar")) {
            String sign = "`" + around.at(from) + "`";
            error(
                    around.restOfLine(at),
                    "this can't stand after " + sign,
                    "text after " + sign + " begins on the next line; a value that begins with it needs quotes");
        } else if (context.endsWith("alias") || context.endsWith("anchor")) {
            String sign = "`" + around.at(from) + "`";
            error(around.word(from), "a value can't begin with " + sign + " like this", "write it in quotes");
        } else if (problem.startsWith("expected '<document start>'")) {
            afterDocument();
        } else {
            error(around.character(at), "this is not valid YAML", null);
        }
    }

    private void missingValue() {
        if (problem.endsWith("<stream end>'")) {
            int last = source.text().length();
            while (last > 1 && around.at(last - 1) <= ' ') {
                last--;
            }
            error(source.span(last - 1, last), "the file ends inside `[ ]` or `{ }`", null);
        } else if (problem.endsWith("<document end>'")) {
            error(Code.Y115, around.character(at), "the document is empty", null);
        } else {
            error(
                    around.character(at),
                    "a value is missing before " + around.shown(at),
                    "text that begins with it needs quotes");
        }
    }

    private void character() {
        char c = around.at(at);
        if (c == '\t') {
            error(around.character(at), "a tab can't stand here", "use spaces to indent and to set values apart");
        } else {
            error(around.character(at), "a value can't begin with " + around.shown(at), "write it in quotes");
        }
    }

    private void mappingValue() {
        int line = source.position(at).line();
        int start = source.lineStart(line);
        String before = source.text().substring(start, at);
        if (before.contains(": ")) {
            error(around.character(at), "a second `: ` on one line", QUOTES);
        } else {
            int key = around.firstOfLine(at);
            Span span = source.span(Math.min(key, at), Math.max(at, key + 1));
            error(span, "a key can't stand here", "the value above it goes on in this line: check the indentation");
        }
    }

    private void missingColon() {
        Span rest = around.restOfLine(from);
        String text = source.text().substring(rest.start(), rest.end());
        int colon = text.indexOf(':');
        if (colon > 0 && colon + 1 < text.length() && text.indexOf(' ') < 0) {
            Span place = source.span(rest.start() + colon, rest.start() + colon + 1);
            error(place, "a space is missing after `:`", null);
        } else {
            error(
                    rest,
                    "`:` is missing after a key",
                    "text that goes over several lines needs quotes, or `|` before it");
        }
    }

    private void blockEnd() {
        char c = around.at(at);
        if (c == ']' || c == '}') {
            String open = c == ']' ? "`[`" : "`{`";
            error(
                    around.character(at),
                    "`" + c + "` without " + open + " before it",
                    "text that begins with it needs quotes");
        } else if (around.at(from) == ':') {
            error(source.span(from, from + 1), "a key is missing before `:`", null);
        } else if (around.firstOfLine(at) == at
                && source.position(at).column() == source.position(from).column()) {
            boolean map = c == '-';
            String message = map ? "a list item among the keys of a map" : "a key among the items of a list";
            two(around.word(at), message, from, (map ? "the map" : "the list") + " begins here");
        } else if (around.firstOfLine(at) == at) {
            String what = context.endsWith("mapping") ? "the keys of this map" : "the items of this list";
            two(around.word(at), "the indentation fits nothing above", from, what + " begin here");
        } else {
            afterValue();
        }
    }

    private void afterValue() {
        if (around.at(at - 1) == '\'') {
            error(around.word(at), "text after the closing quote", "a `'` inside single quotes is written twice");
        } else {
            error(around.word(at), "text after the end of the value", QUOTES);
        }
    }

    private void flow(char close) {
        String what = close == ']' ? "the list" : "the map";
        boolean sameLine = source.position(from).line() == source.position(at).line();
        if (around.at(at) == '?') {
            two(
                    around.character(at),
                    "a `?` inside brackets needs quotes around the text",
                    from,
                    what + " opened here");
        } else if (sameLine && at < source.text().length()) {
            two(around.word(at), "`,` or `" + close + "` is missing before this", from, what + " opened here");
        } else {
            error(source.span(from, from + 1), "`" + around.at(from) + "` is never closed", null);
        }
    }

    private void quoted() {
        if (problem.startsWith("found unexpected")) {
            boolean single = around.at(from) == '\'';
            error(
                    source.span(from, from + 1),
                    "this quote is never closed",
                    single
                            ? "a `'` inside single quotes is written twice"
                            : "a `\"` inside the text is written `\\\"`");
        } else if (problem.startsWith("found unknown escape") && problem.endsWith(")")) {
            error(
                    source.span(at - 1, Math.min(at + 1, source.text().length())),
                    "an unknown escape in double quotes",
                    "a backslash is written `\\\\`; in single quotes it stands for itself");
        } else {
            brokenEscape();
        }
    }

    private void brokenEscape() {
        Span escape = source.span(Math.max(0, at - 2), at);
        error(escape, "a broken escape: hexadecimal digits of a character must follow", null);
    }

    private void afterDocument() {
        boolean indented = source.position(around.firstContent()).column()
                > source.position(at).column();
        if (indented && around.firstOfLine(at) == at) {
            two(
                    around.word(at),
                    "the indentation fits nothing above",
                    around.firstContent(),
                    "the document begins here");
        } else {
            error(around.word(at), "text after the end of the document", null);
        }
    }

    private void error(Span place, String message, @Nullable String help) {
        error(Code.Y101, place, message, help);
    }

    private void error(Code code, Span place, String message, @Nullable String help) {
        diagnostics.error(code, place, message, "", help);
    }

    private void two(Span place, String message, int other, String label) {
        Label second = new Label(source.span(other, other + 1), label);
        diagnostics.add(
                new Diagnostic(Code.Y101, Severity.ERROR, message, new Label(place, ""), List.of(second), null));
    }
}

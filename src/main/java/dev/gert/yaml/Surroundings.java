package dev.gert.yaml;

import dev.gert.source.Source;
import dev.gert.source.Span;

/** What stands around an offset of a source: the word there, its line's first character and rest. */
final class Surroundings {
    private final Source source;
    private final String text;

    Surroundings(Source source) {
        this.source = source;
        this.text = source.text();
    }

    /** The character at an offset, a space where the text has ended. */
    char at(int offset) {
        return offset < text.length() ? text.charAt(offset) : ' ';
    }

    /** The first character of an offset's line that is not a space. */
    int firstOfLine(int offset) {
        int line = source.position(offset).line();
        int first = source.lineStart(line);
        while (first < source.lineEnd(line) && text.charAt(first) == ' ') {
            first++;
        }
        return first;
    }

    /** From an offset to before the next white space. */
    Span word(int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) > ' ') {
            end++;
        }
        return source.span(start, end);
    }

    /** From an offset to the last character of its line that is not white space. */
    Span restOfLine(int start) {
        int end = source.lineEnd(source.position(start).line());
        while (end > start && text.charAt(end - 1) <= ' ') {
            end--;
        }
        return source.span(start, end);
    }

    /** The one character at an offset; empty at the end of the text. */
    Span character(int at) {
        int end = at < text.length() ? text.offsetByCodePoints(at, 1) : at;
        return source.span(at, end);
    }

    /** The first character of the document, after comments and marks. */
    int firstContent() {
        int line = 1;
        while (line < source.lineCount()) {
            int first = firstOfLine(source.lineStart(line));
            if (first < source.lineEnd(line) && text.charAt(first) != '#' && !text.startsWith("---", first)) {
                return first;
            }
            line++;
        }
        return source.lineStart(line);
    }

    /** The character at an offset as a message shows it. */
    String shown(int offset) {
        if (offset >= text.length()) {
            return "the end of the file";
        }
        String character = Character.toString(text.codePointAt(offset));
        return character.equals("`") ? "a backtick" : "`" + character + "`";
    }

    /** The offset of two opening braces on the line of the problem that open a value without quotes, or -1. */
    int bareTemplate(int from, int at) {
        int start = source.lineStart(source.position(from).line());
        int found = text.indexOf("{{", start);
        if (found < 0 || found > at) {
            return -1;
        }
        int before = found - 1;
        while (before >= start && text.charAt(before) == ' ') {
            before--;
        }
        return before < start || ":-,[".indexOf(text.charAt(before)) >= 0 ? found : -1;
    }
}

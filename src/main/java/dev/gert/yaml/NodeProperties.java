package dev.gert.yaml;

import dev.gert.source.Source;
import dev.gert.source.Span;

/** Where the parts of {@code &anchor !tag content} stand: an event has one place for all of them. */
final class NodeProperties {
    private final Source source;
    private final int start;
    private final int limit;

    /** Properties begin at {@code start}; the node with them ends at {@code limit}. */
    NodeProperties(Source source, int start, int limit) {
        this.source = source;
        this.start = start;
        this.limit = limit;
    }

    Span anchor() {
        return property('&');
    }

    Span tag() {
        return property('!');
    }

    /** The offset of what follows the properties; the end of the last one where nothing does. */
    int content() {
        int at = start;
        int end = start;
        while (isProperty(at)) {
            end = endOfWord(at);
            at = afterSpace(end);
        }
        return at < limit ? at : end;
    }

    private Span property(char mark) {
        int at = start;
        while (isProperty(at) && source.text().charAt(at) != mark) {
            at = afterSpace(endOfWord(at));
        }
        return isProperty(at) ? source.span(at, endOfWord(at)) : source.span(start, limit);
    }

    private boolean isProperty(int at) {
        return at < limit && (source.text().charAt(at) == '&' || source.text().charAt(at) == '!');
    }

    private int endOfWord(int from) {
        boolean anchor = source.text().charAt(from) == '&';
        int at = from;
        while (at < limit
                && !isSpace(at)
                && !(anchor && ",]}".indexOf(source.text().charAt(at)) >= 0)) {
            at++;
        }
        return at;
    }

    private int afterSpace(int from) {
        int at = from;
        while (at < limit && (isSpace(at) || source.text().charAt(at) == '#')) {
            if (source.text().charAt(at) == '#') {
                while (at < limit
                        && source.text().charAt(at) != '\n'
                        && source.text().charAt(at) != '\r') {
                    at++;
                }
            } else {
                at++;
            }
        }
        return at;
    }

    private boolean isSpace(int at) {
        return " \t\r\n".indexOf(source.text().charAt(at)) >= 0;
    }
}

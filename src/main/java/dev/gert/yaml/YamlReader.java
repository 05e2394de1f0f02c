package dev.gert.yaml;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Source;
import org.jspecify.annotations.Nullable;

/**
 * Strict YAML (formats.md, "For every YAML file"; threats.md, "YAML"): one document, no tags, no
 * merge keys, no directives, no duplicate keys, aliases only where they are allowed, nesting up to
 * 100. Whatever the bytes are, it answers in time and memory that grow with their number only.
 */
public final class YamlReader {
    /** The largest file that is read, in bytes. */
    public static final int MAX_BYTES = 1 << 20;

    private YamlReader() {}

    /**
     * Reads one document. Goes on after a duplicate key, a tag or an alias, so that all problems are
     * reported at once; null when nothing usable could be read. Never throws for what the text holds.
     *
     * @param maxAliases how many aliases the document may hold; 0 refuses anchors too
     */
    public static @Nullable YamlNode read(Source source, int maxAliases, Diagnostics diagnostics) {
        if (source.text().length() > MAX_BYTES) {
            refuse(source.name(), diagnostics);
            return null;
        }
        if (!TextCheck.isClean(source, diagnostics)) {
            return null;
        }
        boolean directives = reportDirectives(source, diagnostics);
        YamlEvents events = new YamlEvents(source.text());
        Composer composer = new Composer(source, events, maxAliases, diagnostics);
        try {
            return composer.document();
        } catch (UnusableDocumentException e) {
            Throwable fault = e.getCause();
            if (fault != null) {
                ParserFault.report(source, fault, events.offset(), composer.bareTemplate(), directives, diagnostics);
            }
            return null;
        }
    }

    /**
     * Strict UTF-8 to text. More than 1 MiB, invalid bytes, control and other characters that text
     * files don't hold are errors with their place, and then the answer is null. A byte order mark at
     * the start is left out of the text.
     */
    public static @Nullable Source decode(String name, byte[] bytes, Diagnostics diagnostics) {
        if (!acceptsSize(name, bytes.length, diagnostics)) {
            return null;
        }
        Source source = TextDecoder.decode(name, bytes, diagnostics);
        return source != null && TextCheck.isClean(source, diagnostics) ? source : null;
    }

    /** Whether a file of that many bytes is read at all, to be asked before its bytes are; else an error. */
    public static boolean acceptsSize(String name, long bytes, Diagnostics diagnostics) {
        if (bytes > MAX_BYTES) {
            refuse(name, diagnostics);
        }
        return bytes <= MAX_BYTES;
    }

    private static void refuse(String name, Diagnostics diagnostics) {
        Source empty = Source.of(name, "");
        diagnostics.error(Code.Y102, empty.span(0, 0), "the file is over 1 MiB");
    }

    /** Lines before the document that begin with {@code %}; the parser passes over those it doesn't know. */
    private static boolean reportDirectives(Source source, Diagnostics diagnostics) {
        boolean found = false;
        for (int line = 1; line <= source.lineCount(); line++) {
            int start = source.lineStart(line);
            int end = source.lineEnd(line);
            char first = start < end ? source.text().charAt(start) : '#';
            if (first == '%') {
                found = true;
                diagnostics.error(
                        Code.Y120, source.span(start, end), "directives are not allowed", "", "delete the line");
            } else if (first != '#' && !source.line(line).isBlank()) {
                break;
            }
        }
        return found;
    }
}

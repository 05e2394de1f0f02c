package dev.gert.yaml;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.parser.ParserImpl;

/**
 * The parser's events: tags of keys, scalar styles, exact ends, whether an alias was written. A token
 * stream over them, such as Jackson's, hides what gert needs and costs a quarter of {@code validate}'s
 * start (docs/adr/0005).
 */
final class YamlEvents {
    private final CodePointReader input;
    private final ParserImpl parser;

    YamlEvents(String text) {
        this.input = new CodePointReader(text);
        this.parser = new ParserImpl(input, new LoaderOptions());
    }

    /**
     * The next event.
     *
     * @throws UnusableDocumentException with what the parser threw: its own exceptions, and those of
     *     number parsing that it lets through
     */
    Event next() {
        try {
            return parser.getEvent();
        } catch (RuntimeException e) {
            throw new UnusableDocumentException(e);
        }
    }

    /** How far the text was read, for a problem that comes without a place. */
    int offset() {
        return input.getIndex();
    }
}

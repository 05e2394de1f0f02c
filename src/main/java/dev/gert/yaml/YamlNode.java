package dev.gert.yaml;

import dev.gert.source.Span;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a YAML file holds, each part with its place (formats.md, "For every YAML file"). Aliases are
 * resolved: a part that an alias names stands in the tree twice, with the place of its anchor.
 */
public sealed interface YamlNode {
    /** From the node's first character to after its own last one. */
    Span span();

    /**
     * Text, number, boolean or null. {@code text} is what was written ({@code 1.10}, {@code 010},
     * {@code no}), quotes, escapes and folding resolved.
     */
    record Scalar(String text, Kind kind, Span span) implements YamlNode {
        /** What a plain scalar spells; quoted and block scalars are {@link #TEXT}. */
        public enum Kind {
            TEXT,
            /** What YAML 1.1 or 1.2 reads as a number: {@code 010}, {@code 1_0}, {@code 0x2} and {@code .inf} too. */
            NUMBER,
            /** {@code true} and {@code false} in the three usual cases; not {@code yes} or {@code no}. */
            BOOLEAN,
            /** Nothing at all, {@code ~}, {@code null}. */
            NULL
        }

        /** Whether it was written plain and on one line, so that an offset in the text is one in the span. */
        public boolean plain() {
            return contentStart() == span.start() && span.end() - span.start() == text.length();
        }

        /**
         * The offset in the source of the text's first character where the text stands there letter
         * for letter (plain, or quoted without escapes and on one line), else -1.
         */
        public int contentStart() {
            int length = span.end() - span.start();
            if (length != text.length() && length != text.length() + 2) {
                return -1;
            }
            int start = span.start() + (length - text.length()) / 2;
            return span.source().text().startsWith(text, start) ? start : -1;
        }

        /** The place of a part of the text: exact where the text stands in the source, else the scalar's start. */
        public Span spanOf(int from, int to) {
            int start = contentStart();
            if (start < 0) {
                return span.source().span(span.start(), Math.min(span.end(), span.start() + 1));
            }
            int begin = start + Math.max(0, Math.min(from, text.length()));
            int end = start + Math.max(0, Math.min(to, text.length()));
            return span.source().span(begin, Math.max(begin, end));
        }

        /** The number, where a plain decimal was written plainly ({@code -12}, {@code 0.50}), else null. */
        public @Nullable BigDecimal decimal() {
            return kind == Kind.NUMBER && ScalarKinds.isDecimal(text) ? new BigDecimal(text) : null;
        }

        /** True or false where a boolean was written, YAML 1.1's plain {@code yes no on off} among them, else null. */
        public @Nullable Boolean truth() {
            return plain() ? ScalarKinds.truth(text) : null;
        }
    }

    /** A list. */
    record Sequence(List<YamlNode> items, Span span) implements YamlNode {}

    /**
     * A map, in the order of the file; no key is there twice.
     *
     * @param merged whether keys are missing that a merge key (an error) would have brought
     */
    record Mapping(List<Entry> entries, Span span, boolean merged) implements YamlNode {
        public Mapping(List<Entry> entries, Span span) {
            this(entries, span, false);
        }

        /** The value of a key, null where the key is not there. */
        public @Nullable YamlNode get(String key) {
            Entry entry = entry(key);
            return entry == null ? null : entry.value();
        }

        /** A key with its value, null where the key is not there. */
        public @Nullable Entry entry(String key) {
            for (Entry entry : entries) {
                if (entry.key().text().equals(key)) {
                    return entry;
                }
            }
            return null;
        }
    }

    /** One key of a map and its value. */
    record Entry(Scalar key, YamlNode value) {}
}

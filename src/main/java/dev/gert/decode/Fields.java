package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Suggestions;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A map's known keys, read one by one with their types asked for; {@link #done} reports the rest. A
 * value of a wrong type is reported and counts as absent.
 */
final class Fields {
    private final YamlNode.Mapping mapping;
    private final String what;
    private final Diagnostics diagnostics;
    private final List<String> known = new ArrayList<>();

    /** {@code what} is how messages call the map: {@code a step}, {@code meta}. */
    Fields(YamlNode.Mapping mapping, String what, Diagnostics diagnostics) {
        this.mapping = mapping;
        this.what = what;
        this.diagnostics = diagnostics;
    }

    /** Null, with a diagnostic, when {@code node} is not a map. */
    static @Nullable Fields of(YamlNode node, String what, Diagnostics diagnostics) {
        if (node instanceof YamlNode.Mapping mapping) {
            return new Fields(mapping, what, diagnostics);
        }
        wrongType(node, what, "a map of keys to values", diagnostics);
        return null;
    }

    static void wrongType(YamlNode node, String what, String wanted, Diagnostics diagnostics) {
        String is = node instanceof YamlNode.Mapping
                ? "a map"
                : node instanceof YamlNode.Sequence
                        ? "a list"
                        : ((YamlNode.Scalar) node).kind() == YamlNode.Scalar.Kind.NULL ? "nothing" : "text";
        diagnostics.error(Code.Y106, node.span(), what + " must be " + wanted + ", but this is " + is);
    }

    Span span() {
        return mapping.span();
    }

    @Nullable
    Span keySpan(String key) {
        YamlNode.Entry entry = mapping.entry(key);
        return entry == null ? null : entry.key().span();
    }

    @Nullable
    YamlNode node(String key) {
        known.add(key);
        return mapping.get(key);
    }

    /** The text of a scalar that is there and not null. */
    YamlNode.@Nullable Scalar scalar(String key) {
        YamlNode node = node(key);
        if (node == null) {
            return null;
        }
        if (node instanceof YamlNode.Scalar scalar && scalar.kind() != YamlNode.Scalar.Kind.NULL) {
            return scalar;
        }
        wrongType(node, "`" + key + "`", "text", diagnostics);
        return null;
    }

    YamlNode.@Nullable Scalar requiredScalar(String key) {
        YamlNode.Scalar scalar = scalar(key);
        if (scalar == null && mapping.get(key) == null) {
            missing(key);
        }
        return scalar;
    }

    String text(String key) {
        YamlNode.Scalar scalar = scalar(key);
        return scalar == null ? "" : scalar.text();
    }

    /** A whole number from {@code least} to {@code most}; null when absent, or with a diagnostic. */
    @Nullable
    Integer wholeNumber(String key, int least, int most) {
        YamlNode.Scalar scalar = scalar(key);
        if (scalar == null) {
            return null;
        }
        BigDecimal number = Numbers.spelled(scalar.text());
        if (number == null
                || number.scale() > 0
                || number.compareTo(BigDecimal.valueOf(least)) < 0
                || number.compareTo(BigDecimal.valueOf(most)) > 0) {
            diagnostics.error(
                    Code.Y114,
                    scalar.span(),
                    "`" + key + "` is " + quoted(scalar.text()) + ", which is not a whole number from " + least + " to "
                            + most);
            return null;
        }
        return number.intValueExact();
    }

    boolean truth(String key, boolean otherwise) {
        YamlNode.Scalar scalar = scalar(key);
        if (scalar == null) {
            return otherwise;
        }
        if (scalar.kind() == YamlNode.Scalar.Kind.BOOLEAN) {
            return scalar.text().charAt(0) == 't' || scalar.text().charAt(0) == 'T';
        }
        diagnostics.error(
                Code.Y106,
                scalar.span(),
                "`" + key + "` must be `true` or `false`, but this is `" + scalar.text() + "`");
        return otherwise;
    }

    @Nullable
    Fields map(String key) {
        YamlNode node = node(key);
        return node == null ? null : of(node, "`" + key + "`", diagnostics);
    }

    /** The entries of a map from names that the author chose; empty when absent. */
    List<YamlNode.Entry> entries(String key) {
        YamlNode node = node(key);
        if (node == null) {
            return List.of();
        }
        if (node instanceof YamlNode.Mapping map) {
            return map.entries();
        }
        wrongType(node, "`" + key + "`", "a map of names to values", diagnostics);
        return List.of();
    }

    /** The items of a list, null when the key is absent. */
    @Nullable
    List<YamlNode> list(String key) {
        YamlNode node = node(key);
        if (node == null) {
            return null;
        }
        if (node instanceof YamlNode.Sequence sequence) {
            return sequence.items();
        }
        wrongType(node, "`" + key + "`", "a list", diagnostics);
        return null;
    }

    /** The items of a list of texts, null when the key is absent; other items are reported and left out. */
    @Nullable
    List<YamlNode.Scalar> texts(String key) {
        List<YamlNode> items = list(key);
        if (items == null) {
            return null;
        }
        List<YamlNode.Scalar> texts = new ArrayList<>();
        for (YamlNode item : items) {
            if (item instanceof YamlNode.Scalar scalar && scalar.kind() != YamlNode.Scalar.Kind.NULL) {
                texts.add(scalar);
            } else {
                wrongType(item, "an item of `" + key + "`", "text", diagnostics);
            }
        }
        return texts;
    }

    /** One of the words, null with a diagnostic when it is another. */
    @Nullable
    String word(String key, String... words) {
        YamlNode.Scalar scalar = scalar(key);
        if (scalar == null) {
            return null;
        }
        List<String> allowed = Arrays.asList(words);
        if (allowed.contains(scalar.text())) {
            return scalar.text();
        }
        String hint = Suggestions.didYouMean(scalar.text(), allowed);
        diagnostics.error(
                Code.Y113,
                scalar.span(),
                "`" + key + "` is " + quoted(scalar.text()) + ", not one of " + String.join(", ", words),
                hint,
                null);
        return null;
    }

    /** Any one of {@code keys} is missing; nothing is said where a merge key, an error by itself, had it. */
    void missing(String... keys) {
        if (mapping.merged()) {
            return;
        }
        StringBuilder key = new StringBuilder("`").append(keys[0]).append('`');
        for (int i = 1; i < keys.length; i++) {
            key.append(i == keys.length - 1 ? " or `" : ", `").append(keys[i]).append('`');
        }
        Span start = mapping.span();
        YamlNode.Scalar first =
                mapping.entries().isEmpty() ? null : mapping.entries().get(0).key();
        diagnostics.error(Code.Y107, first == null ? start : first.span(), what + " needs " + key, "", null);
    }

    /** Keys that are of the format, whatever becomes of them. */
    void know(String... keys) {
        known.addAll(Arrays.asList(keys));
    }

    /** A key that people put here by mistake, with where it belongs. */
    void misplaced(String key, String where) {
        Span span = keySpan(key);
        if (span != null) {
            known.add(key);
            diagnostics.error(Code.Y104, span, "`" + key + "` can't stand in " + what, "", where);
        }
    }

    /** A text in a message. */
    static String quoted(String text) {
        return text.isEmpty() ? "empty" : "`" + text + "`";
    }

    /** Reports every key that nobody asked for. */
    void done() {
        for (YamlNode.Entry entry : mapping.entries()) {
            String key = entry.key().text();
            if (!known.contains(key)) {
                unknown(key, entry.key().span());
            }
        }
    }

    private void unknown(String key, Span span) {
        if (key.isEmpty()) {
            diagnostics.error(Code.Y104, span, "an empty key in " + what);
            return;
        }
        String meant = ForeignKeys.meantBy(key, what);
        boolean here = meant != null && known.contains(meant);
        String label = here ? "did you mean `" + meant + "`?" : meant != null ? "" : Suggestions.didYouMean(key, known);
        String help = here ? null : meant == null ? Letters.oddOneIn(key) : meant;
        diagnostics.error(Code.Y104, span, "unknown key `" + key + "` in " + what, label, help);
    }
}

package dev.gert.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Strict RFC 8259: one document, no duplicate keys, nesting up to 200, numbers of up to 1,000 digits
 * and exponents of up to 400. An escape of half a surrogate pair is taken in a text, not in a key.
 */
public final class JsonReader {
    private static final int MAX_DEPTH = 200;
    private static final int MAX_DIGITS = 1000;
    private static final int MAX_EXPONENT = 400;

    /** Without tables of names: they cost at the start, and hostile names can make them refuse. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final JsonParser parser;
    private final String text;

    private JsonReader(JsonParser parser, String text) {
        this.parser = parser;
        this.text = text;
    }

    /** Reads one document; never throws for what the text holds. */
    public static JsonResult read(String text) {
        JsonValue quick = JsonQuick.read(text, MAX_DEPTH);
        return quick == null ? parse(text) : new JsonResult.Ok(quick);
    }

    static JsonResult parse(String text) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            return new JsonReader(parser, text).document();
        } catch (JsonProcessingException e) {
            long offset = e.getLocation() == null ? 0 : e.getLocation().getCharOffset();
            int at = (int) Math.max(0, Math.min(offset, text.length()));
            return new JsonResult.Broken(JsonFaults.describe(e.getOriginalMessage(), text, at), at);
        } catch (RefusedException e) {
            return new JsonResult.Broken(e.reason, e.offset);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory could not be read", e);
        }
    }

    private JsonResult document() throws IOException {
        if (parser.nextToken() == null) {
            return new JsonResult.Broken("the document is empty", 0);
        }
        JsonValue value = value(0);
        if (parser.nextToken() != null) {
            return new JsonResult.Broken("something follows the document", tokenStart());
        }
        return new JsonResult.Ok(value);
    }

    private JsonValue value(int depth) throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> map(depth + 1);
            case START_ARRAY -> list(depth + 1);
            case VALUE_STRING -> new JsonValue.Text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonValue.Num(number(parser.getText()));
            case VALUE_TRUE -> new JsonValue.Bool(true);
            case VALUE_FALSE -> new JsonValue.Bool(false);
            case VALUE_NULL -> JsonValue.Null.NULL;
            default -> throw new IllegalStateException("a value can't be " + token);
        };
    }

    private JsonValue map(int depth) throws IOException {
        checkDepth(depth);
        Map<String, JsonValue> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            int start = tokenStart();
            parser.nextToken();
            if (entries.containsKey(name)) {
                throw new RefusedException("the key `" + name + "` is there twice", start);
            }
            entries.put(name, value(depth));
        }
        return new JsonValue.MapValue(entries);
    }

    private JsonValue list(int depth) throws IOException {
        checkDepth(depth);
        List<JsonValue> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(depth));
        }
        return new JsonValue.ListValue(items);
    }

    private void checkDepth(int depth) {
        if (depth > MAX_DEPTH) {
            throw new RefusedException("nested deeper than " + MAX_DEPTH + " levels", tokenStart());
        }
    }

    private BigDecimal number(String number) {
        int digits = 0;
        int exponent = number.length();
        for (int i = 0; i < exponent; i++) {
            char c = number.charAt(i);
            if (c == 'e' || c == 'E') {
                exponent = i;
            } else if (c >= '0' && c <= '9') {
                digits++;
            }
        }
        if (digits > MAX_DIGITS) {
            throw new RefusedException("a number of more than " + MAX_DIGITS + " digits", tokenStart());
        }
        int power = 0;
        for (int i = exponent + 1; i < number.length() && power <= MAX_EXPONENT; i++) {
            int digit = number.charAt(i) - '0';
            power = digit < 0 || digit > 9 ? power : power * 10 + digit;
        }
        if (power > MAX_EXPONENT) {
            throw new RefusedException("a number with an exponent over " + MAX_EXPONENT, tokenStart());
        }
        return new BigDecimal(number);
    }

    private int tokenStart() {
        return (int) Math.max(0, Math.min(parser.currentTokenLocation().getCharOffset(), text.length()));
    }

    private static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String reason;
        private final int offset;

        RefusedException(String reason, int offset) {
            super(reason, null, false, false);
            this.reason = reason;
            this.offset = offset;
        }
    }
}

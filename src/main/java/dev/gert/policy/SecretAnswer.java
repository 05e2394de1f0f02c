package dev.gert.policy;

import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The secrets in what a command answered that gives some ({@link SecretCommands}): the texts of a JSON
 * document, else the lines; what is in base64 also as what it stands for. Short ones and plain words, which
 * are labels, would be taken out of everything else.
 */
public final class SecretAnswer {
    private static final int SHORTEST = 8;
    private static final int SHORTEST_WORD = 16;
    private static final int MOST = 1 << 20;

    private SecretAnswer() {}

    /** {@code answer}: raw, as printed. */
    public static List<String> secrets(String answer) {
        List<String> secrets = new ArrayList<>();
        if (answer.length() > MOST) {
            return secrets;
        }
        if (JsonReader.read(answer) instanceof JsonResult.Ok ok) {
            collect(ok.value(), secrets);
        } else {
            for (String line : answer.split("\n", -1)) {
                add(line.strip(), secrets);
                // NAME=value, name: value and `export NAME="value"` are how tools print what others read
                int value = Math.max(line.indexOf('='), line.indexOf(": "));
                if (value > 0) {
                    add(unquoted(line.substring(value + 1).strip()), secrets);
                }
            }
        }
        return secrets;
    }

    private static void collect(JsonValue value, List<String> into) {
        if (value instanceof JsonValue.Text text) {
            add(text.value(), into);
        } else if (value instanceof JsonValue.ListValue list) {
            for (JsonValue item : list.items()) {
                collect(item, into);
            }
        } else if (value instanceof JsonValue.MapValue map) {
            for (JsonValue member : map.entries().values()) {
                collect(member, into);
            }
        }
    }

    private static void add(String text, List<String> into) {
        if (text.length() < (isWord(text) ? SHORTEST_WORD : SHORTEST)) {
            return;
        }
        into.add(text);
        if (text.length() % 4 == 0) {
            try {
                byte[] bytes = Base64.getDecoder().decode(text);
                String plain = StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
                if (plain.strip().length() >= SHORTEST && plain.indexOf('\0') < 0) {
                    into.add(plain);
                }
            } catch (IllegalArgumentException | CharacterCodingException e) {
                // no base64 of a text
            }
        }
    }

    /** Letters alone, as in {@code Opaque} and {@code westeurope}. */
    private static boolean isWord(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isLetter(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static String unquoted(String text) {
        boolean quoted = text.length() > 1
                && (text.charAt(0) == '"' || text.charAt(0) == '\'')
                && text.charAt(text.length() - 1) == text.charAt(0);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}

package dev.gert.decode;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Characters that look like others, or like nothing. */
final class Letters {
    private Letters() {}

    /** A help that names the first character that is not ASCII; null where all are. */
    static @Nullable String oddOneIn(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0x7e) {
                int point = text.codePointAt(i);
                String hex = Integer.toHexString(point).toUpperCase(Locale.ROOT);
                String zeros = "0000".substring(Math.min(4, hex.length()));
                int place = text.codePointCount(0, i) + 1;
                return "character " + place + " is U+" + zeros + hex + ", which is not ASCII";
            }
        }
        return null;
    }
}

package dev.gert.yaml;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Source;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Strict UTF-8 to text. */
final class TextDecoder {
    private static final int SHOWN = 5;
    private static final String HEX = "0123456789ABCDEF";

    private TextDecoder() {}

    /** The text without a byte order mark at its start; null where the bytes are not UTF-8. */
    static @Nullable Source decode(String name, byte[] bytes, Diagnostics diagnostics) {
        if (isUtf16(bytes)) {
            Source empty = Source.of(name, "");
            diagnostics.error(Code.Y112, empty.span(0, 0), "the file is UTF-16", "", "save it as UTF-8");
            return null;
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        // the replacement character stands where bytes were invalid, or because the file holds it
        if (text.indexOf(0xfffd) >= 0 && !isValid(name, bytes, diagnostics)) {
            return null;
        }
        return Source.of(name, text.startsWith("\ufeff") ? text.substring(1) : text);
    }

    private static boolean isUtf16(byte[] bytes) {
        int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | (bytes[1] & 0xff);
        return mark == 0xfeff || mark == 0xfffe;
    }

    private static boolean isValid(String name, byte[] bytes, Diagnostics diagnostics) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        int[] places = new int[SHOWN];
        byte[] first = new byte[SHOWN];
        int found = 0;
        CoderResult result = decoder.decode(in, out, true);
        while (result.isError()) {
            if (found < SHOWN) {
                places[found] = out.position();
                first[found] = bytes[in.position()];
            }
            found++;
            out.put('\ufffd');
            in.position(in.position() + result.length());
            result = decoder.decode(in, out, true);
        }
        if (found == 0) {
            return true;
        }
        String text = out.flip().toString();
        int mark = text.startsWith("\ufeff") ? 1 : 0;
        Source source = Source.of(name, text.substring(mark));
        for (int i = 0; i < Math.min(found, SHOWN); i++) {
            int at = places[i] - mark;
            String message = "the byte 0x" + HEX.charAt((first[i] >> 4) & 15) + HEX.charAt(first[i] & 15)
                    + " is not valid UTF-8 here";
            diagnostics.error(Code.Y112, source.span(at, at + 1), message, "", "save the file as UTF-8");
        }
        if (found > SHOWN) {
            diagnostics.error(Code.Y112, source.span(0, 0), found + " places in this file are not valid UTF-8");
        }
        return false;
    }
}

package dev.gert.render;

import dev.gert.source.Sha256;
import java.util.Base64;
import java.util.HexFormat;

/** How a Content Security Policy names a script or a style that stands in the page. */
final class ContentSource {
    private ContentSource() {}

    static String of(String text) {
        byte[] digest = HexFormat.of().parseHex(Sha256.hex(text));
        return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    }
}

package dev.gert.render;

import java.nio.charset.StandardCharsets;

/** A path as a URI reference (RFC 3986): relative ones stay relative, absolute ones get {@code file://}. */
final class UriPath {
    private static final String HEX = "0123456789ABCDEF";

    private UriPath() {}

    /** Everything but unreserved characters and {@code /} is escaped, as UTF-8; so no name is taken for a scheme. */
    static String of(String path) {
        StringBuilder out = new StringBuilder(path.length() + 16);
        // `//x` would name a host; an empty reference means the document that it stands in
        if (path.startsWith("/")) {
            out.append("file://");
        } else if (path.isEmpty()) {
            out.append('.');
        }
        for (byte unit : path.getBytes(StandardCharsets.UTF_8)) {
            int c = unit & 0xff;
            if (isPlain(c)) {
                out.append((char) c);
            } else {
                out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return out.toString();
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '.'
                || c == '_'
                || c == '~'
                || c == '/';
    }
}

package dev.gert.model;

import org.jspecify.annotations.Nullable;

/** Where a server runs already: {@code unix:/path} or {@code tcp:host:port} (formats-dialect.md, {@code connect}). */
public sealed interface ServerAddress {
    /** A socket in the file system, by its absolute path. */
    record Unix(String path) implements ServerAddress {}

    /** A host's name or number (of IPv6 without its brackets) and a port from 1 to 65535. */
    record Tcp(String host, int port) implements ServerAddress {}

    /** Null where the text is neither of the two. */
    static @Nullable ServerAddress parse(String text) {
        if (hasSpaceOrControl(text)) {
            return null;
        }
        if (text.startsWith("unix:/")) {
            return text.length() == "unix:/".length() ? null : new Unix(text.substring("unix:".length()));
        }
        int colon = text.lastIndexOf(':');
        if (!text.startsWith("tcp:") || colon < "tcp:".length()) {
            return null;
        }
        String host = text.substring("tcp:".length(), colon);
        int port = port(text.substring(colon + 1));
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            return null;
        }
        return host.isEmpty() || port < 1 ? null : new Tcp(host, port);
    }

    private static int port(String text) {
        if (text.isEmpty() || text.length() > 5) {
            return -1;
        }
        int port = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            port = port * 10 + digit;
        }
        return port <= 65535 ? port : -1;
    }

    private static boolean hasSpaceOrControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ') {
                return true;
            }
        }
        return false;
    }
}

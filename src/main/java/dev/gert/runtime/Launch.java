package dev.gert.runtime;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A process to be started.
 *
 * @param program the absolute path to execute
 * @param arguments what follows it
 * @param cwd the absolute working directory
 * @param environment what is added to the allow-listed environment
 * @param traceparent {@code TRACEPARENT}, or null for none
 * @param stdin what it reads; null: nothing
 * @param timeoutMillis after which its process tree is ended
 */
public record Launch(
        String program,
        List<String> arguments,
        String cwd,
        Map<String, String> environment,
        @Nullable String traceparent,
        @Nullable String stdin,
        long timeoutMillis) {
    private static final boolean UTF_8 = speaksUtf8();

    public Launch {
        arguments = List.copyOf(arguments);
    }

    /** Why these texts can't reach a child byte for byte, or null (threats.md, "Matching"). */
    @Nullable
    String problem() {
        return problem(UTF_8);
    }

    @Nullable
    String problem(boolean utf8) {
        String problem = carried("the program's path", program, utf8);
        for (int i = 0; problem == null && i < arguments.size(); i++) {
            problem = carried("argument " + (i + 1), arguments.get(i), utf8);
        }
        if (problem == null) {
            problem = carried("the working directory", cwd, utf8);
        }
        for (Map.Entry<String, String> entry : environment.entrySet()) {
            if (problem == null) {
                problem = carried("the environment variable `" + entry.getKey() + "`", entry.getValue(), utf8);
            }
        }
        return problem != null || stdin == null || wellFormed(stdin)
                ? problem
                : "stdin holds half a surrogate pair, which has no bytes";
    }

    private static @Nullable String carried(String what, String text, boolean utf8) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return what + " holds a NUL character, which ends a text for the system";
            }
            if (c >= 0x80 && !utf8) {
                return what + " holds characters that this session's locale can't carry unchanged;"
                        + " start gert by its launcher, or with LC_ALL=C.UTF-8";
            }
        }
        return wellFormed(text) ? null : what + " holds half a surrogate pair, which has no bytes";
    }

    private static boolean wellFormed(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    /** Java 17 encodes a child's words by the default charset, later ones by {@code sun.jnu.encoding}. */
    private static boolean speaksUtf8() {
        String names = System.getProperty("sun.jnu.encoding", "");
        try {
            return Charset.defaultCharset().equals(StandardCharsets.UTF_8)
                    && Charset.forName(names).equals(StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}

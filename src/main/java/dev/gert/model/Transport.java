package dev.gert.model;

import dev.gert.yaml.YamlNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How gert speaks with a tool or provider (formats-dialect.md, {@code tool/v0}).
 *
 * @param connect where a server runs already; null: gert starts the program
 * @param startup how the program is started as a server; of no meaning for {@link Mode#STDIO}
 */
public record Transport(Mode mode, @Nullable ServerAddress connect, Startup startup) {
    /** The three ways. */
    public enum Mode {
        /** A process for each action. */
        STDIO("stdio"),
        /** JSON-RPC 2.0, a message a line. */
        JSONRPC("jsonrpc"),
        /** The Model Context Protocol over the same lines. */
        MCP("mcp");

        private final String word;

        Mode(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /**
     * How a server begins and ends.
     *
     * @param argv arguments, without the program
     * @param readySignal a line of standard error that holds it says that the server listens; null: it does at once
     * @param timeoutMillis how long it may take until then
     * @param shutdownMethod what is called before its input is closed; null: nothing
     */
    public record Startup(
            List<YamlNode.Scalar> argv,
            @Nullable String readySignal,
            long timeoutMillis,
            @Nullable String shutdownMethod) {
        /** Where the file gives no {@code timeout}. */
        public static final long DEFAULT_TIMEOUT_MILLIS = 30_000;

        public Startup {
            argv = List.copyOf(argv);
        }

        public static Startup standard() {
            return new Startup(List.of(), null, DEFAULT_TIMEOUT_MILLIS, null);
        }
    }
}

package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Suggestions;
import dev.gert.model.Capture;
import dev.gert.model.ToolCapture;
import dev.gert.model.Transport.Mode;
import dev.gert.yaml.YamlNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code capture.<n>} of an action. Without {@code from} the name is the source: {@code stdout},
 * {@code stderr}, {@code exit_code}, else a member of what is printed or answered as JSON. A server's
 * answer stands for {@code stdout}, and its members need no {@code $.}.
 */
final class ToolCaptures {
    private static final List<String> STREAMS = List.of("stdout", "stderr", "exit_code");

    private final boolean server;
    private final Diagnostics diagnostics;

    ToolCaptures(@Nullable Mode mode, Diagnostics diagnostics) {
        this.server = mode == Mode.JSONRPC || mode == Mode.MCP;
        this.diagnostics = diagnostics;
    }

    @Nullable
    ToolCapture decode(YamlNode.Entry entry) {
        YamlNode.Scalar name = entry.key();
        boolean nothing = entry.value() instanceof YamlNode.Scalar scalar && scalar.kind() == YamlNode.Scalar.Kind.NULL;
        YamlNode.Scalar source = null;
        boolean json = false;
        if (!nothing) {
            Fields fields = Fields.of(entry.value(), "capture `" + name.text() + "`", diagnostics);
            if (fields == null) {
                return null;
            }
            source = fields.scalar("from");
            String format = fields.word("format", "text", "json");
            json = "json".equals(format);
            fields.done();
            if (source == null && fields.keySpan("from") != null) {
                return null;
            }
        }
        YamlNode.Scalar where = source == null ? name : source;
        Capture.From from = from(where, source == null);
        return from == null ? null : new ToolCapture(new Capture(name.text(), name.span(), from, where.span()), json);
    }

    private Capture.@Nullable From from(YamlNode.Scalar source, boolean named) {
        String text = source.text();
        boolean stream = STREAMS.contains(text);
        if (server && stream && !text.equals("stdout")) {
            diagnostics.error(
                    Code.T306,
                    source.span(),
                    "`" + text + "` is not something that a server's answer has",
                    "",
                    "capture `stdout`, which is the whole answer, or a path into it: `$.items[0].name`");
            return null;
        }
        boolean path = text.startsWith("$") || text.startsWith("stdout.") || text.startsWith("stdout[");
        if (stream || path) {
            return CaptureSources.decode(source, "cli", diagnostics);
        }
        if (text.isEmpty() || !named && !server) {
            diagnostics.error(
                    Code.T306,
                    source.span(),
                    "`" + text + "` is not something that an action gives",
                    Suggestions.didYouMean(text, STREAMS),
                    "capture `stdout`, `stderr`, `exit_code`, or a path into JSON: `$.items[0].name`");
            return null;
        }
        return CaptureSources.decode(
                new YamlNode.Scalar("$." + text, source.kind(), source.span()), "cli", diagnostics);
    }
}

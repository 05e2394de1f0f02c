package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.model.InputResolution;
import dev.gert.model.ServerAddress;
import dev.gert.model.Transport;
import dev.gert.model.Transport.Mode;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What tools and providers have in common: their program, how gert speaks with it, which inputs it answers. */
final class ServerDecoder {
    private final String what;
    private final Diagnostics diagnostics;

    /** {@code what} is how messages call the file: {@code a tool}. */
    ServerDecoder(String what, Diagnostics diagnostics) {
        this.what = what;
        this.diagnostics = diagnostics;
    }

    /** What stands under {@code meta}; null where it has no name or no program. */
    record Head(YamlNode.Scalar name, String version, String description, YamlNode.Scalar binary) {}

    @Nullable
    Head head(Fields fields) {
        Fields meta = map(fields, "meta", true);
        if (meta == null) {
            return null;
        }
        YamlNode.Scalar name = meta.requiredScalar("name");
        String version = meta.text("version");
        String description = meta.text("description");
        YamlNode.Scalar binary = program(meta.requiredScalar("binary"));
        meta.done();
        if (name == null || !PlainNames.check("name of " + what, name, diagnostics) || binary == null) {
            return null;
        }
        return new Head(name, version, description, binary);
    }

    /**
     * What stands under {@code transport}.
     *
     * @param mode null: the file's word is none that its kind may take
     * @param binary null: none is given here
     */
    record Way(@Nullable Mode mode, Transport transport, YamlNode.@Nullable Scalar binary) {}

    /** {@code modes}: those that the file's kind may take, the first where it says none. */
    Way way(Fields fields, Mode... modes) {
        Transport standard = new Transport(modes[0], null, Transport.Startup.standard());
        Fields transport = fields.map("transport");
        if (transport == null) {
            return new Way(modes[0], standard, null);
        }
        Mode mode = mode(transport, modes);
        YamlNode.Scalar binary = program(transport.scalar("binary"));
        YamlNode.Scalar connect = transport.scalar("connect");
        Fields startup = transport.map("startup");
        transport.done();
        ServerAddress address = connect == null ? null : address(connect);
        Transport.Startup start = startup == null ? Transport.Startup.standard() : startup(startup);
        Span startupSpan = transport.keySpan("startup");
        if (mode == Mode.STDIO) {
            notStdio(transport.keySpan("connect"), "connect");
            notStdio(startupSpan, "startup");
        } else if (connect != null && startupSpan != null) {
            diagnostics.warning(
                    Code.Y118,
                    startupSpan,
                    "`startup` is not used: `connect` names a server that runs already",
                    "keep one of the two");
        }
        return new Way(mode, new Transport(mode == null ? modes[0] : mode, address, start), binary);
    }

    private void notStdio(@Nullable Span span, String key) {
        if (span != null) {
            diagnostics.error(
                    Code.Y118,
                    span,
                    "`" + key + "` does not apply to a tool of `mode: stdio`",
                    "",
                    "a server is `mode: jsonrpc` or `mode: mcp`; `stdio` starts the program for each action");
        }
    }

    private static @Nullable Mode mode(Fields transport, Mode... modes) {
        String[] words = new String[modes.length];
        for (int i = 0; i < modes.length; i++) {
            words[i] = modes[i].word();
        }
        String word = transport.word("mode", words);
        for (Mode mode : modes) {
            if (mode.word().equals(word)) {
                return mode;
            }
        }
        return transport.keySpan("mode") == null ? modes[0] : null;
    }

    private @Nullable ServerAddress address(YamlNode.Scalar connect) {
        ServerAddress address = ServerAddress.parse(connect.text());
        if (address == null) {
            diagnostics.error(
                    Code.Y130,
                    connect.span(),
                    "`connect` is `" + connect.text() + "`, which is not the address of a server",
                    "",
                    "write `unix:/absolute/path` or `tcp:host:port`");
        }
        return address;
    }

    private Transport.Startup startup(Fields fields) {
        List<YamlNode.Scalar> argv = fields.texts("argv");
        YamlNode.Scalar signal = Scalars.filled(fields, "ready_signal", diagnostics);
        Long timeout = Durations.millis("timeout", fields.scalar("timeout"), diagnostics);
        YamlNode.Scalar shutdown = Scalars.filled(fields, "shutdown_method", diagnostics);
        fields.done();
        if (signal != null && (signal.text().indexOf('\n') >= 0 || signal.text().indexOf('\r') >= 0)) {
            diagnostics.error(Code.Y113, signal.span(), "`ready_signal` is looked for in a line: it can't hold two");
        }
        return new Transport.Startup(
                argv == null ? List.of() : argv,
                signal == null ? null : signal.text(),
                timeout == null ? Transport.Startup.DEFAULT_TIMEOUT_MILLIS : timeout,
                shutdown == null ? null : shutdown.text());
    }

    /** A program's name, never a template. */
    YamlNode.@Nullable Scalar program(YamlNode.@Nullable Scalar binary) {
        if (binary == null) {
            return null;
        }
        if (binary.text().isBlank()) {
            diagnostics.error(Code.Y119, binary.span(), "a program's name may not be empty");
            return null;
        }
        if (binary.text().contains("{{")) {
            diagnostics.error(Code.T304, binary.span(), "a program that a file of this kind names can't be a template");
            return null;
        }
        return binary;
    }

    /** Null where the file has no {@code capabilities.resolve_inputs}; {@code required}: then an error too. */
    @Nullable
    InputResolution resolves(Fields fields, boolean required) {
        Fields capabilities = map(fields, "capabilities", required);
        if (capabilities == null) {
            return null;
        }
        Fields resolve = map(capabilities, "resolve_inputs", required);
        capabilities.done();
        if (resolve == null) {
            return null;
        }
        List<YamlNode.Scalar> prefixes = resolve.texts("prefixes");
        List<YamlNode.Scalar> context = resolve.texts("context_fields");
        resolve.done();
        if (prefixes == null && resolve.keySpan("prefixes") == null) {
            resolve.missing("prefixes");
        } else if (prefixes != null && prefixes.isEmpty()) {
            diagnostics.error(Code.Y119, resolve.keySpan("prefixes"), "`prefixes` may not be empty");
        }
        return new InputResolution(
                filled("prefixes", prefixes == null ? List.of() : prefixes),
                filled("context_fields", context == null ? List.of() : context));
    }

    private static @Nullable Fields map(Fields fields, String key, boolean required) {
        Fields map = fields.map(key);
        if (required && fields.keySpan(key) == null) {
            fields.missing(key);
        }
        return map;
    }

    private List<YamlNode.Scalar> filled(String key, List<YamlNode.Scalar> texts) {
        List<YamlNode.Scalar> filled = new ArrayList<>();
        for (YamlNode.Scalar text : texts) {
            if (text.text().isBlank()) {
                diagnostics.error(Code.Y119, text.span(), "an item of `" + key + "` may not be empty");
            } else {
                filled.add(text);
            }
        }
        return filled;
    }
}

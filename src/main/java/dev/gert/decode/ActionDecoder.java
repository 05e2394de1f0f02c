package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.expr.Template;
import dev.gert.model.ToolCapture;
import dev.gert.model.ToolFile;
import dev.gert.model.Transport.Mode;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code actions.<n>} of a tool (formats-dialect.md, {@code tool/v0}). */
final class ActionDecoder {
    private final @Nullable Mode mode;
    private final boolean readOnly;
    private final Diagnostics diagnostics;

    /** {@code mode} null: the file's is broken, and nothing is said of what it needs; {@code readOnly}: the tool's. */
    ActionDecoder(@Nullable Mode mode, boolean readOnly, Diagnostics diagnostics) {
        this.mode = mode;
        this.readOnly = readOnly;
        this.diagnostics = diagnostics;
    }

    /** Null when the action can't be made sense of; what is wrong is in the diagnostics. */
    ToolFile.@Nullable Action action(YamlNode.Entry entry) {
        String name = entry.key().text();
        boolean named = PlainNames.check("action name", entry.key(), diagnostics);
        Fields fields = Fields.of(entry.value(), "action `" + name + "`", diagnostics);
        if (fields == null) {
            return null;
        }
        String description = fields.text("description");
        List<YamlNode.Scalar> words = fields.texts("argv");
        YamlNode.Scalar method = Scalars.filled(fields, "method", diagnostics);
        YamlNode.Scalar mcpTool = Scalars.filled(fields, "mcp_tool", diagnostics);
        List<ToolFile.Arg> args = args(fields);
        List<ToolCapture> captures = captures(fields);
        Fields governance = fields.map("governance");
        boolean reads = governance == null ? readOnly : governance.truth("read_only", readOnly);
        int approvers = governance == null ? 0 : approvers(governance);
        fields.done();
        ToolFile.Call call = null;
        if (mode == Mode.STDIO) {
            call = words == null ? null : argv(words, args);
            needs(fields, "argv", "method", "mcp_tool");
        } else if (mode == Mode.JSONRPC) {
            call = method == null ? null : new ToolFile.Call.Method(method.text());
            needs(fields, "method", "argv", "mcp_tool");
        } else if (mode == Mode.MCP) {
            call = mcpTool == null ? null : new ToolFile.Call.McpTool(mcpTool.text());
            needs(fields, "mcp_tool", "argv", "method");
        }
        if (call == null || !named) {
            return null;
        }
        return new ToolFile.Action(name, entry.key().span(), description, call, args, captures, reads, approvers);
    }

    private void needs(Fields fields, String key, String... others) {
        if (fields.keySpan(key) == null) {
            fields.missing(key);
        }
        for (String other : others) {
            Span span = fields.keySpan(other);
            if (span != null) {
                String word = mode == null ? "" : mode.word();
                diagnostics.error(
                        Code.Y118,
                        span,
                        "`" + other + "` does not apply to an action of a tool of `mode: " + word + "`",
                        "",
                        "an action of such a tool has `" + key + "`");
            }
        }
    }

    private ToolFile.Call argv(List<YamlNode.Scalar> words, List<ToolFile.Arg> args) {
        ArgumentUse use = new ArgumentUse(args, diagnostics);
        List<Template> templates = new ArrayList<>();
        List<Span> spans = new ArrayList<>();
        for (YamlNode.Scalar word : words) {
            templates.add(Template.parse(word, diagnostics));
            use.word(word);
            spans.add(word.span());
        }
        use.done();
        return new ToolFile.Call.Argv(templates, spans);
    }

    private List<ToolFile.Arg> args(Fields fields) {
        List<ToolFile.Arg> args = new ArrayList<>();
        ArgDecoder decoder = new ArgDecoder(diagnostics);
        for (YamlNode.Entry entry : fields.entries("args")) {
            if (!isArgName(entry.key())) {
                continue;
            }
            ToolFile.Arg arg = decoder.arg(entry);
            if (arg != null) {
                args.add(arg);
            }
        }
        return args;
    }

    /** What {@code argv} reads must be a name of the language; a server's params may be called otherwise. */
    private boolean isArgName(YamlNode.Scalar name) {
        if (mode != Mode.STDIO) {
            return PlainNames.check("argument name", name, diagnostics);
        }
        if (!name.text().equals(ArgumentUse.ALL)) {
            return Names.check("argument name", name, diagnostics);
        }
        diagnostics.error(
                Code.R202,
                name.span(),
                "`args` can't be the name of an argument",
                "",
                "in `argv`, `.args` is all arguments together, as in `.args.name`");
        return false;
    }

    private List<ToolCapture> captures(Fields fields) {
        List<ToolCapture> captures = new ArrayList<>();
        ToolCaptures decoder = new ToolCaptures(mode, diagnostics);
        for (YamlNode.Entry entry : fields.entries("capture")) {
            if (Names.check("capture name", entry.key(), diagnostics)) {
                ToolCapture capture = decoder.decode(entry);
                if (capture != null) {
                    captures.add(capture);
                }
            }
        }
        return captures;
    }

    /** How many must approve, 0 for none. */
    private int approvers(Fields governance) {
        boolean requires = governance.truth("requires_approval", false);
        YamlNode.Scalar least = governance.scalar("approval_min");
        governance.done();
        if (least == null) {
            return requires ? 1 : 0;
        }
        BigDecimal number = least.decimal();
        boolean fits = number != null
                && number.scale() <= 0
                && number.signum() > 0
                && number.compareTo(BigDecimal.valueOf(100)) <= 0;
        if (number == null || !fits) {
            diagnostics.error(
                    Code.Y114,
                    least.span(),
                    "`approval_min` is `" + least.text() + "`, which is not a whole number from 1 to 100");
            return 0;
        }
        if (!requires) {
            diagnostics.error(
                    Code.Y107,
                    governance.keySpan("approval_min"),
                    "`approval_min` needs `requires_approval: true` beside it");
        }
        return number.intValueExact();
    }
}

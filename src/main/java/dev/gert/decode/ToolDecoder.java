package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.model.InputResolution;
import dev.gert.model.RunbookGovernance;
import dev.gert.model.ToolFile;
import dev.gert.model.Transport;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code tool/v0} (formats-dialect.md). */
public final class ToolDecoder {
    private static final int ALIASES = 50;

    private final Source source;
    private final Diagnostics diagnostics;

    private ToolDecoder(Source source, Diagnostics diagnostics) {
        this.source = source;
        this.diagnostics = diagnostics;
    }

    /** The tool; null when there were errors, all of which are in {@code diagnostics}. */
    public static @Nullable ToolFile decode(Source source, Diagnostics diagnostics) {
        Diagnostics own = new Diagnostics();
        YamlNode root = YamlReader.read(source, ALIASES, own);
        Fields fields = root == null ? null : Fields.of(root, "a tool", own);
        ToolFile tool = fields == null ? null : new ToolDecoder(source, own).document(fields);
        diagnostics.addAll(own);
        return own.hasErrors() ? null : tool;
    }

    private @Nullable ToolFile document(Fields fields) {
        Documents.apiVersion(fields, diagnostics, "tool/v0");
        ServerDecoder server = new ServerDecoder("a tool", diagnostics);
        ServerDecoder.Head head = server.head(fields);
        ServerDecoder.Way way = server.way(fields, Transport.Mode.STDIO, Transport.Mode.JSONRPC, Transport.Mode.MCP);
        Fields governance = fields.map("governance");
        boolean readOnly = governance != null && governance.truth("read_only", false);
        List<RunbookGovernance.Redaction> redact = governance == null ? List.of() : redact(governance);
        InputResolution resolves = server.resolves(fields, false);
        if (resolves != null && way.mode() != null && way.mode() != Transport.Mode.JSONRPC) {
            diagnostics.error(
                    Code.Y118,
                    fields.keySpan("capabilities"),
                    "`resolve_inputs` does not apply to a tool of `mode: "
                            + way.mode().word() + "`",
                    "",
                    "inputs are answered over `mode: jsonrpc`");
        }
        ActionDecoder decoder = new ActionDecoder(way.mode(), readOnly, diagnostics);
        List<ToolFile.Action> actions = new ArrayList<>();
        List<YamlNode.Entry> entries = fields.entries("actions");
        for (YamlNode.Entry entry : entries) {
            ToolFile.Action action = decoder.action(entry);
            if (action != null) {
                actions.add(action);
            }
        }
        fields.done();
        if (resolves == null && fields.keySpan("actions") == null) {
            fields.missing("actions");
        } else if (resolves == null && fields.node("actions") instanceof YamlNode.Mapping map && entries.isEmpty()) {
            diagnostics.error(Code.Y119, map.span(), "`actions` may not be empty");
        }
        if (head == null) {
            return null;
        }
        YamlNode.Scalar binary = way.binary() == null ? head.binary() : way.binary();
        return new ToolFile(
                source,
                head.name(),
                head.version(),
                head.description(),
                binary,
                way.transport(),
                redact,
                resolves,
                actions);
    }

    private List<RunbookGovernance.Redaction> redact(Fields governance) {
        List<RunbookGovernance.Redaction> redact = new ArrayList<>();
        List<YamlNode> rules = governance.list("redact");
        governance.done();
        if (rules == null) {
            return redact;
        }
        for (YamlNode rule : rules) {
            if (rule instanceof YamlNode.Scalar pattern && pattern.kind() != YamlNode.Scalar.Kind.NULL) {
                redact.add(new RunbookGovernance.Redaction(pattern, hidden(pattern)));
                continue;
            }
            Fields pair = Fields.of(rule, "a `redact` rule", diagnostics);
            if (pair != null) {
                YamlNode.Scalar pattern = pair.requiredScalar("pattern");
                YamlNode.Scalar replace = pair.requiredScalar("replace");
                pair.done();
                if (pattern != null && replace != null) {
                    redact.add(new RunbookGovernance.Redaction(pattern, replace));
                }
            }
        }
        return redact;
    }

    /** What stands for what a pattern by itself meets. */
    private static YamlNode.Scalar hidden(YamlNode.Scalar pattern) {
        return new YamlNode.Scalar("***", YamlNode.Scalar.Kind.TEXT, pattern.span());
    }
}

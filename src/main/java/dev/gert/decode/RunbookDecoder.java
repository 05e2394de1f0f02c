package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Severity;
import dev.gert.model.Import;
import dev.gert.model.Node;
import dev.gert.model.Runbook;
import dev.gert.model.RunbookGovernance;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code runbook/v0} and {@code runbook/v1} (formats.md, section 1). */
public final class RunbookDecoder {
    private static final int ALIASES = 50;

    private final Source source;
    private final Diagnostics diagnostics;

    private RunbookDecoder(Source source, Diagnostics diagnostics) {
        this.source = source;
        this.diagnostics = diagnostics;
    }

    /** The runbook; null when there were errors, all of which are in {@code diagnostics}. */
    public static @Nullable Runbook decode(Source source, Diagnostics diagnostics) {
        Decoded decoded = decodeWhatIsThere(source, diagnostics);
        return decoded.whole() ? decoded.runbook() : null;
    }

    /**
     * As {@link #decode}, and also gives a runbook with errors by which no declaration was lost: good
     * for finding more that is wrong, and for nothing else.
     */
    public static Decoded decodeWhatIsThere(Source source, Diagnostics diagnostics) {
        Diagnostics own = new Diagnostics();
        YamlNode root = YamlReader.read(source, ALIASES, own);
        Runbook runbook = root == null ? null : new RunbookDecoder(source, own).document(root);
        diagnostics.addAll(own);
        boolean lost = false;
        for (Diagnostic diagnostic : own.sorted()) {
            lost |= diagnostic.severity() == Severity.ERROR && !keepsDeclarations(diagnostic.code());
        }
        return new Decoded(lost ? null : runbook, !own.hasErrors());
    }

    /** {@code whole}: there was no error. */
    public record Decoded(@Nullable Runbook runbook, boolean whole) {}

    private static boolean keepsDeclarations(Code code) {
        return switch (code) {
            case Y104, Y114, Y118, R208, T301, T302, T303 -> true;
            default -> false;
        };
    }

    private @Nullable Runbook document(YamlNode root) {
        Fields fields = Fields.of(root, "a runbook", diagnostics);
        if (fields == null) {
            return null;
        }
        String version = Documents.apiVersion(fields, diagnostics, "runbook/v0", "runbook/v1");
        YamlNode importList = fields.node("imports");
        YamlNode toolList = fields.node("tools");
        List<Import> imports =
                importList == null ? List.of() : Imports.decode(importList, Imports.Kind.IMPORTS, diagnostics);
        List<Import> tools = toolList == null ? List.of() : Imports.decode(toolList, Imports.Kind.TOOLS, diagnostics);
        Fields meta = fields.map("meta");
        if (meta == null && fields.keySpan("meta") == null) {
            fields.missing("meta");
        }
        YamlNode tree = fields.node("tree");
        YamlNode steps = fields.node("steps");
        fields.done();
        if (tree != null && steps != null) {
            diagnostics.error(Code.Y116, fields.keySpan("steps"), "a runbook has `tree` or `steps`, not both");
        } else if (tree == null && steps == null) {
            fields.missing("tree", "steps");
        }
        return meta == null ? null : runbook(meta, imports, tools, tree, steps, version.equals("runbook/v1"));
    }

    private Runbook runbook(
            Fields meta,
            List<Import> imports,
            List<Import> tools,
            @Nullable YamlNode tree,
            @Nullable YamlNode steps,
            boolean withoutXts) {
        MetaDecoder decoder = new MetaDecoder(diagnostics);
        YamlNode.Scalar name = meta.requiredScalar("name");
        if (name != null && name.text().isBlank()) {
            diagnostics.error(Code.Y119, name.span(), "`name` may not be empty");
        }
        String kind = meta.word("kind", "mitigation", "reference", "composable", "rca");
        String description = meta.text("description");
        List<Runbook.Variable> vars = decoder.vars(meta);
        List<Runbook.Input> inputs = decoder.inputs(meta);
        RunbookGovernance governance = decoder.governance(meta);
        Runbook.About about = decoder.about(meta);
        Long timeout = defaults(meta);
        meta.done();
        NodeDecoder nodes = new NodeDecoder(timeout, withoutXts, diagnostics);
        List<Node> roots = List.of();
        if (tree != null) {
            roots = nodes.roots("tree", tree, true);
        } else if (steps != null) {
            roots = nodes.roots("steps", steps, false);
        }
        return new Runbook(
                source,
                name == null ? "" : name.text(),
                name == null ? source.span(0, 0) : name.span(),
                kind == null ? Runbook.Kind.REFERENCE : Runbook.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                description,
                vars,
                inputs,
                governance,
                imports,
                tools,
                about,
                roots);
    }

    private @Nullable Long defaults(Fields meta) {
        Fields defaults = meta.map("defaults");
        if (defaults == null) {
            return null;
        }
        Long timeout = Durations.millis("timeout", defaults.scalar("timeout"), diagnostics);
        defaults.done();
        return timeout;
    }
}

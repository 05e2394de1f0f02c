package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Label;
import dev.gert.diagnostic.Severity;
import dev.gert.model.Import;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code imports} and {@code tools} of a runbook in all their forms (formats-dialect.md, "Short forms"). */
public final class Imports {
    /** Which of the two keys. */
    public enum Kind {
        IMPORTS("imports", "an import", "alias", "runbook", ".runbook"),
        TOOLS("tools", "a tool", "tool", "file", ".tool");

        private final String key;
        private final String what;
        private final String nameKey;
        private final String pathKey;
        private final String infix;

        Kind(String key, String what, String nameKey, String pathKey, String infix) {
            this.key = key;
            this.what = what;
            this.nameKey = nameKey;
            this.pathKey = pathKey;
            this.infix = infix;
        }
    }

    private final Kind kind;
    private final Diagnostics diagnostics;
    private final List<Import> imports = new ArrayList<>();

    private Imports(Kind kind, Diagnostics diagnostics) {
        this.kind = kind;
        this.diagnostics = diagnostics;
    }

    /**
     * The entries that could be read, in the order of the file and no alias twice; what is wrong is in
     * the diagnostics. No file is looked for.
     */
    public static List<Import> decode(YamlNode node, Kind kind, Diagnostics diagnostics) {
        Imports imports = new Imports(kind, diagnostics);
        if (node instanceof YamlNode.Sequence list) {
            for (YamlNode item : list.items()) {
                imports.item(item);
            }
        } else if (node instanceof YamlNode.Mapping map) {
            for (YamlNode.Entry entry : map.entries()) {
                imports.entry(entry);
            }
        } else if (text(node) != null) {
            imports.item(node);
        } else {
            Fields.wrongType(node, "`" + kind.key + "`", "a name, a list, or a map of names to paths", diagnostics);
        }
        return imports.imports;
    }

    private void item(YamlNode item) {
        YamlNode.Scalar name = text(item);
        if (name != null) {
            name(name);
        } else if (item instanceof YamlNode.Mapping map) {
            YamlNode.Entry only = map.entries().size() == 1 ? map.entries().get(0) : null;
            if (only != null && !isKey(only.key().text())) {
                entry(only);
            } else {
                pair(null, map);
            }
        } else {
            Fields.wrongType(item, "an item of `" + kind.key + "`", "a name or a map", diagnostics);
        }
    }

    private boolean isKey(String key) {
        return key.equals("name") || key.equals("path") || key.equals(kind.nameKey) || key.equals(kind.pathKey);
    }

    /** A name and its path, or {@code {path}}. */
    private void entry(YamlNode.Entry entry) {
        YamlNode.Scalar path = text(entry.value());
        if (path != null) {
            add(entry.key(), path);
        } else if (entry.value() instanceof YamlNode.Mapping map) {
            pair(entry.key(), map);
        } else {
            Fields.wrongType(entry.value(), "`" + entry.key().text() + "`", "a path", diagnostics);
        }
    }

    /** {@code named}: the name stands in front of the map already. */
    private void pair(YamlNode.@Nullable Scalar named, YamlNode.Mapping map) {
        Fields fields = new Fields(map, named == null ? kind.what : "`" + named.text() + "`", diagnostics);
        YamlNode.Scalar name = named == null ? oneOf(fields, "name", kind.nameKey) : named;
        YamlNode.Scalar path = oneOf(fields, "path", kind.pathKey);
        boolean nothing = fields.keySpan("name") == null
                && fields.keySpan(kind.nameKey) == null
                && fields.keySpan("path") == null
                && fields.keySpan(kind.pathKey) == null;
        fields.done();
        if (name != null && path != null) {
            add(name, path);
        } else if (path != null && named == null) {
            name(path);
        } else if (name != null && named == null) {
            name(name);
        } else if (nothing) {
            fields.missing(named == null ? "name" : "path");
        }
    }

    private YamlNode.@Nullable Scalar oneOf(Fields fields, String key, String synonym) {
        YamlNode.Scalar first = fields.scalar(key);
        YamlNode.Scalar second = fields.scalar(synonym);
        if (first != null && second != null) {
            diagnostics.error(
                    Code.Y116,
                    fields.keySpan(synonym),
                    "`" + key + "` and `" + synonym + "` say the same: keep one of the two");
        }
        return first == null ? second : first;
    }

    /** A name alone, a path whose last part is the name, or a tool of another package. */
    private void name(YamlNode.Scalar written) {
        String text = written.text();
        boolean path = text.indexOf('/') >= 0 || isYaml(text);
        String base = base(text);
        if (!path) {
            String made =
                    kind == Kind.TOOLS ? "tools/" + text + ".tool.yaml" : "../" + text + "/" + text + ".runbook.yaml";
            put(text, written.span(), made, written, Import.Form.NAME);
        } else if (isPackaged(text)) {
            put(base, written.span(), text, written, Import.Form.PACKAGE);
        } else {
            put(base, written.span(), extended(text), written, Import.Form.PATH);
        }
    }

    private boolean isPackaged(String text) {
        int slash = text.indexOf('/');
        return kind == Kind.TOOLS
                && slash > 0
                && !isYaml(text)
                && PlainNames.isName(text.substring(0, slash))
                && PlainNames.isName(text.substring(slash + 1));
    }

    private void add(YamlNode.Scalar name, YamlNode.Scalar path) {
        if (path.text().isBlank()) {
            diagnostics.error(Code.Y119, path.span(), "the path of `" + name.text() + "` may not be empty");
            return;
        }
        put(name.text(), name.span(), extended(path.text()), path, Import.Form.PATH);
    }

    private void put(String alias, Span aliasSpan, String path, YamlNode.Scalar written, Import.Form form) {
        if (!PlainNames.check(
                "name of " + kind.what,
                new YamlNode.Scalar(alias, YamlNode.Scalar.Kind.TEXT, aliasSpan),
                diagnostics)) {
            return;
        }
        for (Import other : imports) {
            if (other.alias().equals(alias)) {
                diagnostics.add(new Diagnostic(
                        Code.R205,
                        Severity.ERROR,
                        "`" + alias + "` stands in `" + kind.key + "` twice",
                        new Label(aliasSpan, ""),
                        List.of(new Label(other.aliasSpan(), "first here")),
                        null));
                return;
            }
        }
        imports.add(new Import(alias, aliasSpan, path, written.span(), written.text(), form));
    }

    private String extended(String path) {
        if (isYaml(path)) {
            return path;
        }
        return path.endsWith(kind.infix) ? path + ".yaml" : path + kind.infix + ".yaml";
    }

    /** The file's name without {@code .yaml} and {@code .runbook} or {@code .tool}. */
    private String base(String path) {
        String base = path.substring(path.lastIndexOf('/') + 1);
        if (isYaml(base)) {
            base = base.substring(0, base.lastIndexOf('.'));
        }
        return base.endsWith(kind.infix) ? base.substring(0, base.length() - kind.infix.length()) : base;
    }

    private static boolean isYaml(String path) {
        return path.endsWith(".yaml") || path.endsWith(".yml");
    }

    private static YamlNode.@Nullable Scalar text(YamlNode node) {
        return node instanceof YamlNode.Scalar scalar && scalar.kind() != YamlNode.Scalar.Kind.NULL ? scalar : null;
    }
}

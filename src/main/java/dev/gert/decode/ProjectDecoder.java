package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.model.ProjectFile;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code gert.yaml} (formats.md, section 6; formats-dialect.md). */
public final class ProjectDecoder {
    private static final int ALIASES = 50;

    private final Source source;
    private final Diagnostics diagnostics;

    private ProjectDecoder(Source source, Diagnostics diagnostics) {
        this.source = source;
        this.diagnostics = diagnostics;
    }

    /** The project; null when there were errors, all of which are in {@code diagnostics}. */
    public static @Nullable ProjectFile decode(Source source, Diagnostics diagnostics) {
        Diagnostics own = new Diagnostics();
        YamlNode root = YamlReader.read(source, ALIASES, own);
        Fields fields = root == null ? null : Fields.of(root, "a project file", own);
        ProjectFile project = fields == null ? null : new ProjectDecoder(source, own).document(fields);
        diagnostics.addAll(own);
        return own.hasErrors() ? null : project;
    }

    private ProjectFile document(Fields fields) {
        YamlNode.Scalar name = Scalars.filled(fields, "name", diagnostics);
        ProjectFile.Paths paths = paths(fields.map("paths"));
        boolean upstream = "upstream".equals(fields.word("compatibility", "none", "upstream"));
        List<YamlNode.Scalar> commandPath = commandPath(fields);
        List<YamlNode.Scalar> environment = environment(fields);
        ProviderList providers = new ProviderList(diagnostics);
        providers.add(fields);
        Fields config = fields.map("config");
        if (config != null) {
            providers.add(config);
            config.done();
        }
        List<ProjectFile.NamedPath> requires = named("package", fields, "require");
        Fields exported = fields.map("exports");
        List<ProjectFile.NamedPath> exports = exported == null ? List.of() : named("tool", exported, "tools");
        if (exported != null) {
            exported.done();
        }
        SinkDecoder sinks = new SinkDecoder(diagnostics);
        ProjectFile.Elevation elevation = elevation(fields);
        ProjectFile.Telemetry telemetry = sinks.telemetry(fields.map("otel"));
        List<ProjectFile.Notice> notices = sinks.notices(fields.list("notify"));
        ProjectFile.EvidenceStore evidence = sinks.evidence(fields.map("evidence"));
        fields.done();
        return new ProjectFile(
                source,
                name == null ? "" : name.text(),
                paths,
                upstream,
                commandPath,
                environment,
                providers.xtsProgram(),
                providers.providers(),
                requires,
                exports,
                elevation,
                telemetry,
                notices,
                evidence);
    }

    private ProjectFile.Paths paths(@Nullable Fields fields) {
        ProjectFile.Paths standard = ProjectFile.Paths.standard();
        if (fields == null) {
            return standard;
        }
        ProjectFile.Paths paths = new ProjectFile.Paths(
                path(fields, "runbooks", standard.runbooks()),
                path(fields, "scenarios", standard.scenarios()),
                path(fields, "tools", standard.tools()),
                path(fields, "reports", standard.reports()));
        fields.done();
        return paths;
    }

    private String path(Fields fields, String key, String otherwise) {
        YamlNode.Scalar path = Scalars.filled(fields, key, diagnostics);
        return path == null ? otherwise : path.text();
    }

    private @Nullable List<YamlNode.Scalar> commandPath(Fields fields) {
        List<YamlNode.Scalar> folders = fields.texts("command_path");
        if (folders == null) {
            return null;
        }
        if (folders.isEmpty()) {
            diagnostics.error(
                    Code.Y119,
                    fields.keySpan("command_path"),
                    "`command_path` may not be empty: no program would be found");
        }
        for (YamlNode.Scalar folder : folders) {
            // a colon would make two folders of it in a child's PATH
            if (!folder.text().startsWith("/") || folder.text().indexOf(':') >= 0) {
                diagnostics.error(
                        Code.Y130,
                        folder.span(),
                        "`" + folder.text() + "` is not an absolute folder",
                        "",
                        "programs are looked for in absolute folders only, one an item: `/usr/bin`");
            }
        }
        return folders;
    }

    private @Nullable List<YamlNode.Scalar> environment(Fields fields) {
        List<YamlNode.Scalar> names = fields.texts("environment");
        if (names == null) {
            return null;
        }
        for (YamlNode.Scalar name : names) {
            String text = name.text();
            String bare = text.endsWith("*") ? text.substring(0, text.length() - 1) : text;
            if (!Names.isName(bare, true)) {
                diagnostics.error(
                        Code.R202,
                        name.span(),
                        "`" + text + "` is not a valid name of an environment variable",
                        "",
                        "a name, or the beginning of names and a star: `LC_*`");
            }
        }
        return names;
    }

    private List<ProjectFile.NamedPath> named(String what, Fields fields, String key) {
        List<ProjectFile.NamedPath> named = new ArrayList<>();
        for (YamlNode.Entry entry : fields.entries(key)) {
            String name = entry.key().text();
            if (!PlainNames.check("name of a " + what, entry.key(), diagnostics)) {
                continue;
            }
            if (!(entry.value() instanceof YamlNode.Scalar path) || path.kind() == YamlNode.Scalar.Kind.NULL) {
                Fields.wrongType(entry.value(), "`" + name + "`", "a path", diagnostics);
            } else if (path.text().isBlank()) {
                diagnostics.error(Code.Y119, path.span(), "the path of `" + name + "` may not be empty");
            } else {
                named.add(new ProjectFile.NamedPath(entry.key(), path));
            }
        }
        return named;
    }

    private ProjectFile.@Nullable Elevation elevation(Fields fields) {
        Fields elevation = fields.map("elevation");
        if (elevation == null) {
            return null;
        }
        String provider = elevation.word("provider", "aws-sts", "http", "command");
        if (provider == null && elevation.keySpan("provider") == null) {
            elevation.missing("provider");
        }
        List<YamlNode.Entry> settings = new ArrayList<>();
        for (YamlNode.Entry entry : fields.entries("elevation")) {
            if (!entry.key().text().equals("provider")) {
                settings.add(entry);
            }
        }
        return provider == null ? null : new ProjectFile.Elevation(provider, elevation.span(), settings);
    }
}

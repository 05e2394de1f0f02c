package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Label;
import dev.gert.diagnostic.Severity;
import dev.gert.json.JsonValue;
import dev.gert.model.ProjectFile;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code providers} of a project file, and {@code config.providers}, which is the same elsewhere. */
final class ProviderList {
    /** Names that say where an input comes from without any provider. */
    private static final List<String> TAKEN = List.of("prompt", "env");

    private static final String XTS = "xts";

    private final Diagnostics diagnostics;
    private final List<ProjectFile.Provider> providers = new ArrayList<>();
    private final List<YamlNode.Scalar> names = new ArrayList<>();
    private YamlNode.@Nullable Scalar xtsProgram;

    ProviderList(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    List<ProjectFile.Provider> providers() {
        return providers;
    }

    YamlNode.@Nullable Scalar xtsProgram() {
        return xtsProgram;
    }

    /** Reads the key {@code providers} of {@code parent}. */
    void add(Fields parent) {
        for (YamlNode.Entry entry : parent.entries("providers")) {
            YamlNode.Scalar name = entry.key();
            if (!PlainNames.check("name of a provider", name, diagnostics) || isTaken(name)) {
                continue;
            }
            Fields fields = Fields.of(entry.value(), "provider `" + name.text() + "`", diagnostics);
            if (fields == null) {
                continue;
            }
            names.add(name);
            if (name.text().equals(XTS)) {
                YamlNode.Scalar program = program(fields, "cli_path");
                if (fields.keySpan("cli_path") == null) {
                    fields.missing("cli_path");
                }
                fields.done();
                xtsProgram = program;
            } else {
                provider(name, fields);
            }
        }
    }

    private boolean isTaken(YamlNode.Scalar name) {
        if (TAKEN.contains(name.text())) {
            diagnostics.error(
                    Code.R202,
                    name.span(),
                    "a provider can't be called `" + name.text() + "`: inputs `from` there have a meaning already");
            return true;
        }
        for (YamlNode.Scalar other : names) {
            if (other.text().equals(name.text())) {
                diagnostics.add(new Diagnostic(
                        Code.R205,
                        Severity.ERROR,
                        "provider `" + name.text() + "` is declared twice",
                        new Label(name.span(), ""),
                        List.of(new Label(other.span(), "first here")),
                        null));
                return true;
            }
        }
        return false;
    }

    private void provider(YamlNode.Scalar name, Fields fields) {
        YamlNode.Scalar binary = program(fields, "binary");
        YamlNode.Scalar path = Scalars.filled(fields, "path", diagnostics);
        YamlNode config = fields.node("config");
        fields.done();
        if (fields.keySpan("binary") == null && fields.keySpan("path") == null) {
            fields.missing("binary");
        }
        JsonValue.MapValue settings = FreeValues.of(List.of());
        if (config instanceof YamlNode.Mapping map) {
            settings = FreeValues.of(map.entries());
        } else if (config != null) {
            Fields.wrongType(config, "`config`", "a map of keys to values", diagnostics);
        }
        providers.add(new ProjectFile.Provider(name, binary, path, settings));
    }

    private YamlNode.@Nullable Scalar program(Fields fields, String key) {
        YamlNode.Scalar program = Scalars.filled(fields, key, diagnostics);
        Span span = program == null ? null : program.span();
        if (program != null && program.text().contains("{{")) {
            diagnostics.error(Code.T304, span, "a program that a project file names can't be a template");
            return null;
        }
        return program;
    }
}

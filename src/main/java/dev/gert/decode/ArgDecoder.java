package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.json.JsonValue;
import dev.gert.model.ArgType;
import dev.gert.model.ToolArguments;
import dev.gert.model.ToolFile;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code args.<n>} of an action (formats-dialect.md, {@code tool/v0}). */
final class ArgDecoder {
    private final Diagnostics diagnostics;

    ArgDecoder(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Null when the argument can't be made sense of. */
    ToolFile.@Nullable Arg arg(YamlNode.Entry entry) {
        String name = entry.key().text();
        Fields fields = Fields.of(entry.value(), "argument `" + name + "`", diagnostics);
        if (fields == null) {
            return null;
        }
        String word = fields.word("type", "string", "int", "bool", "float");
        boolean typed = word != null || fields.keySpan("type") == null;
        ArgType type = word == null ? ArgType.STRING : ArgType.of(word);
        boolean required = fields.truth("required", false);
        YamlNode.Scalar otherwise = fields.scalar("default");
        String description = fields.text("description");
        List<YamlNode.Scalar> words = fields.texts("enum");
        boolean redact = fields.truth("redact", false);
        fields.done();
        if (required && otherwise != null) {
            diagnostics.error(
                    Code.Y116,
                    fields.keySpan("default"),
                    "argument `" + name + "` is required, so that its `default` would never be used",
                    "",
                    "keep one of the two");
        }
        // a value of a broken type or default is never used, but it was given
        JsonValue written = otherwise == null ? null : JsonValue.text(otherwise.text());
        if (type == null || !typed) {
            ArgType any = ArgType.STRING;
            return new ToolFile.Arg(name, entry.key().span(), any, required, written, description, null, redact);
        }
        List<JsonValue> allowed = words == null ? null : allowed(fields, words, type);
        JsonValue value = otherwise == null ? null : value("`default`", otherwise, type);
        if (value != null && otherwise != null && allowed != null && !ToolArguments.isAllowed(value, allowed)) {
            diagnostics.error(
                    Code.Y113,
                    otherwise.span(),
                    "`default` is `" + otherwise.text() + "`, not one of " + ToolArguments.listed(allowed));
        }
        JsonValue given = value == null ? written : value;
        return new ToolFile.Arg(name, entry.key().span(), type, required, given, description, allowed, redact);
    }

    private List<JsonValue> allowed(Fields fields, List<YamlNode.Scalar> words, ArgType type) {
        if (words.isEmpty()) {
            diagnostics.error(Code.Y119, fields.keySpan("enum"), "`enum` may not be empty");
        }
        List<JsonValue> allowed = new ArrayList<>();
        for (YamlNode.Scalar word : words) {
            JsonValue value = value("an item of `enum`", word, type);
            if (value != null) {
                allowed.add(value);
            }
        }
        return allowed;
    }

    private @Nullable JsonValue value(String what, YamlNode.Scalar scalar, ArgType type) {
        JsonValue value = type.read(scalar.text());
        if (value == null) {
            diagnostics.error(
                    Code.Y106,
                    scalar.span(),
                    what + " must be " + type.wanted() + ", but this is `" + scalar.text() + "`");
        }
        return value;
    }
}

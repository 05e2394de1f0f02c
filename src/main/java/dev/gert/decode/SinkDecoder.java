package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.expr.Template;
import dev.gert.model.ProjectFile;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code otel} and {@code notify} of a project file: where a run's traces and messages go. */
final class SinkDecoder {
    private static final List<String> OCCASIONS = List.of("waiting", "outcome", "failed");

    private final Diagnostics diagnostics;

    SinkDecoder(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    ProjectFile.Telemetry telemetry(@Nullable Fields fields) {
        if (fields == null) {
            return ProjectFile.Telemetry.silent();
        }
        String exporter = fields.word("exporter", "file", "otlp", "stdout", "none");
        YamlNode.Scalar endpoint = url("endpoint", fields.scalar("endpoint"));
        String protocol = fields.word("protocol", "http/protobuf", "grpc");
        fields.done();
        return new ProjectFile.Telemetry(exporter, endpoint == null ? null : endpoint.text(), protocol);
    }

    List<ProjectFile.Notice> notices(@Nullable List<YamlNode> items) {
        List<ProjectFile.Notice> notices = new ArrayList<>();
        if (items == null) {
            return notices;
        }
        for (YamlNode item : items) {
            Fields fields = Fields.of(item, "an item of `notify`", diagnostics);
            if (fields != null) {
                List<String> on = occasions(fields);
                ProjectFile.Target target = target(fields);
                if (target != null) {
                    notices.add(new ProjectFile.Notice(on, target, item.span()));
                }
            }
        }
        return notices;
    }

    private List<String> occasions(Fields fields) {
        List<YamlNode.Scalar> words = fields.texts("on");
        if (words == null && fields.keySpan("on") == null) {
            fields.missing("on");
        } else if (words != null && words.isEmpty()) {
            diagnostics.error(Code.Y119, fields.keySpan("on"), "`on` may not be empty: nothing would be sent");
        }
        List<String> on = new ArrayList<>();
        for (YamlNode.Scalar word : words == null ? List.<YamlNode.Scalar>of() : words) {
            if (Scalars.oneOf("on", word, OCCASIONS, diagnostics) != null && !on.contains(word.text())) {
                on.add(word.text());
            }
        }
        return on;
    }

    private ProjectFile.@Nullable Target target(Fields fields) {
        YamlNode.Scalar webhook = url("webhook", fields.scalar("webhook"));
        YamlNode.Scalar body = fields.scalar("body");
        List<YamlNode.Scalar> command = fields.texts("command");
        fields.done();
        Span bodySpan = fields.keySpan("body");
        Span commandSpan = fields.keySpan("command");
        if (fields.keySpan("webhook") != null && commandSpan != null) {
            diagnostics.error(Code.Y116, commandSpan, "a message goes to a `webhook` or to a `command`, not to both");
            return null;
        }
        if (fields.keySpan("webhook") == null && commandSpan == null) {
            fields.missing("webhook");
            return null;
        }
        if (command != null && bodySpan != null) {
            diagnostics.error(
                    Code.Y118, bodySpan, "`body` does not apply to a `command`", "", "a command has its arguments");
        }
        if (command != null) {
            return command(commandSpan, command);
        }
        return webhook == null
                ? null
                : new ProjectFile.Target.Webhook(webhook, body == null ? null : Template.parse(body, diagnostics));
    }

    private ProjectFile.@Nullable Target command(@Nullable Span span, List<YamlNode.Scalar> words) {
        if (words.isEmpty() || words.get(0).text().isBlank()) {
            diagnostics.error(Code.Y119, span, "`command` needs a program as its first item");
            return null;
        }
        YamlNode.Scalar program = words.get(0);
        if (program.text().contains("{{")) {
            diagnostics.error(
                    Code.T304, program.span(), "the program of a `command` can't be a template", "", "write its name");
            return null;
        }
        List<Template> arguments = new ArrayList<>();
        for (int i = 1; i < words.size(); i++) {
            arguments.add(Template.parse(words.get(i), diagnostics));
        }
        return new ProjectFile.Target.Command(program, arguments);
    }

    private YamlNode.@Nullable Scalar url(String key, YamlNode.@Nullable Scalar scalar) {
        if (scalar == null || isUrl(scalar.text())) {
            return scalar;
        }
        diagnostics.error(
                Code.Y130,
                scalar.span(),
                "`" + key + "` is `" + scalar.text() + "`, which is not an http address",
                "",
                "write `http://host:port/path` or `https://host/path`, without a template");
        return null;
    }

    private static boolean isUrl(String text) {
        int host = text.startsWith("http://") ? 7 : text.startsWith("https://") ? 8 : -1;
        if (host < 0 || host == text.length() || text.charAt(host) == '/' || text.contains("{{")) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }
}

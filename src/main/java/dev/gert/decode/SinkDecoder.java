package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Suggestions;
import dev.gert.expr.NameUse;
import dev.gert.expr.Template;
import dev.gert.model.ProjectFile;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code otel}, {@code notify} and {@code evidence} of a project file: where what a run leaves is sent to. */
final class SinkDecoder {
    private static final List<String> TARGETS = List.of("webhook", "webhook_env", "command");
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

    ProjectFile.@Nullable EvidenceStore evidence(@Nullable Fields fields) {
        if (fields == null) {
            return null;
        }
        YamlNode.Scalar to = Scalars.filled(fields, "to", diagnostics);
        String lock = fields.word("lock", "governance", "compliance");
        YamlNode.Scalar keep = fields.scalar("keep_days");
        int days = keep == null ? 0 : ProjectFile.EvidenceStore.days(keep.text());
        fields.done();
        if (to == null && fields.keySpan("to") == null) {
            fields.missing("to");
        }
        Span lockSpan = fields.keySpan("lock");
        if ((keep == null) != (lockSpan == null)) {
            diagnostics.error(
                    Code.Y116,
                    keep == null ? lockSpan : fields.keySpan("keep_days"),
                    "`lock` and `keep_days` belong together");
        }
        if (keep != null && days == 0) {
            diagnostics.error(
                    Code.Y130,
                    keep.span(),
                    "`keep_days` is `" + keep.text() + "`, not a number of days from 1 to "
                            + ProjectFile.EvidenceStore.MOST_DAYS);
        }
        if (to != null && !ProjectFile.EvidenceStore.isAddress(to.text())) {
            diagnostics.error(
                    Code.Y130,
                    to.span(),
                    "`" + to.text() + "` is no place for evidence",
                    "",
                    "write `s3://bucket` or `s3://bucket/prefix`");
            return null;
        }
        return to == null ? null : new ProjectFile.EvidenceStore(to.text(), lock, days);
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
        YamlNode.Scalar variable = fields.scalar("webhook_env");
        String format = fields.word("format", "slack", "teams");
        YamlNode.Scalar body = fields.scalar("body");
        List<YamlNode.Scalar> command = fields.texts("command");
        fields.done();
        Span named = null;
        for (String key : TARGETS) {
            Span span = fields.keySpan(key);
            if (span != null && named != null) {
                diagnostics.error(
                        Code.Y116, span, "a message goes to one of `webhook`, `webhook_env` and `command`, not to two");
                return null;
            }
            named = span == null ? named : span;
        }
        if (named == null) {
            fields.missing("webhook");
            return null;
        }
        if (command != null) {
            notOfCommand(fields.keySpan("body"), "body");
            notOfCommand(fields.keySpan("format"), "format");
            return command(named, command);
        }
        Span formatSpan = fields.keySpan("format");
        if (body != null && formatSpan != null) {
            diagnostics.error(Code.Y116, formatSpan, "a message has a `format` or a `body`, not both");
        }
        return webhook == null && variable == null
                ? null
                : new ProjectFile.Target.Webhook(
                        webhook == null ? null : webhook.text(),
                        variable == null ? null : variable.text(),
                        format,
                        body == null ? null : template(body));
    }

    private void notOfCommand(@Nullable Span key, String name) {
        if (key != null) {
            diagnostics.error(
                    Code.Y118, key, "`" + name + "` does not apply to a `command`", "", "a command has its arguments");
        }
    }

    private Template template(YamlNode.Scalar text) {
        Template template = Template.parse(text, diagnostics);
        for (NameUse use : template.names()) {
            if (!ProjectFile.Notice.NAMES.contains(use.name())) {
                String nearest = Suggestions.nearest(use.name(), ProjectFile.Notice.NAMES);
                diagnostics.error(
                        Code.T304,
                        use.span(),
                        "a message knows no `" + use.name() + "`",
                        nearest == null ? "" : "did you mean `" + nearest + "`?",
                        "it knows " + String.join(", ", ProjectFile.Notice.NAMES));
            }
        }
        return template;
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
            arguments.add(template(words.get(i)));
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

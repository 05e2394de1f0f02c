package dev.gert.notify;

import dev.gert.expr.Lookup;
import dev.gert.expr.Rendering;
import dev.gert.expr.Template;
import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import dev.gert.json.JsonWriter;
import dev.gert.model.ProjectFile;
import org.jspecify.annotations.Nullable;

/** What is posted. Whatever a value holds, it stays a value: nothing in it can become a part of the message's form. */
final class MessageBody {
    private MessageBody() {}

    /** What came of making it. */
    sealed interface Made {
        record Text(String text, String type) implements Made {}

        record Wrong(String problem) implements Made {}
    }

    static Made of(ProjectFile.Target.Webhook webhook, Occasion occasion) {
        Template body = webhook.body();
        if (body != null) {
            return rendered(body, occasion);
        }
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.compact(out);
        String format = webhook.format();
        if (format == null) {
            own(json, occasion);
        } else if (format.equals("slack")) {
            json.object().name("text").value(slack(occasion.value("text"))).end();
        } else {
            teams(json, occasion.value("text"));
        }
        return new Made.Text(out.toString(), "application/json");
    }

    private static void own(JsonWriter json, Occasion occasion) {
        json.object().name("schema").value("gert.notice/v1");
        for (String name : ProjectFile.Notice.NAMES) {
            json.name(name).value(occasion.value(name));
        }
        json.end();
    }

    /** Without what Slack reads as a mention or a link. */
    private static String slack(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** An Adaptive Card whose text is a text run, in which nothing is Markdown. */
    private static void teams(JsonWriter json, String text) {
        json.object().name("type").value("message").name("attachments").array().object();
        json.name("contentType").value("application/vnd.microsoft.card.adaptive");
        json.name("content")
                .object()
                .name("type")
                .value("AdaptiveCard")
                .name("version")
                .value("1.4");
        json.name("body")
                .array()
                .object()
                .name("type")
                .value("RichTextBlock")
                .name("inlines")
                .array();
        json.object().name("type").value("TextRun").name("text").value(text).end();
        json.end().end().end().end().end().end().end();
    }

    private static Made rendered(Template body, Occasion occasion) {
        String source = body.source().strip();
        boolean json = source.startsWith("{") && !source.startsWith("{{") || source.startsWith("[");
        Rendering text = render(body, occasion, json);
        if (text.failure() != null) {
            return new Made.Wrong("its body can't be made: " + text.failure().message());
        }
        if (json && JsonReader.read(text.text()) instanceof JsonResult.Broken broken) {
            return new Made.Wrong("its body is not JSON: " + broken.message());
        }
        return new Made.Text(text.text(), json ? "application/json" : "text/plain; charset=utf-8");
    }

    static Rendering render(Template template, Occasion occasion, boolean json) {
        return template.renderLenient(name -> {
            if (!ProjectFile.Notice.NAMES.contains(name)) {
                return new Lookup.Undeclared();
            }
            String value = occasion.value(name);
            return new Lookup.Known(JsonValue.text(json ? escaped(value) : value));
        });
    }

    private static String escaped(String value) {
        String quoted = JsonWriter.compact(JsonValue.text(value));
        return quoted.substring(1, quoted.length() - 1);
    }

    /** The argument's text; null where it can't be made. */
    static @Nullable String argument(Template template, Occasion occasion) {
        Rendering text = render(template, occasion, false);
        return text.failure() == null ? text.text() : null;
    }
}

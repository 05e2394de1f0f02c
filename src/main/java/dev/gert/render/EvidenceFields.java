package dev.gert.render;

import dev.gert.event.RunEvent;
import dev.gert.json.JsonWriter;
import dev.gert.policy.Captured;
import dev.gert.policy.RulePlace;
import dev.gert.policy.SafeText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Members that several parts of the evidence pack have. */
final class EvidenceFields {
    private final JsonWriter json;

    EvidenceFields(JsonWriter json) {
        this.json = json;
    }

    void captured(String name, Map<String, Captured> values) {
        json.name(name).object();
        values.forEach((key, value) -> safe(key, value.shown()));
        json.end();
    }

    /** How a run ended. */
    void outcome(RunEvent.RunCompleted completed, RunEvent.@Nullable OutcomeReached reached) {
        json.name("state").value(completed.outcome());
        json.name("exit_code").value(completed.exitCode());
        if (completed.reason() != null) {
            safe("reason", completed.reason());
        }
        if (reached != null) {
            json.name("step").value(reached.step());
            safe("label", reached.label());
            safe("recommendation", reached.recommendation());
        }
    }

    void file(String name, RunEvent.@Nullable OutputFile file) {
        if (file != null) {
            json.name(name).object().name("file").value(file.file());
            json.name("bytes").value(file.bytes());
            json.name("sha256").value(file.sha256());
            json.name("redacted").value(file.redacted()).end();
        }
    }

    void rule(@Nullable RulePlace rule) {
        if (rule != null) {
            json.name("rule").object().name("rule").value(rule.rule());
            json.name("file").value(rule.file()).name("line").value(rule.line()).end();
        }
    }

    /** A text; one from which something was taken says so. */
    void safe(String name, @Nullable SafeText text) {
        json.name(name);
        safe(text);
    }

    /** The same, as the next item of a list. */
    void safe(@Nullable SafeText text) {
        if (text == null) {
            json.nothing();
        } else if (text.redacted()) {
            json.object()
                    .name("text")
                    .value(text.text())
                    .name("redacted")
                    .value(true)
                    .end();
        } else {
            json.value(text.text());
        }
    }

    static @Nullable String text(@Nullable SafeText text) {
        return text == null ? null : text.text();
    }
}

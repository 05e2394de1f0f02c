package dev.gert.journal;

import dev.gert.event.RunEvent;
import dev.gert.event.RunEvent.FileDigest;
import dev.gert.event.RunEvent.OutputFile;
import dev.gert.json.JsonValue;
import dev.gert.json.JsonWriter;
import dev.gert.policy.Captured;
import dev.gert.policy.Need;
import dev.gert.policy.RulePlace;
import dev.gert.policy.SafeText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shapes that members of a record's {@code data} come in; {@link DataReader} is its counterpart. */
final class DataWriter {
    private final JsonWriter out;

    DataWriter(JsonWriter out) {
        this.out = out;
    }

    void open() {
        out.object();
    }

    void open(String name) {
        out.name(name).object();
    }

    void close() {
        out.end();
    }

    void data(JsonValue value) {
        out.value(value);
    }

    void text(String name, @Nullable String value) {
        out.name(name).value(value);
    }

    void number(String name, long value) {
        out.name(name).value(value);
    }

    void integer(String name, @Nullable Integer value) {
        out.name(name);
        if (value == null) {
            out.nothing();
        } else {
            out.value(value.longValue());
        }
    }

    void flag(String name, boolean value) {
        out.name(name).value(value);
    }

    void texts(String name, List<String> values) {
        out.name(name).array();
        for (String value : values) {
            out.value(value);
        }
        out.end();
    }

    void textMap(String name, Map<String, String> values) {
        out.name(name).object();
        for (Map.Entry<String, String> entry : values.entrySet()) {
            out.name(entry.getKey()).value(entry.getValue());
        }
        out.end();
    }

    void safe(String name, @Nullable SafeText text) {
        out.name(name);
        if (text == null) {
            out.nothing();
        } else {
            safe(text);
        }
    }

    void safeList(String name, List<SafeText> texts) {
        out.name(name).array();
        for (SafeText text : texts) {
            safe(text);
        }
        out.end();
    }

    void captured(String name, Map<String, Captured> values) {
        out.name(name).object();
        for (Map.Entry<String, Captured> entry : values.entrySet()) {
            out.name(entry.getKey());
            safe(entry.getValue().shown());
        }
        out.end();
    }

    void rule(String name, @Nullable RulePlace rule) {
        out.name(name);
        if (rule == null) {
            out.nothing();
            return;
        }
        out.object();
        out.name("rule").value(rule.rule());
        out.name("file").value(rule.file());
        out.name("line").value(rule.line());
        out.end();
    }

    void needs(String name, List<Need> needs) {
        out.name(name).array();
        for (Need need : needs) {
            out.object();
            rule("rule", need.rule());
            number("people", need.people());
            texts("roles", need.roles());
            out.end();
        }
        out.end();
    }

    void request(String name, RunEvent.@Nullable RequestFile request) {
        out.name(name);
        if (request == null) {
            out.nothing();
            return;
        }
        out.object();
        text("file", request.file());
        text("sha256", request.sha256());
        text("expires", request.expires());
        out.end();
    }

    void ballot(String name, RunEvent.@Nullable Ballot ballot) {
        out.name(name);
        if (ballot == null) {
            out.nothing();
            return;
        }
        out.object();
        text("request", ballot.request());
        digestOrNull("file", ballot.file());
        text("key", ballot.key());
        safe("reason", ballot.reason());
        out.end();
    }

    void changes(String name, List<RunEvent.ChangedFile> files) {
        out.name(name).array();
        for (RunEvent.ChangedFile file : files) {
            out.object();
            text("file", file.file());
            text("then", file.then());
            text("now", file.now());
            out.end();
        }
        out.end();
    }

    void leaked(String name, RunEvent.@Nullable LeakedProcess leaked) {
        out.name(name);
        if (leaked == null) {
            out.nothing();
            return;
        }
        out.object();
        text("step", leaked.step());
        number("attempt", leaked.attempt());
        number("pid", leaked.pid());
        safe("command", leaked.command());
        out.end();
    }

    void digestOrNull(String name, @Nullable FileDigest file) {
        out.name(name);
        if (file == null) {
            out.nothing();
        } else {
            digest(file);
        }
    }

    void digest(String name, FileDigest file) {
        out.name(name);
        digest(file);
    }

    void digests(String name, List<FileDigest> files) {
        out.name(name).array();
        for (FileDigest file : files) {
            digest(file);
        }
        out.end();
    }

    void output(String name, @Nullable OutputFile file) {
        out.name(name);
        if (file == null) {
            out.nothing();
            return;
        }
        out.object();
        out.name("file").value(file.file());
        out.name("bytes").value(file.bytes());
        out.name("sha256").value(file.sha256());
        out.name("redacted").value(file.redacted());
        out.end();
    }

    private void digest(FileDigest file) {
        out.object();
        out.name("file").value(file.file());
        out.name("sha256").value(file.sha256());
        out.end();
    }

    /** A string, or, so that a reader can tell a redacted text from one that only looks like it, an object. */
    private void safe(SafeText text) {
        if (text.redacted()) {
            out.object().name("text").value(text.text());
            out.name("redacted").value(true).end();
        } else {
            out.value(text.text());
        }
    }
}

package dev.gert.journal;

import dev.gert.event.RunEvent;
import dev.gert.event.RunEvent.FileDigest;
import dev.gert.event.RunEvent.OutputFile;
import dev.gert.json.JsonValue;
import dev.gert.policy.Captured;
import dev.gert.policy.Need;
import dev.gert.policy.RulePlace;
import dev.gert.policy.SafeText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes members out of a record's {@code data}. The first that is missing or of another shape is
 * remembered as the {@link #problem()}; what is returned in its place means nothing. A member that
 * may be null may be absent, because an earlier version may not have known it, and members that nobody
 * asks for are left alone, because a later version may have written them.
 */
final class DataReader {
    private static final SafeText NO_TEXT = Captured.recorded("", false).shown();

    private final Map<String, JsonValue> members;
    private final SharedTexts shared;
    private @Nullable String problem;

    DataReader(JsonValue.MapValue data, SharedTexts shared) {
        this.members = data.entries();
        this.shared = shared;
    }

    @Nullable
    String problem() {
        return problem;
    }

    /** Remembers a problem that the caller saw. */
    void wrong(String name) {
        if (problem == null) {
            problem = "`" + name + "` is missing or is not what it should be";
        }
    }

    String text(String name) {
        String value = textOrNull(name);
        if (value == null) {
            wrong(name);
            return "";
        }
        return value;
    }

    @Nullable
    String textOrNull(String name) {
        JsonValue value = member(name);
        if (value instanceof JsonValue.Text text) {
            return shared.share(text.value());
        }
        if (!isNull(value)) {
            wrong(name);
        }
        return null;
    }

    long number(String name) {
        Long value = whole(member(name));
        if (value == null) {
            wrong(name);
            return 0;
        }
        return value;
    }

    int integer(String name) {
        Integer value = integerOrNull(name);
        if (value == null) {
            wrong(name);
            return 0;
        }
        return value;
    }

    @Nullable
    Integer integerOrNull(String name) {
        JsonValue member = member(name);
        if (isNull(member)) {
            return null;
        }
        Long value = whole(member);
        if (value == null || value.intValue() != value) {
            wrong(name);
            return null;
        }
        return value.intValue();
    }

    boolean flag(String name) {
        if (member(name) instanceof JsonValue.Bool bool) {
            return bool.value();
        }
        wrong(name);
        return false;
    }

    /** Of a member that an earlier version did not write. */
    boolean flagOrFalse(String name) {
        return !isNull(member(name)) && flag(name);
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonValue item : items(name)) {
            if (item instanceof JsonValue.Text text) {
                texts.add(shared.share(text.value()));
            } else {
                wrong(name);
            }
        }
        return texts;
    }

    Map<String, String> textMap(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonValue> entry : entries(name).entrySet()) {
            if (entry.getValue() instanceof JsonValue.Text text) {
                texts.put(shared.share(entry.getKey()), shared.share(text.value()));
            } else {
                wrong(name);
            }
        }
        return texts;
    }

    SafeText safe(String name) {
        return shown(name, member(name));
    }

    @Nullable
    SafeText safeOrNull(String name) {
        JsonValue value = member(name);
        return isNull(value) ? null : shown(name, value);
    }

    List<SafeText> safeList(String name) {
        List<SafeText> texts = new ArrayList<>();
        for (JsonValue item : items(name)) {
            texts.add(shown(name, item));
        }
        return texts;
    }

    List<SafeText> safesOrNone(String name) {
        return isNull(member(name)) ? List.of() : safeList(name);
    }

    Map<String, Captured> captured(String name) {
        Map<String, Captured> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonValue> entry : entries(name).entrySet()) {
            SafeText shown = shown(name, entry.getValue());
            values.put(shared.share(entry.getKey()), Captured.recorded(shown.text(), shown.redacted()));
        }
        return values;
    }

    RulePlace rule(String name) {
        RulePlace rule = ruleOrNull(name);
        if (rule == null) {
            wrong(name);
            return new RulePlace("", "", 0);
        }
        return rule;
    }

    @Nullable
    RulePlace ruleOrNull(String name) {
        DataReader rule = objectOrNull(name);
        if (rule == null) {
            return null;
        }
        RulePlace place = new RulePlace(rule.text("rule"), rule.text("file"), rule.integer("line"));
        adopt(name, rule);
        return place;
    }

    /** Of a member that an earlier version did not write. */
    List<Need> needsOrNone(String name) {
        List<Need> needs = new ArrayList<>();
        for (JsonValue item : isNull(member(name)) ? List.<JsonValue>of() : items(name)) {
            if (!(item instanceof JsonValue.MapValue map)) {
                wrong(name);
                continue;
            }
            DataReader need = new DataReader(map, shared);
            needs.add(new Need(need.rule("rule"), need.integer("people"), need.texts("roles")));
            adopt(name, need);
        }
        return needs;
    }

    RunEvent.@Nullable RequestFile request(String name) {
        DataReader file = objectOrNull(name);
        if (file == null) {
            return null;
        }
        RunEvent.RequestFile request =
                new RunEvent.RequestFile(file.text("file"), file.text("sha256"), file.text("expires"));
        adopt(name, file);
        return request;
    }

    RunEvent.@Nullable Ballot ballot(String name) {
        DataReader in = objectOrNull(name);
        if (in == null) {
            return null;
        }
        RunEvent.Ballot ballot = new RunEvent.Ballot(
                in.text("request"), in.digestOrNull("file"), in.textOrNull("key"), in.safeOrNull("reason"));
        adopt(name, in);
        return ballot;
    }

    List<RunEvent.ChangedFile> changes(String name) {
        List<RunEvent.ChangedFile> files = new ArrayList<>();
        for (JsonValue item : items(name)) {
            if (!(item instanceof JsonValue.MapValue map)) {
                wrong(name);
                continue;
            }
            DataReader file = new DataReader(map, shared);
            files.add(new RunEvent.ChangedFile(file.text("file"), file.textOrNull("then"), file.textOrNull("now")));
            adopt(name, file);
        }
        return files;
    }

    RunEvent.@Nullable LeakedProcess leaked(String name) {
        DataReader in = objectOrNull(name);
        if (in == null) {
            return null;
        }
        RunEvent.LeakedProcess leaked = new RunEvent.LeakedProcess(
                in.text("step"), in.integer("attempt"), in.number("pid"), in.safe("command"));
        adopt(name, in);
        return leaked;
    }

    @Nullable
    FileDigest digestOrNull(String name) {
        return isNull(member(name)) ? null : digest(name);
    }

    FileDigest digest(String name) {
        return digest(name, member(name));
    }

    List<FileDigest> digests(String name) {
        List<FileDigest> files = new ArrayList<>();
        for (JsonValue item : items(name)) {
            files.add(digest(name, item));
        }
        return files;
    }

    /** Of a member that an earlier version did not write. */
    List<FileDigest> digestsOrNone(String name) {
        return isNull(member(name)) ? List.of() : digests(name);
    }

    @Nullable
    OutputFile output(String name) {
        DataReader file = objectOrNull(name);
        if (file == null) {
            return null;
        }
        OutputFile output =
                new OutputFile(file.text("file"), file.number("bytes"), file.text("sha256"), file.flag("redacted"));
        adopt(name, file);
        return output;
    }

    /** A member that is an object; an empty one, and a problem, where it is not. */
    DataReader object(String name) {
        DataReader object = objectOrNull(name);
        if (object == null) {
            wrong(name);
            return new DataReader(new JsonValue.MapValue(Map.of()), shared);
        }
        return object;
    }

    /** Takes over the problem of an object that was a member of this one. */
    void adopt(String name, DataReader member) {
        String inner = member.problem;
        if (inner != null && problem == null) {
            problem = "in `" + name + "`, " + inner;
        }
    }

    private @Nullable DataReader objectOrNull(String name) {
        JsonValue value = member(name);
        if (value instanceof JsonValue.MapValue map) {
            return new DataReader(map, shared);
        }
        if (!isNull(value)) {
            wrong(name);
        }
        return null;
    }

    private FileDigest digest(String name, @Nullable JsonValue value) {
        if (value instanceof JsonValue.MapValue map) {
            DataReader file = new DataReader(map, shared);
            FileDigest digest = new FileDigest(file.text("file"), file.text("sha256"));
            adopt(name, file);
            return digest;
        }
        wrong(name);
        return new FileDigest("", "");
    }

    private SafeText shown(String name, @Nullable JsonValue value) {
        if (value instanceof JsonValue.Text text) {
            return Captured.recorded(shared.share(text.value()), false).shown();
        }
        if (value instanceof JsonValue.MapValue map
                && map.entries().size() == 2
                && map.entries().get("text") instanceof JsonValue.Text text
                && map.entries().get("redacted") instanceof JsonValue.Bool redacted
                && redacted.value()) {
            return Captured.recorded(shared.share(text.value()), true).shown();
        }
        wrong(name);
        return NO_TEXT;
    }

    private List<JsonValue> items(String name) {
        if (member(name) instanceof JsonValue.ListValue list) {
            return list.items();
        }
        wrong(name);
        return List.of();
    }

    private Map<String, JsonValue> entries(String name) {
        if (member(name) instanceof JsonValue.MapValue map) {
            return map.entries();
        }
        wrong(name);
        return Map.of();
    }

    private static boolean isNull(@Nullable JsonValue value) {
        return value == null || value == JsonValue.Null.NULL;
    }

    private @Nullable JsonValue member(String name) {
        return members.get(name);
    }

    static @Nullable Long whole(@Nullable JsonValue value) {
        if (!(value instanceof JsonValue.Num number)) {
            return null;
        }
        BigDecimal decimal = number.value();
        if (decimal.scale() != 0 || decimal.precision() > 19) {
            return null;
        }
        try {
            return decimal.longValueExact();
        } catch (ArithmeticException e) {
            return null;
        }
    }
}

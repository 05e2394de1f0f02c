package dev.gert.approval;

import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import dev.gert.json.JsonWriter;
import dev.gert.policy.Need;
import dev.gert.policy.RulePlace;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as it was read: what people are shown before they decide (formats.md, "Approvals"). */
public final class OpenRequest {
    /** The largest request and the largest decision that is read, in bytes. */
    public static final int LARGEST = 8 << 20;

    /** Times beyond it don't fit into milliseconds. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private final String text;
    private final Map<String, JsonValue> all;

    private OpenRequest(String text, Map<String, JsonValue> all) {
        this.text = text;
        this.all = all;
    }

    /** Somebody who may count; keys by their fingerprints. */
    public record Person(String name, List<String> osUsers, List<String> keys, List<String> roles) {}

    /** Null if the text is no request of this version. */
    public static @Nullable OpenRequest of(String text) {
        if (!(JsonReader.read(text) instanceof JsonResult.Ok ok) || !(ok.value() instanceof JsonValue.MapValue map)) {
            return null;
        }
        OpenRequest request = new OpenRequest(text, map.entries());
        boolean whole = request.text("type").equals(RequestText.TYPE);
        for (String name : new String[] {"run", "step", "step_id", "nonce", "created", "expires", "journal_head"}) {
            whole &= !request.text(name).isEmpty();
        }
        return whole && isTime(request.created()) && isTime(request.expires()) ? request : null;
    }

    private static boolean isTime(String text) {
        try {
            return Instant.parse(text).isBefore(LAST);
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** The very text that is hashed. */
    public String text() {
        return text;
    }

    /** H of formats.md: what a decision names. */
    public String sha256() {
        return RequestText.sha256(text);
    }

    public String run() {
        return text("run");
    }

    public String stepId() {
        return text("step_id");
    }

    /** The step's address. */
    public String step() {
        return text("step");
    }

    /** RFC 3339. */
    public String expires() {
        return text("expires");
    }

    /** RFC 3339. */
    public String created() {
        return text("created");
    }

    /** Who asks, as a person. */
    public String requester() {
        return text(map(all, "requester"), "person");
    }

    /** Whose process asks. */
    public String requesterUser() {
        return text(map(all, "requester"), "os_user");
    }

    RequestText.Stamp stamp() {
        return new RequestText.Stamp(text("nonce"), created(), expires(), text("journal_head"));
    }

    /** What a rule wants, with the number of people. */
    public List<Need> needs() {
        List<Need> needs = new ArrayList<>();
        for (Map<String, JsonValue> each : maps("needs")) {
            RulePlace rule = new RulePlace(text(each, "rule"), text(each, "file"), (int) number(each, "line"));
            needs.add(new Need(rule, (int) number(each, "people"), texts(each, "roles")));
        }
        return needs;
    }

    /** Who may count; null where no roster says. */
    public @Nullable List<Person> people() {
        if (!(all.get("may_decide") instanceof JsonValue.ListValue)) {
            return null;
        }
        List<Person> people = new ArrayList<>();
        for (Map<String, JsonValue> each : maps("may_decide")) {
            people.add(new Person(
                    text(each, "person"), texts(each, "os_users"), texts(each, "keys"), texts(each, "roles")));
        }
        return people;
    }

    /** Whether that term of policy is set: {@code acknowledge}, {@code allow_self}, {@code local}, {@code ssh}. */
    public boolean term(String name) {
        return map(all, "terms").get(name) instanceof JsonValue.Bool bool && bool.value();
    }

    /** What a person has to see before a yes: the command first and last. */
    public List<String> lines() {
        Map<String, JsonValue> command = map(all, "command");
        String argv = "    command   " + json(command.get("argv"));
        List<String> lines = new ArrayList<>();
        lines.add(argv);
        add(lines, "title", text("title"));
        add(lines, "run", run() + ", " + text(map(all, "runbook"), "name") + ", by " + requester());
        add(lines, "program", shown(command.get("program")));
        String real = shown(command.get("real_path"));
        if (!real.equals(shown(command.get("program")))) {
            add(lines, "really", real);
        }
        add(lines, "calls", shown(command.get("operation")));
        add(lines, "in", shown(command.get("cwd")));
        map(command, "environment").forEach((name, value) -> add(lines, "with", name + "=" + shown(value)));
        if (command.get("stdin") != JsonValue.Null.NULL) {
            add(lines, "reads", json(command.get("stdin")));
        }
        if (command.get("files") instanceof JsonValue.ListValue files) {
            for (JsonValue file : files.items()) {
                if (file instanceof JsonValue.MapValue map) {
                    String digest = text(map.entries(), "sha256");
                    add(
                            lines,
                            "file",
                            shown(map.entries().get("path")) + "  sha256:"
                                    + digest.substring(0, Math.min(8, digest.length())));
                }
            }
        }
        for (Map<String, JsonValue> value : maps("values")) {
            boolean tainted = value.get("tainted") instanceof JsonValue.Bool bool && bool.value();
            String from = tainted ? "what a command printed" : text(value, "from");
            add(lines, "value", text(value, "name") + " = " + json(value.get("value")) + "  from " + from);
        }
        String attempts = number(all, "attempts") > 1 ? ", up to " + number(all, "attempts") + " times" : "";
        add(lines, "effect", text(command, "effect") + attempts);
        add(lines, "radius", text("radius"));
        for (Need need : needs()) {
            add(lines, "rule", need.rule().describe());
        }
        lines.add(argv);
        return lines;
    }

    private static void add(List<String> lines, String label, String value) {
        if (!value.isEmpty()) {
            lines.add("    " + label + " ".repeat(10 - label.length()) + value);
        }
    }

    private static String shown(@Nullable JsonValue value) {
        if (value instanceof JsonValue.MapValue map) {
            return text(map.entries(), "redacted");
        }
        return value instanceof JsonValue.Text text ? text.value() : "";
    }

    /** As JSON, what is redacted as it is shown. */
    private static String json(@Nullable JsonValue value) {
        if (value instanceof JsonValue.ListValue list) {
            List<JsonValue> items = new ArrayList<>();
            list.items().forEach(item -> items.add(JsonValue.text(shown(item))));
            return JsonWriter.compact(new JsonValue.ListValue(items));
        }
        return JsonWriter.compact(JsonValue.text(shown(value)));
    }

    private String text(String name) {
        return text(all, name);
    }

    private static String text(Map<String, JsonValue> map, String name) {
        return map.get(name) instanceof JsonValue.Text text ? text.value() : "";
    }

    private static long number(Map<String, JsonValue> map, String name) {
        return map.get(name) instanceof JsonValue.Num number ? number.value().longValue() : 0;
    }

    private static List<String> texts(Map<String, JsonValue> map, String name) {
        List<String> texts = new ArrayList<>();
        if (map.get(name) instanceof JsonValue.ListValue list) {
            for (JsonValue item : list.items()) {
                if (item instanceof JsonValue.Text text) {
                    texts.add(text.value());
                }
            }
        }
        return texts;
    }

    private static Map<String, JsonValue> map(Map<String, JsonValue> map, String name) {
        return map.get(name) instanceof JsonValue.MapValue value ? value.entries() : Map.of();
    }

    private List<Map<String, JsonValue>> maps(String name) {
        List<Map<String, JsonValue>> maps = new ArrayList<>();
        if (all.get(name) instanceof JsonValue.ListValue list) {
            for (JsonValue item : list.items()) {
                if (item instanceof JsonValue.MapValue map) {
                    maps.add(map.entries());
                }
            }
        }
        return maps;
    }
}

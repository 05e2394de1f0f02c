package dev.gert.approval;

import dev.gert.engine.port.Approver;
import dev.gert.json.JsonValue;
import dev.gert.json.JsonWriter;
import dev.gert.policy.ApprovalTerms;
import dev.gert.policy.Captured;
import dev.gert.policy.Need;
import dev.gert.policy.Operand;
import dev.gert.policy.Policy;
import dev.gert.policy.Redactor;
import dev.gert.policy.ResolvedCommand;
import dev.gert.policy.Roster;
import dev.gert.policy.SafeText;
import dev.gert.source.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The text of an approval request (formats.md, "Approvals"): everything that a yes is bound to, with
 * sorted keys. What is shown is what is hashed and signed.
 */
final class RequestText {
    static final String TYPE = "gert/approval-request/v1";

    /** What differs between two requests for the same command. Times are RFC 3339. */
    record Stamp(String nonce, String created, String expires, String journalHead) {}

    private final Approver.Question question;
    private final Requester requester;
    private final byte[] key;

    /** {@code key}: the run's, for values that must not be seen. */
    RequestText(Approver.Question question, Requester requester, byte[] key) {
        this.question = question;
        this.requester = requester;
        this.key = key;
    }

    /** H of formats.md: what a decision names. */
    static String sha256(String text) {
        return Sha256.hex(TYPE + "\n" + text);
    }

    /** The same for the same question and stamp. */
    String of(Stamp stamp) {
        Policy policy = question.plan().policy();
        Roster roster = policy.roster();
        Map<String, JsonValue> all = new TreeMap<>();
        all.put("type", JsonValue.text(TYPE));
        all.put("run", JsonValue.text(question.run()));
        all.put("step", JsonValue.text(question.step()));
        all.put("step_id", JsonValue.text(question.stepId()));
        all.put("attempt", JsonValue.number(question.attempt()));
        all.put("attempts", JsonValue.number(question.attempts()));
        all.put("title", JsonValue.text(question.title().text()));
        all.put("nonce", JsonValue.text(stamp.nonce()));
        all.put("created", JsonValue.text(stamp.created()));
        all.put("expires", JsonValue.text(stamp.expires()));
        all.put("journal_head", JsonValue.text(stamp.journalHead()));
        all.put("mode", JsonValue.text(requester.mode()));
        all.put("requester", requester(roster));
        all.put("command", command(question.command()));
        all.put("elevation", JsonValue.Null.NULL);
        all.put(
                "radius",
                question.radius() == null
                        ? JsonValue.Null.NULL
                        : JsonValue.text(question.radius().word()));
        all.put("values", values());
        all.put("needs", needs());
        all.put("terms", terms(policy.terms()));
        all.put("may_decide", roster == null ? JsonValue.Null.NULL : people(roster));
        Map<String, JsonValue> runbook = new TreeMap<>();
        runbook.put("name", JsonValue.text(question.plan().runbook().name()));
        runbook.put("file", JsonValue.text(question.plan().runbook().source().name()));
        runbook.put("sha256", JsonValue.text(question.plan().runbook().source().sha256()));
        all.put("runbook", new JsonValue.MapValue(runbook));
        all.put("policy_sha256", JsonValue.text(Sha256.hex(policy.canonical())));
        all.put("roster_sha256", roster == null ? JsonValue.Null.NULL : JsonValue.text(roster.sha256()));
        return JsonWriter.indented(new JsonValue.MapValue(all)) + "\n";
    }

    private JsonValue requester(@Nullable Roster roster) {
        Map<String, JsonValue> who = new TreeMap<>();
        who.put("actor", JsonValue.text(requester.actor()));
        who.put("os_user", JsonValue.text(requester.osUser()));
        who.put("host", JsonValue.text(requester.host()));
        who.put("person", JsonValue.text(requester.person(roster)));
        return new JsonValue.MapValue(who);
    }

    private JsonValue command(ResolvedCommand command) {
        Map<String, JsonValue> all = new TreeMap<>();
        List<JsonValue> argv = new ArrayList<>();
        command.argv().forEach(word -> argv.add(hidden(word)));
        all.put("argv", new JsonValue.ListValue(argv));
        all.put("program", hiddenOrNull(command.program()));
        all.put("real_path", hiddenOrNull(command.realPath()));
        all.put("sha256", command.sha256() == null ? JsonValue.Null.NULL : JsonValue.text(command.sha256()));
        all.put("cwd", hidden(command.cwd()));
        Map<String, JsonValue> environment = new TreeMap<>();
        command.environment().forEach((name, value) -> environment.put(name, hidden(value)));
        all.put("environment", new JsonValue.MapValue(environment));
        all.put("stdin", hiddenOrNull(command.stdin()));
        all.put("effect", JsonValue.text(command.effect().word()));
        all.put("timeout_ms", JsonValue.number(command.timeoutMillis()));
        List<JsonValue> interpreter = new ArrayList<>();
        command.interpreter().forEach(word -> interpreter.add(hidden(word)));
        all.put("interpreter", new JsonValue.ListValue(interpreter));
        all.put("operation", hiddenOrNull(command.operation()));
        List<JsonValue> files = new ArrayList<>();
        for (Operand operand : command.operands()) {
            Map<String, JsonValue> file = new TreeMap<>();
            file.put("word", hidden(operand.word()));
            file.put("path", hidden(operand.path()));
            file.put("sha256", JsonValue.text(operand.sha256()));
            files.add(new JsonValue.MapValue(file));
        }
        all.put("files", new JsonValue.ListValue(files));
        return new JsonValue.MapValue(all);
    }

    private JsonValue values() {
        List<JsonValue> values = new ArrayList<>();
        for (Approver.Value each : question.values()) {
            Map<String, JsonValue> value = new TreeMap<>();
            value.put("name", JsonValue.text(each.name()));
            value.put("from", JsonValue.text(each.from()));
            value.put("tainted", JsonValue.bool(each.from().equals("capture")));
            value.put("value", captured(each.value()));
            values.add(new JsonValue.MapValue(value));
        }
        return new JsonValue.ListValue(values);
    }

    private JsonValue captured(Captured value) {
        String raw = value.raw();
        return raw == null || !value.shown().redacted()
                ? JsonValue.text(value.shown().text())
                : hidden(raw);
    }

    private JsonValue needs() {
        List<JsonValue> needs = new ArrayList<>();
        for (Need need : question.needs()) {
            Map<String, JsonValue> each = new TreeMap<>();
            each.put("people", JsonValue.number(need.people()));
            each.put("roles", texts(need.roles()));
            each.put("rule", JsonValue.text(need.rule().rule()));
            each.put("file", JsonValue.text(need.rule().file()));
            each.put("line", JsonValue.number(need.rule().line()));
            needs.add(new JsonValue.MapValue(each));
        }
        return new JsonValue.ListValue(needs);
    }

    private static JsonValue terms(ApprovalTerms terms) {
        Map<String, JsonValue> all = new TreeMap<>();
        all.put("acknowledge", JsonValue.bool(terms.acknowledge()));
        all.put("allow_self", JsonValue.bool(terms.allowSelf()));
        all.put("local", JsonValue.bool(terms.local()));
        all.put("ssh", JsonValue.bool(terms.ssh()));
        return new JsonValue.MapValue(all);
    }

    /** Who may count for one of the needs, so that a person far away knows whether it is them. */
    private JsonValue people(Roster roster) {
        Set<String> names = new LinkedHashSet<>();
        for (Need need : question.needs()) {
            roster.holding(need.roles()).forEach(person -> names.add(person.name()));
        }
        List<JsonValue> people = new ArrayList<>();
        for (Roster.Person person : roster.people()) {
            if (!names.contains(person.name())) {
                continue;
            }
            Map<String, JsonValue> each = new TreeMap<>();
            each.put("person", JsonValue.text(person.name()));
            each.put("os_users", texts(person.osUsers()));
            each.put("roles", texts(person.roles()));
            List<String> keys = new ArrayList<>();
            person.keys().forEach(one -> keys.add(one.ssh().fingerprint()));
            each.put("keys", texts(keys));
            people.add(new JsonValue.MapValue(each));
        }
        return new JsonValue.ListValue(people);
    }

    private static JsonValue texts(List<String> texts) {
        List<JsonValue> values = new ArrayList<>();
        texts.forEach(text -> values.add(JsonValue.text(text)));
        return new JsonValue.ListValue(values);
    }

    private JsonValue hiddenOrNull(@Nullable String raw) {
        return raw == null ? JsonValue.Null.NULL : hidden(raw);
    }

    /** The text; what is redacted in it is bound by a digest that only the run's key can make. */
    private JsonValue hidden(String raw) {
        Redactor redactor = question.redactor();
        SafeText safe = redactor.safe(raw);
        if (!safe.redacted()) {
            return JsonValue.text(safe.text());
        }
        Map<String, JsonValue> both = new TreeMap<>();
        both.put("redacted", JsonValue.text(safe.text()));
        both.put("hmac_sha256", JsonValue.text(hmac(raw)));
        return new JsonValue.MapValue(both);
    }

    private String hmac(String raw) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(raw.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
    }
}

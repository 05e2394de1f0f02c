package dev.gert.approval;

import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import dev.gert.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A decision as a file holds it (formats.md, "Approvals"): the very text that was signed, and its
 * signature; without one the decision is its file's owner's.
 *
 * @param text of the decision, a JSON document of its own
 * @param signature armored SSHSIG, null: unsigned
 * @param osUser of a copy that is kept as a record: whose file it was; such a copy decides nothing
 */
public record SignedDecision(
        String text, @Nullable String signature, @Nullable String osUser) {
    /** The namespace of signatures. */
    public static final String NAMESPACE = "gert-approval-v1";

    static final String SCHEMA = "gert.decision/v1";
    static final String TYPE = "gert/approval/v1";

    /** The largest file that is read, in bytes. */
    public static final int LARGEST = 1 << 16;

    /**
     * What a decision says.
     *
     * @param request the digest of the request
     * @param person who decides, by their own word
     * @param signedAt RFC 3339
     */
    public record Said(String request, boolean yes, String person, String reason, String signedAt) {
        /** The text that is signed: one line, sorted as formats.md has it. */
        public String text() {
            StringBuilder out = new StringBuilder();
            JsonWriter.compact(out)
                    .object()
                    .name("type")
                    .value(TYPE)
                    .name("request_sha256")
                    .value(request)
                    .name("decision")
                    .value(yes ? "approve" : "deny")
                    .name("person")
                    .value(person)
                    .name("reason")
                    .value(reason)
                    .name("signed_at")
                    .value(signedAt)
                    .end();
            return out.toString();
        }
    }

    /** The file's text. */
    public String render() {
        Map<String, JsonValue> all = new TreeMap<>();
        all.put("schema", JsonValue.text(SCHEMA));
        all.put("decision", JsonValue.text(text));
        all.put("signature", signature == null ? JsonValue.Null.NULL : JsonValue.text(signature));
        if (osUser != null) {
            all.put("os_user", JsonValue.text(osUser));
        }
        return JsonWriter.indented(new JsonValue.MapValue(all)) + "\n";
    }

    /** Null if the text is not one that {@link #render} makes; a member more is one too many. */
    public static @Nullable SignedDecision of(String text) {
        if (!(JsonReader.read(text) instanceof JsonResult.Ok ok) || !(ok.value() instanceof JsonValue.MapValue map)) {
            return null;
        }
        Map<String, JsonValue> all = map.entries();
        String schema = text(all, "schema");
        String decision = text(all, "decision");
        int members = all.containsKey("os_user") ? 4 : 3;
        boolean unsigned = all.get("signature") == JsonValue.Null.NULL;
        String signature = text(all, "signature");
        if (decision == null || !isUnicode(decision) || !SCHEMA.equals(schema) || all.size() != members) {
            return null;
        }
        return unsigned || signature != null ? new SignedDecision(decision, signature, text(all, "os_user")) : null;
    }

    /** Half a surrogate pair has no bytes: what was signed would be another text than what is read. */
    private static boolean isUnicode(String text) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** Whether it is a yes or a no; null if it is no decision to the letter. */
    public @Nullable Boolean isYes() {
        Said said = said();
        return said == null ? null : said.yes();
    }

    /** What the decision says, null if it is not one to the letter. */
    public @Nullable Said said() {
        if (!(JsonReader.read(text) instanceof JsonResult.Ok ok) || !(ok.value() instanceof JsonValue.MapValue map)) {
            return null;
        }
        Map<String, JsonValue> all = map.entries();
        String request = text(all, "request_sha256");
        String decision = text(all, "decision");
        String person = text(all, "person");
        String reason = text(all, "reason");
        String signedAt = text(all, "signed_at");
        if (all.size() != 6
                || !TYPE.equals(text(all, "type"))
                || request == null
                || decision == null
                || person == null
                || reason == null
                || signedAt == null) {
            return null;
        }
        boolean yes = decision.equals("approve");
        return yes || decision.equals("deny") ? new Said(request, yes, person, reason, signedAt) : null;
    }

    private static @Nullable String text(Map<String, JsonValue> map, String name) {
        return map.get(name) instanceof JsonValue.Text text ? text.value() : null;
    }
}

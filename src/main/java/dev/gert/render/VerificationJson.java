package dev.gert.render;

import dev.gert.json.JsonWriter;
import dev.gert.projection.Verification;
import java.util.List;
import java.util.Locale;

/** What {@code gert verify --format json} prints, schema {@code gert.verify/v1}. */
public final class VerificationJson {
    private VerificationJson() {}

    /** The whole document, with a newline at its end. */
    public static String render(Verification verification) {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.indented(out);
        json.object().name("schema").value("gert.verify/v1");
        json.name("verdict").value(verification.verdict().name().toLowerCase(Locale.ROOT));
        json.name("fault");
        Verification.Fault fault = verification.fault();
        if (fault == null) {
            json.nothing();
        } else {
            json.object().name("file").value(fault.file());
            json.name("line");
            if (fault.line() == 0) {
                json.nothing();
            } else {
                json.value(fault.line());
            }
            json.name("offset");
            if (fault.line() == 0) {
                json.nothing();
            } else {
                json.value(fault.offset());
            }
            json.name("reason").value(fault.reason()).end();
        }
        json.name("run").value(verification.run().isEmpty() ? null : verification.run());
        json.name("folder").value(verification.folder());
        json.name("outcome").value(verification.outcome());
        json.name("records").value(verification.records());
        json.name("bytes").value(verification.bytes());
        json.name("last_hash").value(verification.lastHash());
        json.name("last_record");
        Verification.Last last = verification.last();
        if (last == null) {
            json.nothing();
        } else {
            json.object().name("seq").value(last.seq());
            json.name("type").value(last.type());
            json.name("time").value(last.time()).end();
        }
        texts("open_steps", verification.openSteps(), json);
        texts("open_grants", verification.openGrants(), json);
        Verification.Checked checked = verification.checked();
        json.name("checked").object();
        json.name("output_files").value(checked.outputs());
        json.name("attachments").value(checked.attachments());
        json.name("approval_requests").value(checked.requests());
        json.name("decisions").value(checked.decisions());
        json.name("decision_signatures").value(checked.signatures());
        json.name("pinned_files").value(checked.pinned());
        json.name("evidence_json").value(checked.evidence()).end();
        json.name("seal");
        Verification.Seal seal = verification.seal();
        if (seal == null) {
            json.nothing();
        } else {
            json.object().name("key").value(seal.key());
            json.name("signer").value(seal.by());
            json.name("time").value(seal.time()).end();
        }
        texts("notes", verification.notes(), json);
        texts("not_proved", verification.notProved(), json);
        json.end();
        return out.append('\n').toString();
    }

    private static void texts(String name, List<String> texts, JsonWriter json) {
        json.name(name).array();
        for (String text : texts) {
            json.value(text);
        }
        json.end();
    }
}

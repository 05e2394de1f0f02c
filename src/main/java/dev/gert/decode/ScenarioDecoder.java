package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.model.ScenarioInput;
import dev.gert.model.ScenarioRecording;
import dev.gert.model.StepAnswers;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code inputs.yaml} and {@code scenario.yaml} of a scenario folder (formats.md, section 4; formats-dialect.md). */
public final class ScenarioDecoder {
    /** What a recorded run says of itself: read, not asserted. */
    private static final String[] MANIFEST = {
        "title",
        "captured_at",
        "run_id",
        "mode",
        "icm_id",
        "outcome",
        "step_files",
        "tsg_link",
        "custom_fields",
        "location",
        "notes",
        "description",
        "tags"
    };

    private final Diagnostics diagnostics;

    private ScenarioDecoder(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** The flat values; null when there were errors, all of which are in {@code diagnostics}. */
    public static @Nullable List<ScenarioInput> inputs(Source source, Diagnostics diagnostics) {
        if (blank(source)) {
            return List.of();
        }
        Diagnostics own = new Diagnostics();
        YamlNode root = YamlReader.read(source, 0, own);
        List<ScenarioInput> inputs = new ArrayList<>();
        if (root instanceof YamlNode.Mapping map) {
            for (YamlNode.Entry entry : map.entries()) {
                if (entry.value() instanceof YamlNode.Scalar value) {
                    String text = value.kind() == YamlNode.Scalar.Kind.NULL ? "" : value.text();
                    inputs.add(new ScenarioInput(entry.key(), text, value.span()));
                } else {
                    Fields.wrongType(entry.value(), "`" + entry.key().text() + "`", "text", own);
                }
            }
        } else if (root != null) {
            Fields.wrongType(root, "a scenario's inputs", "a map of names to values", own);
        }
        diagnostics.addAll(own);
        return own.hasErrors() ? null : inputs;
    }

    /** The recording; null when there were errors, all of which are in {@code diagnostics}. */
    public static @Nullable ScenarioRecording recording(Source source, Diagnostics diagnostics) {
        if (blank(source)) {
            return ScenarioRecording.empty();
        }
        Diagnostics own = new Diagnostics();
        YamlNode root = YamlReader.read(source, 0, own);
        Fields fields = root == null ? null : Fields.of(root, "a scenario", own);
        ScenarioRecording recording = fields == null ? null : new ScenarioDecoder(own).document(fields);
        diagnostics.addAll(own);
        return own.hasErrors() ? null : recording;
    }

    /** A recorder may leave an empty file, or comments alone, where there was nothing to record. */
    private static boolean blank(Source source) {
        for (int line = 1; line <= source.lineCount(); line++) {
            String text = source.line(line).strip();
            if (!text.isEmpty() && !text.startsWith("#") && !text.equals("{}")) {
                return false;
            }
        }
        return true;
    }

    private ScenarioRecording document(Fields fields) {
        for (String key : MANIFEST) {
            fields.node(key);
        }
        List<ScenarioRecording.Command> commands = new ArrayList<>();
        List<YamlNode> items = fields.list("commands");
        if (items != null) {
            for (YamlNode item : items) {
                ScenarioRecording.Command command = command(item);
                if (command != null) {
                    commands.add(command);
                }
            }
        }
        List<StepAnswers> evidence = EvidenceDecoder.decode(fields, diagnostics);
        List<ScenarioRecording.Approval> approvals = new ArrayList<>();
        for (YamlNode.Entry entry : fields.entries("approvals")) {
            ScenarioRecording.Approval approval = approval(entry);
            if (approval != null) {
                approvals.add(approval);
            }
        }
        List<ScenarioRecording.Response> responses = new ArrayList<>();
        for (YamlNode.Entry entry : fields.entries("aws")) {
            responses.addAll(responses(entry));
        }
        fields.done();
        return new ScenarioRecording(commands, evidence, approvals, responses);
    }

    private ScenarioRecording.@Nullable Command command(YamlNode item) {
        Fields fields = Fields.of(item, "a recorded command", diagnostics);
        if (fields == null) {
            return null;
        }
        List<YamlNode.Scalar> words = fields.texts("argv");
        String stdout = fields.text("stdout");
        String stderr = fields.text("stderr");
        int exitCode = exitCode(fields.scalar("exit_code"));
        fields.done();
        if (words == null) {
            if (fields.keySpan("argv") == null) {
                fields.missing("argv");
            }
            return null;
        }
        if (words.isEmpty()) {
            diagnostics.error(Code.Y119, fields.keySpan("argv"), "`argv` may not be empty");
        }
        List<String> argv = new ArrayList<>();
        for (YamlNode.Scalar word : words) {
            argv.add(word.text());
        }
        return new ScenarioRecording.Command(argv, stdout, stderr, exitCode, item.span());
    }

    private int exitCode(YamlNode.@Nullable Scalar scalar) {
        if (scalar == null) {
            return 0;
        }
        BigDecimal number = Numbers.spelled(scalar.text());
        if (number == null || number.scale() > 0 || number.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
            diagnostics.error(
                    Code.Y114, scalar.span(), "`exit_code` is `" + scalar.text() + "`, which is not a whole number");
            return 0;
        }
        return number.intValueExact();
    }

    private List<ScenarioRecording.Response> responses(YamlNode.Entry entry) {
        String step = entry.key().text();
        List<ScenarioRecording.Response> responses = new ArrayList<>();
        if (entry.value() instanceof YamlNode.Sequence list) {
            for (YamlNode item : list.items()) {
                if (item instanceof YamlNode.Mapping) {
                    responses.add(new ScenarioRecording.Response(
                            step, FreeValues.of(item), "`aws." + step + "`", item.span()));
                } else {
                    Fields.wrongType(item, "a response of `" + step + "`", "a map of members to values", diagnostics);
                }
            }
        } else {
            Fields.wrongType(entry.value(), "the responses of `" + step + "`", "a list", diagnostics);
        }
        return responses;
    }

    private ScenarioRecording.@Nullable Approval approval(YamlNode.Entry entry) {
        Fields fields =
                Fields.of(entry.value(), "the approval of `" + entry.key().text() + "`", diagnostics);
        if (fields == null) {
            return null;
        }
        String decision = fields.word("decision", "approve", "deny");
        if (decision == null && fields.keySpan("decision") == null) {
            fields.missing("decision");
        }
        String person = fields.text("person");
        fields.done();
        return decision == null
                ? null
                : new ScenarioRecording.Approval(
                        entry.key().text(), entry.key().span(), decision.equals("approve"), person);
    }
}

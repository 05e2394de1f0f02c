package dev.gert.decode;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.model.Answers;
import dev.gert.model.ScenarioInput;
import dev.gert.model.StepAnswers;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file of {@code --answers} (cli.md): {@code inputs} and {@code evidence}. */
public final class AnswersDecoder {
    private AnswersDecoder() {}

    /** The answers; null when there were errors, all of which are in {@code diagnostics}. */
    public static @Nullable Answers decode(Source source, Diagnostics diagnostics) {
        Diagnostics own = new Diagnostics();
        YamlNode root = YamlReader.read(source, 0, own);
        Fields fields = root == null ? null : Fields.of(root, "a file of answers", own);
        Answers answers = null;
        if (fields != null) {
            List<ScenarioInput> inputs = new ArrayList<>();
            for (YamlNode.Entry entry : fields.entries("inputs")) {
                if (entry.value() instanceof YamlNode.Scalar value && value.kind() != YamlNode.Scalar.Kind.NULL) {
                    inputs.add(new ScenarioInput(entry.key(), value.text(), value.span()));
                } else {
                    Fields.wrongType(entry.value(), "`" + entry.key().text() + "`", "text", own);
                }
            }
            List<StepAnswers> evidence = EvidenceDecoder.decode(fields, own);
            fields.done();
            answers = new Answers(inputs, evidence);
        }
        diagnostics.addAll(own);
        return own.hasErrors() ? null : answers;
    }
}

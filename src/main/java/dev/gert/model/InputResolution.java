package dev.gert.model;

import dev.gert.yaml.YamlNode;
import java.util.List;

/**
 * {@code capabilities.resolve_inputs} (formats-dialect.md): whose inputs a server answers.
 *
 * @param prefixes what an input's {@code from} begins with: {@code icm.}
 * @param contextFields what the server is told of the run: {@code icmId}
 */
public record InputResolution(List<YamlNode.Scalar> prefixes, List<YamlNode.Scalar> contextFields) {
    public InputResolution {
        prefixes = List.copyOf(prefixes);
        contextFields = List.copyOf(contextFields);
    }

    /** Whether an input that says {@code from} is one of these. */
    public boolean answers(String from) {
        for (YamlNode.Scalar prefix : prefixes) {
            if (from.startsWith(prefix.text())) {
                return true;
            }
        }
        return false;
    }
}

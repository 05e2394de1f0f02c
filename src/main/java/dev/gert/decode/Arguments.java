package dev.gert.decode;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.expr.Template;
import dev.gert.model.Step;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;

/** Maps from names to templates: a tool's args, a child's inputs. */
final class Arguments {
    private Arguments() {}

    static List<Step.Argument> of(Fields fields, String key, String what, Diagnostics diagnostics) {
        List<Step.Argument> arguments = new ArrayList<>();
        for (YamlNode.Entry entry : fields.entries(key)) {
            if (!Names.check(what, entry.key(), diagnostics)) {
                continue;
            }
            if (entry.value() instanceof YamlNode.Scalar value && value.kind() != YamlNode.Scalar.Kind.NULL) {
                arguments.add(new Step.Argument(
                        entry.key().text(), entry.key().span(), Template.parse(value, diagnostics), value.span()));
            } else {
                Fields.wrongType(entry.value(), "`" + entry.key().text() + "`", "text", diagnostics);
            }
        }
        return arguments;
    }
}

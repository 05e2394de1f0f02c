package dev.gert.policy;

import static java.util.Objects.requireNonNull;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.model.Effect;
import dev.gert.model.RunbookGovernance;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Layers and commands for tests, from text. */
final class Layers {
    static final String HEAD = "apiVersion: governance/v0\n";

    private Layers() {}

    /** Of the text of a {@code governance.yaml}; its first line is {@link #HEAD}'s if it has none of its own. */
    static PolicyLayer governance(String file, String text) {
        Diagnostics diagnostics = new Diagnostics();
        Source source = Source.of(file, text.contains("apiVersion") ? text : HEAD + text);
        PolicyLayer layer = PolicyLayer.read(source, diagnostics);
        assertNone(file, diagnostics);
        return requireNonNull(layer);
    }

    /** Of the text under {@code meta.governance}, on the first line of its own file. */
    static PolicyLayer runbook(String file, String text) {
        Diagnostics diagnostics = new Diagnostics();
        YamlNode.Mapping map =
                (YamlNode.Mapping) requireNonNull(YamlReader.read(Source.of(file, text), 0, diagnostics));
        RunbookGovernance governance = new RunbookGovernance(
                map.get("allowed_commands") == null ? null : scalars(map, "allowed_commands"),
                scalars(map, "denied_commands"),
                scalars(map, "deny_env_vars"),
                redact(map),
                null,
                dev.gert.model.Limits.none());
        PolicyLayer layer = PolicyLayer.ofRunbook(Source.of(file, text), governance, diagnostics);
        assertNone(file, diagnostics);
        return requireNonNull(layer);
    }

    private static @Nullable List<RunbookGovernance.Redaction> redact(YamlNode.Mapping map) {
        if (!(map.get("redact") instanceof YamlNode.Sequence list)) {
            return null;
        }
        List<RunbookGovernance.Redaction> redact = new ArrayList<>();
        for (YamlNode item : list.items()) {
            YamlNode.Mapping rule = (YamlNode.Mapping) item;
            redact.add(new RunbookGovernance.Redaction(
                    (YamlNode.Scalar) requireNonNull(rule.get("pattern")),
                    (YamlNode.Scalar) requireNonNull(rule.get("replace"))));
        }
        return redact;
    }

    private static void assertNone(String file, Diagnostics diagnostics) {
        if (!diagnostics.sorted().isEmpty()) {
            throw new AssertionError(file + ": " + diagnostics.sorted());
        }
    }

    private static List<YamlNode.Scalar> scalars(YamlNode.Mapping map, String key) {
        List<YamlNode.Scalar> scalars = new ArrayList<>();
        if (map.get(key) instanceof YamlNode.Sequence list) {
            for (YamlNode item : list.items()) {
                scalars.add((YamlNode.Scalar) item);
            }
        }
        return scalars;
    }

    static ResolvedCommand command(List<String> argv, @Nullable String program, @Nullable String real, Effect effect) {
        return new ResolvedCommand(
                argv, program, real == null ? program : real, null, "/", Map.of(), null, effect, 1000);
    }

    static ResolvedCommand tool(ResolvedCommand command, String operation) {
        return new ResolvedCommand(
                command.argv(),
                command.program(),
                command.realPath(),
                command.sha256(),
                command.cwd(),
                command.environment(),
                command.stdin(),
                command.effect(),
                command.timeoutMillis(),
                command.interpreter(),
                operation);
    }

    static ResolvedCommand script(ResolvedCommand command, List<String> interpreter) {
        return new ResolvedCommand(
                command.argv(),
                command.program(),
                command.realPath(),
                command.sha256(),
                command.cwd(),
                command.environment(),
                command.stdin(),
                command.effect(),
                command.timeoutMillis(),
                interpreter,
                null);
    }

    static ResolvedCommand inside(ResolvedCommand command, Map<String, ResolvedCommand.Started> inside) {
        return new ResolvedCommand(
                command.argv(),
                command.program(),
                command.realPath(),
                command.sha256(),
                command.cwd(),
                command.environment(),
                command.stdin(),
                command.effect(),
                command.timeoutMillis(),
                command.interpreter(),
                command.operands(),
                command.operation(),
                inside);
    }

    /** Words in which a template stands are open from there on. */
    static OpenCommand open(List<String> argv, Effect effect, boolean flags, @Nullable String operation) {
        List<OpenWord> words = new ArrayList<>();
        for (String word : argv) {
            int open = word.indexOf("{{");
            words.add(open < 0 ? new OpenWord.Known(word) : new OpenWord.Open(word.substring(0, open), word));
        }
        return new OpenCommand(words, effect, flags, operation);
    }
}

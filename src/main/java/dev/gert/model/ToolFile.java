package dev.gert.model;

import dev.gert.expr.Template;
import dev.gert.json.JsonValue;
import dev.gert.source.Source;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code tool/v0}: a program with named actions (formats-dialect.md).
 *
 * @param binary {@code transport.binary}, else {@code meta.binary}
 * @param redact patterns for what any of its actions prints; policy parses them
 * @param resolves null: the tool answers no inputs
 */
public record ToolFile(
        Source source,
        YamlNode.Scalar name,
        String version,
        String description,
        YamlNode.Scalar binary,
        Transport transport,
        List<RunbookGovernance.Redaction> redact,
        @Nullable InputResolution resolves,
        List<Action> actions) {
    public ToolFile {
        redact = List.copyOf(redact);
        actions = List.copyOf(actions);
    }

    /** Null where no action has the name. */
    public @Nullable Action action(String name) {
        for (Action action : actions) {
            if (action.name().equals(name)) {
                return action;
            }
        }
        return null;
    }

    /**
     * Something that the tool does.
     *
     * @param call what is sent, in the form of the tool's transport
     * @param readOnly its own word, else the tool's, else false
     * @param approvers 0: the tool asks for no approval
     */
    public record Action(
            String name,
            Span span,
            String description,
            Call call,
            List<Arg> args,
            List<ToolCapture> captures,
            boolean readOnly,
            int approvers) {
        public Action {
            args = List.copyOf(args);
            captures = List.copyOf(captures);
        }

        /** Null where no argument has the name. */
        public @Nullable Arg arg(String name) {
            for (Arg arg : args) {
                if (arg.name().equals(name)) {
                    return arg;
                }
            }
            return null;
        }
    }

    /** What is sent to the tool. */
    public sealed interface Call {
        /**
         * Words after the program, one token each; they read arguments as {@code .name} and {@code .args.name}.
         *
         * @param spans of the words, one each
         */
        record Argv(List<Template> words, List<Span> spans) implements Call {
            public Argv {
                words = List.copyOf(words);
                spans = List.copyOf(spans);
            }
        }

        /** What a server is asked to do, by its name there. */
        sealed interface Remote extends Call {
            String name();
        }

        /** A JSON-RPC method; the arguments are its params. */
        record Method(String name) implements Remote {}

        /** A tool of an MCP server. */
        record McpTool(String name) implements Remote {}
    }

    /**
     * An argument of an action.
     *
     * @param otherwise the default, checked and of the type; null: there is none
     * @param allowed {@code enum}, each of the type; null: any value
     * @param redact whether its values are secrets
     */
    public record Arg(
            String name,
            Span span,
            ArgType type,
            boolean required,
            @Nullable JsonValue otherwise,
            String description,
            @Nullable List<JsonValue> allowed,
            boolean redact) {
        public Arg {
            allowed = allowed == null ? null : List.copyOf(allowed);
        }
    }
}

package dev.gert.plan;

import dev.gert.expr.Lookup;
import dev.gert.expr.Scope;
import dev.gert.expr.Template;
import dev.gert.json.JsonText;
import dev.gert.json.JsonValue;
import dev.gert.model.BlastRadius;
import dev.gert.model.Effect;
import dev.gert.model.Runbook;
import dev.gert.model.Step;
import dev.gert.model.ToolFile;
import dev.gert.policy.Decision;
import dev.gert.policy.NamedOperation;
import dev.gert.policy.OpenCommand;
import dev.gert.policy.OpenWord;
import dev.gert.policy.Policy;
import dev.gert.policy.RulePlace;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What policy says of the commands of steps before anything runs (formats.md, section 3). */
public final class OpenCommands {
    private final Policy policy;
    private final Scope scope;

    /** {@code scope}: the values that are known; everything else is open. */
    public OpenCommands(Policy policy, Scope scope) {
        this.policy = policy;
        this.scope = scope;
    }

    /**
     * What policy says of a step's command, as far as it is known.
     *
     * @param effect that which policy believes
     * @param believed whether the step's {@code effect: read}, if it says so, is believed
     * @param unbounded the rule that limits how far it may reach, where nobody says how far it does; else null
     */
    public record Asked(
            Effect effect,
            boolean believed,
            Decision decision,
            @Nullable RulePlace unbounded) {}

    /** Of a runbook's vars, which are known before a run; everything else is open. */
    public static Scope vars(Runbook runbook) {
        return name -> {
            for (Runbook.Variable variable : runbook.vars()) {
                if (variable.name().equals(name)) {
                    return new Lookup.Known(JsonValue.text(variable.value()));
                }
            }
            return new Lookup.Open();
        };
    }

    /** Null of a step that runs no command of its own. */
    public @Nullable Asked of(PlanStep node) {
        if (node.step() instanceof Step.CliStep cli) {
            return cli(cli);
        }
        NamedOperation operation = Operations.of(node.step(), scope);
        if (operation != null) {
            return operation(node.step(), operation);
        }
        PlanTool tool = node.tool();
        return node.step() instanceof Step.ToolStep step && tool != null ? tool(step, tool) : null;
    }

    private Asked cli(Step.CliStep cli) {
        List<OpenWord> words = new ArrayList<>();
        for (Template word : cli.argv()) {
            words.add(OpenWords.of(word, scope));
        }
        Effect effect = cli.work().effect();
        OpenCommand command = new OpenCommand(words, effect == null ? Effect.MUTATE : effect, cli.flagsAllowed(), null);
        boolean believed = effect != Effect.READ || policy.believesRead(command);
        if (!believed) {
            command = new OpenCommand(words, Effect.MUTATE, cli.flagsAllowed(), null);
        }
        return asked(cli, command, believed);
    }

    private Asked operation(Step step, NamedOperation operation) {
        BlastRadius radius = StepRadius.of(step);
        boolean believed = operation.effect() != Effect.READ || policy.believesRead(operation);
        return new Asked(
                believed ? operation.effect() : Effect.MUTATE,
                believed,
                policy.decide(operation, radius),
                policy.unknownReach(operation, radius));
    }

    private Asked asked(Step step, OpenCommand command, boolean believed) {
        BlastRadius radius = StepRadius.of(step);
        return new Asked(
                command.effect(), believed, policy.decide(command, radius), policy.unknownReach(command, radius));
    }

    /** As far as the words are known: the program's own arguments come from the action. */
    private Asked tool(Step.ToolStep step, PlanTool tool) {
        List<OpenWord> words = new ArrayList<>();
        Map<String, JsonValue> known = new LinkedHashMap<>();
        List<String> open = new ArrayList<>();
        arguments(step, tool.action(), known, open);
        words.add(new OpenWord.Known(tool.file().binary().text()));
        if (tool.action().call() instanceof ToolFile.Call.Argv argv) {
            Scope args = arguments(known, open);
            for (Template word : argv.words()) {
                words.add(OpenWords.of(word, args));
            }
        } else {
            for (YamlNode.Scalar word : tool.file().transport().startup().argv()) {
                words.add(new OpenWord.Known(word.text()));
            }
            words.add(new OpenWord.Known(((ToolFile.Call.Remote) tool.action().call()).name()));
            for (ToolFile.Arg arg : tool.action().args()) {
                JsonValue value = known.get(arg.name());
                if (value != null) {
                    words.add(new OpenWord.Known(arg.name() + "=" + JsonText.of(value)));
                } else if (open.contains(arg.name())) {
                    words.add(new OpenWord.Open(arg.name() + "=", source(step, arg)));
                }
            }
        }
        Effect effect = step.work().effect();
        boolean read = tool.action().readOnly() && effect == null || effect == Effect.READ;
        Effect declared = read ? Effect.READ : effect == null ? Effect.MUTATE : effect;
        OpenCommand command = new OpenCommand(words, declared, false, tool.operation());
        return asked(step, command, true);
    }

    /** The arguments that are known before the run: those of literal text or vars, and defaults. */
    private void arguments(
            Step.ToolStep step, ToolFile.Action action, Map<String, JsonValue> known, List<String> open) {
        for (ToolFile.Arg arg : action.args()) {
            if (arg.otherwise() != null) {
                known.put(arg.name(), arg.otherwise());
            }
        }
        for (Step.Argument argument : step.args()) {
            ToolFile.Arg arg = action.arg(argument.name());
            JsonValue value = arg != null && OpenWords.of(argument.value(), scope) instanceof OpenWord.Known text
                    ? arg.type().read(text.text())
                    : null;
            if (value == null) {
                known.remove(argument.name());
                open.add(argument.name());
            } else {
                known.put(argument.name(), value);
            }
        }
    }

    private static String source(Step.ToolStep step, ToolFile.Arg arg) {
        for (Step.Argument argument : step.args()) {
            if (argument.name().equals(arg.name())) {
                return argument.value().source();
            }
        }
        return arg.name();
    }

    private static Scope arguments(Map<String, JsonValue> known, List<String> open) {
        return name -> {
            JsonValue value = known.get(name);
            if (value != null) {
                return new Lookup.Known(value);
            }
            boolean all = name.equals("args") && open.isEmpty();
            return all ? new Lookup.Known(new JsonValue.MapValue(known)) : new Lookup.Open();
        };
    }
}

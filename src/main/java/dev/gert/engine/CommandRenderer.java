package dev.gert.engine;

import dev.gert.expr.Lookup;
import dev.gert.expr.Scope;
import dev.gert.expr.Template;
import dev.gert.json.JsonText;
import dev.gert.json.JsonValue;
import dev.gert.model.Assertion;
import dev.gert.model.Effect;
import dev.gert.model.Step;
import dev.gert.model.ToolArguments;
import dev.gert.model.ToolFile;
import dev.gert.model.Transport;
import dev.gert.plan.OpenWords;
import dev.gert.plan.Operations;
import dev.gert.plan.PlanStep;
import dev.gert.plan.PlanTool;
import dev.gert.plan.StepNeeds;
import dev.gert.plan.StepRadius;
import dev.gert.policy.NamedOperation;
import dev.gert.policy.OpenWord;
import dev.gert.policy.ToolCall;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Renders a step's templates, once: one template word in, one word out, whatever the values hold. */
final class CommandRenderer {
    static final long DEFAULT_TIMEOUT_MILLIS = 600_000;

    /** What came of it. */
    sealed interface Rendered {
        /** A command to be frozen. */
        record Ready(CommandRequest request) implements Rendered {}

        /** A value is missing. */
        record Failed(String reason) implements Rendered {}

        /** A value may not stand where it would. */
        record Refused(String reason) implements Rendered {}
    }

    private final Voice voice;

    private final boolean upstream;

    /** {@code upstream}: any exit code of a cli step passes by itself. */
    CommandRenderer(Voice voice, boolean upstream) {
        this.voice = voice;
        this.upstream = upstream;
    }

    Rendered render(PlanStep node, Scope scope) {
        Step step = node.step();
        if (step instanceof Step.CliStep cli) {
            return cli(cli, scope);
        }
        if (step instanceof Step.ToolStep tool) {
            return tool(tool, Objects.requireNonNull(node.tool()), scope);
        }
        NamedOperation service = Operations.of(step, scope);
        if (service == null) {
            throw new IllegalStateException("a step of type " + step.type() + " asks for nothing");
        }
        return service(step, service, scope);
    }

    private Rendered service(Step step, NamedOperation service, Scope scope) {
        List<AssertionCheck.Rendered> assertions = new ArrayList<>();
        String wrong = voice.simulates() ? null : asked(step, scope, assertions);
        if (wrong != null) {
            return new Rendered.Failed(wrong);
        }
        Step.Work work = Objects.requireNonNull(step.work());
        List<String> words = new ArrayList<>();
        words.add(service.name());
        for (Step.Argument text : texts(step)) {
            words.add(text.name() + "=" + text.value().renderLenient(scope).text());
        }
        if (step instanceof Step.AwsStep aws) {
            for (Operations.Param param : Operations.params(aws)) {
                words.add(
                        param.path() + "=" + param.value().renderLenient(scope).text());
            }
        }
        return new Rendered.Ready(new CommandRequest(
                words,
                null,
                Map.of(),
                null,
                service.effect(),
                false,
                timeout(step.common()),
                null,
                false,
                true,
                false,
                null,
                null,
                service,
                List.of(),
                StepNeeds.of(step, null),
                StepRadius.of(step),
                Step.ExitCodes.ANY,
                assertions,
                work.retry()));
    }

    /** What the step asks for beside its name. */
    private static List<Step.Argument> texts(Step step) {
        List<Step.Argument> texts = new ArrayList<>();
        if (step instanceof Step.XtsStep xts) {
            texts.addAll(xts.texts());
            texts.addAll(xts.params());
        } else if (step instanceof Step.AwsStep aws && aws.region() != null) {
            texts.add(new Step.Argument(
                    "region",
                    aws.operation().span(),
                    aws.region(),
                    aws.operation().span()));
        }
        return texts;
    }

    private Rendered cli(Step.CliStep step, Scope scope) {
        Words words = new Words();
        for (int i = 0; i < step.argv().size(); i++) {
            Rendered problem = words.add(step.argv().get(i), scope, i > 0 && !step.flagsAllowed());
            if (problem != null) {
                return problem;
            }
        }
        Map<String, String> environment = new LinkedHashMap<>();
        for (Step.EnvironmentEntry entry : step.environment()) {
            Voice.Said value = voice.say(entry.value(), scope);
            if (value.failure() != null) {
                return new Rendered.Failed("`env` " + entry.name() + ": " + value.failure());
            }
            environment.put(entry.name(), value.text());
        }
        Voice.Said cwd = step.cwd() == null ? null : voice.say(step.cwd(), scope);
        Voice.Said stdin = step.stdin() == null ? null : voice.say(step.stdin(), scope);
        if (cwd != null && cwd.failure() != null) {
            return new Rendered.Failed("`cwd`: " + cwd.failure());
        }
        if (stdin != null && stdin.failure() != null) {
            return new Rendered.Failed("`stdin`: " + stdin.failure());
        }
        List<AssertionCheck.Rendered> assertions = new ArrayList<>();
        String wrong = assertions(step.work(), scope, assertions);
        if (wrong != null) {
            return new Rendered.Failed(wrong);
        }
        return new Rendered.Ready(new CommandRequest(
                words.argv,
                cwd == null ? null : cwd.text(),
                environment,
                stdin == null ? null : stdin.text(),
                step.work().effect(),
                false,
                timeout(step.common()),
                words.open ? words.words : null,
                step.flagsAllowed(),
                keeps(step, step.work()),
                step.interactive(),
                null,
                null,
                null,
                List.of(),
                StepNeeds.of(step, null),
                StepRadius.of(step),
                passes(step.work(), upstream),
                assertions,
                step.work().retry()));
    }

    private Rendered tool(Step.ToolStep step, PlanTool tool, Scope scope) {
        Map<String, String> texts = new LinkedHashMap<>();
        boolean open = false;
        for (Step.Argument argument : step.args()) {
            Voice.Said said = voice.say(argument.value(), scope);
            if (said.failure() != null) {
                return new Rendered.Failed("argument `" + argument.name() + "`: " + said.failure());
            }
            open |= said.open();
            texts.put(argument.name(), said.text());
        }
        ToolArguments.Result result = ToolArguments.check(tool.action(), texts);
        if (result instanceof ToolArguments.Result.Wrong wrong && !open) {
            return new Rendered.Failed(String.join("; ", wrong.problems()));
        }
        Map<String, JsonValue> values = new LinkedHashMap<>();
        List<String> secrets = new ArrayList<>();
        if (result instanceof ToolArguments.Result.Checked checked) {
            values.putAll(checked.values());
            secrets.addAll(checked.secrets());
        }
        Words words = new Words();
        words.literal(tool.file().binary().text());
        ToolCall call = null;
        if (tool.action().call() instanceof ToolFile.Call.Argv argv) {
            Scope args = arguments(values, voice.lenient());
            for (Template word : argv.words()) {
                Rendered problem = words.add(word, args, true);
                if (problem != null) {
                    return problem;
                }
            }
        } else {
            call = call(tool, (ToolFile.Call.Remote) tool.action().call(), values, words);
        }
        List<AssertionCheck.Rendered> assertions = new ArrayList<>();
        String wrong = assertions(step.work(), scope, assertions);
        if (wrong != null) {
            return new Rendered.Failed(wrong);
        }
        Effect declared = step.work().effect();
        boolean believed = declared == null || declared == Effect.READ;
        return new Rendered.Ready(new CommandRequest(
                words.argv,
                null,
                Map.of(),
                null,
                declared == null && tool.action().readOnly() ? Effect.READ : declared,
                believed && tool.action().readOnly(),
                timeout(step.common()),
                open || words.open ? words.words : null,
                false,
                true,
                false,
                call,
                tool.operation(),
                null,
                secrets,
                StepNeeds.of(step, tool),
                StepRadius.of(step),
                passes(step.work(), false),
                assertions,
                step.work().retry()));
    }

    private static ToolCall call(
            PlanTool tool, ToolFile.Call.Remote remote, Map<String, JsonValue> values, Words words) {
        Transport transport = tool.file().transport();
        for (YamlNode.Scalar word : transport.startup().argv()) {
            words.literal(word.text());
        }
        int server = words.argv.size();
        String name = remote.name();
        words.literal(name);
        values.forEach((key, value) -> words.literal(key + "=" + JsonText.of(value)));
        return new ToolCall(tool.file().name().text(), name, new JsonValue.MapValue(values), transport, server);
    }

    /** {@code .name} and {@code .args.name}. */
    private static Scope arguments(Map<String, JsonValue> values, boolean lenient) {
        return name -> {
            JsonValue value = values.get(name);
            if (value != null) {
                return new Lookup.Known(value);
            }
            if (name.equals("args")) {
                return new Lookup.Known(new JsonValue.MapValue(values));
            }
            return lenient ? new Lookup.Open() : new Lookup.Unset("the step gives the argument no value");
        };
    }

    /** Renders what an xts or aws step asks for, and its assertions; null, or why something has no value. */
    @Nullable
    String asked(Step step, Scope scope, List<AssertionCheck.Rendered> assertions) {
        List<Step.Argument> texts = new ArrayList<>();
        Step.Work work = Objects.requireNonNull(step.work());
        if (step instanceof Step.XtsStep xts) {
            texts.addAll(xts.texts());
            texts.addAll(xts.params());
        } else if (step instanceof Step.AwsStep aws) {
            texts.add(aws.service());
            texts.add(aws.operation());
        }
        for (Step.Argument text : texts) {
            Voice.Said said = voice.say(text.value(), scope);
            if (said.failure() != null) {
                return "`" + text.name() + "`: " + said.failure();
            }
        }
        return assertions(work, scope, assertions);
    }

    private static Step.ExitCodes passes(Step.Work work, boolean upstream) {
        Step.ExitCodes codes = work.exitCodes();
        if (codes != null) {
            return codes;
        }
        return upstream ? Step.ExitCodes.ANY : Step.ExitCodes.ZERO;
    }

    /** Null, or why an operand has no value. */
    private @Nullable String assertions(Step.Work work, Scope scope, List<AssertionCheck.Rendered> into) {
        for (Assertion assertion : work.assertions()) {
            Template operand = assertion instanceof Assertion.Text text
                    ? text.operand()
                    : assertion instanceof Assertion.JsonPath path ? path.operand() : Template.literal("");
            Voice.Said said = voice.say(operand, scope);
            if (said.failure() != null) {
                return "`assertions`: " + said.failure();
            }
            into.add(new AssertionCheck.Rendered(assertion, said.text()));
        }
        return null;
    }

    private static long timeout(Step.Common common) {
        Long timeout = common.timeoutMillis();
        return timeout == null ? DEFAULT_TIMEOUT_MILLIS : timeout;
    }

    private static boolean keeps(Step step, Step.Work work) {
        for (Assertion assertion : work.assertions()) {
            if (!(assertion instanceof Assertion.ExitCode)) {
                return true;
            }
        }
        return CaptureReader.readsOutput(step.common().captures());
    }

    /** The words of a command as they come. */
    private final class Words {
        final List<String> argv = new ArrayList<>();
        final List<OpenWord> words = new ArrayList<>();
        boolean open;

        void literal(String text) {
            argv.add(text);
            words.add(new OpenWord.Known(text));
        }

        /** Null, or why there is no command. */
        @Nullable
        Rendered add(Template template, Scope scope, boolean valuesOnly) {
            int i = argv.size();
            Voice.Said word = voice.say(template, scope);
            if (word.failure() != null) {
                return new Rendered.Failed("argument " + i + ": " + word.failure());
            }
            if (i == 0 && word.text().isEmpty()) {
                return new Rendered.Failed("the program's name is empty");
            }
            boolean flag =
                    valuesOnly && template.startsWithTemplate() && word.text().startsWith("-");
            if (flag && !word.open()) {
                return new Rendered.Refused("argument " + i + " (`" + template.source()
                        + "`) became an option: its value begins with `-`, and the step does not say `args: flags`");
            }
            if (word.text().indexOf('\0') >= 0) {
                return new Rendered.Refused("argument " + i + " holds a NUL character, which no command can be given");
            }
            argv.add(word.text());
            words.add(word.open() ? OpenWords.of(template, scope) : new OpenWord.Known(word.text()));
            open |= word.open();
            return null;
        }
    }
}

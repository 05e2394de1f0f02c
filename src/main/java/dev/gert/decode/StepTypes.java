package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.expr.Template;
import dev.gert.model.Assertion;
import dev.gert.model.Capture;
import dev.gert.model.Outcome;
import dev.gert.model.Step;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What each type of step has of its own (formats.md, "Step"). */
final class StepTypes {
    /** The keys that not every type has, each with the types that have it. */
    private static final String[][] OWNERS = {
        {"with", "cli"},
        {"tool", "tool"},
        {"invoke", "invoke"},
        {"gate", "invoke"},
        {"xts", "xts"},
        {"aws", "aws"},
        {"elevation", "cli tool xts aws"},
        {"required_evidence", "manual"},
        {"choices", "manual"},
        {"impact", "manual"},
        {"capture", "cli tool invoke xts aws"},
        {"assertions", "cli tool xts aws"},
        {"exit_codes", "cli tool"},
        {"effect", "cli tool invoke xts aws"},
        {"retry", "cli tool invoke xts aws"},
        {"precondition", "cli tool invoke xts aws"}
    };

    static final String[] KEYS = {
        "with", "tool", "invoke", "gate", "xts", "aws", "required_evidence", "choices", "impact"
    };

    private static final String[] XTS_TEXTS = {"environment", "file", "activity", "query", "auto_select", "sql_timeout"
    };

    private final Diagnostics diagnostics;

    StepTypes(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    /** Reports the keys that a step of this type can't have. */
    void notFor(String type, Fields fields) {
        for (String[] owner : OWNERS) {
            boolean has = (" " + owner[1] + " ").contains(" " + type + " ");
            Span span = fields.keySpan(owner[0]);
            fields.know(owner[0]);
            if (!has && span != null) {
                diagnostics.error(
                        Code.Y118,
                        span,
                        "`" + owner[0] + "` does not apply to "
                                + (type.equals("invoke") || type.charAt(0) == 'a' || type.equals("xts") ? "an " : "a ")
                                + type + " step");
            }
        }
    }

    private @Nullable Fields block(Fields step, String key) {
        Fields block = step.map(key);
        if (block == null && step.keySpan(key) == null) {
            step.missing(key);
        }
        return block;
    }

    @Nullable
    Step cli(Step.Common common, Step.Work work, Fields step) {
        Fields with = block(step, "with");
        if (with == null) {
            return null;
        }
        List<YamlNode.Scalar> words = with.texts("argv");
        if (words == null && with.keySpan("argv") == null) {
            with.missing("argv");
        }
        String args = with.word("args", "values", "flags");
        YamlNode.Scalar cwd = with.scalar("cwd");
        YamlNode.Scalar stdin = with.scalar("stdin");
        boolean interactive = with.truth("interactive", false);
        List<Step.EnvironmentEntry> environment = environment(with);
        Span stdinKey = with.keySpan("stdin");
        with.done();
        if (interactive) {
            interactive(common, work, stdinKey);
        }
        if (words == null) {
            return null;
        }
        if (words.isEmpty() || words.get(0).text().isEmpty()) {
            diagnostics.error(Code.Y119, with.keySpan("argv"), "`argv` needs a program as its first item");
            return null;
        }
        List<Template> argv = new ArrayList<>();
        List<Span> spans = new ArrayList<>();
        for (YamlNode.Scalar word : words) {
            argv.add(Template.parse(word, diagnostics));
            spans.add(word.span());
        }
        return new Step.CliStep(
                common,
                work,
                argv,
                spans,
                "flags".equals(args),
                cwd == null ? null : Template.parse(cwd, diagnostics),
                environment,
                stdin == null ? null : Template.parse(stdin, diagnostics),
                interactive);
    }

    private List<Step.EnvironmentEntry> environment(Fields with) {
        List<Step.EnvironmentEntry> environment = new ArrayList<>();
        for (YamlNode.Entry entry : with.entries("env")) {
            YamlNode.Scalar name = entry.key();
            if (!Names.isName(name.text(), true)) {
                diagnostics.error(
                        Code.R202, name.span(), "`" + name.text() + "` is not a valid name of an environment variable");
            } else if (entry.value() instanceof YamlNode.Scalar value) {
                environment.add(
                        new Step.EnvironmentEntry(name.text(), name.span(), Template.parse(value, diagnostics)));
            } else {
                Fields.wrongType(entry.value(), "`" + name.text() + "`", "text", diagnostics);
            }
        }
        return environment;
    }

    /** The terminal is the child's: what would read its output, or write its input, has nothing to go by. */
    private void interactive(Step.Common common, Step.Work work, @Nullable Span stdin) {
        if (stdin != null) {
            diagnostics.error(Code.Y116, stdin, "`stdin` and `interactive` exclude each other");
        }
        for (Capture capture : common.captures()) {
            if (!(capture.from() instanceof Capture.From.ExitCode)) {
                diagnostics.error(
                        Code.Y116,
                        capture.span(),
                        "an interactive step's output is not captured",
                        "",
                        "capture `exit_code` alone, or take `interactive` out");
            }
        }
        for (Assertion assertion : work.assertions()) {
            if (!(assertion instanceof Assertion.ExitCode)) {
                diagnostics.error(
                        Code.Y116,
                        assertion.span(),
                        "an interactive step's output is not captured, so nothing can be asserted of it");
            }
        }
    }

    @Nullable
    Step tool(Step.Common common, Step.Work work, Fields step) {
        Fields tool = block(step, "tool");
        if (tool == null) {
            return null;
        }
        YamlNode.Scalar name = Scalars.named(tool, "name", diagnostics);
        YamlNode.Scalar action = Scalars.named(tool, "action", diagnostics);
        List<Step.Argument> args = Arguments.of(tool, "args", "argument name", diagnostics);
        tool.done();
        return name == null || action == null
                ? null
                : new Step.ToolStep(common, work, name.text(), name.span(), action.text(), action.span(), args);
    }

    @Nullable
    Step invoke(Step.Common common, Step.Work work, Fields step) {
        Fields invoke = block(step, "invoke");
        Step.Gate gate = gate(step.map("gate"));
        if (invoke == null) {
            return null;
        }
        YamlNode.Scalar runbook = Scalars.named(invoke, "runbook", diagnostics);
        List<Step.Argument> inputs = Arguments.of(invoke, "inputs", "input name", diagnostics);
        invoke.done();
        return runbook == null
                ? null
                : new Step.InvokeStep(common, work, Template.parse(runbook, diagnostics), runbook.span(), inputs, gate);
    }

    private Step.Gate gate(@Nullable Fields fields) {
        List<Outcome.State> stop = new ArrayList<>();
        if (fields == null) {
            return new Step.Gate(stop, false);
        }
        List<YamlNode.Scalar> states = fields.texts("stop_if");
        String onError = fields.word("on_error", "skip", "stop");
        fields.done();
        if (states != null) {
            for (YamlNode.Scalar word : states) {
                if (Scalars.oneOf(
                                "stop_if",
                                word,
                                List.of("resolved", "escalated", "no_action", "needs_rca"),
                                diagnostics)
                        != null) {
                    Outcome.State state = Outcome.State.of(word.text());
                    if (state != null) {
                        stop.add(state);
                    }
                }
            }
        }
        return new Step.Gate(stop, "skip".equals(onError));
    }

    @Nullable
    Step xts(Step.Common common, Step.Work work, Fields step) {
        Fields xts = block(step, "xts");
        if (xts == null) {
            return null;
        }
        String mode = xts.word("mode", "query", "activity", "view");
        if (mode == null && xts.keySpan("mode") == null) {
            xts.missing("mode");
        }
        String queryType = xts.word("query_type", "sql", "kusto", "cms", "mds");
        List<Step.Argument> texts = new ArrayList<>();
        for (String key : XTS_TEXTS) {
            YamlNode.Scalar text = xts.scalar(key);
            Span keySpan = xts.keySpan(key);
            if (text != null && keySpan != null) {
                texts.add(new Step.Argument(key, keySpan, Template.parse(text, diagnostics), text.span()));
            }
        }
        List<Step.Argument> params = Arguments.of(xts, "params", "parameter name", diagnostics);
        xts.done();
        if (mode == null) {
            return null;
        }
        String needed = mode.equals("view") ? "file" : mode;
        if (xts.keySpan(needed) == null) {
            xts.missing(needed);
        }
        return new Step.XtsStep(
                common,
                work,
                Step.XtsMode.valueOf(mode.toUpperCase(Locale.ROOT)),
                queryType,
                texts,
                params,
                xts.span());
    }

    @Nullable
    Step aws(Step.Common common, Step.Work work, Fields step) {
        Fields aws = block(step, "aws");
        if (aws == null) {
            return null;
        }
        Step.Argument service = argument("service", Scalars.named(aws, "service", diagnostics));
        Step.Argument operation = argument("operation", Scalars.named(aws, "operation", diagnostics));
        YamlNode.Scalar region = aws.scalar("region");
        YamlNode params = aws.node("params");
        boolean all = aws.truth("all_pages", false);
        YamlNode.Scalar body = aws.scalar("body_file");
        YamlNode.Scalar save = aws.scalar("save_to");
        aws.done();
        if (params != null && !(params instanceof YamlNode.Mapping)) {
            Fields.wrongType(params, "`params`", "a map of names to values", diagnostics);
        }
        List<Template> texts = new ArrayList<>();
        if (params != null) {
            texts(params, texts);
        }
        return service == null || operation == null
                ? null
                : new Step.AwsStep(
                        common,
                        work,
                        service,
                        operation,
                        region == null ? null : Template.parse(region, diagnostics),
                        params instanceof YamlNode.Mapping map ? map : null,
                        texts,
                        all,
                        body == null ? null : Template.parse(body, diagnostics),
                        save == null ? null : Template.parse(save, diagnostics));
    }

    private void texts(YamlNode node, List<Template> texts) {
        if (node instanceof YamlNode.Mapping map) {
            for (YamlNode.Entry entry : map.entries()) {
                texts(entry.value(), texts);
            }
        } else if (node instanceof YamlNode.Sequence list) {
            for (YamlNode item : list.items()) {
                texts(item, texts);
            }
        } else if (node instanceof YamlNode.Scalar text && text.kind() == YamlNode.Scalar.Kind.TEXT) {
            texts.add(Template.parse(text, diagnostics));
        }
    }

    private Step.@Nullable Argument argument(String name, YamlNode.@Nullable Scalar scalar) {
        return scalar == null
                ? null
                : new Step.Argument(name, scalar.span(), Template.parse(scalar, diagnostics), scalar.span());
    }
}

package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.expr.Template;
import dev.gert.expr.TextPattern;
import dev.gert.model.Assertion;
import dev.gert.model.Capture;
import dev.gert.model.Effect;
import dev.gert.model.Step;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every step but a manual one may have (formats.md, "Step"). */
final class WorkDecoder {
    static final String[] KEYS = {"effect", "precondition", "retry", "exit_codes", "assertions", "elevation"};
    private static final long DEFAULT_TTL = 15 * 60_000;
    private static final int MOST_ATTEMPTS = 100;

    private final Diagnostics diagnostics;

    WorkDecoder(Diagnostics diagnostics) {
        this.diagnostics = diagnostics;
    }

    Step.Work work(String type, Span stepSpan, Fields fields) {
        String word = fields.word("effect", "read", "idempotent", "mutate");
        Effect effect = word == null ? null : Effect.of(word);
        Span effectSpan = fields.keySpan("effect");
        List<Assertion> assertions = assertions(fields);
        Step.ExitCodes codes = exitCodes(fields);
        Step.Retry retry = retry(fields.map("retry"));
        if (retry != null
                && (effect == Effect.MUTATE || (effect == null && (type.equals("cli") || type.equals("invoke"))))) {
            diagnostics.error(
                    Code.R208,
                    fields.keySpan("retry"),
                    effect == null ? "`retry` needs an `effect`" : "a step with `effect: mutate` can't be retried",
                    "",
                    "say `effect: read` or `effect: idempotent` if running it twice does no harm");
        }
        for (Assertion assertion : assertions) {
            if (assertion instanceof Assertion.ExitCode code) {
                if (codes != null) {
                    diagnostics.error(
                            Code.Y116,
                            code.span(),
                            "an `exit_code` assertion and `exit_codes` say the same thing twice",
                            "",
                            "keep one of the two");
                }
                codes = new Step.ExitCodes(false, List.of(code.code()));
            }
        }
        return new Step.Work(
                effect,
                effectSpan == null ? stepSpan : effectSpan,
                precondition(fields.map("precondition")),
                retry,
                codes,
                assertions,
                elevation(fields.map("elevation")));
    }

    private Step.@Nullable Precondition precondition(@Nullable Fields fields) {
        if (fields == null) {
            return null;
        }
        List<YamlNode.Scalar> words = fields.texts("check");
        boolean skip = fields.truth("skip_if_succeeds", false);
        YamlNode.Scalar message = fields.scalar("message");
        if (words == null && fields.keySpan("check") == null) {
            fields.missing("check");
        }
        fields.done();
        if (words == null) {
            return null;
        }
        if (words.isEmpty() || words.get(0).text().isEmpty()) {
            diagnostics.error(Code.Y119, fields.keySpan("check"), "`check` needs a program as its first item");
            return null;
        }
        List<Template> argv = new ArrayList<>();
        List<Span> spans = new ArrayList<>();
        for (YamlNode.Scalar word : words) {
            argv.add(Template.parse(word, diagnostics));
            spans.add(word.span());
        }
        Template text = message == null ? Template.literal("") : Template.parse(message, diagnostics);
        return new Step.Precondition(argv, spans, skip, text, fields.span());
    }

    private Step.@Nullable Retry retry(@Nullable Fields fields) {
        if (fields == null) {
            return null;
        }
        Integer attempts = fields.wholeNumber("attempts", 2, MOST_ATTEMPTS);
        if (attempts == null && fields.keySpan("attempts") == null) {
            fields.missing("attempts");
        }
        Long delay = Durations.millis("delay", fields.scalar("delay"), diagnostics);
        YamlNode.Scalar written = fields.scalar("backoff");
        Long most = Durations.millis("max_delay", fields.scalar("max_delay"), diagnostics);
        fields.done();
        double backoff = 2.0;
        if (written != null) {
            BigDecimal number = Numbers.spelled(written.text());
            double value = number == null ? 0 : number.doubleValue();
            if (value < 1 || value > 100) {
                diagnostics.error(
                        Code.Y114,
                        written.span(),
                        "`backoff` is `" + written.text() + "`, which is not a number from 1 to 100");
            } else {
                backoff = value;
            }
        }
        return attempts == null
                ? null
                : new Step.Retry(attempts, delay == null ? 1000 : delay, backoff, most, fields.span());
    }

    private Step.@Nullable ExitCodes exitCodes(Fields fields) {
        YamlNode node = fields.node("exit_codes");
        if (node == null) {
            return null;
        }
        if (node instanceof YamlNode.Scalar word && word.text().equals("any")) {
            return Step.ExitCodes.ANY;
        }
        if (!(node instanceof YamlNode.Sequence list) || list.items().isEmpty()) {
            Fields.wrongType(node, "`exit_codes`", "a list of numbers, or `any`", diagnostics);
            return null;
        }
        List<Integer> codes = new ArrayList<>();
        for (YamlNode item : list.items()) {
            Integer code = item instanceof YamlNode.Scalar number ? exitCode(number, "an item of `exit_codes`") : null;
            if (code != null) {
                codes.add(code);
            } else if (!(item instanceof YamlNode.Scalar)) {
                Fields.wrongType(item, "an item of `exit_codes`", "a number", diagnostics);
            }
        }
        return new Step.ExitCodes(false, codes);
    }

    private @Nullable Integer exitCode(YamlNode.Scalar scalar, String what) {
        BigDecimal number = Numbers.spelled(scalar.text());
        boolean fits = number != null
                && number.scale() <= 0
                && number.signum() >= 0
                && number.compareTo(BigDecimal.valueOf(255)) <= 0;
        if (!fits || number == null) {
            diagnostics.error(
                    Code.Y114,
                    scalar.span(),
                    what + " is `" + scalar.text() + "`, which is not a number from 0 to 255");
            return null;
        }
        return number.intValueExact();
    }

    private List<Assertion> assertions(Fields fields) {
        List<Assertion> assertions = new ArrayList<>();
        List<YamlNode> items = fields.list("assertions");
        if (items == null) {
            return assertions;
        }
        for (YamlNode item : items) {
            Fields one = Fields.of(item, "an assertion", diagnostics);
            if (one == null) {
                continue;
            }
            for (Assertion.Relation relation : Assertion.Relation.values()) {
                YamlNode.Scalar operand = one.scalar(relation.word());
                if (operand != null) {
                    assertions.add(new Assertion.Text(relation, Template.parse(operand, diagnostics), operand.span()));
                }
            }
            YamlNode.Scalar pattern = one.scalar("matches");
            TextPattern regex = pattern == null ? null : TextPattern.parse(pattern, diagnostics);
            if (regex != null && pattern != null) {
                assertions.add(new Assertion.Matches(regex, pattern.span()));
            }
            YamlNode.Scalar code = one.scalar("exit_code");
            Integer number = code == null ? null : exitCode(code, "`exit_code`");
            if (number != null && code != null) {
                assertions.add(new Assertion.ExitCode(number, code.span()));
            }
            jsonPath(one.map("json_path"), assertions);
            one.done();
            int keys = ((YamlNode.Mapping) item).entries().size();
            if (keys != 1) {
                diagnostics.error(
                        Code.Y116,
                        item.span(),
                        keys == 0
                                ? "an assertion needs one key"
                                : "an assertion has exactly one key, this one has " + keys,
                        "",
                        keys == 0 ? null : "make one item of the list out of each");
            }
        }
        return assertions;
    }

    private void jsonPath(@Nullable Fields fields, List<Assertion> assertions) {
        if (fields == null) {
            return;
        }
        YamlNode.Scalar path = fields.requiredScalar("path");
        YamlNode.Scalar equals = fields.requiredScalar("equals");
        fields.done();
        List<Capture.PathStep> steps = path == null ? null : CaptureSources.steps(path, diagnostics);
        if (path != null && steps != null && equals != null) {
            assertions.add(
                    new Assertion.JsonPath(path.text(), steps, Template.parse(equals, diagnostics), path.span()));
        }
    }

    private Step.@Nullable Elevation elevation(@Nullable Fields fields) {
        if (fields == null) {
            return null;
        }
        YamlNode.Scalar role = Scalars.named(fields, "role", diagnostics);
        YamlNode.Scalar scope = Scalars.named(fields, "scope", diagnostics);
        YamlNode.Scalar why = Scalars.named(fields, "justification", diagnostics);
        Long ttl = Durations.millis("ttl", fields.scalar("ttl"), diagnostics);
        fields.done();
        if (role == null || scope == null || why == null) {
            return null;
        }
        return new Step.Elevation(
                Template.parse(role, diagnostics),
                Template.parse(scope, diagnostics),
                Template.parse(why, diagnostics),
                ttl == null ? DEFAULT_TTL : ttl,
                fields.span());
    }
}

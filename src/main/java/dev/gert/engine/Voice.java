package dev.gert.engine;

import dev.gert.event.RunEvent;
import dev.gert.expr.Condition;
import dev.gert.expr.Evaluation;
import dev.gert.expr.Rendering;
import dev.gert.expr.Scope;
import dev.gert.expr.Template;
import dev.gert.json.JsonText;
import dev.gert.model.Step;
import dev.gert.policy.Captured;
import dev.gert.policy.Redaction;
import dev.gert.policy.Redactor;
import dev.gert.policy.SafeText;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How the decider renders templates, and what of it records may hold. */
final class Voice {
    /** What a name without a value is. */
    enum Mode {
        /** An error. */
        REAL,
        /** Unknown, and an unknown condition is not taken (formats.md, section 4). */
        TEST,
        /** An error; what gert can't run by itself is answered from a recording. */
        REPLAY,
        /** Unknown, and an unknown condition is as far as one can see. */
        DRY
    }

    private final Supplier<Redactor> redactor;
    private final BinaryOperator<String> tokens;
    private final Mode mode;

    Voice(Supplier<Redactor> redactor, BinaryOperator<String> tokens, Mode mode) {
        this.redactor = redactor;
        this.tokens = tokens;
        this.mode = mode;
    }

    /** A rendered text, whether a part of it is not known, and why it could not be rendered. */
    record Said(String text, boolean open, @Nullable String failure) {}

    /** Whether a name without a value is unknown instead of an error. */
    boolean lenient() {
        return mode == Mode.TEST || mode == Mode.DRY;
    }

    /** Whether what a step leads to is left out, as in unit tests. */
    boolean simulates() {
        return mode == Mode.TEST;
    }

    /** Whether a recording answers for the services that steps ask. */
    boolean replays() {
        return mode == Mode.REPLAY;
    }

    /** Whether what is not known is where the decider stops. */
    boolean stops() {
        return mode == Mode.DRY;
    }

    RunScope scope(RunState state, String address) {
        return new RunScope(state, address, tokens, lenient());
    }

    Said say(Template template, Scope scope) {
        hide(template, scope);
        if (lenient()) {
            Rendering rendering = template.renderLenient(scope);
            Evaluation.Failure failure = rendering.failure();
            return new Said(rendering.text(), !rendering.open().isEmpty(), failure == null ? null : failure.message());
        }
        Evaluation evaluation = template.evaluate(scope);
        if (evaluation instanceof Evaluation.Failure failure) {
            return new Said("", false, failure.message());
        }
        return new Said(evaluation instanceof Evaluation.Value value ? JsonText.of(value.value()) : "", false, null);
    }

    /** What a template makes of a secret is one from then on. */
    private void hide(Template template, Scope scope) {
        List<String> made = template.madeOfSecrets(scope);
        if (!made.isEmpty() && redactor instanceof Redaction redaction) {
            redaction.hide(made);
        }
    }

    /** As far as it can be rendered: for people to read. */
    SafeText shown(Template template, Scope scope) {
        hide(template, scope);
        return safe(template.renderLenient(scope).text());
    }

    /** Renders a child's inputs into {@code into}; null, or why one could not be. */
    @Nullable
    String inputs(List<Step.Argument> inputs, Scope scope, Map<String, Captured> into) {
        for (Step.Argument input : inputs) {
            Said said = say(input.value(), scope);
            if (said.failure() != null) {
                return "input `" + input.name() + "`: " + said.failure();
            }
            if (!said.open()) {
                into.put(input.name(), captured(said.text()));
            }
        }
        return null;
    }

    Map<String, Captured> operands(Condition condition, Scope scope) {
        Map<String, Captured> operands = new LinkedHashMap<>();
        condition.operands(scope).forEach((name, value) -> operands.put(name, captured(value)));
        return operands;
    }

    SafeText safe(String text) {
        return redactor.get().safe(text);
    }

    Captured captured(String text) {
        return redactor.get().capture(text);
    }

    static EngineEffect record(RunEvent event) {
        return new EngineEffect.Append(List.of(event));
    }
}

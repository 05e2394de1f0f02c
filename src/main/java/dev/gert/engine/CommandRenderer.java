package dev.gert.engine;

import dev.gert.expr.Evaluation;
import dev.gert.expr.Rendering;
import dev.gert.expr.Scope;
import dev.gert.expr.Template;
import dev.gert.model.Step;
import dev.gert.plan.OpenWords;
import dev.gert.policy.OpenWord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    private final boolean lenient;

    CommandRenderer(boolean lenient) {
        this.lenient = lenient;
    }

    Rendered render(Step.CliStep step, Scope scope) {
        List<String> argv = new ArrayList<>();
        List<OpenWord> words = new ArrayList<>();
        boolean open = false;
        for (int i = 0; i < step.argv().size(); i++) {
            Template template = step.argv().get(i);
            Word word = word(template, scope);
            if (word.failure != null) {
                return new Rendered.Failed("argument " + i + ": " + word.failure);
            }
            if (i == 0 && word.text.isEmpty()) {
                return new Rendered.Failed("the program's name is empty");
            }
            boolean flag = i > 0 && !step.flagsAllowed() && template.startsWithTemplate() && word.text.startsWith("-");
            if (flag && !word.open) {
                return new Rendered.Refused("argument " + i + " (`" + template.source()
                        + "`) became an option: its value begins with `-`, and the step does not say `args: flags`");
            }
            if (word.text.indexOf('\0') >= 0) {
                return new Rendered.Refused("argument " + i + " holds a NUL character, which no command can be given");
            }
            argv.add(word.text);
            words.add(word.open ? OpenWords.of(template, scope) : new OpenWord.Known(word.text));
            open |= word.open;
        }
        Map<String, String> environment = new LinkedHashMap<>();
        for (Step.EnvironmentEntry entry : step.environment()) {
            Word value = word(entry.value(), scope);
            if (value.failure != null) {
                return new Rendered.Failed("`env` " + entry.name() + ": " + value.failure);
            }
            environment.put(entry.name(), value.text);
        }
        Word cwd = step.cwd() == null ? null : word(step.cwd(), scope);
        Word stdin = step.stdin() == null ? null : word(step.stdin(), scope);
        if (cwd != null && cwd.failure != null) {
            return new Rendered.Failed("`cwd`: " + cwd.failure);
        }
        if (stdin != null && stdin.failure != null) {
            return new Rendered.Failed("`stdin`: " + stdin.failure);
        }
        Long timeout = step.common().timeoutMillis();
        return new Rendered.Ready(new CommandRequest(
                argv,
                cwd == null ? null : cwd.text,
                environment,
                stdin == null ? null : stdin.text,
                step.effect(),
                timeout == null ? DEFAULT_TIMEOUT_MILLIS : timeout,
                open ? words : null,
                step.flagsAllowed(),
                CaptureReader.readsOutput(step.common().captures())));
    }

    private Word word(Template template, Scope scope) {
        if (lenient) {
            Rendering rendering = template.renderLenient(scope);
            Evaluation.Failure failure = rendering.failure();
            return new Word(rendering.text(), !rendering.open().isEmpty(), failure == null ? null : failure.message());
        }
        Evaluation evaluation = template.evaluate(scope);
        return evaluation instanceof Evaluation.Failure failure
                ? new Word("", false, failure.message())
                : new Word(Decider.text(evaluation), false, null);
    }

    private record Word(String text, boolean open, @Nullable String failure) {}
}

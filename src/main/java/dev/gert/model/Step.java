package dev.gert.model;

import dev.gert.expr.Condition;
import dev.gert.expr.Template;
import dev.gert.source.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A step of one of the types of formats.md, "Step". */
public sealed interface Step {
    /** What steps of every type have. */
    Common common();

    /** The wire word of the type. */
    String type();

    default String id() {
        return common().id();
    }

    /**
     * The fields of every step.
     *
     * @param when null: always
     * @param timeoutMillis null: none was given
     */
    record Common(
            String id,
            Span idSpan,
            Template title,
            Template instructions,
            @Nullable Condition when,
            @Nullable Long timeoutMillis,
            List<Capture> captures,
            List<Outcome> outcomes) {
        public Common {
            captures = List.copyOf(captures);
            outcomes = List.copyOf(outcomes);
        }
    }

    /** A command: argv, never a shell. {@code effect} null: none was declared, which counts as {@code mutate}. */
    record CliStep(
            Common common,
            List<Template> argv,
            List<Span> argvSpans,
            boolean flagsAllowed,
            @Nullable Template cwd,
            List<EnvironmentEntry> environment,
            @Nullable Template stdin,
            @Nullable Effect effect,
            Span effectSpan)
            implements Step {
        public CliStep {
            argv = List.copyOf(argv);
            argvSpans = List.copyOf(argvSpans);
            environment = List.copyOf(environment);
        }

        @Override
        public String type() {
            return "cli";
        }
    }

    /** A step that a person does. */
    record ManualStep(Common common) implements Step {
        @Override
        public String type() {
            return "manual";
        }
    }

    /** An entry of {@code with.env}. */
    record EnvironmentEntry(String name, Span span, Template value) {}
}

package dev.gert.model;

import dev.gert.expr.Condition;
import dev.gert.expr.Template;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A step of one of the types of formats.md, "Step". */
public sealed interface Step {
    /** What steps of every type have. */
    Common common();

    /** What steps have that gert does by itself; null on {@code manual}. */
    @Nullable
    Work work();

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
     * @param delayMillis 0: none
     */
    record Common(
            String id,
            Span idSpan,
            Template title,
            Template instructions,
            @Nullable Condition when,
            @Nullable Long timeoutMillis,
            long delayMillis,
            List<Capture> captures,
            List<Outcome> outcomes,
            @Nullable BlastRadius blastRadius,
            @Nullable Approvals approvals) {
        public Common {
            captures = List.copyOf(captures);
            outcomes = List.copyOf(outcomes);
        }
    }

    /**
     * The fields of every step but manual ones.
     *
     * @param effect null: none was declared
     * @param effectSpan the declaration's place, or the step's
     * @param exitCodes null: the type's own default
     */
    record Work(
            @Nullable Effect effect,
            Span effectSpan,
            @Nullable Precondition precondition,
            @Nullable Retry retry,
            @Nullable ExitCodes exitCodes,
            List<Assertion> assertions,
            @Nullable Elevation elevation) {
        public Work {
            assertions = List.copyOf(assertions);
        }
    }

    /** A command: argv, never a shell. */
    record CliStep(
            Common common,
            Work work,
            List<Template> argv,
            List<Span> argvSpans,
            boolean flagsAllowed,
            @Nullable Template cwd,
            List<EnvironmentEntry> environment,
            @Nullable Template stdin,
            boolean interactive)
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

    /**
     * A step that a person does.
     *
     * @param choices null: nothing is to be chosen
     * @param impact null: nothing is said, which counts as production
     */
    record ManualStep(
            Common common,
            List<RequiredEvidence> requiredEvidence,
            @Nullable Choices choices,
            @Nullable Impact impact) implements Step {
        public ManualStep {
            requiredEvidence = List.copyOf(requiredEvidence);
        }

        @Override
        public @Nullable Work work() {
            return null;
        }

        @Override
        public String type() {
            return "manual";
        }
    }

    /** An action of a tool that the runbook declares. */
    record ToolStep(
            Common common, Work work, String tool, Span toolSpan, String action, Span actionSpan, List<Argument> args)
            implements Step {
        public ToolStep {
            args = List.copyOf(args);
        }

        @Override
        public String type() {
            return "tool";
        }
    }

    /** Another runbook, run to its end as a child. */
    record InvokeStep(Common common, Work work, Template runbook, Span runbookSpan, List<Argument> inputs, Gate gate)
            implements Step {
        public InvokeStep {
            inputs = List.copyOf(inputs);
        }

        @Override
        public String type() {
            return "invoke";
        }
    }

    /**
     * A query, view or activity of XTS.
     *
     * @param texts the other texts by their key: {@code environment}, {@code file}, {@code activity}, {@code query},
     *     {@code auto_select}, {@code sql_timeout}
     * @param queryType {@code sql}, {@code kusto}, {@code cms}, {@code mds}, or null
     */
    record XtsStep(
            Common common,
            Work work,
            XtsMode mode,
            @Nullable String queryType,
            List<Argument> texts,
            List<Argument> params,
            Span span)
            implements Step {
        public XtsStep {
            texts = List.copyOf(texts);
            params = List.copyOf(params);
        }

        @Override
        public String type() {
            return "xts";
        }

        /** The text under that key, or null. */
        public @Nullable Argument text(String key) {
            for (Argument text : texts) {
                if (text.name().equals(key)) {
                    return text;
                }
            }
            return null;
        }
    }

    /** What an xts step does. */
    enum XtsMode {
        QUERY,
        ACTIVITY,
        VIEW
    }

    /**
     * An operation of an AWS service, by the API's own names.
     *
     * @param params as written; its texts are templates
     * @param paramTexts the texts of {@code params}, in order, however deep
     */
    record AwsStep(
            Common common,
            Work work,
            Argument service,
            Argument operation,
            @Nullable Template region,
            YamlNode.@Nullable Mapping params,
            List<Template> paramTexts,
            boolean allPages,
            @Nullable Template bodyFile,
            @Nullable Template saveTo)
            implements Step {
        public AwsStep {
            paramTexts = List.copyOf(paramTexts);
        }

        @Override
        public String type() {
            return "aws";
        }
    }

    /** What to do with an invoked runbook's end. {@code stopIf}: states that end the run with the child's outcome. */
    record Gate(List<Outcome.State> stopIf, boolean skipsErrors) {
        public Gate {
            stopIf = List.copyOf(stopIf);
        }
    }

    /** A name and the template of its value. */
    record Argument(String name, Span span, Template value, Span valueSpan) {}

    /** An entry of {@code with.env}. */
    record EnvironmentEntry(String name, Span span, Template value) {}

    /** A probe before the step. {@code skipIfSucceeds}: its success means that there is nothing to do. */
    record Precondition(
            List<Template> argv, List<Span> argvSpans, boolean skipIfSucceeds, Template message, Span span) {
        public Precondition {
            argv = List.copyOf(argv);
            argvSpans = List.copyOf(argvSpans);
        }
    }

    /** {@code attempts} in all; the wait grows by {@code backoff} up to {@code maxDelayMillis} (null: without end). */
    record Retry(
            int attempts,
            long delayMillis,
            double backoff,
            @Nullable Long maxDelayMillis,
            Span span) {
        /** How long to wait before attempt number {@code attempt}, from 2. */
        public long waitMillis(int attempt) {
            double wait = delayMillis;
            long most = maxDelayMillis == null ? MOST : maxDelayMillis;
            for (int i = 2; i < attempt && wait < most; i++) {
                wait *= backoff;
            }
            return Math.min(most, (long) wait);
        }

        private static final long MOST = 24L * 3_600_000;
    }

    /** The exit codes that pass. */
    record ExitCodes(boolean any, List<Integer> codes) {
        public static final ExitCodes ZERO = new ExitCodes(false, List.of(0));
        public static final ExitCodes ANY = new ExitCodes(true, List.of());

        public ExitCodes {
            codes = List.copyOf(codes);
        }

        public boolean pass(int code) {
            return any || codes.contains(code);
        }
    }

    /** {@code approvals}: the decisions that the step asks for by itself, whatever policy asks for. */
    record Approvals(int min, List<String> roles, Span span) {
        public Approvals {
            roles = List.copyOf(roles);
        }
    }

    /** Rights for one step (formats.md, section 1). */
    record Elevation(Template role, Template scope, Template justification, long ttlMillis, Span span) {}

    /** What a manual step has to leave behind. {@code items}: those of a checklist. */
    record RequiredEvidence(EvidenceKind kind, String name, Span span, List<String> items) {
        public RequiredEvidence {
            items = List.copyOf(items);
        }
    }

    /** The answers among which a person chooses, and the variable that keeps the value. */
    record Choices(String variable, Span variableSpan, Template prompt, List<Option> options) {
        public Choices {
            options = List.copyOf(options);
        }
    }

    /** One of {@link Choices}. */
    record Option(String value, String label, String description) {}

    /** {@code impact} of a manual step. */
    enum Impact {
        NONE,
        PRODUCTION
    }
}

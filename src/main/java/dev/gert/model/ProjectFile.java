package dev.gert.model;

import dev.gert.expr.Template;
import dev.gert.json.JsonValue;
import dev.gert.source.Source;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code gert.yaml} (formats.md, section 6; formats-dialect.md).
 *
 * @param name empty: the file gives none
 * @param upstream {@code compatibility: upstream}
 * @param commandPath absolute folders; null: the operator's PATH
 * @param environment names, maybe with a star at the end, that children get; null: the built-in ones
 * @param xtsProgram {@code providers.xts.cli_path}; null: none
 * @param providers those that answer inputs, of {@code providers} and of {@code config.providers}
 * @param requires other packages, by the name that {@code pkg/tool} uses
 * @param exports tools that other packages may use, by name
 * @param elevation null: no provider
 * @param evidence null: it stays in the run's folder
 */
public record ProjectFile(
        Source source,
        String name,
        Paths paths,
        boolean upstream,
        @Nullable List<YamlNode.Scalar> commandPath,
        @Nullable List<YamlNode.Scalar> environment,
        YamlNode.@Nullable Scalar xtsProgram,
        List<Provider> providers,
        List<NamedPath> requires,
        List<NamedPath> exports,
        @Nullable Elevation elevation,
        Telemetry telemetry,
        List<Notice> notices,
        @Nullable EvidenceStore evidence) {
    public ProjectFile {
        commandPath = commandPath == null ? null : List.copyOf(commandPath);
        environment = environment == null ? null : List.copyOf(environment);
        providers = List.copyOf(providers);
        requires = List.copyOf(requires);
        exports = List.copyOf(exports);
        notices = List.copyOf(notices);
    }

    /** Folders, relative to the project root; where the file is silent, each is called as its key. */
    public record Paths(String runbooks, String scenarios, String tools, String reports) {
        public static Paths standard() {
            return new Paths("runbooks", "scenarios", "tools", "reports");
        }
    }

    /** A name and the path that belongs to it. */
    public record NamedPath(YamlNode.Scalar name, YamlNode.Scalar path) {}

    /**
     * A program that answers inputs.
     *
     * @param binary null: the file at {@code path} says it
     * @param path of a {@code provider/v0} file; null: none
     * @param config its own settings, handed on
     */
    public record Provider(
            YamlNode.Scalar name,
            YamlNode.@Nullable Scalar binary,
            YamlNode.@Nullable Scalar path,
            JsonValue.MapValue config) {}

    /** Where grants come from; the provider reads its {@code settings}: every key but {@code provider}. */
    public record Elevation(String provider, Span span, List<YamlNode.Entry> settings) {
        public Elevation {
            settings = List.copyOf(settings);
        }
    }

    /** {@code otel}; null: the file is silent, and a default or an environment variable speaks. */
    public record Telemetry(
            @Nullable String exporter,
            @Nullable String endpoint,
            @Nullable String protocol) {
        public static Telemetry silent() {
            return new Telemetry(null, null, null);
        }
    }

    /**
     * Where the evidence of a run goes when it is over.
     *
     * @param to {@code s3://bucket/prefix}
     * @param lock {@code governance} or {@code compliance}; null: the object may be deleted
     * @param keepDays how long it may not; 0 where there is no lock
     */
    public record EvidenceStore(String to, @Nullable String lock, int keepDays) {
        /** The longest that an object is kept, in days. */
        public static final int MOST_DAYS = 36_500;

        /** The number of days that the text spells, 0 where it spells none that can be. */
        public static int days(String text) {
            int days = text.matches("[1-9][0-9]{0,4}") ? Integer.parseInt(text) : 0;
            return days <= MOST_DAYS ? days : 0;
        }

        /** Whether that names a bucket, and maybe a prefix. */
        public static boolean isAddress(String text) {
            return text.matches("s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9!_.*'()/-]*)?");
        }
    }

    /** A message that is sent {@code on} some of {@code waiting}, {@code outcome}, {@code failed}. */
    public record Notice(List<String> on, Target target, Span span) {
        /** What a body's and an argument's templates may name. */
        public static final List<String> NAMES = List.of(
                "on",
                "run_id",
                "runbook",
                "incident",
                "actor",
                "host",
                "mode",
                "state",
                "label",
                "recommendation",
                "step",
                "title",
                "reason",
                "rule",
                "time",
                "text",
                "next");

        public Notice {
            on = List.copyOf(on);
        }
    }

    /** Where a message goes. */
    public sealed interface Target {
        /**
         * A POST.
         *
         * @param url null: the variable says it
         * @param variable the name of an environment variable that holds the address; null: {@code url} is it
         * @param format {@code slack} or {@code teams}; null: {@code body}, or gert's own
         * @param body null: that of the format
         */
        record Webhook(
                @Nullable String url,
                @Nullable String variable,
                @Nullable String format,
                @Nullable Template body) implements Target {}

        /** A program and templates for its arguments, one token each. */
        record Command(YamlNode.Scalar program, List<Template> arguments) implements Target {
            public Command {
                arguments = List.copyOf(arguments);
            }
        }
    }
}

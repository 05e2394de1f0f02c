package dev.gert.model;

import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a scenario must come to: an {@code expected.yaml} or a {@code test.yaml} (formats.md, section
 * 4; formats-dialect.md). Null: nothing is said of it.
 *
 * @param dialect whether the file is a {@code test.yaml}, whose keys have other names
 * @param branchPath the steps that ran, in order, and no others
 * @param chain the runbooks, in order
 */
public record Expected(
        Source source,
        boolean dialect,
        YamlNode.@Nullable Scalar outcome,
        @Nullable List<YamlNode.Scalar> branchPath,
        List<CaptureCheck> captures,
        @Nullable List<Link> chain,
        List<YamlNode.Scalar> mustReach,
        List<YamlNode.Scalar> mustNotReach,
        List<StatusCheck> statuses) {
    public Expected {
        branchPath = branchPath == null ? null : List.copyOf(branchPath);
        captures = List.copyOf(captures);
        chain = chain == null ? null : List.copyOf(chain);
        mustReach = List.copyOf(mustReach);
        mustNotReach = List.copyOf(mustNotReach);
        statuses = List.copyOf(statuses);
    }

    /** A capture's name (maybe {@code runbook.name}), and what its value must be as it was written. */
    public record CaptureCheck(YamlNode.Scalar name, YamlNode.Scalar written, ValueCheck check) {}

    /** One runbook of a chain; {@code outcome} null: any. */
    public record Link(YamlNode.Scalar runbook, YamlNode.@Nullable Scalar outcome) {}

    /** A step and the status it must end in: {@code passed}, {@code failed} or {@code skipped}. */
    public record StatusCheck(YamlNode.Scalar step, YamlNode.Scalar status) {}

    /** Whether it says anything at all. */
    public boolean asserts() {
        boolean path = branchPath != null || !mustReach.isEmpty() || !mustNotReach.isEmpty();
        return path || outcome != null || chain != null || !captures.isEmpty() || !statuses.isEmpty();
    }
}

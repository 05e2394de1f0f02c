package dev.gert.scenario;

import dev.gert.diagnostic.Code;
import dev.gert.policy.Redactor;
import dev.gert.policy.SafeText;
import dev.gert.projection.PathComparison;
import dev.gert.projection.TestFinding;
import dev.gert.source.Span;
import org.jspecify.annotations.Nullable;

/** Makes findings, whose texts all go through the redactor. */
final class Findings {
    private final Redactor redactor;

    Findings(Redactor redactor) {
        this.redactor = redactor;
    }

    /** A test that can't be run as it stands. */
    TestFinding problem(Code code, String message, @Nullable Span place, String label) {
        return problem(code, message, place, label, null, "");
    }

    TestFinding problem(
            Code code, String message, @Nullable Span place, String label, @Nullable Span inRunbook, String there) {
        return new TestFinding(
                code.name(),
                "",
                redactor.safe(message),
                null,
                null,
                place,
                redactor.safe(label),
                inRunbook,
                redactor.safe(there),
                null,
                null);
    }

    /** An expectation that did not hold. */
    TestFinding unmet(
            String key,
            String message,
            String expected,
            String actual,
            @Nullable Span place,
            String label,
            @Nullable Span inRunbook,
            String there) {
        return new TestFinding(
                Code.S001.name(),
                key,
                redactor.safe(message),
                redactor.safe(expected),
                redactor.safe(actual),
                place,
                redactor.safe(label),
                inRunbook,
                redactor.safe(there),
                null,
                null);
    }

    /** A path that parted from the expected one. */
    TestFinding parted(
            String key,
            String message,
            PathComparison path,
            @Nullable Span place,
            @Nullable Span inRunbook,
            String there) {
        return new TestFinding(
                Code.S001.name(),
                key,
                redactor.safe(message),
                redactor.safe(String.join(", ", path.expected())),
                redactor.safe(String.join(", ", path.actual())),
                place,
                null,
                inRunbook,
                redactor.safe(there),
                null,
                path);
    }

    /** The same, with what can be done. */
    TestFinding withHelp(TestFinding finding, String help) {
        return new TestFinding(
                finding.code(),
                finding.key(),
                finding.message(),
                finding.expected(),
                finding.actual(),
                finding.place(),
                finding.label(),
                finding.runbookPlace(),
                finding.runbookLabel(),
                redactor.safe(help),
                finding.path());
    }

    SafeText safe(String text) {
        return redactor.safe(text);
    }
}

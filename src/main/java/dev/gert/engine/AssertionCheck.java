package dev.gert.engine;

import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonText;
import dev.gert.json.JsonValue;
import dev.gert.model.Assertion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Holds what a step printed against its assertions (formats.md, "Step"). */
public final class AssertionCheck {
    /** An assertion with its operand rendered; empty where it has none. */
    public record Rendered(Assertion assertion, String operand) {}

    private AssertionCheck() {}

    /** Why the first that fails does, or null. {@code stdout}: untrimmed; null when there was more than can be kept. */
    public static @Nullable String failure(List<Rendered> assertions, @Nullable String stdout) {
        for (Rendered each : assertions) {
            String failure = failure(each, stdout);
            if (failure != null) {
                return "assertion: " + failure;
            }
        }
        return null;
    }

    private static @Nullable String failure(Rendered each, @Nullable String stdout) {
        Assertion assertion = each.assertion();
        if (assertion instanceof Assertion.ExitCode) {
            return null;
        }
        if (stdout == null) {
            return "the step printed more than can be asserted of";
        }
        String operand = each.operand();
        if (assertion instanceof Assertion.Matches matches) {
            return matches.pattern().find(stdout)
                    ? null
                    : "standard output does not match `" + matches.pattern().source() + "`";
        }
        if (assertion instanceof Assertion.JsonPath path) {
            JsonResult result = JsonReader.read(stdout);
            if (result instanceof JsonResult.Broken broken) {
                return "standard output is not JSON: " + broken.message();
            }
            JsonValue found = CaptureReader.walk(((JsonResult.Ok) result).value(), path.path());
            if (found == null) {
                return "standard output has nothing at " + path.written();
            }
            String text = JsonText.of(found);
            return text.equals(operand) ? null : path.written() + " is `" + text + "`, not `" + operand + "`";
        }
        boolean holds = switch (((Assertion.Text) assertion).relation()) {
            case CONTAINS -> stdout.contains(operand);
            case NOT_CONTAINS -> !stdout.contains(operand);
            case EQUALS -> stdout.equals(operand);
            case NOT_EQUALS -> !stdout.equals(operand);
        };
        return holds ? null : said(((Assertion.Text) assertion).relation(), operand);
    }

    private static String said(Assertion.Relation relation, String operand) {
        return switch (relation) {
            case CONTAINS -> "standard output does not contain `" + operand + "`";
            case NOT_CONTAINS -> "standard output contains `" + operand + "`";
            case EQUALS -> "standard output is not `" + operand + "`";
            case NOT_EQUALS -> "standard output is `" + operand + "`";
        };
    }
}

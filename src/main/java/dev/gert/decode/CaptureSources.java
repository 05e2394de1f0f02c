package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Suggestions;
import dev.gert.model.Capture;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a capture's value is found (formats.md, "Captures"): {@code stdout}, {@code stderr},
 * {@code exit_code}, {@code $.a.b[0]}, {@code stdout.a}, and what a type of step has beside these.
 */
final class CaptureSources {
    private static final List<String> COMMAND = List.of("stdout", "stderr", "exit_code");
    private static final List<String> XTS = List.of("stdout", "row_count");

    private CaptureSources() {}

    /** {@code type}: the step's. */
    static Capture.@Nullable From decode(YamlNode.Scalar scalar, String type, Diagnostics diagnostics) {
        String text = scalar.text();
        boolean xts = type.equals("xts");
        boolean named = type.equals("tool") || type.equals("invoke") || type.equals("aws");
        boolean command = type.equals("cli") || type.equals("tool");
        if (text.equals("stdout") && (command || xts)) {
            return new Capture.From.Stdout();
        }
        if (text.equals("stderr") && command) {
            return new Capture.From.Stderr();
        }
        if (text.equals("exit_code") && command) {
            return new Capture.From.ExitCode();
        }
        if (text.equals("row_count") && xts) {
            return new Capture.From.RowCount();
        }
        boolean ofOutput = text.startsWith("stdout.") || text.startsWith("stdout[");
        int start = ofOutput ? 6 : text.startsWith("$") ? 1 : -1;
        boolean path = start >= 0 && !type.equals("invoke");
        if (!path && named && Names.isName(text, true)) {
            return new Capture.From.Named(text);
        }
        if (!path) {
            diagnostics.error(
                    Code.T306,
                    scalar.span(),
                    "`" + text + "` is not something that " + article(type) + " step gives",
                    Suggestions.didYouMean(text, xts ? XTS : command ? COMMAND : List.of()),
                    help(type));
            return null;
        }
        return path(scalar, start, xts || type.equals("aws"), diagnostics);
    }

    private static String article(String type) {
        return type.equals("invoke") || type.equals("aws") || type.equals("xts") ? "an " + type : "a " + type;
    }

    private static String help(String type) {
        return switch (type) {
            case "xts" -> "capture `stdout`, `row_count`, or a path: `$.data[0].name`, `$.data[*].name`";
            case "invoke" -> "name a capture or variable of the invoked runbook";
            case "aws" -> "name a member of the answer, or a path into it: `$.Items[0].Name`";
            case "tool" ->
                "capture `stdout`, `stderr`, `exit_code`, a path into JSON, or a name that the action's `capture` has";
            default -> "capture `stdout`, `stderr`, `exit_code`, or a path into JSON: `$.items[0].name`";
        };
    }

    /** A path after {@code $} as such, for assertions; null with a diagnostic when it is broken. */
    static @Nullable List<Capture.PathStep> steps(YamlNode.Scalar scalar, Diagnostics diagnostics) {
        if (!scalar.text().startsWith("$")) {
            broken(scalar, 0, "it begins with `$`", diagnostics);
            return null;
        }
        Capture.From from = path(scalar, 1, false, diagnostics);
        return from instanceof Capture.From.Path path ? path.steps() : null;
    }

    private static Capture.@Nullable From path(
            YamlNode.Scalar scalar, int start, boolean stars, Diagnostics diagnostics) {
        String text = scalar.text();
        List<Capture.PathStep> steps = new ArrayList<>();
        int at = start;
        while (at < text.length()) {
            int end = at + 1;
            if (text.charAt(at) == '.') {
                while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
                    end++;
                }
                if (end == at + 1) {
                    return broken(scalar, at, "a name is missing after `.`", diagnostics);
                }
                steps.add(new Capture.PathStep.Member(text.substring(at + 1, end)));
                at = end;
            } else if (stars && text.startsWith("[*]", at)) {
                steps.add(new Capture.PathStep.Every());
                at += 3;
            } else if (text.charAt(at) == '[') {
                while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
                    end++;
                }
                boolean closed = end > at + 1 && end - at < 10 && end < text.length() && text.charAt(end) == ']';
                if (!closed) {
                    return broken(scalar, at, "an item is written `[0]`, counted from 0", diagnostics);
                }
                steps.add(new Capture.PathStep.Item(Integer.parseInt(text.substring(at + 1, end))));
                at = end + 1;
            } else {
                return broken(scalar, at, "`.name` or `[0]` is missing here", diagnostics);
            }
        }
        return new Capture.From.Path(text, steps);
    }

    private static Capture.@Nullable From broken(YamlNode.Scalar scalar, int at, String why, Diagnostics diagnostics) {
        diagnostics.error(
                Code.T306,
                scalar.spanOf(at, Math.min(scalar.text().length(), at + 1)),
                "broken path into JSON: " + why);
        return null;
    }
}

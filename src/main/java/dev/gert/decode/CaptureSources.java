package dev.gert.decode;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Suggestions;
import dev.gert.model.Capture;
import dev.gert.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a capture's value is found: {@code stdout}, {@code stderr}, {@code exit_code}, {@code $.a.b[0]}, {@code stdout.a}. */
final class CaptureSources {
    private CaptureSources() {}

    static Capture.@Nullable From decode(YamlNode.Scalar scalar, Diagnostics diagnostics) {
        String text = scalar.text();
        switch (text) {
            case "stdout":
                return new Capture.From.Stdout();
            case "stderr":
                return new Capture.From.Stderr();
            case "exit_code":
                return new Capture.From.ExitCode();
            default:
                break;
        }
        int start = text.startsWith("stdout.") || text.startsWith("stdout[") ? 6 : text.startsWith("$") ? 1 : -1;
        if (start < 0) {
            diagnostics.error(
                    Code.T306,
                    scalar.span(),
                    "`" + text + "` is not something that a cli step gives",
                    Suggestions.didYouMean(text, List.of("stdout", "stderr", "exit_code")),
                    "capture `stdout`, `stderr`, `exit_code`, or a path into JSON: `$.items[0].name`");
            return null;
        }
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

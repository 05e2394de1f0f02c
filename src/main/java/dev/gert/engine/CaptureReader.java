package dev.gert.engine;

import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonText;
import dev.gert.json.JsonValue;
import dev.gert.model.Capture;
import dev.gert.model.ToolCapture;
import dev.gert.model.ToolFile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a step's captures out of a command's result (formats.md, "Captures"). */
public final class CaptureReader {
    /** The values by name, or what is missing. */
    public sealed interface Reading {
        /** Every capture has a value. */
        record Values(Map<String, String> values) implements Reading {}

        /** One has none. */
        record Missing(String reason) implements Reading {}
    }

    private final ToolFile.@Nullable Action action;
    private final int exitCode;
    private final @Nullable String stdout;
    private final @Nullable String stderr;
    private @Nullable JsonResult document;
    private String missing = "";

    private CaptureReader(
            ToolFile.@Nullable Action action, int exitCode, @Nullable String stdout, @Nullable String stderr) {
        this.action = action;
        this.exitCode = exitCode;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /**
     * {@code stdout} and {@code stderr}: null when there was more than can be kept. {@code action}: the
     * tool's, whose captures the step's may name.
     */
    public static Reading read(
            List<Capture> captures,
            ToolFile.@Nullable Action action,
            int exitCode,
            @Nullable String stdout,
            @Nullable String stderr) {
        CaptureReader reader = new CaptureReader(action, exitCode, stdout, stderr);
        Map<String, String> values = new LinkedHashMap<>();
        for (Capture capture : captures) {
            String value = reader.value(capture.from());
            if (value == null) {
                return new Reading.Missing("capture `" + capture.name() + "`" + reader.missing);
            }
            values.put(capture.name(), value);
        }
        return new Reading.Values(values);
    }

    /** Whether any capture reads what the command prints. */
    public static boolean readsOutput(List<Capture> captures) {
        for (Capture capture : captures) {
            if (!(capture.from() instanceof Capture.From.ExitCode)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable String value(Capture.From from) {
        if (from instanceof Capture.From.ExitCode) {
            return Integer.toString(exitCode);
        }
        if (from instanceof Capture.From.Named named) {
            return named(named.name());
        }
        String text = from instanceof Capture.From.Stderr ? stderr : stdout;
        if (text == null) {
            missing = ": the step printed more than can be captured";
            return null;
        }
        if (from instanceof Capture.From.Path path) {
            JsonValue found = at(path.steps());
            if (found == null) {
                missing = missing.isEmpty()
                        ? ": standard output has nothing at " + path.written()
                        : " (" + path.written() + ")" + missing;
            }
            return found == null ? null : JsonText.of(found);
        }
        return withoutNewline(text);
    }

    /** What the tool's action calls so, or the member of its answer that has the name. */
    private @Nullable String named(String name) {
        if (action != null) {
            for (ToolCapture capture : action.captures()) {
                if (capture.capture().name().equals(name)) {
                    return read(capture);
                }
            }
        }
        missing = ": the step gives no `" + name + "`";
        return null;
    }

    private @Nullable String read(ToolCapture capture) {
        String text = value(capture.capture().from());
        if (text == null) {
            return null;
        }
        ToolCapture.Reading reading = capture.read(text);
        if (reading instanceof ToolCapture.Reading.Value value) {
            return value.text();
        }
        missing = ": " + ((ToolCapture.Reading.NotJson) reading).message();
        return null;
    }

    /** The value at the path in standard output, null with a reason or where there is none. */
    private @Nullable JsonValue at(List<Capture.PathStep> steps) {
        missing = "";
        JsonResult read = document;
        if (read == null) {
            read = JsonReader.read(stdout == null ? "" : stdout);
            document = read;
        }
        if (read instanceof JsonResult.Broken broken) {
            missing = ": standard output is not JSON: " + broken.message();
            return null;
        }
        return walk(((JsonResult.Ok) read).value(), steps);
    }

    /** The value at the path, or null. */
    static @Nullable JsonValue walk(JsonValue document, List<Capture.PathStep> steps) {
        JsonValue at = document;
        for (Capture.PathStep step : steps) {
            JsonValue next = null;
            if (step instanceof Capture.PathStep.Member member && at instanceof JsonValue.MapValue map) {
                next = map.entries().get(member.name());
            } else if (step instanceof Capture.PathStep.Item item
                    && at instanceof JsonValue.ListValue list
                    && item.index() < list.items().size()) {
                next = list.items().get(item.index());
            }
            if (next == null) {
                return null;
            }
            at = next;
        }
        return at;
    }

    private static String withoutNewline(String text) {
        int end = text.length();
        if (end > 0 && text.charAt(end - 1) == '\n') {
            end--;
            if (end > 0 && text.charAt(end - 1) == '\r') {
                end--;
            }
        }
        return text.substring(0, end);
    }
}

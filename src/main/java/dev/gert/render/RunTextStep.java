package dev.gert.render;

import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.json.JsonWriter;
import dev.gert.policy.Captured;
import dev.gert.policy.SafeText;
import dev.gert.render.RunTextLook.Detail;
import dev.gert.render.RunTextLook.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines of one step, from its start to its end; keeps what the records before its end said. */
final class RunTextStep {
    private static final int DURATION = 7;
    private static final int VALUE = 40;
    private static final int WHOLE_VALUE = 2000;
    private static final int NARROWEST_FOLD = 24;

    private final RunTextLook look;
    private final RunText.Output output;
    private String id = "";
    private String kind = "";
    private String startedAt = "";
    private RunEvent.@Nullable StepBlocked blocked;
    private RunEvent.@Nullable ApprovalDenied denied;
    private RunEvent.@Nullable OutputCaptured printed;

    RunTextStep(RunTextLook look, RunText.Output output) {
        this.look = look;
        this.output = output;
    }

    String id() {
        return id;
    }

    void add(RunEvent event, String time, List<String> lines) {
        if (event instanceof RunEvent.StepStarted begun) {
            begin(begun, time);
        } else if (event instanceof RunEvent.PolicyDecided decided && look.detail() == Detail.VERBOSE) {
            lines.add("    $ " + argv(decided.command().argv()));
            lines.add("    " + decided.decision() + ": " + RunText.described(decided.rule(), look));
        } else if (event instanceof RunEvent.StepBlocked stopped) {
            blocked = stopped;
        } else if (event instanceof RunEvent.ApprovalDenied refused) {
            denied = refused;
        } else if (event instanceof RunEvent.OutputCaptured captured) {
            printed = captured;
        } else if (event instanceof RunEvent.AwaitingApproval asked) {
            said(Mark.WAITING, "waits for an acknowledgement: " + RunText.described(asked.rule(), look), lines);
        } else if (event instanceof RunEvent.AwaitingInput) {
            said(Mark.WAITING, "waits for a person", lines);
        } else if (event instanceof RunEvent.AttemptFailed lost) {
            said(Mark.DOUBT, safe(lost.reason()), lines);
        } else if (event instanceof RunEvent.StepInDoubt doubt) {
            String process = doubt.pid() == 0 ? "" : " (process " + doubt.pid() + ")";
            said(Mark.DOUBT, "in doubt: it began" + process + ", and nobody knows what came of it", lines);
        } else if (event instanceof RunEvent.StepDecided settled) {
            settled(settled, lines);
        } else if (event instanceof RunEvent.StepCompleted ended) {
            completed(ended, time, lines);
        }
    }

    private void begin(RunEvent.StepStarted begun, String time) {
        id = begun.id();
        kind = begun.kind();
        startedAt = time;
        blocked = null;
        denied = null;
        printed = null;
    }

    private void said(Mark mark, String words, List<String> lines) {
        if (look.detail() != Detail.QUIET) {
            lines.addAll(folded(head(mark, "") + "   ", headWidth() + 3, List.of(words.split(" ", -1)), " "));
        }
    }

    private void settled(RunEvent.StepDecided settled, List<String> lines) {
        boolean ran = settled.verdict().equals("did_run");
        Mark mark = ran ? Mark.PASSED : settled.verdict().equals("abort") ? Mark.FAILED : Mark.SKIPPED;
        String verdict = ran ? "it did run" : mark == Mark.FAILED ? "the run is to end" : "it did not run";
        SafeText reason = settled.reason();
        said(
                mark,
                verdict + ", says " + RunLines.safe(settled.person(), look.unicode())
                        + (reason == null ? "" : ": " + safe(reason)),
                lines);
    }

    private void completed(RunEvent.StepCompleted ended, String time, List<String> lines) {
        boolean passed = ended.status() == StepStatus.PASSED;
        if (look.detail() == Detail.QUIET && (passed || ended.status() == StepStatus.SKIPPED)) {
            return;
        }
        long micros = ended.durationMicros();
        if (micros == 0 && passed && kind.equals("manual")) {
            micros = RunLines.between(startedAt, time);
        }
        String head = head(mark(ended.status()), micros == 0 ? "" : RunLines.duration(micros));
        List<String> pieces;
        String separator = "  ";
        if (passed && ended.reason() == null) {
            pieces = captures(ended.captures());
        } else {
            pieces = List.of(words(ended).split(" ", -1));
            separator = " ";
        }
        lines.addAll(folded(head + "   ", headWidth() + 3, pieces, separator));
        if (ended.status() == StepStatus.FAILED || ended.status() == StepStatus.TIMED_OUT) {
            lastWords(lines);
        } else if (look.detail() == Detail.VERBOSE && printed != null) {
            whole(printed.out(), lines);
            whole(printed.err(), lines);
        }
    }

    private static Mark mark(StepStatus status) {
        return switch (status) {
            case PASSED -> Mark.PASSED;
            case SKIPPED, NOT_REACHED -> Mark.SKIPPED;
            case BLOCKED, DENIED -> Mark.BLOCKED;
            case IN_DOUBT -> Mark.DOUBT;
            case FAILED, TIMED_OUT, INTERRUPTED -> Mark.FAILED;
        };
    }

    /** How a step ended, in words. */
    static String words(StepStatus status) {
        return status.word().replace('_', ' ');
    }

    private String words(RunEvent.StepCompleted ended) {
        StringBuilder words = new StringBuilder(words(ended.status()));
        SafeText reason = ended.reason();
        if (ended.status() == StepStatus.BLOCKED && blocked != null) {
            words.append(": ").append(safe(blocked.reason()));
            if (blocked.rule() != null) {
                words.append(": ").append(RunText.described(blocked.rule(), look));
            }
        } else if (ended.status() == StepStatus.DENIED && denied != null) {
            words.append(" by ").append(RunLines.safe(denied.person(), look.unicode()));
            words.append(": ").append(safe(denied.reason()));
        } else if (reason != null) {
            words.append(": ").append(safe(reason));
        }
        return words.toString();
    }

    /** The end of what a failed step printed, its errors if there are any, and where the rest is. */
    private void lastWords(List<String> lines) {
        if (printed == null) {
            return;
        }
        RunEvent.OutputFile file = printed.err() != null ? printed.err() : printed.out();
        if (file == null) {
            return;
        }
        for (String line : output.lastLines(file.file())) {
            lines.add(
                    "    | " + RunLines.safe(RunLines.source(line, look.unicode()), look.unicode(), look.width() - 6));
        }
        whole(file, lines);
    }

    private void whole(RunEvent.@Nullable OutputFile file, List<String> lines) {
        if (file != null) {
            lines.add("    all of it: " + RunLines.safe(output.path(file.file()), look.unicode()));
        }
    }

    /** {@code name=value} each; long values are cut unless everything is told. */
    List<String> captures(Map<String, Captured> captures) {
        List<String> pieces = new ArrayList<>();
        for (Map.Entry<String, Captured> capture : captures.entrySet()) {
            pieces.add(capture.getKey() + "=" + value(capture.getValue().shown().text()));
        }
        return pieces;
    }

    private String value(String text) {
        if (look.detail() == Detail.VERBOSE) {
            return RunLines.safe(text, look.unicode(), WHOLE_VALUE);
        }
        int end = text.indexOf('\n');
        return end < 0
                ? RunLines.safe(text, look.unicode(), VALUE)
                : RunLines.safe(text.substring(0, end), look.unicode(), VALUE - 1) + SafeLine.ellipsis(look.unicode());
    }

    private String argv(List<SafeText> words) {
        StringBuilder json = new StringBuilder();
        JsonWriter writer = JsonWriter.compact(json);
        writer.array();
        for (SafeText word : words) {
            writer.value(word.text());
        }
        writer.end();
        return RunLines.safe(json.toString(), look.unicode());
    }

    /** Mark, id, type and time, in columns. */
    String head(Mark mark, String duration) {
        StringBuilder head = new StringBuilder(look.mark(mark)).append(' ').append(id);
        pad(head, look.idWidth() - id.length() + 3);
        head.append(kind);
        pad(head, look.kindWidth() - kind.length() + 3 + DURATION - duration.length());
        return head.append(duration).toString();
    }

    int headWidth() {
        return 2 + Math.max(look.idWidth(), id.length()) + 3 + Math.max(look.kindWidth(), kind.length()) + 3 + DURATION;
    }

    private static void pad(StringBuilder out, int count) {
        for (int i = 0; i < count; i++) {
            out.append(' ');
        }
    }

    /** Pieces after a beginning, on as many lines as they need; {@code indent} is where the lines after the first begin. */
    List<String> folded(String beginning, int indent, List<String> pieces, String separator) {
        int margin = look.width() - indent < NARROWEST_FOLD ? 6 : indent;
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(beginning);
        int columns = indent;
        boolean first = true;
        for (String piece : pieces) {
            int width = RunLines.columns(piece);
            if (!first && columns + separator.length() + width > look.width()) {
                lines.add(line.toString());
                line = new StringBuilder();
                pad(line, margin);
                columns = margin;
                first = true;
            }
            line.append(first ? "" : separator).append(piece);
            columns += (first ? 0 : separator.length()) + width;
            first = false;
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    private String safe(SafeText text) {
        return RunLines.safe(text.text(), look.unicode());
    }
}

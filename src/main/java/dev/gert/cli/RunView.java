package dev.gert.cli;

import dev.gert.dispatch.cli.OutputListener;
import dev.gert.engine.port.RunListener;
import dev.gert.event.Envelope;
import dev.gert.policy.SafeText;
import dev.gert.render.RunText;
import dev.gert.terminal.LiveView;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a run shows: lines on standard error, and with {@code --output json} every record on standard output. */
final class RunView implements RunListener, OutputListener {
    private final RunText text;
    private final RunListener lines;
    private final @Nullable LiveView live;
    private final @Nullable RunListener json;

    RunView(RunText text, RunListener lines, @Nullable LiveView live, @Nullable RunListener json) {
        this.text = text;
        this.lines = lines;
        this.live = live;
        this.json = json;
    }

    /** A record of an earlier session: known, and not shown. */
    void recall(Envelope record) {
        text.recall(record);
    }

    @Override
    public void recorded(Envelope record) {
        if (json != null) {
            json.recorded(record);
        }
        lines.recorded(record);
    }

    @Override
    public void line(String step, Supplier<SafeText> line) {
        if (live != null) {
            live.status(step, line);
        }
    }

    void close() {
        if (live != null) {
            live.close();
        }
    }

    List<String> evidence(Path file) {
        return text.evidence(file.toString());
    }
}

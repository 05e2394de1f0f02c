package dev.gert.terminal;

import dev.gert.engine.port.RunListener;
import dev.gert.event.Envelope;
import dev.gert.render.RunText;

/** Prints a run line by line, for whatever is not a terminal. */
public final class PlainView implements RunListener {
    private final RunText text;
    private final Screen screen;

    public PlainView(RunText text, Screen screen) {
        this.text = text;
        this.screen = screen;
    }

    @Override
    public void recorded(Envelope envelope) {
        for (String line : text.add(envelope)) {
            screen.line(line);
        }
    }
}

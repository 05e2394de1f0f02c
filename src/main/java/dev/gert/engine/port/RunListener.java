package dev.gert.engine.port;

import dev.gert.event.Envelope;

/** Hears of every record after it is on disk. What a listener does can't stop a run. */
public interface RunListener {
    void recorded(Envelope envelope);
}

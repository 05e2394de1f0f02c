package dev.gert.engine.port;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import org.jspecify.annotations.Nullable;

/** The record of a run. When it can't be written, nothing more may be dispatched (design.md, invariant 1). */
public interface JournalWriter {
    /**
     * Appends one record; on return it is on disk as durably as its type asks for.
     *
     * @throws UnrecordedException when it could not be written; every later call throws as well
     */
    Envelope append(String run, @Nullable String span, RunEvent event);
}

package dev.gert.scenario;

import dev.gert.engine.port.JournalWriter;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps a run's records in memory: the journal of a run that nothing is to remain of. */
public final class MemoryJournal implements JournalWriter {
    private static final String TIME = "1970-01-01T00:00:00.000000Z";

    private final List<Envelope> records = new ArrayList<>();

    @Override
    public Envelope append(String run, @Nullable String span, RunEvent event) {
        Envelope record = new Envelope(records.size(), TIME, run, span, event);
        records.add(record);
        return record;
    }

    public List<Envelope> records() {
        return List.copyOf(records);
    }
}

package dev.gert.cli;

import dev.gert.engine.port.RunListener;
import dev.gert.event.Envelope;
import dev.gert.projection.Evidence;
import dev.gert.projection.RunSpans;
import dev.gert.render.EvidenceJson;
import dev.gert.render.TraceJson;
import dev.gert.scenario.TextFiles;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The files that are made from a run's records and stand beside them (formats.md, section 5). They can be made again:
 * that one can't be written stops nothing.
 */
final class DerivedFiles implements RunListener {
    private final Evidence evidence = new Evidence();
    private final RunSpans spans = new RunSpans();

    @Override
    public void recorded(Envelope record) {
        evidence.add(record);
        spans.add(record);
    }

    Evidence evidence() {
        return evidence;
    }

    /** {@code head}: the journal's last hash. */
    void write(Path folder, String head, Io io) {
        write(folder.resolve("evidence.json"), out -> EvidenceJson.write(evidence, head, out), io);
        write(folder.resolve("trace.json"), out -> TraceJson.write(spans, out), io);
    }

    private static void write(Path file, EvidenceFile.Content content, Io io) {
        try {
            EvidenceFile.replace(file, content);
        } catch (IOException e) {
            io.warning(file.getFileName() + " could not be written: " + TextFiles.reason(e), null);
        }
    }
}

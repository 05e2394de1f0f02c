package dev.gert.cli;

import dev.gert.engine.port.RunListener;
import dev.gert.event.Envelope;
import dev.gert.projection.Evidence;
import dev.gert.projection.RunReport;
import dev.gert.projection.RunSpans;
import dev.gert.render.EvidenceJson;
import dev.gert.render.ReportExtras;
import dev.gert.render.ReportHtml;
import dev.gert.render.TraceJson;
import dev.gert.scenario.TextFiles;
import dev.gert.verify.BundleWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The files that are made from a run's records and stand beside them (formats.md, section 5). They can be made again:
 * that one can't be written stops nothing.
 */
final class DerivedFiles implements RunListener {
    static final String PAGE = "report.html";

    private final RunReport report = new RunReport();
    private final RunSpans spans = new RunSpans();

    @Override
    public void recorded(Envelope record) {
        report.add(record);
        spans.add(record);
    }

    RunReport report() {
        return report;
    }

    RunSpans spans() {
        return spans;
    }

    Evidence evidence() {
        return report.evidence();
    }

    /** By name, in the order of their names; {@code head}: the journal's last hash. */
    Map<String, BundleWriter.Content> contents(Path folder, String head) {
        Map<String, BundleWriter.Content> contents = new LinkedHashMap<>();
        contents.put("evidence.json", out -> EvidenceJson.write(report.evidence(), head, out));
        contents.put(PAGE, out -> ReportHtml.page(report, new ReportExtras(Pictures.of(folder, report), head), out));
        contents.put("trace.json", out -> TraceJson.write(spans, out));
        return contents;
    }

    /** Returns whether all of them were written; of one that was not, a warning says why. */
    boolean write(Path folder, String head, Io io) {
        boolean all = true;
        for (Map.Entry<String, BundleWriter.Content> each :
                contents(folder, head).entrySet()) {
            try {
                EvidenceFile.replace(folder.resolve(each.getKey()), each.getValue());
            } catch (IOException e) {
                io.warning(each.getKey() + " could not be written: " + TextFiles.reason(e), null);
                all = false;
            }
        }
        return all;
    }
}

package dev.gert.cli;

import dev.gert.engine.port.RunListener;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.plan.Plan;
import dev.gert.projection.Audit;
import dev.gert.projection.AuditMaker;
import dev.gert.projection.AuditSurroundings;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The files that are made from a run's records and stand beside them (formats.md, section 5). They can be made again:
 * that one can't be written stops nothing.
 */
final class DerivedFiles implements RunListener {
    static final String PAGE = "report.html";

    private final RunReport report = new RunReport();
    private final RunSpans spans = new RunSpans();
    private final AuditMaker audits = new AuditMaker(report.evidence());
    private final List<Envelope> governing = new ArrayList<>();

    @Override
    public void recorded(Envelope record) {
        report.add(record);
        spans.add(record);
        audits.add(record);
        if (record.event() instanceof RunEvent.RunStarted || record.event() instanceof RunEvent.ChangesAccepted) {
            governing.add(record);
        }
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
        Audit audit = audit(folder);
        Map<String, BundleWriter.Content> contents = new LinkedHashMap<>();
        contents.put("evidence.json", out -> EvidenceJson.write(report.evidence(), audit, head, out));
        contents.put(
                PAGE, out -> ReportHtml.page(report, new ReportExtras(Pictures.of(folder, report), head, audit), out));
        contents.put("trace.json", out -> TraceJson.write(spans, out));
        return contents;
    }

    /**
     * The run held against what governed it then, so that it is the same whenever it is made; null: that is not there
     * any more. What became of the run's files is {@code gert verify}'s to say.
     */
    private @Nullable Audit audit(Path folder) {
        Plan then = PinnedPlan.of(folder, governing);
        return then == null
                ? null
                : audits.audit(
                        new AuditSurroundings(then, null, List.of(), false, AuditCommand.people(then), file -> null));
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

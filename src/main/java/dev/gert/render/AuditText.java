package dev.gert.render;

import dev.gert.projection.Audit;
import dev.gert.projection.AuditFinding;
import dev.gert.projection.AuditItem;
import dev.gert.projection.AuditRun;
import java.util.List;

/** What {@code gert audit} prints for people: what came of each thing declared, then what has to be asked about. */
public final class AuditText {
    static final List<String> STATES = List.of("ran", "failed", "skipped", "blocked", "waiting", "not_reached");

    private static final List<String> KINDS_OF_STEPS = List.of("precondition", "gate", "finally");

    /** Where what a line says begins. */
    private static final int TEXT = 13;

    private static final int WIDTH = 80;

    private final StringBuilder out = new StringBuilder();
    private final boolean unicode;
    private final boolean verbose;
    private final int width;

    private AuditText(boolean verbose, boolean unicode, int width) {
        this.verbose = verbose;
        this.unicode = unicode;
        this.width = width == 0 ? WIDTH : width;
    }

    /** {@code verbose}: with the place of each thing declared; {@code width}: 0: not known. */
    public static String render(Audit audit, boolean verbose, boolean unicode, int width) {
        AuditText text = new AuditText(verbose, unicode, width);
        text.fold(
                "audit of run " + audit.run() + ", " + audit.mode() + ", begun " + audit.startedAt() + " by "
                        + audit.actor() + " on " + audit.host(),
                2);
        for (AuditRun run : audit.runs()) {
            text.run(run);
        }
        text.findings(audit);
        text.out.append('\n').append(summary(audit)).append('\n');
        return text.out.toString();
    }

    /** The last line. */
    public static String summary(Audit audit) {
        StringBuilder text = new StringBuilder();
        text.append(audit.declared())
                .append(audit.declared() == 1 ? " thing" : " things")
                .append(" declared:");
        String between = " ";
        for (String state : STATES) {
            int count = audit.count(state);
            if (count > 0 || state.equals("ran")) {
                text.append(between).append(count).append(' ').append(words(state));
                between = ", ";
            }
        }
        int findings = audit.findings().size();
        text.append("; ").append(findings == 0 ? "no" : String.valueOf(findings));
        return text.append(findings == 1 ? " finding" : " findings").toString();
    }

    private static String words(String state) {
        return state.replace('_', ' ');
    }

    private void run(AuditRun run) {
        out.append('\n');
        StringBuilder head =
                new StringBuilder(run.runbook()).append(" (").append(run.file()).append(')');
        head.append(run.by().isEmpty() ? "" : ", run " + run.id() + ", " + run.by());
        fold(
                head.append(run.outcome().isEmpty() ? ": not over" : ": " + run.outcome())
                        .toString(),
                2);
        String said = "";
        for (AuditItem item : run.items()) {
            item(item, item.because().equals(said) && !item.state().equals("ran"));
            said = item.because();
        }
    }

    private void item(AuditItem item, boolean saidAlready) {
        StringBuilder line = new StringBuilder(words(item.state()));
        while (line.length() < TEXT + 2 * item.depth()) {
            line.append(' ');
        }
        int text = line.length();
        line.append(
                item.kind().equals("step")
                        ? ""
                        : KINDS_OF_STEPS.contains(item.kind()) ? item.kind() + " of " : item.kind() + " ");
        line.append(item.name());
        line.append(verbose ? "  " + item.place() : "");
        fold(line.toString(), text);
        if (!item.because().isEmpty() && !saidAlready) {
            fold(" ".repeat(text + 2) + item.because(), text + 2);
        }
    }

    private void findings(Audit audit) {
        if (audit.findings().isEmpty()) {
            return;
        }
        out.append("\nfindings\n");
        for (AuditFinding finding : audit.findings()) {
            StringBuilder line = new StringBuilder(words(finding.kind()));
            while (line.length() < TEXT) {
                line.append(' ');
            }
            if (!finding.run().equals(audit.run())) {
                line.append(finding.run()).append(' ');
            }
            boolean oneOfSome = verbose || finding.step().indexOf('#') >= 0;
            line.append(oneOfSome ? finding.step() : finding.id());
            line.append(finding.step().isEmpty() ? "" : ": ").append(finding.message());
            fold(line.toString(), TEXT);
            if (!finding.then().isEmpty()) {
                fold(" ".repeat(TEXT) + "then  " + finding.then(), TEXT + 6);
            }
            if (!finding.now().isEmpty()) {
                fold(" ".repeat(TEXT) + "now   " + finding.now(), TEXT + 6);
            }
        }
    }

    private void fold(String line, int text) {
        for (String part : FoldedText.under(RunLines.source(line, unicode), width, text)) {
            out.append(part.stripTrailing()).append('\n');
        }
    }
}

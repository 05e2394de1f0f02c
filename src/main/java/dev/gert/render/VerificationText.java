package dev.gert.render;

import dev.gert.projection.Verification;
import dev.gert.projection.Verification.Checked;
import dev.gert.projection.Verification.Fault;
import dev.gert.projection.Verification.Verdict;
import java.util.ArrayList;
import java.util.List;

/** What {@code gert verify} prints for people: the verdict, what was checked, what is not proved. */
public final class VerificationText {
    /** Where what a line says begins. */
    private static final int TEXT = 12;

    private static final int WIDTH = 80;

    private final StringBuilder out = new StringBuilder();
    private final Verification of;
    private final boolean unicode;
    private final int width;

    private VerificationText(Verification of, boolean unicode, int width) {
        this.of = of;
        this.unicode = unicode;
        this.width = width == 0 ? WIDTH : width;
    }

    /** {@code width}: 0: not known. */
    public static String render(Verification verification, boolean colour, boolean unicode, int width) {
        VerificationText text = new VerificationText(verification, unicode, width);
        text.all();
        Verdict verdict = verification.verdict();
        String tone = verdict == Verdict.VALID
                ? "\u001b[1;32m"
                : verdict == Verdict.INVALID ? "\u001b[1;31m" : "\u001b[1;33m";
        String word = verdict.name();
        return colour ? tone + word + "\u001b[0m" + text.out.substring(word.length()) : text.out.toString();
    }

    /** One line: the verdict, and where and why it is not valid. */
    public static String verdict(Verification of) {
        Fault fault = of.fault();
        String head = of.verdict() + " ".repeat(TEXT - of.verdict().name().length());
        if (fault == null) {
            return head + "run " + of.run() + ", " + of.outcome();
        }
        String line = "line " + fault.line() + ", byte " + fault.offset() + " of journal.jsonl";
        if (fault.file().equals("journal.jsonl")) {
            return head + line + ": " + fault.reason();
        }
        return head + fault.file() + " " + fault.reason() + (fault.line() == 0 ? "" : " (recorded at " + line + ")");
    }

    private void all() {
        fold(verdict(of));
        if (of.fault() != null && !of.run().isEmpty()) {
            line("run", of.run() + (of.outcome() == null ? ", not over" : ", " + of.outcome()));
        }
        if (of.verdict() == Verdict.INCOMPLETE) {
            Verification.Last last = of.last();
            line("last", last == null ? "no record" : "record " + last.seq() + ", " + last.type() + ", " + last.time());
            if (!of.openSteps().isEmpty()) {
                line("open", String.join(", ", of.openSteps()));
            }
        }
        if (!of.openGrants().isEmpty()) {
            line("elevated", "granted and not released: " + String.join(", ", of.openGrants()));
        }
        line("checked", String.join(", ", checked()));
        Verification.Seal seal = of.seal();
        line(
                "sealed",
                seal == null
                        ? "no"
                        : "by " + seal.key() + (seal.by() == null ? "" : ", the key of " + seal.by()) + ", "
                                + seal.time());
        line("last hash", of.lastHash());
        for (String note : of.notes()) {
            line("note", note);
        }
        String label = "not proved";
        for (String not : of.notProved()) {
            line(label, not);
            label = "";
        }
    }

    private List<String> checked() {
        Checked checked = of.checked();
        List<String> counts = new ArrayList<>();
        counts.add(count(of.records(), "record"));
        count(checked.outputs(), "output file", counts);
        count(checked.attachments(), "attachment", counts);
        count(checked.requests(), "approval request", counts);
        count(checked.decisions(), "decision", counts);
        count(checked.signatures(), "signature of a decision", "signatures of decisions", counts);
        count(checked.pinned(), "pinned file", counts);
        if (checked.evidence()) {
            counts.add("the last hash of evidence.json");
        }
        return counts;
    }

    private static void count(long count, String what, List<String> counts) {
        count(count, what, what + "s", counts);
    }

    private static void count(long count, String one, String many, List<String> counts) {
        if (count > 0) {
            counts.add(count + " " + (count == 1 ? one : many));
        }
    }

    private static String count(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    private void line(String label, String text) {
        fold(label + " ".repeat(TEXT - label.length()) + text);
    }

    private void fold(String line) {
        for (String part : FoldedText.under(RunLines.source(line, unicode), width, TEXT)) {
            out.append(part.stripTrailing()).append('\n');
        }
    }
}

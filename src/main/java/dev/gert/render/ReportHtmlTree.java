package dev.gert.render;

import dev.gert.event.RunEvent;
import dev.gert.policy.Captured;
import dev.gert.policy.SafeText;
import dev.gert.projection.Audit;
import dev.gert.projection.AuditItem;
import dev.gert.projection.AuditRun;
import dev.gert.projection.EvidenceAttempt;
import dev.gert.projection.EvidenceRun;
import dev.gert.projection.NotReached;
import dev.gert.projection.ReportNode;
import dev.gert.projection.RunReport;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tree of each run: the way that was taken, the ways that were not and why, and every step with what it did. */
final class ReportHtmlTree {
    /** Of a run with more steps, what just passed is folded where there is much of it side by side. */
    private static final int LONG = 1200;

    /** Of one with more than that, all of it. */
    private static final int VERY_LONG = 5000;

    private static final long DETAILS = 2_400_000;
    private static final long LINES = 4_300_000;
    private static final int NAMED = 12;

    /** What no turn of a loop came to stands below the loop. */
    private static final String TURN = "#";

    private final RunReport report;
    private final @Nullable Audit audit;
    private final ReportHtmlStep step;
    private final ReportHtmlWriter out;
    private final boolean folds;
    /** How many are kept at both ends of what is folded. */
    private final int ends;

    private final Set<String> shown = new HashSet<>();
    private int bare;
    private int left;
    private @Nullable NotReached notReached;

    ReportHtmlTree(RunReport report, @Nullable Audit audit, ReportHtmlStep step, ReportHtmlWriter out) {
        this.report = report;
        this.audit = audit;
        this.step = step;
        this.out = out;
        this.folds = report.steps().size() > LONG;
        this.ends = report.steps().size() > VERY_LONG ? 0 : 3;
    }

    void write() throws IOException {
        out.add("<section aria-labelledby=\"tree\">\n<h2 id=\"tree\" tabindex=\"-1\">Steps</h2>\n");
        out.add(
                "<div class=\"tools\"><label>filter <input id=\"filter\" type=\"search\" autocomplete=\"off\"/></label> ");
        out.add(
                "<button type=\"button\" id=\"open\">open all</button> <button type=\"button\" id=\"close\">close all</button> ");
        out.add("<span class=\"quiet\">keys: / filter, j and k next and previous step, Enter opens</span></div>\n");
        for (EvidenceRun run : report.evidence().runs()) {
            if (!shown.contains(run.id)) {
                run(run);
            }
        }
        if (bare > 0) {
            out.add("<p class=\"quiet\">Of ")
                    .add(bare)
                    .add(" steps the page has only the line: evidence.json has the rest.</p>\n");
        }
        if (left > 0) {
            out.add("<p class=\"quiet\">").add(left).add(" more steps are in evidence.json.</p>\n");
        }
        out.add("</section>\n");
    }

    private void run(EvidenceRun run) throws IOException {
        shown.add(run.id);
        RunEvent.RunStarted started = run.started;
        out.add("<h3>").line(started == null ? run.id : started.runbookName());
        out.add(" <code class=\"quiet\">").line(run.id).add("</code>");
        if (run.completed != null) {
            out.add(" <span class=\"st\">").line(run.completed.outcome()).add("</span>");
        }
        out.add("</h3>\n");
        if (run.link != null) {
            out.add("<p class=\"quiet\">").add(run.link.kind().equals("chain") ? "goes on from " : "invoked by ");
            out.line(report.evidence().id(run.parent == null ? "" : run.parent, run.link.step()))
                    .add("</p>\n");
        }
        if (!run.inputs.isEmpty()) {
            out.add("<details><summary><span class=\"t\">inputs</span></summary>");
            step.values(run.inputs);
            out.add("</details>\n");
        }
        NotReached around = notReached;
        notReached = null;
        for (AuditRun each : audit == null ? List.<AuditRun>of() : audit.runs()) {
            if (each.id().equals(run.id)) {
                notReached = new NotReached(report.tree(run.id), each);
            }
        }
        nodes(report.tree(run.id), "tree", "");
        notReached = around;
    }

    /** {@code declared}: where the runbook declares what stands around them. */
    private void nodes(List<ReportNode> nodes, String kind, String declared) throws IOException {
        List<AuditItem> missing = notReached == null ? List.of() : notReached.take(declared);
        if (nodes.isEmpty() && missing.isEmpty()) {
            return;
        }
        out.add("<ul class=\"").add(kind).add("\">\n");
        for (int i = 0; i < nodes.size(); i++) {
            int until = i;
            while (folds && until < nodes.size() && !isNotable(nodes.get(until))) {
                until++;
            }
            if (until - i > 2 * ends + 1) {
                for (int at = i; at < i + ends; at++) {
                    node(nodes.get(at));
                }
                folded(nodes.subList(i + ends, until - ends));
                i = until - ends;
            }
            if (i < nodes.size()) {
                node(nodes.get(i));
            }
        }
        missing(missing);
        out.add("</ul>\n");
    }

    /** Steps side by side that were not reached for one reason have one line. */
    private void missing(List<AuditItem> items) throws IOException {
        for (int i = 0; i < items.size(); ) {
            AuditItem item = items.get(i);
            int until = i + 1;
            while (item.kind().equals("step")
                    && until < items.size()
                    && items.get(until).kind().equals("step")
                    && items.get(until).because().equals(item.because())) {
                until++;
            }
            if (out.size() > LINES) {
                left += until - i;
            } else {
                missing(items.subList(i, until), item);
            }
            i = until;
        }
    }

    private void missing(List<AuditItem> alike, AuditItem first) throws IOException {
        out.add("<li class=\"arm not\"><span class=\"a\"><span aria-hidden=\"true\">\u21a6</span> ");
        out.add(first.kind().equals("step") || first.kind().equals("outcome") ? "not reached: " : "not taken: ");
        if (!first.kind().equals("step") && !first.kind().equals("branch")) {
            out.line(first.kind()).add(" ");
        }
        String before = "";
        for (AuditItem item : alike.subList(0, Math.min(alike.size(), NAMED))) {
            out.add(before).line(item.name());
            before = ", ";
        }
        if (alike.size() > NAMED) {
            out.add(" and ").add(alike.size() - NAMED).add(" more");
        }
        out.add("</span> <span class=\"c\">(").line(first.because()).add(")</span>");
        for (AuditItem item : alike) {
            if (!item.kind().equals("outcome") && !item.kind().equals("finally")) {
                nodes(List.of(), "sub", item.address());
            }
        }
        out.add("</li>\n");
    }

    private static boolean isNotable(ReportNode node) {
        return node.isNotable() || node.children.stream().anyMatch(ReportHtmlTree::isNotable);
    }

    private void folded(List<ReportNode> nodes) throws IOException {
        ReportNode last = nodes.get(nodes.size() - 1);
        out.add("<li class=\"more\">").add(nodes.size()).add(" more that passed, <code>");
        out.line(nodes.get(0).address)
                .add("</code> to <code>")
                .line(last.address)
                .add("</code></li>\n");
    }

    private void node(ReportNode node) throws IOException {
        if (out.size() > LINES) {
            left += steps(node);
            return;
        }
        switch (node.kind) {
            case STEP -> step(node);
            case ARM -> arm(node);
            case TURN -> turn(node);
            case LOOP -> loop(node);
        }
    }

    private static int steps(ReportNode node) {
        int steps = node.kind == ReportNode.Kind.STEP ? 1 : 0;
        for (ReportNode child : node.children) {
            steps += steps(child);
        }
        return steps;
    }

    private void step(ReportNode node) throws IOException {
        EvidenceAttempt newest = node.newest();
        if (newest == null) {
            return;
        }
        String look = ReportHtmlStep.look(newest.status());
        out.add("<li class=\"step ")
                .add(look)
                .add("\" id=\"s")
                .add(step.number(node))
                .add("\">");
        if (out.size() > DETAILS) {
            bare++;
            out.add("<div class=\"sum\">");
            step.summary(node, newest);
            out.add("</div>");
        } else {
            out.add("<details><summary>");
            step.summary(node, newest);
            out.add("</summary>");
            step.details(node);
            out.add("</details>");
        }
        nodes(node.children, "sub", node.declared());
        if (node.outcome != null) {
            out.add("<p class=\"out\">\u25a0 outcome <b>")
                    .line(node.outcome.state())
                    .add("</b> ");
            out.safe(node.outcome.label());
            condition("because", node.outcome.condition(), node.outcome.operands());
            out.add("</p>");
        }
        if (node.linked != null) {
            linked(node.linked);
        }
        out.add("</li>\n");
    }

    private void linked(RunEvent.RunLinked linked) throws IOException {
        out.add("<p class=\"out\">\u2192 ").add(linked.kind().equals("chain") ? "goes on with " : "invoked ");
        out.line(linked.reference()).add(" <code>").line(linked.child()).add("</code></p>");
        if (linked.kind().equals("invoke")) {
            for (EvidenceRun run : report.evidence().runs()) {
                if (run.id.equals(linked.child()) && !shown.contains(run.id)) {
                    out.add("<div class=\"sub\">");
                    run(run);
                    out.add("</div>");
                }
            }
        }
    }

    private void arm(ReportNode node) throws IOException {
        RunEvent event = node.event;
        if (event instanceof RunEvent.BranchTaken taken) {
            out.add("<li class=\"arm\"><span class=\"a\">\u2192 ")
                    .safe(taken.label())
                    .add("</span>");
            condition("because", taken.condition(), taken.operands());
            nodes(node.children, "sub", node.declared());
            out.add("</li>\n");
        } else if (event instanceof RunEvent.BranchSkipped skipped) {
            out.add("<li class=\"arm not\"><span class=\"a\"><span aria-hidden=\"true\">\u21a6</span> not taken: ");
            out.safe(skipped.label()).add("</span>");
            if (skipped.unknown()) {
                out.add(" <em class=\"tag\">its condition could not be told</em>");
            }
            condition(skipped.unknown() ? "" : "since it does not hold:", skipped.condition(), skipped.operands());
            nodes(node.children, "sub", node.declared());
            out.add("</li>\n");
        }
    }

    private void condition(String word, SafeText condition, Map<String, Captured> operands) throws IOException {
        if (condition.text().isEmpty()) {
            return;
        }
        out.add(" <span class=\"c\">").add(word).add(" <code>").safe(condition).add("</code>");
        String before = " with ";
        for (Map.Entry<String, Captured> operand : operands.entrySet()) {
            out.add(before)
                    .add("<code>")
                    .line(operand.getKey())
                    .add("</code> = ")
                    .captured(operand.getValue());
            before = ", ";
        }
        out.add("</span>");
    }

    private void loop(ReportNode node) throws IOException {
        out.add("<li class=\"arm\"><span class=\"a\">\u21bb ")
                .line(node.address)
                .add("</span> <span class=\"c\">");
        if (node.event instanceof RunEvent.IterationEnded end) {
            out.add(end.iterations()).add(" times, ");
            out.add(end.converged() ? "to its end" : "and its condition still held: it did not converge");
        }
        if (node.failed != null) {
            out.add("failed: ").safe(node.failed.reason());
        }
        out.add("</span>");
        nodes(node.children, "sub", node.declared());
        out.add("</li>\n");
    }

    private void turn(ReportNode node) throws IOException {
        if (node.event instanceof RunEvent.IterationStarted turn) {
            out.add("<li class=\"arm\"><span class=\"a\">")
                    .add(turn.iteration())
                    .add(" of ")
                    .add(turn.total())
                    .add("</span>");
            if (turn.value() != null) {
                out.add(" <code>").captured(turn.value()).add("</code>");
            }
            nodes(node.children, "sub", TURN);
            out.add("</li>\n");
        }
    }
}

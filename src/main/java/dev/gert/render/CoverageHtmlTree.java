package dev.gert.render;

import dev.gert.projection.CoverageNode;
import dev.gert.projection.CoverageNode.State;
import java.util.List;
import java.util.Locale;

/** A runbook's tree as nested lists: what is counted opens and says who reaches it. */
final class CoverageHtmlTree {
    private static final int NAMES = 3;

    private final StringBuilder out;

    private CoverageHtmlTree(StringBuilder out) {
        this.out = out;
    }

    static void write(List<CoverageNode> nodes, StringBuilder out) {
        new CoverageHtmlTree(out).list(nodes, "<ul class=\"tree\">");
    }

    private void list(List<CoverageNode> nodes, String open) {
        if (nodes.isEmpty()) {
            return;
        }
        out.append(open).append('\n');
        for (CoverageNode node : nodes) {
            out.append("<li class=\"").append(name(node.state()));
            out.append(node.hasUncovered() ? "\">" : " fine\">");
            boolean counted = node.state() != State.REACHED && node.state() != State.NOT_REACHED;
            if (counted) {
                site(node);
            } else {
                out.append("<div class=\"node\"");
                hover(node);
                out.append('>');
                line(node);
                out.append("</div>");
            }
            list(node.children(), "\n<ul>");
            out.append("</li>\n");
        }
        out.append("</ul>\n");
    }

    private static String name(State state) {
        return state == State.NOT_REACHED ? "missed" : state.name().toLowerCase(Locale.ROOT);
    }

    private void site(CoverageNode node) {
        out.append("<details><summary class=\"node\"");
        hover(node);
        out.append('>');
        line(node);
        out.append("</summary>\n<dl>");
        row("what", CoverageHtml.words(node.state()));
        if (!node.detail().isEmpty()) {
            row("when", "<code>" + CoverageHtml.text(node.detail()) + "</code>");
        }
        row("path", "<code>" + CoverageHtml.text(node.path()) + "</code>");
        rows("covered by", node.reachedBy());
        rows("came by, of other runbooks", node.reachedFrom());
        out.append("</dl></details>");
    }

    private void row(String name, String html) {
        out.append("<dt>").append(name).append("</dt><dd>").append(html).append("</dd>\n");
    }

    private void rows(String name, List<String> names) {
        if (names.isEmpty()) {
            return;
        }
        StringBuilder html = new StringBuilder("<ul>");
        for (String each : names) {
            html.append("<li>").append(CoverageHtml.text(each)).append("</li>");
        }
        row(name, html.append("</ul>").toString());
    }

    private void hover(CoverageNode node) {
        if (!node.reachedBy().isEmpty()) {
            out.append(" title=\"")
                    .append(CoverageHtml.text(String.join(", ", node.reachedBy())))
                    .append('"');
        }
    }

    private void line(CoverageNode node) {
        State state = node.state();
        out.append("<span class=\"mark\" aria-hidden=\"true\">").append(CoverageHtml.mark(state));
        out.append("</span><span class=\"vh\">")
                .append(CoverageHtml.words(state))
                .append(": </span>");
        boolean step = node.kind().equals("step");
        out.append("<span class=\"t\">");
        if (!step) {
            out.append("<span class=\"quiet\">")
                    .append(node.kind().replace('_', ' '))
                    .append("</span> ");
        }
        if (!node.title().equals(node.kind())) {
            out.append(step ? "<code>" : "<b>").append(CoverageHtml.text(node.title()));
            out.append(step ? "</code>" : "</b>");
        }
        out.append("</span>");
        if (!node.detail().isEmpty()) {
            out.append("<span class=\"c").append(step ? "\">" : " mono\">");
            out.append(CoverageHtml.text(node.detail())).append("</span>");
        }
        boolean counted = state != State.REACHED && state != State.NOT_REACHED;
        if (!node.reachedBy().isEmpty() || counted) {
            out.append("<span class=\"by\">").append(by(node)).append("</span>");
        }
    }

    private static String by(CoverageNode node) {
        List<String> names = node.reachedBy();
        if (names.isEmpty()) {
            return "NO SCENARIO";
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(NAMES, names.size()); i++) {
            text.append(i == 0 ? "" : ", ").append(CoverageHtml.text(names.get(i)));
        }
        if (names.size() > NAMES) {
            text.append(" and ").append(names.size() - NAMES).append(" more");
        }
        return text.toString();
    }
}

package dev.gert.render;

import dev.gert.policy.Captured;
import dev.gert.policy.SafeText;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes a page piece by piece, and knows how much it was. */
final class ReportHtmlWriter {
    private static final int PIECE = 1 << 16;

    private final StringBuilder out = new StringBuilder(PIECE + 4096);
    private final Appendable to;
    private long given;

    ReportHtmlWriter(Appendable to) {
        this.to = to;
    }

    /** Markup. */
    ReportHtmlWriter add(String markup) throws IOException {
        out.append(markup);
        if (out.length() > PIECE) {
            end();
        }
        return this;
    }

    ReportHtmlWriter add(long number) {
        out.append(number);
        return this;
    }

    /** Text that others made, on one line. */
    ReportHtmlWriter line(String text) {
        out.append(HtmlText.line(text));
        return this;
    }

    ReportHtmlWriter lines(String text) {
        out.append(HtmlText.lines(text));
        return this;
    }

    /** With a word where something was taken out. */
    ReportHtmlWriter safe(SafeText text) {
        return redacted(line(text.text()), text.redacted());
    }

    ReportHtmlWriter captured(Captured value) {
        return safe(value.shown());
    }

    private static ReportHtmlWriter redacted(ReportHtmlWriter to, boolean redacted) {
        if (redacted) {
            to.out.append(" <em class=\"tag\">redacted</em>");
        }
        return to;
    }

    /** A row of a list of facts; none where there is nothing to say. */
    ReportHtmlWriter fact(String name, @Nullable String text) throws IOException {
        return text == null || text.isEmpty()
                ? this
                : add("<dt>").add(name).add("</dt><dd>").line(text).add("</dd>");
    }

    ReportHtmlWriter fact(String name, @Nullable SafeText text) throws IOException {
        return text == null || text.text().isEmpty()
                ? this
                : add("<dt>").add(name).add("</dt><dd>").safe(text).add("</dd>");
    }

    /** How many characters were written. */
    long size() {
        return given + out.length();
    }

    /** Gives on what is held. */
    void end() throws IOException {
        given += out.length();
        to.append(out);
        out.setLength(0);
    }
}

package dev.gert.render;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a terminal showed, as a picture: a self-contained SVG of a dark window, which looks the same
 * on a light page and a dark one. Every run of characters is placed at its cell and stretched to its
 * cells, so that columns stay columns whatever font a viewer has.
 */
public final class TerminalSvg {
    /** Tenths of a unit: a cell of the font's size below. */
    private static final int CELL = 84;

    private static final int LINE = 20;
    private static final int PADDING = 16;
    private static final int BAR = 36;
    private static final int LEAST_COLUMNS = 40;

    /** What the three buttons and some air take of the window's bar, in columns. */
    private static final int BUTTONS = 20;

    private static final String FONT =
            "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace";

    private final StringBuilder out = new StringBuilder();

    private TerminalSvg() {}

    /**
     * The picture, with a newline at its end. Everything but colour sequences that could act on a
     * terminal is drawn as {@code \\u{1b}}.
     *
     * @param title what the window's bar says; also the picture's name
     * @param description what is to be seen, for those who can't see it
     * @param text the output: lines with colour sequences (SGR)
     */
    public static String render(String title, String description, String text) {
        List<TerminalSvgLine> lines = new ArrayList<>();
        TerminalSvgStyle style = TerminalSvgStyle.PLAIN;
        int columns = LEAST_COLUMNS;
        for (String line : CodePage.lines(text)) {
            TerminalSvgLine read = new TerminalSvgLine(line, style);
            style = read.style();
            lines.add(read);
            for (TerminalSvgLine.Run run : read.runs()) {
                columns = Math.max(columns, run.column() + run.columns());
            }
        }
        TerminalSvgLine bar = new TerminalSvgLine(title, TerminalSvgStyle.PLAIN);
        int named = 0;
        for (TerminalSvgLine.Run run : bar.runs()) {
            named = Math.max(named, run.column() + run.columns());
        }
        columns = Math.max(columns, named + BUTTONS);

        TerminalSvg svg = new TerminalSvg();
        svg.window(title, description, columns, lines.size());
        int x = 10 * PADDING + (columns - named) * CELL / 2;
        svg.runs(bar, x, BAR / 2 + 5, "#8b949e");
        for (int i = 0; i < lines.size(); i++) {
            svg.runs(lines.get(i), 10 * PADDING, BAR + PADDING + i * LINE + 12, null);
        }
        return svg.out.append("  </g>\n</svg>\n").toString();
    }

    private void window(String title, String description, int columns, int lines) {
        String width = tenths(columns * CELL + 20 * PADDING);
        int height = BAR + 2 * PADDING + lines * LINE - 4;
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-labelledby=\"title desc\" width=\"")
                .append(width)
                .append("\" height=\"")
                .append(height)
                .append("\" viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(height)
                .append("\">\n  <title id=\"title\">")
                .append(XmlText.element(title))
                .append("</title>\n  <desc id=\"desc\">")
                .append(XmlText.element(description))
                .append("</desc>\n  <rect x=\"0.5\" y=\"0.5\" width=\"")
                .append(tenths(columns * CELL + 20 * PADDING - 10))
                .append("\" height=\"")
                .append(height - 1)
                .append("\" rx=\"8\" fill=\"#0d1117\" stroke=\"#30363d\"/>\n");
        String[] buttons = {"#ff5f57", "#febc2e", "#28c840"};
        for (int i = 0; i < buttons.length; i++) {
            out.append("  <circle cx=\"")
                    .append(PADDING + 4 + 18 * i)
                    .append("\" cy=\"")
                    .append(BAR / 2)
                    .append("\" r=\"5.5\" fill=\"")
                    .append(buttons[i])
                    .append("\"/>\n");
        }
        out.append("  <g font-family=\"").append(FONT).append("\" font-size=\"14\" fill=\"#e6edf3\">\n");
    }

    /** {@code x} in tenths of a unit, {@code baseline} in units; {@code tone}: what a run without one of its own has. */
    private void runs(TerminalSvgLine line, int x, int baseline, @Nullable String tone) {
        for (TerminalSvgLine.Run run : line.runs()) {
            out.append("    <text x=\"")
                    .append(tenths(x + run.column() * CELL))
                    .append("\" y=\"")
                    .append(baseline)
                    .append('"');
            if (run.columns() > 0) {
                out.append(" textLength=\"")
                        .append(tenths(run.columns() * CELL))
                        .append("\" lengthAdjust=\"spacingAndGlyphs\"");
            }
            String fill = run.style().tone() == null ? tone : run.style().tone();
            if (fill != null) {
                out.append(" fill=\"").append(fill).append('"');
            }
            out.append(run.style().bold() ? " font-weight=\"bold\"" : "")
                    .append(run.style().faint() ? " fill-opacity=\"0.7\"" : "")
                    .append('>')
                    .append(XmlText.element(run.text()))
                    .append("</text>\n");
        }
    }

    private static String tenths(int tenths) {
        return tenths % 10 == 0 ? String.valueOf(tenths / 10) : tenths / 10 + "." + tenths % 10;
    }
}

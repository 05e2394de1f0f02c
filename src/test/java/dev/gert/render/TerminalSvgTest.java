package dev.gert.render;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class TerminalSvgTest {
    @Test
    void aSmallPictureExactly() throws Exception {
        String svg = TerminalSvg.render(
                "gert run <x>",
                "A step that passed & its outcome.",
                "\u001b[32m\u2713\u001b[0m look   \u001b[2m0.1 s\u001b[0m\n\n\u001b[1;31merror\u001b[0m: \u65e5\u672c x\n");
        assertThat(svg).isEqualTo("""
                <svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" width="368" height="124" viewBox="0 0 368 124">
                  <title id="title">gert run &lt;x&gt;</title>
                  <desc id="desc">A step that passed &amp; its outcome.</desc>
                  <rect x="0.5" y="0.5" width="367" height="123" rx="8" fill="#0d1117" stroke="#30363d"/>
                  <circle cx="20" cy="18" r="5.5" fill="#ff5f57"/>
                  <circle cx="38" cy="18" r="5.5" fill="#febc2e"/>
                  <circle cx="56" cy="18" r="5.5" fill="#28c840"/>
                  <g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace" font-size="14" fill="#e6edf3">
                    <text x="133.6" y="23" textLength="100.8" lengthAdjust="spacingAndGlyphs" fill="#8b949e">gert run &lt;x&gt;</text>
                    <text x="16" y="64" textLength="8.4" lengthAdjust="spacingAndGlyphs" fill="#3fb950">\u2713</text>
                    <text x="32.8" y="64" textLength="33.6" lengthAdjust="spacingAndGlyphs">look</text>
                    <text x="91.6" y="64" textLength="42" lengthAdjust="spacingAndGlyphs" fill-opacity="0.7">0.1 s</text>
                    <text x="16" y="104" textLength="42" lengthAdjust="spacingAndGlyphs" fill="#ff7b72" font-weight="bold">error</text>
                    <text x="58" y="104" textLength="8.4" lengthAdjust="spacingAndGlyphs">:</text>
                    <text x="74.8" y="104" textLength="33.6" lengthAdjust="spacingAndGlyphs">\u65e5\u672c</text>
                    <text x="116.8" y="104" textLength="8.4" lengthAdjust="spacingAndGlyphs">x</text>
                  </g>
                </svg>
                """);
        parse(svg);
    }

    @Test
    void whatFollowsWideCharactersAndMarksStandsInItsCell() throws Exception {
        assertThat(cells("a\u65e5b")).containsExactly("0+1 a", "1+2 \u65e5", "3+1 b");
        assertThat(cells("e\u0301x y")).containsExactly("0+4 e\u0301x y");
        assertThat(cells("\u0301x")).containsExactly("0+1 \u0301x");
        assertThat(cells("a  b c")).containsExactly("0+1 a", "3+3 b c");
        assertThat(cells("   a ")).containsExactly("3+1 a");
        assertThat(cells("a\tb")).containsExactly("0+1 a", "8+1 b");
        assertThat(cells("\u2713 \u2713")).containsExactly("0+1 \u2713", "2+1 \u2713");
        assertThat(cells("\ud83d\ude00!")).containsExactly("0+2 \ud83d\ude00", "2+1 !");
        assertThat(cells("")).isEmpty();
    }

    @Test
    void coloursAreThoseOfTheirCodes() {
        assertThat(after("31").tone()).isEqualTo("#ff7b72");
        assertThat(after("97").tone()).isEqualTo("#ffffff");
        assertThat(after("1;2;33")).isEqualTo(new TerminalSvgStyle(true, true, "#d29922"));
        assertThat(after("1;2;33;22;39")).isEqualTo(TerminalSvgStyle.PLAIN);
        assertThat(after("1;31;")).isEqualTo(TerminalSvgStyle.PLAIN);
        assertThat(after("38;5;31;1")).isEqualTo(new TerminalSvgStyle(true, false, null));
        assertThat(after("48;2;31;32;33;2")).isEqualTo(new TerminalSvgStyle(false, true, null));
        assertThat(after("38;5")).isEqualTo(TerminalSvgStyle.PLAIN);
        assertThat(after("4;99999999999")).isEqualTo(TerminalSvgStyle.PLAIN);
    }

    @Test
    void aColourLastsUntilItIsEnded() {
        assertThat(TerminalSvg.render("x", "y", "\u001b[31ma\nb\u001b[mc\n"))
                .contains("fill=\"#ff7b72\">a<", "fill=\"#ff7b72\">b<", "spacingAndGlyphs\">c<");
    }

    @Test
    void hostileTextStaysText() throws Exception {
        StringBuilder text = new StringBuilder();
        for (String words : Hostile.WORDS) {
            text.append(words).append('\n');
        }
        for (String name : Hostile.NAMES) {
            text.append(name).append("\u001b[3\n\u001b]0;x\u0007\u001b[2J\r\n");
        }
        text.append("</text></svg><script>alert(1)</script><image href=\"https://evil.example\"/>");
        String svg = TerminalSvg.render(text.substring(0, 40), text.toString(), text.toString());
        Document picture = parse(svg);
        assertThat(picture.getElementsByTagName("script").getLength()).isZero();
        assertThat(picture.getElementsByTagName("image").getLength()).isZero();
        assertThat(svg).doesNotContain("\u001b", "\u202e", "\u0007").contains("\\u{1b}[2J");
        NodeList all = picture.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            assertThat(List.of("svg", "title", "desc", "rect", "circle", "g", "text"))
                    .contains(element.getTagName());
            for (int j = 0; j < element.getAttributes().getLength(); j++) {
                Node attribute = element.getAttributes().item(j);
                if (!attribute.getNodeName().equals("xmlns")) {
                    assertThat(attribute.getNodeValue()).doesNotContain("://", "url(");
                }
            }
        }
    }

    private static TerminalSvgStyle after(String parameters) {
        return TerminalSvgStyle.PLAIN.after(parameters);
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        for (TerminalSvgLine.Run run : new TerminalSvgLine(line, TerminalSvgStyle.PLAIN).runs()) {
            cells.add(run.column() + "+" + run.columns() + " " + run.text());
        }
        return cells;
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}

package dev.gert.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.projection.CoverageNode;
import dev.gert.projection.CoverageNode.State;
import dev.gert.projection.CoverageReport;
import dev.gert.projection.CoverageSite;
import dev.gert.projection.RunbookCoverage;
import dev.gert.projection.SiteCoverage;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The page is well-formed, asks the network for nothing, and says a hostile runbook's words as words. */
public class CoverageHtmlTest {
    public static final String HOSTILE =
            "</script><img src=x onerror=alert(1)> \" ' ` & </style> ]]> javascript:alert(1) \u001b[2J \u202e{{7*7}}";

    /** Every element that the page may hold; none of them runs or loads anything. */
    private static final Set<String> ELEMENTS = Set.of(
            ("html head meta title style body a header h1 h2 ul li b span p input div label main section pre table caption"
                            + " thead tbody tr th td details summary dl dt dd code")
                    .split(" "));

    /** And every attribute. */
    private static final Set<String> ATTRIBUTES = Set.of(
            ("lang charset http-equiv content name class href aria-hidden aria-label aria-labelledby style type id"
                            + " for tabindex scope colspan title")
                    .split(" "));

    @Test
    void isWellFormedAndHoldsNothingThatActs() throws Exception {
        Document page = parsed(CoverageHtml.render(new CoverageReport(List.of(hostile()), List.of(), 3), List.of()));
        NodeList all = page.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            assertThat(ELEMENTS).contains(element.getTagName());
            NamedNodeMap attributes = element.getAttributes();
            for (int a = 0; a < attributes.getLength(); a++) {
                String name = attributes.item(a).getNodeName();
                String value = attributes.item(a).getNodeValue();
                assertThat(ATTRIBUTES).contains(name);
                if (name.equals("href")) {
                    assertThat(value).startsWith("#");
                }
                if (name.equals("style")) {
                    assertThat(value).matches("width:\\d+%");
                }
            }
        }
        assertThat(page.getElementsByTagName("style").item(0).getTextContent())
                .doesNotContain("url(", "@import", "</", "&");
    }

    @Test
    void hostileWordsAreWords() throws Exception {
        Document page = parsed(CoverageHtml.render(new CoverageReport(List.of(hostile()), List.of(), 3), List.of()));
        String shown = HOSTILE.replace("\u001b", "\\u{1b}").replace("\u202e", "\\u{202e}");
        List<String> said = new ArrayList<>();
        NodeList summaries = page.getElementsByTagName("summary");
        for (int i = 0; i < summaries.getLength(); i++) {
            said.add(summaries.item(i).getTextContent());
        }
        assertThat(said).hasSize(2);
        assertThat(said.get(0)).contains("branch " + shown).contains("covered: ");
        assertThat(said.get(1)).contains("NO SCENARIO").contains("not covered, no run can come here: ");
        assertThat(page.getElementsByTagName("h2").item(0).getTextContent()).isEqualTo(shown);
        assertThat(((Element) summaries.item(0)).getAttribute("title")).isEqualTo(shown);
    }

    @Test
    void thePolicyForbidsScriptsAndRequests() {
        assertThat(CoverageHtml.render(new CoverageReport(List.of(), List.of(), 0), List.of()))
                .contains(
                        "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline';");
    }

    @Test
    void aLevelIsHiddenByTheFilterOnlyWhereNothingBelowIsUncovered() throws Exception {
        Document page = parsed(CoverageHtml.render(new CoverageReport(List.of(hostile()), List.of(), 3), List.of()));
        List<String> fine = new ArrayList<>();
        NodeList items = page.getElementsByTagName("li");
        for (int i = 0; i < items.getLength(); i++) {
            String name = ((Element) items.item(i)).getAttribute("class");
            if (!name.isEmpty()) {
                fine.add(name);
            }
        }
        assertThat(fine).containsExactly("reached", "covered fine", "unreachable");
    }

    /** A runbook whose every text is {@link #HOSTILE}. */
    public static RunbookCoverage hostile() {
        List<String> by = List.of(HOSTILE);
        CoverageNode arm =
                new CoverageNode("branch", HOSTILE, HOSTILE, HOSTILE, State.COVERED, by, List.of(HOSTILE), List.of());
        CoverageNode outcome =
                new CoverageNode("outcome", HOSTILE, "", HOSTILE, State.UNREACHABLE, List.of(), List.of(), List.of());
        CoverageNode step = new CoverageNode(
                "step", HOSTILE, HOSTILE, HOSTILE, State.REACHED, by, List.of(), List.of(arm, outcome));
        SiteCoverage covered = new SiteCoverage(new CoverageSite("branch", HOSTILE, "a"), by, List.of());
        SiteCoverage uncovered = new SiteCoverage(new CoverageSite("outcome", HOSTILE, "b"), List.of(), List.of());
        return new RunbookCoverage(
                HOSTILE, HOSTILE, List.of(covered), List.of(uncovered), List.of(), List.of(step), by, by, by, false);
    }

    public static Document parsed(String page) throws Exception {
        assertThat(page).startsWith("<!DOCTYPE html>\n");
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        DocumentBuilder builder = factory.newDocumentBuilder();
        builder.setEntityResolver((publicId, systemId) -> {
            throw new AssertionError("the page asks for " + systemId);
        });
        return builder.parse(new InputSource(new StringReader(page)));
    }
}

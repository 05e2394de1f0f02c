package dev.gert.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Label;
import dev.gert.diagnostic.Severity;
import dev.gert.source.Source;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class DiagnosticJunitTest {
    private static final Source SOURCE = Source.of("a&b.yaml", "a: <b>\n");
    private static final List<Diagnostic> TWO = List.of(
            new Diagnostic(
                    Code.Y104,
                    Severity.ERROR,
                    "unknown key `<b>`",
                    new Label(SOURCE.span(3, 6), "did you mean `c`?"),
                    List.of(),
                    null),
            new Diagnostic(Code.S007, Severity.WARNING, "never used", null, List.of(), "remove it"));

    @Test
    void aSuiteForEachFileAndACaseForEachFinding() {
        String report = DiagnosticJunit.render(TWO, List.of("a&b.yaml", "clean.yaml"), false);
        assertThat(SchemaCheck.junit(report)).isEmpty();
        assertThat(report).isEqualTo("""
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuites name="gert validate" tests="3" failures="1" errors="0">
                  <testsuite name="a&amp;b.yaml" tests="1" failures="1" errors="0">
                    <testcase name="Y104 at 1:4: unknown key `&lt;b&gt;`" classname="a&amp;b.yaml">
                      <failure type="Y104" message="unknown key `&lt;b&gt;`">error[Y104]: unknown key `&lt;b&gt;`
                 --&gt; a&amp;b.yaml:1:4
                  |
                1 | a: &lt;b&gt;
                  |    ^^^ did you mean `c`?
                </failure>
                    </testcase>
                  </testsuite>
                  <testsuite name="clean.yaml" tests="1" failures="0" errors="0">
                    <testcase name="no problems" classname="clean.yaml"/>
                  </testsuite>
                  <testsuite name="gert validate" tests="1" failures="0" errors="0">
                    <testcase name="S007: never used" classname="gert validate">
                      <system-out>warning[S007]: never used
                  = help: remove it
                </system-out>
                    </testcase>
                  </testsuite>
                </testsuites>
                """);
    }

    @Test
    void strictMakesFailuresOfWarnings() {
        String report = DiagnosticJunit.render(TWO, List.of(), true);
        assertThat(SchemaCheck.junit(report)).isEmpty();
        assertThat(report)
                .contains("tests=\"2\" failures=\"2\"", "<failure type=\"S007\"")
                .doesNotContain("system-out");
    }

    @Test
    void nothingCheckedIsAReportToo() {
        assertThat(SchemaCheck.junit(DiagnosticJunit.render(List.of(), List.of(), false)))
                .isEmpty();
    }

    @Test
    void theSchemaIsTheOneThatRefuses() {
        String report = DiagnosticJunit.render(TWO, List.of(), false);
        assertThat(SchemaCheck.junit(report.replace("classname", "class"))).isNotEmpty();
        assertThat(SchemaCheck.junit(report.replace("&lt;", "<"))).isNotEmpty();
        assertThat(SchemaCheck.junit(report.replace("tests=\"1\"", "tests=\"x\"")))
                .isNotEmpty();
    }

    @Test
    void hostileNamesAndWordsFitTheSchemaAndComeBack() throws Exception {
        List<Diagnostic> findings = Hostile.findings();
        String report = DiagnosticJunit.render(findings, Hostile.NAMES, false);
        assertThat(SchemaCheck.junit(report)).isEmpty();
        assertThat(report)
                .contains("\\u{1b}[2J", "\\u{0}", "\\u{ffff}", "\\u{d800}")
                .doesNotContain("\u202e", "\u0085");

        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(report)));
        NodeList suites = document.getElementsByTagName("testsuite");
        assertThat(suites.getLength()).isEqualTo(Hostile.NAMES.size() + 1);
        assertThat(((Element) suites.item(Hostile.NAMES.indexOf("two\nlines\r.yaml"))).getAttribute("name"))
                .isEqualTo("two\nlines\r.yaml");
        assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(findings.size());
        int errors = 0;
        for (Diagnostic finding : findings) {
            errors += finding.severity() == Severity.ERROR ? 1 : 0;
        }
        NodeList failures = document.getElementsByTagName("failure");
        assertThat(failures.getLength()).isEqualTo(errors);
        assertThat(document.getDocumentElement().getAttribute("failures")).isEqualTo(String.valueOf(errors));
        for (int i = 0; i < failures.getLength(); i++) {
            assertThat(failures.item(i).getTextContent())
                    .contains(((Element) failures.item(i)).getAttribute("message"));
        }
    }
}

package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gert.projection.CoverageNode;
import dev.gert.projection.CoverageReport;
import dev.gert.projection.CoverageSite;
import dev.gert.projection.RunbookCoverage;
import dev.gert.projection.SiteCoverage;
import dev.gert.render.CoverageHtml;
import dev.gert.render.CoverageHtmlTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of {@code gert coverage --format html} in a real browser; skipped where there is none. */
class CoveragePageIT {
    @TempDir
    Path folder;

    @Test
    void asksForNothingRunsNothingAndWorksFromTheKeyboard() throws Exception {
        assumeTrue(Browser.isInstalled(), "/usr/bin/chromium is not installed");
        Path page = folder.resolve("coverage.html");
        Files.writeString(
                page,
                CoverageHtml.render(
                        new CoverageReport(List.of(CoverageHtmlTest.hostile(), wide(1_000)), List.of(), 2), List.of()));
        try (Browser browser = new Browser(folder)) {
            browser.open(page);

            assertThat(browser.ask("document.querySelectorAll('summary').length"))
                    .isEqualTo("1002");
            assertThat(browser.ask("document.querySelectorAll('script, img, link, iframe, [onerror]').length"))
                    .isEqualTo("0");
            assertThat(browser.ask("document.querySelector('h2').textContent")).startsWith("</script><img");

            // Tab goes to the way past the head, then to the filter.
            browser.press("Tab", "");
            assertThat(browser.ask("document.activeElement.className")).isEqualTo("skip");
            browser.press("Tab", "");
            assertThat(browser.ask("document.activeElement.id")).isEqualTo("only");
            assertThat(browser.ask("document.activeElement.labels[0].textContent"))
                    .isEqualTo("uncovered only");
            assertThat(shown(browser)).isEqualTo("1002");
            browser.press(" ", " ");
            assertThat(shown(browser))
                    .as("one of ten is not covered, and that of the first runbook")
                    .isEqualTo("101");
            browser.press(" ", " ");
            assertThat(shown(browser)).isEqualTo("1002");

            browser.ask("document.querySelector('summary').focus()");
            assertThat(browser.ask("document.querySelector('details').open")).isEqualTo("false");
            browser.press("Enter", "\\r");
            assertThat(browser.ask("document.querySelector('details').open")).isEqualTo("true");
            assertThat(browser.ask("document.querySelector('details dd ul').innerText"))
                    .startsWith("</script><img");

            browser.look("light", "screen");
            String light = ground(browser);
            browser.look("dark", "screen");
            assertThat(ground(browser)).isNotEqualTo(light);
            browser.look("dark", "print");
            assertThat(ground(browser)).as("paper is white").isEqualTo("rgb(255, 255, 255)");
            assertThat(browser.ask("getComputedStyle(document.querySelector('.only')).display"))
                    .isEqualTo("none");

            assertThat(browser.requests()).containsExactly(page.toUri().toString());
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static String shown(Browser browser) throws Exception {
        return browser.ask("[...document.querySelectorAll('summary')].filter(s => s.getClientRects().length).length");
    }

    private static String ground(Browser browser) throws Exception {
        return browser.ask("getComputedStyle(document.body).backgroundColor");
    }

    /** One step with so many arms, of which every tenth is not covered. */
    private static RunbookCoverage wide(int arms) {
        List<CoverageNode> nodes = new ArrayList<>();
        List<SiteCoverage> sites = new ArrayList<>();
        for (int i = 0; i < arms; i++) {
            List<String> by = i % 10 == 0 ? List.of() : List.of("one", "two");
            CoverageNode.State state = by.isEmpty() ? CoverageNode.State.UNCOVERED : CoverageNode.State.COVERED;
            String path = "a.branches[" + i + "]";
            nodes.add(new CoverageNode(
                    CoverageSite.BRANCH, "arm " + i, "x == \"" + i + "\"", path, state, by, List.of(), List.of()));
            sites.add(new SiteCoverage(new CoverageSite(CoverageSite.BRANCH, "arm " + i, path), by, List.of()));
        }
        CoverageNode step =
                new CoverageNode("step", "a", "", "a", CoverageNode.State.REACHED, List.of("one"), List.of(), nodes);
        List<String> names = List.of("one", "two");
        return new RunbookCoverage(
                "wide",
                "wide.runbook.yaml",
                sites,
                List.of(),
                List.of(),
                List.of(step),
                names,
                List.of(),
                List.of(),
                false);
    }
}

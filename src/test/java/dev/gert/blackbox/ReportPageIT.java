package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gert.render.LongRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code report.html} of 1,000 steps in a real browser; skipped where there is none. */
class ReportPageIT {
    @TempDir
    Path folder;

    @Test
    void isFoundThroughByKeysAndAsksForNothing() throws Exception {
        assumeTrue(Browser.isInstalled(), "/usr/bin/chromium is not installed");
        Path page = folder.resolve("report.html");
        Files.writeString(page, LongRun.page(1000));
        try (Browser browser = new Browser(folder)) {
            browser.open(page);
            assertThat(browser.requests()).allMatch(each -> each.startsWith("file:") || each.startsWith("about:"));
            assertThat(browser.complaints()).isEmpty();
            assertThat(browser.ask("document.querySelectorAll('li.step').length"))
                    .isEqualTo("1000");
            assertThat(browser.ask("document.querySelector('h1').textContent")).contains("escalated");

            browser.press("j", "j");
            assertThat(browser.ask("document.activeElement.closest('li').id")).isEqualTo("s1");
            browser.press("j", "j");
            browser.press("Enter", "\\r");
            assertThat(browser.ask("document.querySelector('#s2 details').open"))
                    .isEqualTo("true");
            browser.press("k", "k");
            assertThat(browser.ask("document.activeElement.closest('li').id")).isEqualTo("s1");
            browser.press("/", "/");
            assertThat(browser.ask("document.activeElement.id")).isEqualTo("filter");
            browser.ask("(() => { const at = document.getElementById('filter'); at.value = 'step 77'; "
                    + "at.dispatchEvent(new Event('input')); })()");
            assertThat(
                            browser.ask(
                                    "Array.from(document.querySelectorAll('li.step')).filter((each) => each.offsetParent).length"))
                    .isEqualTo("11");
            assertThat(browser.ask("document.querySelector('svg.bars').getAttribute('aria-label')"))
                    .contains("begins after");
            picture(browser, page);
        }
    }

    private static void picture(Browser browser, Path page) throws Exception {
        if (Boolean.getBoolean("gert.update")) {
            Files.writeString(page, LongRun.page(12));
            browser.open(page);
            browser.look("light", "screen");
            browser.ask("document.querySelector('#s5 details').open = true");
            browser.picture(Path.of("docs/images/report.png"), 1100, 1300);
            browser.look("dark", "screen");
            browser.picture(Path.of("docs/images/report-dark.png"), 1100, 1300);
        }
    }
}

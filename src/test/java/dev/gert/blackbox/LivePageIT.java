package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gert run --ui} and {@code gert ui} in a real browser; skipped where there is none. */
class LivePageIT {
    private static final Pattern LINK = Pattern.compile("page {5}(http://127\\.0\\.0\\.1:\\d+/#[0-9a-f]{48})");

    @TempDir
    Path folder;

    private Workshop shop;
    private Browser browser;

    @BeforeEach
    void project() throws Exception {
        assumeTrue(Browser.isInstalled(), "/usr/bin/chromium is not installed");
        shop = new Workshop(folder);
        shop.file("gert.yaml", "name: shop\n");
        shop.file(
                "governance.yaml",
                "apiVersion: governance/v0\ndefault: allow\nrequire_approval_for: [{pattern: \"kill *\"}]\n");
        shop.standIn("look", "printf '<img src=x onerror=alert(1)>\\033[31m\\n'");
        shop.standIn("kill", "");
        shop.file("x.runbook.yaml", """
                apiVersion: runbook/v0
                meta: {name: "x"}
                steps:
                  - id: look
                    type: cli
                    title: "</script><script>alert(1)</script>"
                    with: {argv: [look]}
                    capture: {seen: stdout}
                  - {id: gateway, type: cli, title: Kill the gateway, approvals: {min: 1}, with: {argv: [kill, "{{ .seen }}"]}}
                  - id: sure
                    type: manual
                    title: Is it gone?
                    instructions: Look at the dashboard.
                    required_evidence:
                      - {name: shot, kind: attachment}
                      - {name: note, kind: text}
                      - {name: checks, kind: checklist, items: [Latency is normal]}
                    choices:
                      variable: cause
                      prompt: What was it?
                      options: [{value: hung, label: The gateway hung}, {value: quota, label: A quota was reached}]
                """);
        browser = new Browser(folder);
    }

    @AfterEach
    void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void approvesAnswersAndUploadsWhileTheRunGoesOn() throws Exception {
        Process run = shop.start(folder.resolve("out"), folder.resolve("err"), "run", "x.runbook.yaml", "--ui");
        String link = link();
        browser.open(link);
        browser.await("document.querySelector('#ask .yes')");
        assertThat(browser.ask("document.querySelector('#ask pre').textContent"))
                .contains("kill", "<img src=x");
        assertThat(browser.ask("location.href")).doesNotContain("#");
        picture();
        assertThat(shop.ran()).noneMatch(line -> line.startsWith("kill"));

        browser.ask(
                "document.querySelector('#ask input').value = 'ICM 7'; document.querySelector('#ask .yes').click()");
        browser.await("document.querySelector('#ask input[type=file]')");
        assertThat(shop.ran()).anyMatch(line -> line.startsWith("kill "));
        browser.ask("(() => { const data = new DataTransfer(); data.items.add(new File(['\\u0089PNG'], 'shot.png'));"
                + " const at = document.querySelector('#ask input[type=file]'); at.files = data.files;"
                + " at.dispatchEvent(new Event('change')); })()");
        browser.await("document.querySelector('#ask pre').textContent.includes('note: text')");
        browser.ask("document.querySelector('#ask input').value = 'it is gone';"
                + " document.querySelector('#ask button').click()");
        browser.await("document.querySelector('#ask pre').textContent.includes('Latency is normal')");
        press("It is so");
        browser.await("document.querySelector('#ask pre').textContent.includes('What was it?')");
        assertThat(browser.ask("document.querySelector('#ask form').textContent"))
                .contains("The gateway hung", "None of them", "Leave it waiting");
        press("A quota was reached");
        browser.await("document.querySelector('#state').textContent === 'the session is over'");
        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(run.exitValue()).as(Files.readString(folder.resolve("err"))).isZero();
        assertThat(browser.ask("document.querySelector('h1').textContent")).contains("completed");
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.requests())
                .allMatch(each -> each.startsWith(link.substring(0, link.indexOf('#'))) || each.startsWith("about:"));
        String journal = Files.readString(shop.journal());
        assertThat(journal)
                .contains(
                        "\"method\":\"acknowledge\"",
                        "\"reason\":\"ICM 7\"",
                        "\"value\":\"it is gone\"",
                        "-shot.png\"",
                        "\"cause\":\"quota\"")
                .doesNotContain(link.substring(link.indexOf('#') + 1));
        assertThat(shop.gert("verify", "latest").exit()).isZero();
    }

    @Test
    void aNoStopsIt() throws Exception {
        Process run = shop.start(folder.resolve("out"), folder.resolve("err"), "run", "x.runbook.yaml", "--ui");
        browser.open(link());
        browser.await("document.querySelector('#ask .no')");
        browser.ask(
                "document.querySelector('#ask input').value = 'not now'; document.querySelector('#ask .no').click()");
        assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(run.exitValue()).isEqualTo(4);
        assertThat(Files.readString(shop.journal())).contains("\"type\":\"approval_denied\"", "not now");
        assertThat(shop.ran()).noneMatch(line -> line.startsWith("kill"));
    }

    /** Another process shows the run; policy lets the OS user decide by {@code gert approve}, and so by this page. */
    @Test
    void aRunThatWaitsElsewhereIsDecidedOn() throws Exception {
        shop.file(
                "governance.yaml",
                "apiVersion: governance/v0\ndefault: allow\nrequire_approval_for: [{pattern: \"kill *\"}]\n"
                        + "approvals: {allow_self: true}\n");
        assertThat(shop.gert("run", "x.runbook.yaml", "--non-interactive").exit())
                .isEqualTo(8);
        Process page = shop.start(folder.resolve("out"), folder.resolve("err"), "ui", "latest");
        try {
            browser.open(link());
            browser.await("document.querySelector('#ask .yes')");
            browser.ask("document.querySelector('#ask .yes').click()");
            Path approvals = shop.journal().resolveSibling("approvals");
            Workshop.await("the decision", () -> decided(approvals));
            shop.gert("resume", "latest", "--non-interactive");
            assertThat(shop.ran()).anyMatch(line -> line.startsWith("kill "));
            browser.await("document.querySelector('main').textContent.includes('by the OS user, on this machine')");
        } finally {
            page.destroy();
            assertThat(page.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(page.exitValue()).isZero();
    }

    private void press(String label) throws Exception {
        browser.ask("[...document.querySelectorAll('#ask button')].find((each) => each.textContent === '" + label
                + "').click()");
    }

    private static boolean decided(Path approvals) {
        try (var files = Files.list(approvals)) {
            return files.anyMatch(each -> each.toString().contains(".decision"));
        } catch (IOException e) {
            return false;
        }
    }

    private String link() {
        Path err = folder.resolve("err");
        Workshop.await("what is said first", () -> err.toFile().length() > 0);
        Workshop.await(
                "the page's link",
                () -> !read(err).contains("page  ") || LINK.matcher(read(err)).find());
        Matcher found = LINK.matcher(read(err));
        assertThat(found.find()).as(read(err)).isTrue();
        return found.group(1);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void picture() throws Exception {
        if (Boolean.getBoolean("gert.update")) {
            browser.look("light", "screen");
            browser.picture(Path.of("docs/images/live.png"), 1100, 900);
        }
    }
}

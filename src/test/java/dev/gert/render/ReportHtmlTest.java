package dev.gert.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.json.JsonValue;
import dev.gert.model.Effect;
import dev.gert.policy.Captured;
import dev.gert.policy.RulePlace;
import dev.gert.policy.SafeText;
import dev.gert.projection.RunReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The report page: what stands in it, that nothing in it is alive, and how large it gets. */
class ReportHtmlTest {
    private static final RulePlace RULE = new RulePlace("require_approval_for \"kill\"", "governance.yaml", 7);

    private final List<Envelope> records = new ArrayList<>();

    private void record(RunEvent event) {
        int seq = records.size();
        String time = String.format("2026-11-23T%02d:%02d:%02d.000000Z", seq / 3600, seq / 60 % 60, seq % 60);
        records.add(new Envelope(seq, time, "20261123T101500Z-4f21c9aa", null, event));
    }

    private static SafeText safe(String text) {
        return Captured.recorded(text, false).shown();
    }

    private void started(String name) {
        record(new RunEvent.RunStarted(
                name,
                new RunEvent.FileDigest(name, "aa".repeat(32)),
                List.of(new RunEvent.FileDigest(name, "bb".repeat(32))),
                "cc".repeat(32),
                "real",
                name,
                "root",
                name,
                safe(name),
                "1.0",
                null,
                "/p",
                "/p",
                null,
                null,
                List.of(),
                null,
                null,
                List.of(safe("CI=<b>"))));
    }

    private void step(String id, StepStatus status, String text) {
        record(new RunEvent.StepStarted(id, id, "cli", safe(text), 1));
        RunEvent.CommandView command = new RunEvent.CommandView(
                List.of(safe("echo"), safe(text)),
                null,
                safe("/bin/echo"),
                "dd".repeat(32),
                safe("/p"),
                List.of("A"),
                Effect.MUTATE,
                1000,
                false,
                null);
        record(new RunEvent.PolicyDecided(id, 1, command, "allow", RULE));
        record(new RunEvent.Dispatched(id, 1, Effect.MUTATE, "token", 7));
        record(new RunEvent.StepCompleted(
                id, 1, status, 0, Map.of("out", Captured.recorded(text, false)), safe(text), 1_200_000));
    }

    private void everything(String text) {
        started(text);
        record(new RunEvent.InputsResolved(Map.of("in", Captured.recorded(text, true)), Map.of("in", "flag")));
        step("look", StepStatus.PASSED, text);
        record(new RunEvent.BranchSkipped(
                "look.branches[0]",
                "look",
                safe(text),
                safe(text),
                Map.of("x", Captured.recorded(text, false)),
                false));
        record(new RunEvent.BranchTaken(
                "look.branches[1]", "look", safe(text), safe(text), Map.of("x", Captured.recorded(text, false))));
        record(new RunEvent.StepStarted("look.branches[1].steps[0]", "kill", "cli", safe(text), 1));
        record(new RunEvent.AwaitingApproval("look.branches[1].steps[0]", 1, RULE));
        RunEvent.Ballot ballot = new RunEvent.Ballot("ee", null, "SHA256:abc", safe(text));
        record(new RunEvent.ApprovalGranted("look.branches[1].steps[0]", 1, text, "ssh", false, true, ballot));
        record(new RunEvent.AttemptFailed("look.branches[1].steps[0]", 1, safe(text), true));
        record(new RunEvent.StepCompleted(
                "look.branches[1].steps[0]", 2, StepStatus.FAILED, 3, Map.of(), safe(text), 5));
        record(new RunEvent.StepStarted("write", "write", "manual", safe(text), 1));
        record(new RunEvent.AwaitingInput("write", 1, safe(text + "\n" + text)));
        record(new RunEvent.EvidenceCollected(
                "write",
                1,
                text,
                "attachment",
                safe(text),
                List.of(safe(text)),
                new RunEvent.OutputFile("attachments/a.svg", 5, "ff".repeat(32), false),
                "person"));
        record(new RunEvent.RunPaused("write", "input"));
        record(new RunEvent.RunResumed(text, text, 0, null));
        record(new RunEvent.StepDecided("write", 1, "did_run", text, safe(text)));
        record(new RunEvent.Unrecognised(
                "elevation_granted", new JsonValue.MapValue(Map.of("step", new JsonValue.Text("write")))));
        record(new RunEvent.ApprovalDenied("write", 1, text, safe(text)));
        record(new RunEvent.StepCompleted("write", 1, StepStatus.DENIED, null, Map.of(), safe(text), 5));
        record(new RunEvent.StepsSkipped("look", List.of("write"), text, safe(text)));
        record(new RunEvent.RunHandedOver(text, text, safe(text)));
        record(new RunEvent.Warning(safe(text), text));
        record(new RunEvent.NodeFailed("tree[1]", safe(text)));
        record(new RunEvent.OutcomeReached(
                "write",
                0,
                "escalated",
                safe(text),
                safe(text),
                safe(text),
                Map.of("y", Captured.recorded(text, false))));
        record(new RunEvent.Notified("outcome", safe(text), null, safe(text)));
        record(new RunEvent.RunCompleted("escalated", 0, safe(text)));
    }

    private String page() throws IOException {
        RunReport report = new RunReport();
        records.forEach(report::add);
        StringBuilder page = new StringBuilder();
        ReportHtml.page(report, new ReportExtras(Map.of(), "99".repeat(32), null), page);
        return page.toString();
    }

    @Test
    void saysWhatAReaderLooksFor() throws IOException {
        everything("as it is");
        String page = page();
        String text = page.substring(page.indexOf("<main>")).replaceAll("<[^>]*>", "");
        assertThat(text)
                .contains(
                        "! escalated",
                        "next as it is",
                        "no session worked on the run for 1.0 s",
                        "as it is approved kill, and no roster says whether that is one who may",
                        "write was in doubt, and as it is settled it: it did run",
                        "as it is left out everything before look write: as it is",
                        "as it is handed the run over to as it is",
                        "the message to as it is did not arrive: as it is",
                        "no key sealed the run",
                        "not taken: as it is since it does not hold: as it is with x = as it is",
                        "allow, by require_approval_for \"kill\" (governance.yaml:7)".replace("\"", "&quot;"),
                        "signed by the key SHA256:abc; the role is not verified",
                        "attempt 1: failed",
                        "attempt 2: failed",
                        "out = as it is",
                        "in = as it is redacted",
                        "ff".repeat(32),
                        "gert verify 20261123T101500Z-4f21c9aa",
                        "99".repeat(32));
        assertThat(page)
                .contains("class=\"appr\"", "class=\"man\"", "class=\"elev\"", "class=\"idle\"")
                .contains("waits for approval 1.0 s")
                .doesNotContain("href=\"attachments/a.svg\"");
    }

    /** What others wrote is text, wherever it stands. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "</style><script>alert(1)</script>",
                "\" onmouseover=\"alert(1)",
                "' onclick='alert(1)",
                "<img src=x onerror=alert(1)>",
                "]]><!--",
                "javascript:alert(1)",
                "\u202egnp.exe\u001b[31m\u0000",
            })
    void nothingThatOthersWroteIsAlive(String hostile) throws IOException {
        everything("as it is");
        String tame = page();
        records.clear();
        everything(hostile);
        String page = page();
        assertThat(tags(page)).isEqualTo(tags(tame));
        assertThat(page.chars().filter(c -> c < ' ' && c != '\n' || c == 0x202e))
                .isEmpty();
    }

    /** The page's elements with the names of their attributes, and what these hold that leads anywhere. */
    private static List<String> tags(String page) {
        List<String> tags = new ArrayList<>();
        Matcher tag = Pattern.compile("<(/?[A-Za-z!][^\\s>]*)((?:\\s+[^\\s=>]+(?:=\"[^\"]*\")?)*)\\s*/?>")
                .matcher(page);
        while (tag.find()) {
            String attributes = tag.group(2).replaceAll("(aria-label|alt|content)=\"[^\"]*\"", "$1");
            tags.add(tag.group(1) + attributes);
        }
        return tags;
    }

    @Test
    void asksForNothing() throws IOException {
        everything("x");
        String page = page();
        assertThat(page)
                .contains("content=\"default-src 'none'; img-src data:; style-src 'sha256-")
                .doesNotContain("unsafe-inline", "http://", "https://", " style=", "onclick");
        Matcher source =
                Pattern.compile("<(script|style)>(.*?)</\\1>", Pattern.DOTALL).matcher(page);
        int found = 0;
        while (source.find()) {
            found++;
            assertThat(page).contains(source.group(1) + "-src " + ContentSource.of(source.group(2)));
        }
        assertThat(found).isEqualTo(2);
    }

    /** Of 100,000 records, every fifth step of which failed: at most 5 MB, and no failure is folded away. */
    @Test
    void staysSmallEnoughToOpen() throws IOException {
        started("x");
        for (int i = 0; records.size() < 100_000; i++) {
            step(
                    "s" + i,
                    i % 5 == 0 ? StepStatus.FAILED : StepStatus.PASSED,
                    "What this step is for, in a line of words");
        }
        record(new RunEvent.RunCompleted("failed", 1, null));
        String page = page();
        assertThat(page.length()).isLessThan(5_000_000);
        assertThat(page.contains("more that passed")).isTrue();
        assertThat(page.contains(" steps the page has only the line")).isTrue();
        assertThat(Pattern.compile("<li class=\"step b\"")
                        .matcher(page)
                        .results()
                        .count())
                .isEqualTo(5000);
    }
}

package dev.gert.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.engine.port.Clock;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.model.Effect;
import dev.gert.policy.Captured;
import dev.gert.policy.RulePlace;
import dev.gert.policy.SafeText;
import dev.gert.render.RunText;
import dev.gert.render.RunTextLook;
import dev.gert.render.RunTextLook.Detail;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A run's records, and what a person reads of them. */
@Timeout(30)
class RunViewsTest {
    private static final RulePlace RULE = new RulePlace("default: acknowledge", "governance.yaml", 3);

    private final List<RunEvent> events = new ArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Screen screen = new Screen(new TextOutput(out), new TextOutput(err), true);
    private boolean unicode = true;
    private boolean colour;
    private int width = 100;

    @Test
    void aWholeRun() {
        started();
        ran("query", 2_345_678, StepStatus.PASSED, 0, captures("failures", "1", "top_error", "40613"), null);
        events.add(new RunEvent.BranchSkipped(
                "query.branches[0]", "query", text("None"), text("failures == 0"), Map.of(), false));
        events.add(new RunEvent.BranchTaken(
                "query.branches[1]", "query", text("Failures seen"), text("failures > 0"), captures("failures", "1")));
        manual("verify");
        begin("skip_me", "cli");
        events.add(new RunEvent.StepCompleted("skip_me", 1, StepStatus.SKIPPED, null, Map.of(), null, 0));
        begin("kill_gw", "cli");
        events.add(decided("kill_gw"));
        events.add(new RunEvent.AwaitingApproval("kill_gw", 1, RULE));
        events.add(new RunEvent.ApprovalGranted("kill_gw", 1, "kim", "acknowledge"));
        events.add(new RunEvent.ApprovalUsed("kill_gw", 1, null));
        events.add(new RunEvent.Dispatched("kill_gw", 1, Effect.MUTATE, "t", 12));
        ended("kill_gw", 65_000_000, StepStatus.PASSED, 0, Map.of(), null);
        outcome("resolved", "Gateway restarted", "Tell the team.\nThen go home.");

        assertThat(plain(Detail.NORMAL)).isEqualTo("""
                        login   run 20261123T101500Z-4f21c9aa   policy governance.yaml (sha256:9f2c1234…),
                          team.yaml (sha256:aaaabbbb…)
                        ✓ query     cli        2.3 s   failures=1  top_error=40613
                          → Failures seen
                        ● verify    manual             waits for a person
                        ✓ verify    manual     2.0 s
                        ○ skip_me   cli                skipped
                        ● kill_gw   cli                waits for approval: default: acknowledge (governance.yaml:3)
                        ✓ kill_gw   cli       1m 05s
                        outcome  resolved   "Gateway restarted"   3 steps, 1 approval, 20.0 s
                        next     Tell the team.
                                 Then go home.
                        """);
        assertThat(plain(Detail.QUIET)).isEqualTo("""
                        outcome  resolved   "Gateway restarted"   3 steps, 1 approval, 20.0 s
                        next     Tell the team.
                                 Then go home.
                        """);
        assertThat(plain(Detail.VERBOSE)).contains("""
                            None: not taken, failures == 0
                          → Failures seen
                            because  failures > 0  failures=1
                        """).contains("""
                            $ ["kill","-9"]
                            acknowledge: default: acknowledge (governance.yaml:3)
                        """);
    }

    @Test
    void withoutColoursOrUnicodeTheWordsAreTheSame() {
        started();
        ran("query", 100_000, StepStatus.PASSED, 0, captures("city", "Zürich"), null);
        String text = plain(Detail.NORMAL);
        colour = true;
        assertThat(plain(Detail.NORMAL).replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(text);

        colour = false;
        unicode = false;
        assertThat(plain(Detail.NORMAL)).isEqualTo("""
                        login   run 20261123T101500Z-4f21c9aa   policy governance.yaml (sha256:9f2c1234...),
                          team.yaml (sha256:aaaabbbb...)
                        + query     cli        0.1 s   city=Z\\u{fc}rich
                        """);
    }

    @Test
    void whatWentWrong() {
        started();
        ran("fails", 300_000, StepStatus.FAILED, 2, Map.of(), "exit code 2");
        begin("late", "cli");
        events.add(new RunEvent.Dispatched("late", 1, Effect.READ, "t", 12));
        ended("late", 30_000_000, StepStatus.TIMED_OUT, null, Map.of(), "its time was over");
        begin("blocked", "cli");
        events.add(new RunEvent.StepBlocked(
                "blocked", 1, text("`rm` is denied"), new RulePlace("deny_commands \"rm\"", "governance.yaml", 4)));
        ended("blocked", 0, StepStatus.BLOCKED, null, Map.of(), null);
        begin("denied", "cli");
        events.add(new RunEvent.ApprovalDenied("denied", 1, "kim", text("denied on the terminal")));
        ended("denied", 0, StepStatus.DENIED, null, Map.of(), null);
        begin("doubt", "cli");
        events.add(new RunEvent.StepInDoubt("doubt", 1, 4711));
        events.add(new RunEvent.StepDecided("doubt", 1, "did_not_run", "kim", text("the log is empty")));
        events.add(new RunEvent.AttemptFailed("doubt", 1, text("the result was lost; the step may run again"), false));
        events.add(new RunEvent.Warning(text("mind the \u001bgap"), null));
        events.add(new RunEvent.RunCompleted("error", 1, null));

        assertThat(plain(Detail.NORMAL)).endsWith("""
                        ✗ fails     cli        0.3 s   failed: exit code 2
                            | cp: no such file
                            |     \\u{1b}[2J
                            all of it: runs/1/output/fails.err
                        ✗ late      cli       30.0 s   timed out: its time was over
                        ⊘ blocked   cli                blocked: `rm` is denied: deny_commands "rm" (governance.yaml:4)
                        ⊘ denied    cli                denied by kim: denied on the terminal
                        ? doubt     cli                in doubt: it began (process 4711), and nobody knows what came of it
                        ○ doubt     cli                it did not run, says kim: the log is empty
                        ? doubt     cli                the result was lost; the step may run again
                        warning: mind the \\u{1b}gap
                        outcome  error   `fails` failed   2 steps, 19.0 s
                        """);
    }

    @Test
    void longTextIsFoldedAndCut() {
        width = 60;
        started();
        Map<String, Captured> captures = captures("a", "x".repeat(100), "b", "1", "c", "first\nsecond", "d", "2");
        ran("query", 100_000, StepStatus.PASSED, 0, captures, null);
        ran(
                "fails",
                100_000,
                StepStatus.FAILED,
                0,
                Map.of(),
                "there is no member `x` in what it printed, which is JSON of another kind");

        assertThat(plain(Detail.NORMAL)).contains("""
                        ✓ query     cli        0.1 s   a=xxxxxxxxxxxxxxxxxxxxxxxxxx…
                                                       b=1  c=first…  d=2
                        ✗ fails     cli        0.1 s   failed: there is no member
                                                       `x` in what it printed, which
                                                       is JSON of another kind
                        """);
    }

    @Test
    void aResumedRunKnowsWhatWasBefore() {
        started();
        ran("query", 2_000_000, StepStatus.PASSED, 0, captures("failures", "1"), null);
        RunText text = text(Detail.NORMAL);
        List<Envelope> before = envelopes();
        for (Envelope envelope : before) {
            text.recall(envelope);
        }
        events.clear();
        events.add(new RunEvent.RunResumed("kim", "ops1", 17, null));
        ran("late", 100_000, StepStatus.PASSED, 0, Map.of(), null);
        events.add(new RunEvent.RunCompleted("completed", 0, null));
        PlainView view = new PlainView(text, screen);
        for (Envelope envelope : envelopes()) {
            view.recorded(envelope);
        }

        assertThat(printed()).isEqualTo("""
                        login   run 20261123T101500Z-4f21c9aa   policy governance.yaml (sha256:9f2c1234…),
                          team.yaml (sha256:aaaabbbb…)
                        resumed by kim on ops1, after a record that was not written to its end
                        ✓ late      cli        0.1 s
                        outcome  completed   2 steps, 5.0 s
                        """);
    }

    @Test
    void aLongStepIsSeenToRunAndItsLastLineToo() {
        long[] nanos = {0};
        LiveView view = new LiveView(text(Detail.QUIET), screen, new Clock() {
            @Override
            public long epochMicros() {
                return 0;
            }

            @Override
            public long nanos() {
                return nanos[0] += 400_000_000L;
            }

            @Override
            public void sleep(long millis, java.util.function.BooleanSupplier cut) {}
        });
        begin("slow", "cli");
        events.add(new RunEvent.Dispatched("slow", 1, Effect.READ, "t", 12));
        for (Envelope envelope : envelopes()) {
            view.recorded(envelope);
        }
        view.status("slow", () -> text("half \u001bway"));
        while (!shown().contains("half \\u{1b}way")) {
            Thread.onSpinWait();
        }
        events.clear();
        ended("slow", 9_000_000, StepStatus.PASSED, 0, Map.of(), null);
        view.recorded(envelopes().get(0));

        assertThat(shown()).contains("\r\u001b[K● slow      cli").endsWith("\r\u001b[K");
        assertThat(printed()).isEmpty();
    }

    @Test
    void theLiveLineFitsTheTerminal() {
        begin("slow", "cli");
        for (int each : new int[] {50, 40, 30, 12}) {
            width = each;
            RunText text = text(Detail.NORMAL);
            text.add(envelopes().get(0));
            String line = text.live(List.of(activity("slow", 75, 0, "x".repeat(200))));
            assertThat(line.length()).isLessThan(Math.max(each, 20));
        }
        width = 50;
        RunText text = text(Detail.NORMAL);
        text.add(envelopes().get(0));
        assertThat(text.live(List.of(activity("slow", 75, 0, "x".repeat(200)))))
                .isEqualTo("● slow      cli       1m 15s   xxxxxxxxxxxxxxxxx…");
        assertThat(text.live(List.of(activity("slow", 2, 0, "")))).isEqualTo("● slow      cli          2 s");
        assertThat(text.live(List.of())).isEmpty();
    }

    @Test
    void theLiveLineTellsOfAllThatRunOrWait() {
        begin("a", "cli");
        begin("b", "cli");
        begin("c", "cli");
        RunText text = text(Detail.NORMAL);
        envelopes().forEach(text::add);
        assertThat(text.live(List.of(activity("b", 5, 30_000, ""))))
                .isEqualTo("● b         cli                waits, 25 s left");
        assertThat(text.live(List.of(
                        activity("a", 3, 0, "of a"), activity("b", 1, 30_000, ""), activity("c", 65, 0, "of c"))))
                .isEqualTo("● 3 at once   c 1m 05s, a 3 s, b waits 29 s   of c");
        width = 40;
        text = text(Detail.NORMAL);
        envelopes().forEach(text::add);
        assertThat(text.live(List.of(
                        activity("a", 3, 0, "of a"), activity("b", 1, 30_000, ""), activity("c", 65, 0, "of c"))))
                .isEqualTo("● 3 at once   c 1m 05s, a 3 s, b waits…");
    }

    private static RunText.Activity activity(String step, long seconds, long waits, String lastLine) {
        return new RunText.Activity("20261123T101500Z-4f21c9aa", step, seconds * 1_000_000_000L, waits, lastLine);
    }

    private void started() {
        events.add(new RunEvent.RunStarted(
                "login",
                new RunEvent.FileDigest("login.runbook.yaml", "00"),
                List.of(
                        new RunEvent.FileDigest("governance.yaml", "9f2c12345678"),
                        new RunEvent.FileDigest("team.yaml", "aaaabbbbcccc")),
                "cafe",
                "real",
                "kim",
                "kim",
                "ops1",
                null,
                "1",
                null,
                "/srv",
                "/srv",
                null,
                null,
                List.of(),
                null,
                null,
                List.of()));
    }

    private void begin(String step, String kind) {
        events.add(new RunEvent.StepStarted(step, step, kind, text("title"), 1));
    }

    private void ran(
            String step,
            long micros,
            StepStatus status,
            @Nullable Integer exitCode,
            Map<String, Captured> captures,
            @Nullable String reason) {
        begin(step, "cli");
        events.add(new RunEvent.Dispatched(step, 1, Effect.READ, "t", 12));
        RunEvent.OutputFile file = new RunEvent.OutputFile("output/" + step + ".err", 3, "00", false);
        events.add(new RunEvent.OutputCaptured(step, 1, null, file));
        ended(step, micros, status, exitCode, captures, reason);
    }

    private void ended(
            String step,
            long micros,
            StepStatus status,
            @Nullable Integer exitCode,
            Map<String, Captured> captures,
            @Nullable String reason) {
        events.add(new RunEvent.StepCompleted(
                step, 1, status, exitCode, captures, reason == null ? null : text(reason), micros));
    }

    private void manual(String step) {
        begin(step, "manual");
        events.add(new RunEvent.AwaitingInput(step, 1, text("look")));
        ended(step, 0, StepStatus.PASSED, null, Map.of(), null);
    }

    private void outcome(String state, String label, String recommendation) {
        events.add(new RunEvent.OutcomeReached(
                "kill_gw", 0, state, text(label), text(recommendation), text(""), Map.of()));
        events.add(new RunEvent.RunCompleted(state, 0, null));
    }

    private static RunEvent decided(String step) {
        return new RunEvent.PolicyDecided(
                step,
                1,
                new RunEvent.CommandView(
                        List.of(text("kill"), text("-9")),
                        null,
                        null,
                        null,
                        text("/srv"),
                        List.of(),
                        Effect.MUTATE,
                        1,
                        false,
                        null),
                "acknowledge",
                RULE);
    }

    /** Each record a second after the one before. */
    private List<Envelope> envelopes() {
        List<Envelope> envelopes = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            String time = "2026-11-23T10:15:" + (i < 10 ? "0" : "") + i + ".000000Z";
            envelopes.add(new Envelope(i, time, "20261123T101500Z-4f21c9aa", null, events.get(i)));
        }
        return envelopes;
    }

    private String plain(Detail detail) {
        out.reset();
        PlainView view = new PlainView(text(detail), screen);
        for (Envelope envelope : envelopes()) {
            view.recorded(envelope);
        }
        return printed();
    }

    private RunText text(Detail detail) {
        return new RunText(new RunTextLook(unicode, colour, width, detail, 7, 6), new RunText.Output() {
            @Override
            public List<String> lastLines(String file) {
                return width == 60 ? List.of() : List.of("cp: no such file", "\t\u001b[2J\r");
            }

            @Override
            public String path(String file) {
                return "runs/1/" + file;
            }
        });
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private static Map<String, Captured> captures(String... pairs) {
        Map<String, Captured> captures = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            captures.put(pairs[i], Captured.recorded(pairs[i + 1], false));
        }
        return captures;
    }

    private static SafeText text(String text) {
        return Captured.recorded(text, false).shown();
    }
}

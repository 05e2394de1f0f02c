package dev.gert.render;

import dev.gert.event.RunEvent;
import dev.gert.policy.Captured;
import dev.gert.policy.SafeText;
import dev.gert.projection.EvidenceAttempt;
import dev.gert.projection.ReportNode;
import dev.gert.projection.RunReport;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A step in the report: its line, and all that is known of its attempts. */
final class ReportHtmlStep {
    private static final Set<String> PLAIN =
            Set.of("txt", "log", "json", "csv", "md", "png", "jpg", "jpeg", "gif", "webp");

    private final IdentityHashMap<ReportNode, Integer> numbers = new IdentityHashMap<>();
    private final ReportExtras extras;
    private final ReportHtmlWriter out;

    ReportHtmlStep(RunReport report, ReportExtras extras, ReportHtmlWriter out) {
        this.extras = extras;
        this.out = out;
        for (ReportNode step : report.steps()) {
            numbers.put(step, numbers.size() + 1);
        }
    }

    /** What its place in the page is called. */
    int number(ReportNode step) {
        return numbers.getOrDefault(step, 0);
    }

    /** {@code g}ood, {@code b}ad, {@code w}aiting or {@code q}uiet. */
    static String look(String status) {
        return switch (status) {
            case "passed", "taken", "did_run" -> "g";
            case "failed", "blocked", "denied", "timed_out", "interrupted", "lost", "abort" -> "b";
            case "skipped", "not_reached", "did_not_run" -> "q";
            default -> "w";
        };
    }

    static String mark(String look) {
        return switch (look) {
            case "g" -> "\u2713";
            case "b" -> "\u2717";
            case "q" -> "\u25cb";
            default -> "\u25cf";
        };
    }

    static String words(String status) {
        return switch (status) {
            case "awaiting_approval" -> "waits for approval";
            case "awaiting_input" -> "waits for a person";
            case "did_run" -> "it did run";
            case "did_not_run" -> "it did not run";
            default -> status.replace('_', ' ');
        };
    }

    /** {@code mark id type title status duration}. */
    void summary(ReportNode step, EvidenceAttempt newest) throws IOException {
        String look = look(newest.status());
        out.add("<b class=\"m\" aria-hidden=\"true\">").add(mark(look)).add("</b><code>");
        out.line(newest.started.id()).add("</code><span class=\"k\">").line(newest.started.kind());
        out.add("</span><span class=\"t\">").line(newest.started.title().text()).add("</span>");
        out.add(look.equals("g") ? "<span class=\"vh\">" : "<span class=\"st\">")
                .line(words(newest.status()));
        if (newest.number > 1) {
            out.add(", attempt ").add(newest.number);
        }
        out.add("</span><span class=\"d\">").add(took(newest)).add("</span>");
    }

    private static String took(EvidenceAttempt attempt) {
        if (attempt.completed != null && attempt.completed.durationMicros() > 0) {
            return RunLines.duration(attempt.completed.durationMicros());
        }
        return attempt.endedAt == null ? "" : RunLines.duration(RunLines.between(attempt.startedAt, attempt.endedAt));
    }

    void details(ReportNode step) throws IOException {
        for (EvidenceAttempt attempt : step.attempts) {
            if (step.attempts.size() > 1) {
                out.add("<h4>attempt ")
                        .add(attempt.number)
                        .add(": ")
                        .line(words(attempt.status()))
                        .add("</h4>");
            }
            attempt(attempt);
        }
    }

    private void attempt(EvidenceAttempt attempt) throws IOException {
        out.add("<dl>");
        if (attempt.manual != null) {
            out.add("<dt>instructions</dt><dd class=\"pre\">")
                    .lines(attempt.manual.instructions().text())
                    .add("</dd>");
        }
        if (attempt.decided != null) {
            command(attempt.decided);
        }
        if (attempt.blocked != null) {
            out.fact("blocked", attempt.blocked.reason());
            out.fact(
                    "by rule",
                    attempt.blocked.rule() == null
                            ? null
                            : attempt.blocked.rule().describe());
        }
        approval(attempt);
        if (attempt.failed != null) {
            out.fact(attempt.failed.retried() ? "failed" : "lost", attempt.failed.reason());
        }
        if (attempt.settled != null) {
            out.fact("settled", words(attempt.settled.verdict()) + ", says " + attempt.settled.person());
            out.fact("because", attempt.settled.reason());
        }
        result(attempt);
        out.add("</dl>");
    }

    private void command(RunEvent.PolicyDecided decided) throws IOException {
        RunEvent.CommandView command = decided.command();
        out.add("<dt>command</dt><dd><code class=\"cmd\">");
        boolean first = true;
        boolean redacted = false;
        for (SafeText word : command.argv()) {
            out.add(first ? "<span>" : " <span>").lines(word.text()).add("</span>");
            redacted |= word.redacted();
            first = false;
        }
        out.add(redacted ? "</code> <em class=\"tag\">redacted</em></dd>" : "</code></dd>");
        out.fact("decision", decided.decision() + ", by " + decided.rule().describe());
        out.fact("effect", command.effect().word() + (command.operation() == null ? "" : ", " + command.operation()));
        if (command.realPath() != null) {
            out.add("<dt>program</dt><dd>").safe(command.realPath());
            if (command.sha256() != null) {
                out.add(" <code class=\"h\">").line(command.sha256()).add("</code>");
            }
            out.add("</dd>");
        }
        out.fact("in", command.cwd());
        out.fact("sets", String.join(", ", command.environment()));
    }

    private void approval(EvidenceAttempt attempt) throws IOException {
        if (attempt.asked != null) {
            out.fact("asked", attempt.asked.rule().describe());
        }
        for (RunEvent.ApprovalGranted each : attempt.granted) {
            out.fact("approved", each.person() + ", " + how(each));
            if (each.ballot() != null) {
                out.fact("because", each.ballot().reason());
            }
        }
        if (attempt.refused != null) {
            out.fact(
                    "denied",
                    attempt.refused.person() + ": " + attempt.refused.reason().text());
        }
    }

    /** How a yes was verified. */
    static String how(RunEvent.ApprovalGranted granted) {
        RunEvent.Ballot ballot = granted.ballot();
        String key = ballot == null || ballot.key() == null ? "" : " " + ballot.key();
        String how = switch (granted.method()) {
            case "acknowledge" -> "acknowledged in the session";
            case "local" -> "by the OS user, on this machine";
            case "ssh" -> "signed by the key" + key;
            case "simulated" -> "simulated: nobody was asked";
            default -> granted.method();
        };
        return granted.unverified() ? how + "; the role is not verified" : how;
    }

    private void result(EvidenceAttempt attempt) throws IOException {
        RunEvent.StepCompleted completed = attempt.completed;
        if (completed != null) {
            out.fact(
                    "exit code",
                    completed.exitCode() == null ? null : completed.exitCode().toString());
            out.fact("reason", completed.reason());
            if (!completed.captures().isEmpty()) {
                out.add("<dt>captures</dt><dd>");
                values(completed.captures());
                out.add("</dd>");
            }
        }
        if (attempt.output != null) {
            output("stdout", attempt.output.out());
            output("stderr", attempt.output.err());
        }
        for (RunEvent.EvidenceCollected item : attempt.evidence) {
            out.add("<dt>evidence</dt><dd>");
            evidence(item);
            out.add("</dd>");
        }
        out.fact("started", ReportHtmlVerdict.time(attempt.startedAt));
        out.fact("span", attempt.span);
    }

    void values(Map<String, Captured> values) throws IOException {
        out.add("<ul class=\"values\">");
        for (Map.Entry<String, Captured> value : values.entrySet()) {
            out.add("<li><code>")
                    .line(value.getKey())
                    .add("</code> = ")
                    .captured(value.getValue())
                    .add("</li>");
        }
        out.add("</ul>");
    }

    private void output(String name, RunEvent.@Nullable OutputFile file) throws IOException {
        if (file != null) {
            out.add("<dt>").add(name).add("</dt><dd>");
            file(file);
            out.add("</dd>");
        }
    }

    /** Its name as a link to it, beside the page; its size and digest. */
    private void file(RunEvent.OutputFile file) throws IOException {
        if (isAlive(file.file())) {
            out.line(file.file()).add(" ");
        } else {
            out.add("<a href=\"")
                    .add(UriPath.of(file.file()))
                    .add("\">")
                    .line(file.file())
                    .add("</a> ");
        }
        out.add(file.bytes())
                .add(" bytes <code class=\"h\">")
                .line(file.sha256())
                .add("</code>");
        out.add(file.redacted() ? " <em class=\"tag\">redacted</em>" : "");
    }

    /** Whether a browser that is led there would run what is in it. */
    private static boolean isAlive(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        return !name.startsWith("output/") && !PLAIN.contains(name.substring(name.lastIndexOf('.') + 1));
    }

    void evidence(RunEvent.EvidenceCollected item) throws IOException {
        out.add("<b>").line(item.name()).add("</b> ");
        if (item.value() != null) {
            out.safe(item.value());
        }
        if (!item.ticked().isEmpty()) {
            out.add("<ul class=\"values\">");
            for (SafeText each : item.ticked()) {
                out.add("<li>\u2611 ").safe(each).add("</li>");
            }
            out.add("</ul>");
        }
        RunEvent.OutputFile file = item.file();
        if (file != null) {
            file(file);
            String picture = extras.pictures().get(file.file());
            if (picture != null) {
                out.add("<br/><img alt=\"")
                        .line(item.name())
                        .add("\" src=\"")
                        .add(picture)
                        .add("\"/>");
            }
        }
        out.add(" <span class=\"quiet\">").line(item.method()).add("</span>");
    }
}

package dev.gert.approval;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gert.engine.port.Approver;
import dev.gert.engine.port.Approver.Answer;
import dev.gert.engine.port.Dialogue;
import dev.gert.event.RunEvent;
import dev.gert.model.Effect;
import dev.gert.policy.Captured;
import dev.gert.policy.Need;
import dev.gert.policy.Operand;
import dev.gert.policy.ResolvedCommand;
import dev.gert.terminal.ScriptedDialogue;
import dev.gert.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code src/test/cases/approval}: real files, real signatures, and whether they let the step run. */
class ApprovalCasesTest {
    private static final String ROSTERS = "src/test/cases/approval/rosters/";

    @TempDir
    Path folder;

    private final List<String> shown = new ArrayList<>();

    static List<ApprovalCase> cases() throws IOException {
        return ApprovalCase.all();
    }

    @Test
    void thereAreManyCasesAndEachHasANameOfItsOwn() throws IOException {
        List<ApprovalCase> all = cases();
        assertThat(all).hasSizeGreaterThanOrEqualTo(120);
        assertThat(all).extracting(each -> each.text("name")).doesNotHaveDuplicates();
    }

    /** threats.md, "Approvals": what a decision can hold that does not let the step run. */
    @Test
    void everyThreatHasACaseThatRunsNothing() throws IOException {
        for (String threat : List.of(
                "self-approval where the policy forbids it",
                "two names of one person",
                "one key under two names",
                "wrong role",
                "wildcard roster lines",
                "expired or not-yet-valid keys",
                "an approval copied to another run",
                "an approval copied to another step",
                "an approval copied to another attempt",
                "an approval copied to another mode",
                "changed command",
                "a deny among approvals",
                "duplicate keys in the decision",
                "huge files",
                "a clock set back",
                "a pipe that never answers",
                "an approval used twice",
                "a run folder restored from a copy")) {
            assertThat(cases())
                    .as(threat)
                    .anyMatch(each -> threat.equals(each.text("threat"))
                            && (!"granted".equals(each.text("is")) || each.text("then") != null));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void decides(ApprovalCase one) throws Exception {
        assumeTrue(one.text("root") == null || System.getProperty("user.name").equals("root"), "only root can chown");
        DeskFixture at = fixture(one);
        OpenRequest request = at.request();
        Ballots ballots = new Ballots(at.run(), exchange(one), request);
        for (YamlNode.Mapping decision : one.decisions()) {
            ballots.write(decision);
        }
        Path copy = folder.resolve("copy");
        copy(at.run(), copy);
        one.changes().forEach((what, to) -> change(at, what, to));
        at.now = at.now.plusSeconds(Long.parseLong(one.text("wait", "120")));
        String last = one.text("last_record");
        at.notBefore =
                last == null ? 0 : at.now.plusSeconds(Long.parseLong(last)).getEpochSecond() * 1_000_000;

        Answer answer = ask(at, one, request);
        check(one, answer, "is", "says");
        String then = one.text("then");
        if (then != null) {
            shown.clear();
            Answer second = switch (then) {
                case "the run's folder is restored from a copy" -> {
                    delete(at.run());
                    copy(copy, at.run());
                    yield ask(at, one, request);
                }
                case "it is asked again" -> ask(at, one, request);
                case "another process asks with the same request" ->
                    at.desk(ScriptedDialogue.nobody("no terminal"))
                            .ask(at.question(), new RunEvent.RequestFile("", request.sha256(), request.expires()));
                default -> throw new IllegalArgumentException(then);
            };
            check(one, second, "then_is", "then_says");
        }
    }

    private Answer ask(DeskFixture at, ApprovalCase one, OpenRequest request) {
        List<String> typed = one.node().get("typed") == null ? List.of("q") : one.texts("typed");
        boolean nobody = one.text("nobody") != null;
        ScriptedDialogue dialogue = nobody
                ? ScriptedDialogue.nobody("standard input is not a terminal")
                : ScriptedDialogue.typing(typed.toArray(String[]::new));
        at.earlier = request.sha256();
        Answer answer = at.ask(dialogue);
        shown.addAll(dialogue.shown());
        return answer;
    }

    private void check(ApprovalCase one, Answer answer, String is, String says) {
        String came = answer.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
        StringBuilder by = new StringBuilder();
        if (answer instanceof Answer.Granted granted) {
            for (Approver.Decided each : granted.given()) {
                by.append(by.length() == 0 ? "" : ", ")
                        .append(each.person())
                        .append(' ')
                        .append(each.method());
            }
        } else if (answer instanceof Answer.Denied denied) {
            by.append(denied.by().person()).append(' ').append(denied.by().method());
            shown.add(denied.reason());
        } else if (answer instanceof Answer.Blocked blocked) {
            shown.add(blocked.reason());
        } else if (answer instanceof Answer.Pending pending) {
            shown.add(pending.reason());
        }
        assertThat(came).as("%s%n%s", answer, shown).isEqualTo(one.text(is));
        if (is.equals("is")) {
            String me = System.getProperty("user.name");
            assertThat(by.toString())
                    .as("%s", shown)
                    .isEqualTo(one.text("by", "").replace("${me}", me));
        }
        String expected = one.text(says);
        if (expected != null) {
            assertThat(shown.toString()).contains(Ballots.filled(expected));
        }
    }

    private @Nullable Path exchange(ApprovalCase one) throws IOException {
        String mode = one.text("exchange");
        Path exchange = folder.resolve("exchange");
        if (mode == null || mode.equals("missing")) {
            return mode == null ? null : exchange;
        }
        if (!Files.exists(exchange)) {
            if (mode.equals("link")) {
                Path real = Files.createDirectory(folder.resolve("real"));
                Files.setAttribute(real, "unix:mode", 03770);
                Files.createSymbolicLink(exchange, real);
            } else {
                Files.createDirectory(exchange);
                Files.setAttribute(exchange, "unix:mode", Integer.parseInt(mode, 8));
            }
        }
        return exchange;
    }

    private DeskFixture fixture(ApprovalCase one) throws IOException {
        DeskFixture at = new DeskFixture(folder);
        at.osUser = one.text("requester", "kim").replace("${me}", System.getProperty("user.name"));
        among(at, one.text("approvals", "acknowledge: false"), one.text("roster", "team"), exchange(one));
        List<Need> needs = new ArrayList<>();
        for (String need : one.node().get("needs") == null ? List.of("1 lead") : one.texts("needs")) {
            needs.add(need(need));
        }
        at.needs = needs;
        return at;
    }

    /** {@code 2 lead dba}: how many, and the roles. */
    private static Need need(String text) {
        List<String> words = List.of(text.split(" "));
        return new Need(DeskFixture.RULE, Integer.parseInt(words.get(0)), words.subList(1, words.size()));
    }

    private void among(DeskFixture at, String approvals, String roster, @Nullable Path exchange) throws IOException {
        String people = roster.equals("none") ? null : Files.readString(Path.of(ROSTERS + roster + ".yaml"));
        at.among(approvals, people == null ? null : Ballots.filled(people), exchange);
    }

    private void change(DeskFixture at, String what, String to) {
        ResolvedCommand was = at.command;
        switch (what) {
            case "run" -> at.runId = to;
            case "step" -> at.stepId = to;
            case "attempt" -> at.attempt = Integer.parseInt(to);
            case "mode" -> at.mode = to;
            case "requester" -> at.osUser = to;
            case "needs" -> at.needs = List.of(need(to));
            case "runbook" -> at.runbook = at.runbook + to;
            case "approvals", "roster" -> {
                try {
                    boolean terms = what.equals("approvals");
                    String exchange = at.policy().exchange();
                    among(
                            at,
                            terms ? to : "acknowledge: false",
                            terms ? "team" : to,
                            exchange == null ? null : Path.of(exchange));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
            case "argv" -> at.command = new Frozen(was).with(List.of(to.split(" ")));
            case "operand" -> at.command = was.among(List.of(new Operand("a", "/srv/app/a", to)));
            case "value" -> at.values = List.of(new Approver.Value("node", Captured.recorded(to, false), "capture"));
            case "environment" -> {
                Map<String, String> environment = new TreeMap<>(was.environment());
                environment.put("A", to);
                at.command = new Frozen(was).with(environment);
            }
            default -> at.command = new Frozen(was).with(what, to);
        }
    }

    /** The same command but for one part. */
    private record Frozen(ResolvedCommand was) {
        ResolvedCommand with(List<String> argv) {
            return of(argv, Map.of(), was.environment());
        }

        ResolvedCommand with(Map<String, String> environment) {
            return of(was.argv(), Map.of(), environment);
        }

        ResolvedCommand with(String part, String to) {
            return of(was.argv(), Map.of(part, to), was.environment());
        }

        private ResolvedCommand of(List<String> argv, Map<String, String> to, Map<String, String> environment) {
            assertThat(List.of(
                            "program",
                            "real",
                            "sha256",
                            "cwd",
                            "stdin",
                            "effect",
                            "timeout",
                            "interpreter",
                            "operation"))
                    .containsAll(to.keySet());
            Map<String, String> all = new HashMap<>(to);
            String interpreter = all.get("interpreter");
            return new ResolvedCommand(
                    argv,
                    all.getOrDefault("program", was.program()),
                    all.getOrDefault("real", was.realPath()),
                    all.getOrDefault("sha256", was.sha256()),
                    all.getOrDefault("cwd", was.cwd()),
                    environment,
                    all.getOrDefault("stdin", was.stdin()),
                    requireNonNull(
                            Effect.of(all.getOrDefault("effect", was.effect().word()))),
                    Long.parseLong(all.getOrDefault("timeout", Long.toString(was.timeoutMillis()))),
                    interpreter == null ? was.interpreter() : List.of(interpreter),
                    was.operands(),
                    all.getOrDefault("operation", was.operation()),
                    was.inside());
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var all = Files.walk(from)) {
            for (Path each : all.toList()) {
                if (Files.isDirectory(each) || Files.isRegularFile(each)) {
                    Files.copy(each, to.resolve(from.relativize(each)));
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    /** threats.md, "Approvals": a clock set back. */
    @Test
    void aClockSetBackWhileItWaitsGivesNobodyMoreTime() throws IOException {
        DeskFixture at = new DeskFixture(folder);
        Dialogue slow = new Dialogue() {
            private int asked;

            @Override
            public String obstacle() {
                return "";
            }

            @Override
            public Reply ask(List<String> lines, String prompt, long millis, BooleanSupplier over) {
                asked++;
                at.now = at.now.plusMillis(asked == 1 ? 1000 : millis).minusSeconds(3600);
                at.setBackMicros += 3_600_000_000L;
                return asked == 1 ? new Reply.Line("?") : asked == 2 ? new Reply.Late() : new Reply.Line("kill_gw");
            }

            @Override
            public Reply askLines(List<String> lines, String prompt, long millis) {
                return new Reply.End();
            }

            @Override
            public Reply askHidden(List<String> lines, String prompt) {
                return new Reply.End();
            }
        };
        assertThat(((Answer.Blocked) at.ask(slow)).reason())
                .isEqualTo("its approval request expired at 2026-11-23T10:30:00.123456Z");
    }
}

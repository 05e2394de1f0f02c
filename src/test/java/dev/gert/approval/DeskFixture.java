package dev.gert.approval;

import dev.gert.decode.RunbookDecoder;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.engine.port.Approver;
import dev.gert.engine.port.Clock;
import dev.gert.engine.port.Dialogue;
import dev.gert.event.RunEvent;
import dev.gert.model.Effect;
import dev.gert.model.Runbook;
import dev.gert.plan.Plan;
import dev.gert.plan.Planner;
import dev.gert.plan.Surroundings;
import dev.gert.policy.Captured;
import dev.gert.policy.Need;
import dev.gert.policy.Policy;
import dev.gert.policy.PolicyLayer;
import dev.gert.policy.Redactor;
import dev.gert.policy.ResolvedCommand;
import dev.gert.policy.Roster;
import dev.gert.policy.RulePlace;
import dev.gert.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A desk over real folders, the question that is asked there, and a clock that stands where it is put. */
public final class DeskFixture {
    public static final RulePlace RULE = new RulePlace("default: acknowledge", "governance.yaml", 2);
    String runbook = "apiVersion: runbook/v0\nmeta: {name: x}\ntree:\n"
            + "  - step: {id: kill_gw, type: cli, with: {argv: [\"true\"]}}\n";
    long notBefore;
    /** By how much the clock was set back since it began. */
    long setBackMicros;

    private final Path reports;
    private final Path run;
    private Policy policy;
    List<Need> needs = List.of(new Need(RULE));
    Instant now = Instant.parse("2026-11-23T10:00:00.123456Z");
    String osUser = "kim";
    String mode = "real";
    String runId = "20261123T100000Z-00000001";
    String stepId = "kill_gw";
    int attempt = 1;

    @Nullable
    String earlier;

    ResolvedCommand command = new ResolvedCommand(
            List.of("kill", "-9", "hunter2 \"1\"\n\u001b[2J"),
            "/bin/kill",
            "/usr/bin/kill",
            "00",
            "/srv/app",
            Map.of("B", "2", "A", "hunter2"),
            "yes\n",
            Effect.MUTATE,
            600_000);
    List<Approver.Value> values = List.of();

    /** {@code folder}: empty, for the run and what lies beside it. */
    public DeskFixture(Path folder) throws IOException {
        this.reports = folder.resolve("reports");
        this.run = Files.createDirectories(reports.resolve("runs").resolve(runId));
        this.policy = policy("apiVersion: governance/v0\ndefault: acknowledge\n");
    }

    static Policy policy(String text) {
        Diagnostics diagnostics = new Diagnostics();
        PolicyLayer layer = PolicyLayer.read(Source.of("governance.yaml", text), diagnostics);
        if (layer == null) {
            throw new AssertionError(diagnostics.sorted().toString());
        }
        return Policy.meet(List.of(layer, PolicyLayer.builtInFloor()));
    }

    /** {@code approvals} is what stands under that key, {@code roster} the file. */
    DeskFixture among(String approvals, @Nullable String roster, @Nullable Path exchange) {
        Diagnostics diagnostics = new Diagnostics();
        Roster people = roster == null ? null : Roster.read(Source.of("roster.yaml", roster), diagnostics);
        if (roster != null && people == null) {
            throw new AssertionError(diagnostics.sorted().toString());
        }
        PolicyLayer layer = PolicyLayer.read(
                Source.of("governance.yaml", "apiVersion: governance/v0\napprovals: {" + approvals + "}\n"),
                diagnostics);
        policy = Policy.meet(List.of(
                        Objects.requireNonNull(layer, () -> diagnostics.sorted().toString())))
                .among(people, exchange == null ? null : exchange.toString());
        return this;
    }

    Policy policy() {
        return policy;
    }

    Path run() {
        return run;
    }

    /** What is asked; every field of this fixture is in it. */
    public Approver.Question question() {
        Diagnostics diagnostics = new Diagnostics();
        Runbook runbook = RunbookDecoder.decode(Source.of("x.runbook.yaml", this.runbook), diagnostics);
        Plan plan = runbook == null
                ? null
                : Planner.plan(
                        runbook,
                        Policy.meet(policy.layers()).among(policy.roster(), policy.exchange()),
                        Surroundings.none(),
                        diagnostics);
        return new Approver.Question(
                runId,
                "kill_gw",
                stepId,
                attempt,
                1,
                Captured.recorded("Kill the gateway", false).shown(),
                command,
                needs,
                null,
                values,
                Objects.requireNonNull(plan, () -> diagnostics.sorted().toString()),
                Redactor.of(List.of()).withSecret("hunter2"),
                earlier);
    }

    /** With nobody but who is at the dialogue, and whatever decisions lie there. */
    public Desk desk(Dialogue dialogue) {
        String exchange = policy.exchange();
        return new Desk(
                dialogue,
                new Requester(osUser, osUser, "host", mode),
                new ApprovalFolder(run, exchange == null ? null : Path.of(exchange)),
                new UsedApprovals(reports),
                () -> "0".repeat(64),
                clock(),
                runId,
                notBefore);
    }

    private Clock clock() {
        return new Clock() {
            @Override
            public long epochMicros() {
                return now.getEpochSecond() * 1_000_000 + now.getNano() / 1000;
            }

            @Override
            public long nanos() {
                return (epochMicros() + setBackMicros) * 1000;
            }

            @Override
            public void sleep(long millis, java.util.function.BooleanSupplier cut) {
                throw new IllegalStateException("nothing sleeps here");
            }
        };
    }

    /** Asks, as a run does: the request first. */
    public Approver.Answer ask(Dialogue dialogue) {
        Desk desk = desk(dialogue);
        Approver.Question question = question();
        RunEvent.RequestFile request = desk.request(question);
        return desk.ask(question, request);
    }

    /** The text of a request with a stamp that is always the same. */
    String text() {
        RequestText.Stamp stamp = new RequestText.Stamp("n", "c", "e", "h");
        return new RequestText(question(), new Requester(osUser, osUser, "host", mode), new byte[32]).of(stamp);
    }

    /** Makes the request and gives it as a person reads it. */
    OpenRequest request() throws IOException {
        RunEvent.RequestFile file =
                desk(dev.gert.terminal.ScriptedDialogue.nobody("")).request(question());
        earlier = file.sha256();
        return Objects.requireNonNull(OpenRequest.of(Files.readString(run.resolve(file.file()))));
    }
}

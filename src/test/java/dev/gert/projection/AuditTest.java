package dev.gert.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.event.StepStatus;
import dev.gert.json.JsonValue;
import dev.gert.model.Effect;
import dev.gert.plan.Plan;
import dev.gert.policy.Redactor;
import dev.gert.policy.RulePlace;
import dev.gert.policy.SafeText;
import dev.gert.scenario.RunbookLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an audit finds in journals that no run of today writes, or that take long to come by. */
class AuditTest {
    private static final RulePlace ASKS = new RulePlace("default: acknowledge", "governance.yaml", 2);

    @TempDir
    Path folder;

    private final List<RunEvent> events = new ArrayList<>();
    private String sha256 = "";
    private @Nullable Plan plan;

    @BeforeEach
    void runbook() throws Exception {
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve("governance.yaml"), "apiVersion: governance/v0\ndefault: acknowledge\n");
        Files.writeString(folder.resolve("x.runbook.yaml"), """
                apiVersion: runbook/v0
                meta: {name: x}
                steps:
                  - {id: change, type: cli, with: {argv: [touch, x]}}
                  - {id: see, type: manual, instructions: Look.,
                     required_evidence: [{kind: text, name: seen}, {kind: checklist, name: done, items: [a, b]}]}
                """);
        Plan read = Objects.requireNonNull(
                new RunbookLoader(folder, List.of()).load(Path.of("x.runbook.yaml"), new Diagnostics()));
        plan = read;
        sha256 = read.runbook().source().sha256();
        started("ann", "real");
    }

    private void started(String actor, String mode) {
        events.clear();
        events.add(new RunEvent.RunStarted(
                "x",
                new RunEvent.FileDigest("x.runbook.yaml", sha256),
                List.of(),
                "",
                mode,
                actor,
                actor,
                "host",
                null,
                "1",
                null,
                folder.toString(),
                folder.toString(),
                null,
                null,
                List.of(),
                null,
                null,
                List.of()));
    }

    private static SafeText text(String words) {
        return Redactor.of(List.of()).safe(words);
    }

    private void change(String decision, @Nullable String person) {
        events.add(new RunEvent.StepStarted("change", "change", "cli", text("T"), 1));
        RunEvent.CommandView view = new RunEvent.CommandView(
                List.of(text("touch"), text("x")),
                text("/usr/bin/touch"),
                null,
                null,
                text("/"),
                List.of(),
                Effect.MUTATE,
                1000,
                false,
                null);
        events.add(new RunEvent.PolicyDecided("change", 1, view, decision, ASKS));
        if (person != null) {
            events.add(new RunEvent.AwaitingApproval("change", 1, ASKS));
            events.add(new RunEvent.ApprovalGranted("change", 1, person, "ssh"));
        }
        events.add(new RunEvent.Dispatched("change", 1, Effect.MUTATE, "t", 1));
    }

    private void ended(String step, StepStatus status) {
        events.add(new RunEvent.StepCompleted(step, 1, status, null, Map.of(), null, 0));
    }

    private void see(RunEvent.EvidenceCollected... given) {
        events.add(new RunEvent.StepStarted("see", "see", "manual", text("T"), 1));
        events.add(new RunEvent.AwaitingInput("see", 1, text("Look.")));
        events.addAll(List.of(given));
        ended("see", StepStatus.PASSED);
    }

    private static RunEvent.EvidenceCollected seen(String value, String method) {
        return new RunEvent.EvidenceCollected("see", 1, "seen", "text", text(value), List.of(), null, method);
    }

    private static RunEvent.EvidenceCollected ticked(String... items) {
        List<SafeText> ticked = new ArrayList<>();
        for (String item : items) {
            ticked.add(text(item));
        }
        return new RunEvent.EvidenceCollected("see", 1, "done", "checklist", null, ticked, null, "person");
    }

    private List<String> findings(@Nullable Set<String> people) {
        events.add(new RunEvent.RunCompleted("completed", 0, null));
        return openFindings(people);
    }

    private List<String> openFindings(@Nullable Set<String> people) {
        Evidence evidence = new Evidence();
        AuditMaker maker = new AuditMaker(evidence);
        for (int i = 0; i < events.size(); i++) {
            Envelope record = new Envelope(i, "2026-01-02T03:04:05.000000Z", "r", null, events.get(i));
            evidence.add(record);
            maker.add(record);
        }
        Audit audit = maker.audit(new AuditSurroundings(plan, null, List.of(), true, people, file -> null));
        List<String> findings = new ArrayList<>();
        for (AuditFinding finding : audit.findings()) {
            findings.add(finding.kind() + " " + finding.step() + ": " + finding.message());
        }
        return findings;
    }

    @Test
    void nothingIsToBeAskedAboutARunThatIsWhole() {
        change("acknowledge", "ann");
        ended("change", StepStatus.PASSED);
        see(seen("calm", "person"), ticked("b", "a"));
        assertThat(findings(Set.of("ann"))).isEmpty();
    }

    @Test
    void anApprovalThatIsNotThereOrOfSomebodyWhoIsGone() {
        change("acknowledge", null);
        ended("change", StepStatus.PASSED);
        assertThat(findings(Set.of()))
                .containsExactly("approval change: it was run, and the journal holds no yes for it");
        started("ann", "real");
        change("acknowledge", "bob");
        ended("change", StepStatus.PASSED);
        assertThat(findings(Set.of("ann")))
                .containsExactly("approver change: `bob`, who approved it, is not in the roster");
        assertThat(openFindings(null)).as("no roster").isEmpty();
        started("ann", "real");
        change("acknowledge", " ");
        ended("change", StepStatus.PASSED);
        assertThat(findings(null)).containsExactly("nobody change: its approval names nobody");
    }

    @Test
    void evidenceThatIsMissingEmptyOrUnticked() {
        see(seen(" ", "person"));
        assertThat(findings(null))
                .containsExactly("evidence see: evidence `seen` is empty", "evidence see: evidence `done` is missing");
        started("ann", "real");
        see(seen("x", "person"), ticked("a"));
        assertThat(findings(null)).containsExactly("evidence see: evidence `done` has `b` unticked");
    }

    @Test
    void whatWasDoneByHandAndByNobody() {
        started("unknown", "real");
        see(seen("x", "answers"), ticked("a", "b"));
        assertThat(findings(null))
                .containsExactly(
                        "nobody see: evidence `seen` was given by no person: it is from an answers file",
                        "nobody see: it was done by hand, and nobody is named");
        started("unknown", "replay");
        see(seen("x", "recorded"), ticked("a", "b"));
        assertThat(findings(null)).as("a replay").isEmpty();
    }

    @Test
    void doubtsSignalsAndRunsWithoutAnEnd() {
        change("acknowledge", "ann");
        events.add(new RunEvent.StepInDoubt("change", 1, 7));
        assertThat(openFindings(null))
                .containsExactly(
                        "in_doubt change: nobody knows whether it ran: `gert decide` settles it",
                        "unfinished : the run is not over");
        started("ann", "real");
        change("acknowledge", "ann");
        ended("change", StepStatus.INTERRUPTED);
        assertThat(findings(null)).containsExactly("interrupted change: a signal ended it, and it was not run again");
    }

    @Test
    void anElevationThatNobodyReleased() {
        JsonValue data = new JsonValue.MapValue(Map.of("step", JsonValue.text("change")));
        events.add(new RunEvent.Unrecognised("elevation_granted", data));
        assertThat(findings(null)).containsExactly("elevation change: its elevation was granted and never released");
        events.add(new RunEvent.Unrecognised("elevation_released", data));
        assertThat(openFindings(null)).isEmpty();
    }

    @Test
    void whatRanAndIsNotDeclared() {
        events.add(new RunEvent.StepStarted("other", "other", "cli", text("T"), 1));
        ended("other", StepStatus.PASSED);
        assertThat(findings(null)).containsExactly("undeclared other: it ran, and the runbook does not declare it");
        plan = null;
        assertThat(openFindings(null))
                .containsExactly("changed : x.runbook.yaml is gone or broken: what it declares can't be compared");
    }
}

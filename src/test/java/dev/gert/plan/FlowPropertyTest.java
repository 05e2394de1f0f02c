package dev.gert.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.decode.RunbookDecoder;
import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.engine.EngineFixture;
import dev.gert.engine.port.Dispatcher;
import dev.gert.engine.port.Operator;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.model.Import;
import dev.gert.model.Runbook;
import dev.gert.model.ToolFile;
import dev.gert.policy.Policy;
import dev.gert.policy.PolicyLayer;
import dev.gert.source.Source;
import dev.gert.source.Span;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Runs of random runbooks: one that fails for want of a name's value was warned of, by that name. */
class FlowPropertyTest {
    private static final int RUNBOOKS = Integer.getInteger("gert.flow.runbooks", 600);
    private static final int RUNS = 4;
    private static final String POLICY = "{apiVersion: governance/v0, read_commands: [do, ask]}";
    private static final Pattern UNSET = Pattern.compile("`([a-z]+)` is not set");
    private static final String CHILD = """
            apiVersion: runbook/v0
            meta: {name: child, kind: composable, inputs: {given: {from: prompt, required: false}}}
            steps:
              - {id: c, type: cli, with: {argv: [do]}, capture: {got: stdout}}
            """;

    private static final Surroundings SURROUNDINGS = new Surroundings() {
        private final Plan child = EngineFixture.of(CHILD, POLICY).plan;

        @Override
        public @Nullable ToolFile tool(Import declared) {
            return null;
        }

        @Override
        public Link runbook(String reference) {
            return new Link.Found(child);
        }

        @Override
        public boolean upstream() {
            return false;
        }
    };

    @Test
    void noRunFailsForANameThatNothingWasSaidOf() {
        long seed = Long.getLong("gert.seed", 20261123);
        System.out.println("FlowPropertyTest seed " + seed + " (another: -Dgert.seed=N)");
        int ran = 0;
        int unset = 0;
        int silent = 0;
        int reached = 0;
        for (int i = 0; i < RUNBOOKS; i++) {
            long own = seed + i;
            String text = RandomRunbook.of(own);
            Diagnostics diagnostics = new Diagnostics();
            Plan plan = plan(text, diagnostics);
            if (plan == null) {
                continue;
            }
            Set<String> warned = new HashSet<>();
            for (Diagnostic finding : diagnostics.sorted()) {
                if (finding.code() == Code.R215) {
                    warned.add(finding.message().substring(1, finding.message().indexOf('`', 1)));
                }
            }
            silent += warned.isEmpty() ? 1 : 0;
            for (int run = 0; run < RUNS; run++) {
                ran++;
                Random random = new Random(own * 31 + run);
                EngineFixture fixture = EngineFixture.of(text, POLICY, SURROUNDINGS);
                fixture.result = order -> new Dispatcher.Result.Exited(
                        random.nextInt(5) == 0 ? 1 : 0, List.of("", "1", "2").get(random.nextInt(3)), "", null, null);
                fixture.operator = task -> new Operator.Answer.Done(
                        task.manual().choices() == null ? null : Integer.toString(1 + random.nextInt(2)), List.of());
                fixture.start();
                String about = "seed " + own + ", run " + run + ": " + text;
                for (Envelope record : fixture.records) {
                    Matcher failure = UNSET.matcher(reason(record.event()));
                    if (failure.find()) {
                        unset++;
                        assertThat(warned).as(about).contains(failure.group(1));
                    }
                }
                reached += unreached(diagnostics, fixture, about);
            }
        }
        String about = "seed " + seed + ": " + ran + " runs, " + unset + " with an unset name, " + silent
                + " runbooks without a warning, " + reached + " places said to be out of reach";
        System.out.println(about);
        assertThat(ran).as(about).isGreaterThan(RUNBOOKS);
        assertThat(unset).as(about).isPositive();
        assertThat(silent).as(about).isPositive();
        assertThat(reached).as(about).isPositive();
    }

    /** What was said to be out of reach was not reached; how many such steps there were. */
    private static int unreached(Diagnostics diagnostics, EngineFixture fixture, String about) {
        int count = 0;
        for (Diagnostic finding : diagnostics.sorted()) {
            boolean passed = finding.message().startsWith("no run comes here");
            if (finding.code() != Code.R216 || finding.primary() == null || !passed) {
                continue;
            }
            Span place = finding.primary().span();
            String id = place.source().text().substring(place.start(), place.end());
            for (Envelope record : fixture.records) {
                if (record.event() instanceof RunEvent.StepStarted started) {
                    assertThat(started.id()).as(about).isNotEqualTo(id.replace("\"", ""));
                }
            }
            count++;
        }
        return count;
    }

    private static String reason(RunEvent event) {
        if (event instanceof RunEvent.StepCompleted completed && completed.reason() != null) {
            return completed.reason().text();
        }
        return event instanceof RunEvent.NodeFailed failed ? failed.reason().text() : "";
    }

    private static @Nullable Plan plan(String text, Diagnostics diagnostics) {
        Runbook decoded = RunbookDecoder.decode(Source.of("x.runbook.yaml", text), diagnostics);
        PolicyLayer layer = PolicyLayer.read(Source.of("governance.yaml", POLICY), diagnostics);
        return decoded == null || layer == null
                ? null
                : Planner.plan(decoded, Policy.meet(List.of(layer)), SURROUNDINGS, diagnostics);
    }
}

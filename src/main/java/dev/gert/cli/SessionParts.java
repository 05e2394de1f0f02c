package dev.gert.cli;

import dev.gert.engine.Decider;
import dev.gert.engine.port.Dispatcher;
import dev.gert.engine.port.Programs;
import dev.gert.engine.port.UnrecordedException;
import dev.gert.event.RunEvent;
import dev.gert.plan.Plan;
import dev.gert.policy.Captured;
import dev.gert.policy.PolicyLayer;
import dev.gert.policy.Redaction;
import dev.gert.policy.Roster;
import dev.gert.provider.InputResolver;
import dev.gert.runtime.DerivedIds;
import dev.gert.runtime.Gateway;
import dev.gert.runtime.RunParts;
import dev.gert.runtime.SystemClock;
import dev.gert.scenario.TextFiles;
import dev.gert.source.Sha256;
import dev.gert.yaml.YamlNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the runs of a real session are made of. */
final class SessionParts implements RunParts {
    private final Wiring wiring;
    private final Programs programs;
    private final Dispatcher dispatcher;
    private final SystemClock clock;
    private final boolean asks;
    private final RunEvent.RunStarted first;
    private final Set<String> metrics;
    private @Nullable PinnedFiles pins;
    private final DerivedIds ids = new DerivedIds();

    /**
     * Of one session.
     *
     * @param first the first record of the first run
     * @param metrics takes the captures that go out as metrics
     */
    SessionParts(
            Wiring wiring,
            Programs programs,
            Dispatcher dispatcher,
            SystemClock clock,
            boolean asks,
            RunEvent.RunStarted first,
            Set<String> metrics) {
        this.wiring = wiring;
        this.programs = programs;
        this.dispatcher = dispatcher;
        this.clock = clock;
        this.asks = asks;
        this.first = first;
        this.metrics = metrics;
    }

    /** Keeps the policy files of the runs that this one leads to. */
    SessionParts pinning(PinnedFiles pinned) {
        pins = pinned;
        return this;
    }

    @Override
    public Parts parts(Plan plan, String run) {
        Redaction redactor = wiring.redaction(plan);
        for (YamlNode.Scalar metric : plan.runbook().about().metrics()) {
            metrics.add(metric.text());
        }
        return new Parts(
                new Decider(plan, redactor, ids::token, false),
                new Gateway(
                        plan.policy(),
                        redactor,
                        wiring.redaction()::hide,
                        programs,
                        dispatcher,
                        wiring.projectRoot(),
                        clock,
                        ids,
                        run,
                        () -> wiring.dialogue().obstacle()),
                redactor);
    }

    @Override
    public RunEvent.RunStarted started(Plan plan) {
        try {
            if (pins != null) {
                pins.keep(plan, List.of());
            }
        } catch (IOException e) {
            throw new UnrecordedException("the policy can't be kept: " + TextFiles.reason(e), e);
        }
        return new RunEvent.RunStarted(
                plan.runbook().name(),
                new RunEvent.FileDigest(
                        plan.runbook().source().name(), plan.runbook().source().sha256()),
                layers(plan),
                Sha256.hex(plan.policy().canonical()),
                first.mode(),
                first.actor(),
                first.osUser(),
                first.host(),
                first.incident(),
                first.gertVersion(),
                first.jarSha256(),
                first.projectRoot(),
                first.cwd(),
                first.queryStart(),
                first.queryEnd(),
                List.of(),
                roster(plan),
                null,
                first.ci());
    }

    static RunEvent.@Nullable FileDigest roster(Plan plan) {
        Roster roster = plan.policy().roster();
        return roster == null ? null : new RunEvent.FileDigest(roster.file(), roster.sha256());
    }

    static List<RunEvent.FileDigest> layers(Plan plan) {
        List<RunEvent.FileDigest> layers = new ArrayList<>();
        for (PolicyLayer layer : plan.policy().layers()) {
            layers.add(new RunEvent.FileDigest(layer.file(), layer.sha256()));
        }
        return layers;
    }

    @Override
    public Inputs inputs(Plan plan, Map<String, Captured> given) {
        Map<String, String> handed = new LinkedHashMap<>();
        for (Map.Entry<String, Captured> each : given.entrySet()) {
            String raw = each.getValue().raw();
            if (raw != null) {
                handed.put(each.getKey(), raw);
            }
        }
        InputResolver.Result result = wiring.inputs(plan, asks).handed(handed).resolve(List.of(), null);
        if (result instanceof InputResolver.Result.Missing missing) {
            return new Inputs.Pending("needs " + String.join(", ", missing.names()) + " for `"
                    + plan.runbook().name() + "`: " + missing.why());
        }
        if (result instanceof InputResolver.Result.Wrong wrong) {
            return new Inputs.Wrong(wrong.findings().get(0).message());
        }
        if (result instanceof InputResolver.Result.Interrupted) {
            return new Inputs.Interrupted();
        }
        InputResolver.Result.Resolved resolved = (InputResolver.Result.Resolved) result;
        wiring.redaction().hide(resolved.secrets());
        return new Inputs.Resolved(new RunEvent.InputsResolved(
                RunInputs.captured(plan, resolved, wiring.redaction(plan).get()), resolved.from()));
    }
}

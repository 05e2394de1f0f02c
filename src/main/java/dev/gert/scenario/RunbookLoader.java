package dev.gert.scenario;

import dev.gert.decode.RunbookDecoder;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.model.Runbook;
import dev.gert.plan.Plan;
import dev.gert.plan.Planner;
import dev.gert.policy.Policy;
import dev.gert.policy.PolicyLayer;
import dev.gert.source.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A runbook's file, with the policy that governs it, as a plan. */
public final class RunbookLoader {
    private final Path cwd;
    private final PolicyWalk walk;

    /** {@code cwd}: absolute; {@code policies}: the files of {@code --policy}. */
    public RunbookLoader(Path cwd, List<Path> policies) {
        this.cwd = cwd;
        this.walk = new PolicyWalk(cwd, policies);
    }

    /** {@code file} as the user wrote it. Null when there were errors, all of which are in {@code diagnostics}. */
    public @Nullable Plan load(Path file, Diagnostics diagnostics) {
        Path absolute = cwd.resolve(file).normalize();
        Source source = TextFiles.read(absolute, file.toString(), diagnostics);
        if (source == null) {
            return null;
        }
        RunbookDecoder.Decoded decoded = RunbookDecoder.decodeWhatIsThere(source, diagnostics);
        Runbook runbook = decoded.runbook();
        List<PolicyLayer> layers = walk.layers(absolute, diagnostics);
        if (runbook == null || layers == null) {
            return null;
        }
        List<PolicyLayer> all = new ArrayList<>(layers);
        if (!runbook.governance().saysNothing()) {
            PolicyLayer ownLayer = PolicyLayer.ofRunbook(source, runbook.governance(), diagnostics);
            if (ownLayer == null) {
                return null;
            }
            all.add(ownLayer);
        }
        Plan plan = Planner.plan(runbook, Policy.meet(all), diagnostics);
        return decoded.whole() ? plan : null;
    }
}

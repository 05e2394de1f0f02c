package dev.gert.scenario;

import dev.gert.decode.RunbookDecoder;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.model.Import;
import dev.gert.model.Runbook;
import dev.gert.model.ToolFile;
import dev.gert.plan.Plan;
import dev.gert.plan.Planner;
import dev.gert.policy.Policy;
import dev.gert.policy.PolicyLayer;
import dev.gert.source.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A runbook's file, with the policy that governs it and what it leads to, as a plan. */
public final class RunbookLoader {
    private final Path cwd;
    private final PolicyWalk walk;
    private final Rosters rosters;
    private final Project project;
    private final List<Source> sources = new ArrayList<>();
    private boolean projectSaid;
    private final List<PolicyLayer> pinned = new ArrayList<>();
    private UnaryOperator<@Nullable String> texts = file -> null;
    private boolean deniedToo;
    private boolean checking;

    /** {@code cwd}: absolute; {@code policies}: the files of {@code --policy}. */
    public RunbookLoader(Path cwd, List<Path> policies) {
        this(cwd, policies, PolicyFiles.onDisk(cwd));
    }

    /** {@code files}: where policies and rosters are read; runbooks are read as they are. */
    public RunbookLoader(Path cwd, List<Path> policies, PolicyFiles files) {
        this.cwd = cwd;
        this.walk = new PolicyWalk(cwd, policies, files);
        this.rosters = new Rosters(files);
        this.project = Project.of(cwd);
    }

    /** The policy that holds in a folder, whatever the runbook; null, with diagnostics, when it is broken. */
    public @Nullable Policy policyAt(Path folder, Diagnostics diagnostics) {
        List<PolicyLayer> layers = walk.layers(folder.resolve("."), diagnostics);
        return layers == null ? null : rosters.of(Policy.meet(layers), diagnostics);
    }

    /**
     * With layers that a run began under, beside those that are there today. What they deny of the runbook is
     * stopped at its step, and no reason for null.
     */
    public RunbookLoader pinned(List<PolicyLayer> layers) {
        pinned.addAll(layers);
        deniedToo = true;
        return this;
    }

    /**
     * With runbooks and tools as they were: {@code texts} gives a file's, by its name as {@link #others} and the
     * user have it, and null for one that is to be read as it is.
     */
    public RunbookLoader asOf(UnaryOperator<@Nullable String> then) {
        texts = then;
        return this;
    }

    @Nullable
    Source source(Path file, String name, Diagnostics diagnostics) {
        String text = texts.apply(name);
        return text == null ? TextFiles.read(file, name, diagnostics) : Source.of(name, text);
    }

    /** For plans that are looked at and never run: that policy denies a command is no reason for null. */
    public RunbookLoader deniedToo() {
        deniedToo = true;
        return this;
    }

    /** For plans that are only checked: whatever policy has against a runbook is no reason for null. */
    public RunbookLoader checking() {
        checking = true;
        return this;
    }

    public Project project() {
        return project;
    }

    /** The other files that were read for plans so far: the runbooks and tools that they lead to. */
    public List<Source> others() {
        return Collections.unmodifiableList(sources);
    }

    /** {@code file} as the user wrote it. Null when there were errors, all of which are in {@code diagnostics}. */
    public @Nullable Plan load(Path file, Diagnostics diagnostics) {
        if (!projectSaid) {
            diagnostics.addAll(project.findings());
            projectSaid = true;
        }
        if (project.findings().hasErrors()) {
            return null;
        }
        return load(file, null, diagnostics);
    }

    /** {@code leading}: what stands around the runbook that led here; null: the user did. */
    @Nullable
    Plan load(Path file, @Nullable Neighbours leading, Diagnostics diagnostics) {
        Path absolute = cwd.resolve(file).normalize();
        String name = leading == null ? file.toString() : display(absolute);
        Source source = source(absolute, name, diagnostics);
        if (source == null) {
            return null;
        }
        if (leading != null) {
            sources.add(source);
        }
        RunbookDecoder.Decoded decoded = RunbookDecoder.decodeWhatIsThere(source, diagnostics);
        Runbook runbook = decoded.runbook();
        List<PolicyLayer> layers = walk.layers(absolute, diagnostics);
        if (runbook == null || layers == null) {
            return null;
        }
        Neighbours neighbours = new Neighbours(this, project, runbook, absolute, leading, sources, diagnostics);
        Policy policy =
                policy(source, runbook, layers, leading == null ? null : leading.policy(), neighbours, diagnostics);
        policy = policy == null ? null : rosters.of(policy, diagnostics);
        if (policy == null) {
            return null;
        }
        neighbours.policy(policy);
        boolean led = leading != null;
        Plan plan = deniedToo
                ? Planner.sketch(runbook, policy, neighbours, diagnostics)
                : checking && !led
                        ? Planner.examined(runbook, policy, neighbours, diagnostics)
                        : Planner.plan(runbook, policy, neighbours, diagnostics);
        return decoded.whole() ? plan : null;
    }

    /** The walk's layers, the runbook's own, its tools' redaction, and those of the runbook that led here. */
    private @Nullable Policy policy(
            Source source,
            Runbook runbook,
            List<PolicyLayer> layers,
            @Nullable Policy leading,
            Neighbours neighbours,
            Diagnostics diagnostics) {
        List<PolicyLayer> all = new ArrayList<>(layers);
        all.addAll(pinned);
        if (!runbook.governance().saysNothing()) {
            PolicyLayer own = PolicyLayer.ofRunbook(source, runbook.governance(), diagnostics);
            if (own == null) {
                return null;
            }
            all.add(own);
        }
        for (Import declared : runbook.tools()) {
            Diagnostics said = new Diagnostics();
            ToolFile tool = neighbours.tool(declared);
            if (tool != null && !tool.redact().isEmpty()) {
                PolicyLayer hides = PolicyLayer.ofTool(tool, said);
                diagnostics.addAll(said);
                if (hides == null) {
                    return null;
                }
                all.add(hides);
            }
        }
        if (leading != null) {
            for (PolicyLayer layer : leading.layers()) {
                if (!holds(all, layer)) {
                    all.add(layer);
                }
            }
        }
        return Policy.meet(all);
    }

    private static boolean holds(List<PolicyLayer> layers, PolicyLayer layer) {
        for (PolicyLayer each : layers) {
            if (each.file().equals(layer.file()) && each.sha256().equals(layer.sha256())) {
                return true;
            }
        }
        return false;
    }

    /** As messages name a file: from the current folder where it is below it. */
    String display(Path file) {
        return file.startsWith(cwd) && !file.equals(cwd) ? cwd.relativize(file).toString() : file.toString();
    }
}

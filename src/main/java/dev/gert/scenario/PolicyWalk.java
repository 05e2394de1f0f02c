package dev.gert.scenario;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.policy.Policy;
import dev.gert.policy.PolicyLayer;
import dev.gert.source.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the layers of the effective policy (formats.md, section 3): every {@code governance.yaml} on
 * the way up from the runbook's real path and from the current folder, then {@code --policy}. A file
 * is read once a process.
 */
public final class PolicyWalk {
    private final Path cwd;
    private final List<Path> extra;
    private final PolicyFiles files;
    private final Map<Path, PolicyLayer> read = new HashMap<>();

    /** {@code cwd}: absolute; {@code extra}: the files of {@code --policy}. */
    public PolicyWalk(Path cwd, List<Path> extra) {
        this(cwd, extra, PolicyFiles.onDisk(cwd));
    }

    /** {@code files}: where they are read. */
    PolicyWalk(Path cwd, List<Path> extra, PolicyFiles files) {
        this.cwd = cwd;
        this.extra = List.copyOf(extra);
        this.files = files;
    }

    /** What these layers come to, with the people of the outermost one; null, with diagnostics, when something is broken. */
    public @Nullable Policy policy(Path runbook, Diagnostics diagnostics) {
        List<PolicyLayer> layers = layers(runbook, diagnostics);
        return layers == null ? null : new Rosters(files).of(Policy.meet(layers), diagnostics);
    }

    /** The layers, outermost first, without the runbook's own; null, with diagnostics, when one is broken. */
    public @Nullable List<PolicyLayer> layers(Path runbook, Diagnostics diagnostics) {
        List<Path> found = new ArrayList<>();
        Path start;
        try {
            start = runbook.toRealPath().getParent();
        } catch (IOException e) {
            start = runbook.toAbsolutePath().normalize().getParent();
        }
        try {
            up(start, found);
            up(cwd.toRealPath(), found);
        } catch (IOException e) {
            up(cwd, found);
        }
        boolean whole = noNearMiss(start, diagnostics);
        whole &= noNearMiss(cwd, diagnostics);
        boolean floor = found.isEmpty();
        List<PolicyLayer> layers = new ArrayList<>();
        if (floor) {
            layers.add(PolicyLayer.builtInFloor());
        }
        for (Path file : extra) {
            found.add(cwd.resolve(file).normalize());
        }
        for (Path file : found) {
            PolicyLayer layer = layer(file, diagnostics);
            whole &= layer != null;
            if (layer != null) {
                layers.add(layer);
            }
        }
        return whole ? layers : null;
    }

    /** A policy that is passed over because of its name would be a policy lost. */
    private boolean noNearMiss(@Nullable Path from, Diagnostics diagnostics) {
        boolean none = true;
        Path top = from == null ? null : ProjectRoot.outermostGit(from);
        for (Path at = from; at != null; at = at.getParent()) {
            Path file = at.resolve("governance.yml");
            if (files.exists(file)) {
                diagnostics.error(
                        Code.P007,
                        null,
                        "`" + display(file) + "` is not read: a policy's file is named `governance.yaml`",
                        "",
                        "rename it; nothing runs while it is unclear whether it should count");
                none = false;
            }
            if (at.equals(top)) {
                break;
            }
        }
        return none;
    }

    private void up(@Nullable Path from, List<Path> into) {
        Path top = from == null ? null : ProjectRoot.outermostGit(from);
        List<Path> found = new ArrayList<>();
        for (Path at = from; at != null; at = at.getParent()) {
            Path file = at.resolve("governance.yaml");
            // A link that leads nowhere is still a policy somebody meant: it is read, and refused.
            if (files.exists(file) && !into.contains(file)) {
                found.add(0, file);
            }
            if (at.equals(top)) {
                break;
            }
        }
        into.addAll(found);
    }

    private @Nullable PolicyLayer layer(Path file, Diagnostics diagnostics) {
        PolicyLayer known = read.get(file);
        if (known != null) {
            return known;
        }
        Source source = files.read(file, diagnostics);
        if (source == null) {
            return null;
        }
        PolicyLayer layer = PolicyLayer.read(source, diagnostics);
        if (layer != null) {
            read.put(file, layer);
        }
        return layer;
    }

    private String display(Path file) {
        return file.startsWith(cwd) ? cwd.relativize(file).toString() : file.toString();
    }
}

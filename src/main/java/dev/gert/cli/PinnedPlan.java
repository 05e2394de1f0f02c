package dev.gert.cli;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.plan.Plan;
import dev.gert.policy.PolicyLayer;
import dev.gert.scenario.PolicyFiles;
import dev.gert.scenario.RunbookLoader;
import dev.gert.source.Source;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The plan of a run as it was made, from what {@code pinned/} keeps: the runbooks, tools, policies and roster that the
 * run began with, and those that were accepted since. Nothing of today's files is read.
 */
final class PinnedPlan {
    private PinnedPlan() {}

    /** {@code governing}: the records that name files, the first of the run before all; null: not all of it is there. */
    static @Nullable Plan of(Path folder, List<Envelope> governing) {
        if (governing.isEmpty() || !(governing.get(0).event() instanceof RunEvent.RunStarted first)) {
            return null;
        }
        try {
            return of(folder, governing, first);
        } catch (InvalidPathException e) {
            // a journal of another system, or one that nobody wrote
            return null;
        }
    }

    private static @Nullable Plan of(Path folder, List<Envelope> governing, RunEvent.RunStarted first) {
        PinnedFiles pinned = new PinnedFiles(folder);
        RunPins pins = new RunPins(governing);
        Path cwd = Path.of(first.cwd());
        Set<String> own = new HashSet<>();
        Map<String, String> policies = new HashMap<>();
        for (Envelope record : governing) {
            if (record.event() instanceof RunEvent.RunStarted started) {
                own.add(started.runbook().file());
                started.linked().forEach(linked -> own.add(linked.file()));
                started.policies().forEach(layer -> policies.put(layer.file(), layer.sha256()));
            }
        }
        policies.keySet().removeAll(own);
        policies.remove(PolicyLayer.builtInFloor().file());
        List<Path> named = new ArrayList<>();
        for (RunEvent.FileDigest layer : first.policies()) {
            if (policies.containsKey(layer.file())) {
                named.add(Path.of(layer.file()));
            }
        }
        if (first.roster() != null) {
            String roster = pins.sha256(first.roster().file());
            policies.put(first.roster().file(), roster == null ? "" : roster);
        }
        PolicyFiles then = new Then(cwd, pinned, policies);
        RunbookLoader loader = new RunbookLoader(cwd, named, then).deniedToo().asOf(name -> {
            String sha256 = pins.sha256(name);
            String text = sha256 == null ? null : pinned.text(sha256);
            return text == null ? "" : text;
        });
        return loader.load(Path.of(first.runbook().file()), new Diagnostics());
    }

    /** {@code digests}: by the names of the files. */
    private record Then(Path cwd, PinnedFiles pinned, Map<String, String> digests) implements PolicyFiles {
        private @Nullable String name(Path file) {
            for (String name : digests.keySet()) {
                if (cwd.resolve(name).normalize().equals(file.normalize())) {
                    return name;
                }
            }
            return null;
        }

        @Override
        public boolean exists(Path file) {
            return name(file) != null;
        }

        @Override
        public @Nullable Source read(Path file, Diagnostics diagnostics) {
            String name = name(file);
            String text = name == null ? null : pinned.text(digests.getOrDefault(name, ""));
            if (name == null || text == null) {
                diagnostics.error(Code.R204, null, file + " is not among the pinned files");
                return null;
            }
            return Source.of(name, text);
        }

        @Override
        public Path path(String name) {
            return cwd.resolve(name).toAbsolutePath();
        }
    }
}

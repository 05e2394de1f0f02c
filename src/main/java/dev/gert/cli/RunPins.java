package dev.gert.cli;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.plan.Plan;
import dev.gert.source.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The runbooks, tools and roster that a run's records name, by their digests: as it began, and as changes were accepted. */
final class RunPins {
    private final Map<String, String> digests = new LinkedHashMap<>();
    private final Set<String> accepted = new HashSet<>();

    RunPins(List<Envelope> records) {
        if (records.isEmpty() || !(records.get(0).event() instanceof RunEvent.RunStarted first)) {
            return;
        }
        put(first.runbook());
        first.linked().forEach(this::put);
        if (first.roster() != null) {
            put(first.roster());
        }
        for (Envelope record : records) {
            if (record.event() instanceof RunEvent.ChangesAccepted changes) {
                for (RunEvent.ChangedFile file : changes.files()) {
                    accepted.add(file.file());
                    if (file.now() == null) {
                        digests.remove(file.file());
                    } else {
                        digests.put(file.file(), file.now());
                    }
                }
            }
        }
    }

    private void put(RunEvent.FileDigest file) {
        if (!file.file().startsWith(ProvidedInputs.PREFIX)) {
            digests.put(file.file(), file.sha256());
        }
    }

    /** The digest of the file that the run goes on with; null where it has none. */
    @Nullable
    String sha256(String file) {
        return digests.get(file);
    }

    /** The files of which a change was accepted, now or before. */
    Set<String> accepted(List<RunEvent.ChangedFile> now) {
        Set<String> all = new HashSet<>(accepted);
        now.forEach(file -> all.add(file.file()));
        return all;
    }

    /** What is different today. {@code others}: what the plan's runbook leads to. */
    List<RunEvent.ChangedFile> changed(Plan plan, List<Source> others) {
        Map<String, String> now = new LinkedHashMap<>();
        now.put(plan.runbook().source().name(), plan.runbook().source().sha256());
        for (Source other : others) {
            now.put(other.name(), other.sha256());
        }
        RunEvent.FileDigest roster = SessionParts.roster(plan);
        if (roster != null) {
            now.put(roster.file(), roster.sha256());
        }
        List<RunEvent.ChangedFile> changed = new ArrayList<>();
        digests.forEach((file, then) -> {
            if (!then.equals(now.get(file))) {
                changed.add(new RunEvent.ChangedFile(file, then, now.get(file)));
            }
        });
        now.forEach((file, digest) -> {
            if (!digests.containsKey(file)) {
                changed.add(new RunEvent.ChangedFile(file, null, digest));
            }
        });
        return changed;
    }
}

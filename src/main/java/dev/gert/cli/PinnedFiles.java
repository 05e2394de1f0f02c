package dev.gert.cli;

import dev.gert.decode.RunbookDecoder;
import dev.gert.decode.ToolDecoder;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.journal.PrivateFiles;
import dev.gert.model.Runbook;
import dev.gert.model.ToolFile;
import dev.gert.plan.Plan;
import dev.gert.policy.PolicyLayer;
import dev.gert.policy.Roster;
import dev.gert.source.Sha256;
import dev.gert.source.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code pinned/} of a run's folder: the files that govern the run as they were when it came to them, each by
 * its digest: policy files, runbooks, tools, the roster. What a resumed run may do is what the policy of then
 * and today's allow together; what else was changed since is shown, and refused unless it is accepted.
 */
final class PinnedFiles {
    private static final String FLOOR = PolicyLayer.builtInFloor().file();

    private final Path run;
    private final Path folder;

    /** {@code run}: the run's folder. */
    PinnedFiles(Path run) {
        this.run = run;
        this.folder = run.resolve("pinned");
    }

    /** Keeps the files of a plan, and {@code others} that its runbook leads to. */
    void keep(Plan plan, List<Source> others) throws IOException {
        keep(plan.runbook().source().text());
        for (Source other : others) {
            keep(other.text());
        }
        Roster roster = plan.policy().roster();
        if (roster != null) {
            keep(roster.text());
        }
        for (PolicyLayer layer : plan.policy().layers()) {
            String text = layer.fileText();
            if (text != null) {
                keep(text);
            }
        }
        PrivateFiles.force(folder);
    }

    private void keep(String text) throws IOException {
        if (PrivateFiles.ensureFolder(folder)) {
            PrivateFiles.force(run);
        }
        String sha256 = Sha256.hex(text);
        if (text(sha256) != null) {
            return;
        }
        Path fresh = folder.resolve(sha256 + ".new");
        Files.deleteIfExists(fresh);
        try (FileChannel file = PrivateFiles.createFile(fresh)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        }
        Files.move(fresh, file(sha256), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The text with that digest; null where it is not there as it was. */
    @Nullable
    String text(String sha256) {
        Path file = file(sha256);
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return null;
            }
            String text = Files.readString(file);
            return Sha256.hex(text).equals(sha256) ? text : null;
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * The layers that the runs of these records began under; null where one is not there as it was. What a runbook
     * or tool says itself is among them if its file is one of {@code changed}: otherwise it says so still.
     */
    @Nullable
    List<PolicyLayer> layers(List<Envelope> records, Set<String> changed) {
        List<PolicyLayer> layers = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Envelope record : records) {
            if (!(record.event() instanceof RunEvent.RunStarted started)) {
                continue;
            }
            Set<String> others = new HashSet<>();
            others.add(started.runbook().file());
            started.linked().forEach(linked -> others.add(linked.file()));
            for (RunEvent.FileDigest then : started.policies()) {
                boolean own = others.contains(then.file());
                if (own && !changed.contains(then.file()) || !seen.add(then.sha256())) {
                    continue;
                }
                PolicyLayer layer =
                        then.file().equals(FLOOR) ? PolicyLayer.builtInFloor() : own ? readOwn(then) : read(then);
                if (layer == null) {
                    return null;
                }
                layers.add(layer);
            }
        }
        return layers;
    }

    private @Nullable PolicyLayer readOwn(RunEvent.FileDigest then) {
        String text = text(then.sha256());
        if (text == null) {
            return null;
        }
        Source source = Source.of(then.file() + " as the run began", text);
        Runbook runbook =
                RunbookDecoder.decodeWhatIsThere(source, new Diagnostics()).runbook();
        if (runbook != null) {
            return PolicyLayer.ofRunbook(source, runbook.governance(), new Diagnostics());
        }
        ToolFile tool = ToolDecoder.decode(source, new Diagnostics());
        return tool == null ? null : PolicyLayer.ofTool(tool, new Diagnostics());
    }

    private @Nullable PolicyLayer read(RunEvent.FileDigest then) {
        String text = text(then.sha256());
        return text == null
                ? null
                : PolicyLayer.read(Source.of(then.file() + " as the run began", text), new Diagnostics());
    }

    private Path file(String sha256) {
        return folder.resolve(sha256 + ".yaml");
    }
}

package dev.gert.cli;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.journal.PrivateFiles;
import dev.gert.plan.Plan;
import dev.gert.policy.PolicyLayer;
import dev.gert.source.Sha256;
import dev.gert.source.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code policy/} of a run's folder: the policy files as they were when its runs began, each by its digest.
 * What a resumed run may do is what these and today's allow together.
 */
final class PinnedPolicy {
    private static final String FLOOR = PolicyLayer.builtInFloor().file();

    private final Path run;
    private final Path folder;

    /** {@code run}: the run's folder. */
    PinnedPolicy(Path run) {
        this.run = run;
        this.folder = run.resolve("policy");
    }

    /** Keeps the files of a plan's policy. */
    void keep(Plan plan) throws IOException {
        for (PolicyLayer layer : plan.policy().layers()) {
            String text = layer.fileText();
            if (text == null) {
                continue;
            }
            if (PrivateFiles.ensureFolder(folder)) {
                PrivateFiles.force(run);
            }
            try (FileChannel file = PrivateFiles.createFile(file(layer.sha256()))) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                file.force(true);
            } catch (FileAlreadyExistsException e) {
                // the same text: its name is its digest, which is asked again when it is read
            }
        }
    }

    /** The layers that the runs of these records began under; null where one is not there as it was. */
    @Nullable
    List<PolicyLayer> layers(List<Envelope> records) {
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
                if (others.contains(then.file()) || !seen.add(then.sha256())) {
                    continue;
                }
                PolicyLayer layer = then.file().equals(FLOOR) ? PolicyLayer.builtInFloor() : read(then);
                if (layer == null) {
                    return null;
                }
                layers.add(layer);
            }
        }
        return layers;
    }

    private @Nullable PolicyLayer read(RunEvent.FileDigest then) {
        Path file = file(then.sha256());
        try {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return null;
            }
            String text = Files.readString(file);
            Source source = Source.of(then.file() + " as the run began", text);
            return Sha256.hex(text).equals(then.sha256()) ? PolicyLayer.read(source, new Diagnostics()) : null;
        } catch (IOException e) {
            return null;
        }
    }

    private Path file(String sha256) {
        return folder.resolve(sha256 + ".yaml");
    }
}

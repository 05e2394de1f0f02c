package dev.gert.cli;

import dev.gert.event.RunEvent;
import dev.gert.journal.FileJournal;
import dev.gert.model.ProjectFile;
import dev.gert.nested.NestedLibrary;
import dev.gert.projection.Evidence;
import dev.gert.scenario.TextFiles;
import dev.gert.verify.BundleWriter;
import dev.gert.verify.EvidenceStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sends a run's bundle away when the run is over; that it can't be sent is a warning, and `gert evidence push` later. */
final class EvidencePush {
    private static final int LONGEST_TAG = 256;

    private final ProjectFile.EvidenceStore store;

    private EvidencePush(ProjectFile.EvidenceStore store) {
        this.store = store;
    }

    static void declare(Options options) {
        options.text("--evidence", "s3://BUCKET/PREFIX", "where the run's bundle is kept when the run is over")
                .text(
                        "--evidence-lock",
                        "MODE:DAYS",
                        "`governance` or `compliance`, and how long S3 may not delete it");
    }

    /** Where the options or the project want it; null: nowhere. */
    static @Nullable EvidencePush of(Arguments arguments, @Nullable ProjectFile project) {
        ProjectFile.EvidenceStore file = project == null ? null : project.evidence();
        String to = arguments.text("--evidence");
        String lock = arguments.text("--evidence-lock");
        if (to != null && !ProjectFile.EvidenceStore.isAddress(to)) {
            throw new UsageException("`" + to + "` is no place for evidence", "`s3://bucket` or `s3://bucket/prefix`");
        }
        if (to == null && file == null) {
            if (lock != null) {
                throw new UsageException("`--evidence-lock` belongs to `--evidence`", null);
            }
            return null;
        }
        ProjectFile.EvidenceStore store = file == null ? new ProjectFile.EvidenceStore("", null, 0) : file;
        String mode = store.lock();
        int days = store.keepDays();
        if (lock != null) {
            int colon = lock.indexOf(':');
            mode = colon < 0 ? "" : lock.substring(0, colon);
            days = ProjectFile.EvidenceStore.days(lock.substring(colon + 1));
            if (!mode.equals("governance") && !mode.equals("compliance") || days == 0) {
                throw new UsageException(
                        "`--evidence-lock` is `" + lock + "`", "such as `governance:90` or `compliance:365`");
            }
        }
        return new EvidencePush(new ProjectFile.EvidenceStore(to == null ? store.to() : to, mode, days));
    }

    /** Returns null, or why it is not kept; what was done is said. {@code files}: made of a whole journal. */
    @Nullable
    Failure push(String run, Path folder, DerivedFiles files, String head, Io io) {
        Evidence evidence = files.evidence();
        String place = store.to() + (store.to().endsWith("/") ? "" : "/") + run + ".zip";
        Path bundle = folder.resolve("evidence.zip.new");
        try {
            long bytes = Files.size(folder.resolve(FileJournal.NAME));
            new BundleWriter(run, folder).write(bundle, bytes, evidence.dispatches(), files.contents(folder, head));
            String sha256 = sha256(bundle);
            boolean fresh = NestedLibrary.load("aws", EvidenceStore.class, "dev.gert.aws.S3EvidenceStore")
                    .keep(new EvidenceStore.Parcel(
                            bundle, place, sha256, tags(run, evidence), store.lock(), store.keepDays()));
            io.err("evidence " + io.safe(place) + (fresh ? ", SHA-256 " + sha256 : " is there already"));
            return null;
        } catch (EvidenceStore.UnkeptException e) {
            return new Failure(place, String.valueOf(e.getMessage()), e.help());
        } catch (IOException e) {
            return new Failure(place, TextFiles.reason(e), "");
        } finally {
            try {
                Files.deleteIfExists(bundle);
            } catch (IOException e) {
                // it holds what the folder holds
            }
        }
    }

    /** Why the bundle is not at {@code place}. */
    record Failure(String place, String reason, String help) {
        String said(Io io) {
            return "the evidence is not at " + io.safe(place) + ": " + io.safe(reason);
        }
    }

    private static Map<String, String> tags(String run, Evidence evidence) {
        Map<String, String> tags = new TreeMap<>();
        tags.put("run", tag(run));
        RunEvent.RunCompleted completed = evidence.completed();
        tags.put("outcome", tag(completed == null ? "" : completed.outcome()));
        RunEvent.RunStarted started = evidence.started();
        if (started != null && started.incident() != null) {
            tags.put("incident_id", tag(started.incident().text()));
        }
        return tags;
    }

    /** What S3 lets a tag hold. */
    private static String tag(String text) {
        String safe = text.replaceAll("[^A-Za-z0-9 +=._:/@-]", "_");
        return safe.length() > LONGEST_TAG ? safe.substring(0, LONGEST_TAG) : safe;
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] chunk = new byte[1 << 16];
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                digest.update(chunk, 0, n);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

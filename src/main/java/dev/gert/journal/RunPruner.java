package dev.gert.journal;

import dev.gert.json.JsonWriter;
import dev.gert.projection.RunGlance;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Removes the folders of runs that are over. Each is recorded in {@code reports/pruned.jsonl} before, and
 * leaves its place by one rename, so that half a run never passes for a run; what a crash leaves behind
 * after that is removed by {@link #finish}. Spent approvals stay.
 */
public final class RunPruner {
    private static final String PRUNED = "pruned.jsonl";
    private static final String LEFT = ".pruned";

    private final Path reports;
    private final Path runs;

    public RunPruner(Path reports) {
        this.reports = reports;
        this.runs = reports.resolve("runs");
    }

    /**
     * Removes what removals of before left behind.
     *
     * @return the names of those runs
     */
    public List<String> finish(boolean dry) throws IOException {
        List<Path> left = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(runs, ".*" + LEFT)) {
            entries.forEach(left::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (Path each : left) {
            String name = each.getFileName().toString();
            String id = name.substring(1, name.length() - LEFT.length());
            if (RunFolders.isId(id)) {
                names.add(id);
                if (!dry) {
                    remove(each);
                }
            }
        }
        return names;
    }

    /**
     * Why a run that is over can't be removed now: a process has it open, or its journal is not what was
     * written, and then it is what an audit wants to see. Null: it can.
     */
    public static @Nullable String obstacle(Path folder) throws IOException {
        long holder = RunLock.heldBy(folder);
        if (holder != 0) {
            return "process " + holder + " has it open";
        }
        JournalReader.Result read = JournalReader.read(folder.resolve(FileJournal.NAME));
        return read instanceof JournalReader.Result.Damaged damaged
                ? "its journal is damaged at line " + damaged.line()
                : null;
    }

    /**
     * Records that the run is removed, and removes it.
     *
     * @param who the OS user
     * @param when RFC 3339
     * @return why not, null: it is gone
     */
    public @Nullable String prune(RunGlance run, String who, String when) throws IOException {
        PrivateFiles.requireFolder(runs);
        Path folder = runs.resolve(run.id());
        PrivateFiles.requireFolder(folder);
        String obstacle = obstacle(folder);
        if (obstacle != null) {
            return obstacle;
        }
        try (RunLock lock = RunLock.take(folder)) {
            RunGlance now = lock == null ? null : GlanceReader.read(folder);
            if (now == null || !now.lastHash().equals(run.lastHash())) {
                return "another process has it open";
            }
            record(line(run, who, when));
            Path left = runs.resolve("." + run.id() + LEFT);
            Files.move(folder, left, StandardCopyOption.ATOMIC_MOVE);
            PrivateFiles.force(runs);
            remove(left);
        }
        return null;
    }

    private static String line(RunGlance run, String who, String when) {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.compact(out).object();
        json.name("schema").value("gert.pruned/v1");
        json.name("run").value(run.id());
        json.name("runbook").value(run.runbook());
        json.name("outcome").value(run.outcome());
        json.name("actor").value(run.actor());
        json.name("incident").value(run.incident());
        json.name("started").value(run.started());
        json.name("last").value(run.last());
        json.name("last_hash").value(run.lastHash());
        json.name("pruned_by").value(who);
        json.name("pruned_at").value(when);
        json.end();
        return out.append('\n').toString();
    }

    private void record(String line) throws IOException {
        Path file = reports.resolve(PRUNED);
        boolean isNew = !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS),
                PrivateFiles.FILE)) {
            long size = channel.size();
            ByteBuffer last = ByteBuffer.allocate(1);
            boolean torn = size > 0 && channel.read(last, size - 1) == 1 && last.get(0) != '\n';
            ByteBuffer bytes = ByteBuffer.wrap(((torn ? "\n" : "") + line).getBytes(StandardCharsets.UTF_8));
            channel.position(size);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        if (isNew) {
            PrivateFiles.force(reports);
        }
    }

    /** Never through a link: a link is removed itself. */
    private static void remove(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, @Nullable IOException problem) throws IOException {
                if (problem != null) {
                    throw problem;
                }
                Files.delete(each);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

package dev.gert.fault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What a machine keeps when its power goes: what was forced, and of all else any part, in any order. A file
 * that grew may be as long as it was to be, or shorter, and of its new blocks each may be there or be zeros;
 * a name that was made, moved or taken away may be so or not.
 */
final class PowerLoss {
    private static final int BLOCK = 512;

    private final Random random;
    private final Map<Path, Inode> now = new LinkedHashMap<>();
    private final Map<Path, List<Change>> unforced = new LinkedHashMap<>();
    private final Map<Path, Inode> kept = new TreeMap<>();
    private int effects;

    /** A file; {@code null} content: a folder. */
    private static final class Inode {
        private byte[] forced = new byte[0];
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private boolean cut;
        private boolean folder;
    }

    private record Change(Path name, Inode to) {}

    /** After the first {@code operations} of the history, and no more. */
    PowerLoss(List<FaultyDisk.Done> history, int operations, Path root, Map<Path, byte[]> before, Random random) {
        this.random = random;
        before.forEach((path, bytes) -> {
            Inode inode = new Inode();
            inode.folder = bytes == null;
            if (bytes != null) {
                inode.forced = bytes;
                inode.written.writeBytes(bytes);
            }
            now.put(path, inode);
            kept.put(path, inode);
        });
        for (FaultyDisk.Done done : history.subList(0, operations)) {
            apply(done, root);
        }
    }

    /** How many effects there were. */
    int effects() {
        return effects;
    }

    private void apply(FaultyDisk.Done done, Path root) {
        if (done.what().equals("effect")) {
            effects++;
            return;
        }
        Path path = root.relativize(done.path());
        Path other = root.relativize(done.other());
        switch (done.what()) {
            case "folder" -> {
                Inode folder = new Inode();
                folder.folder = true;
                change(path, folder);
            }
            case "create" -> change(path, new Inode());
            case "write" -> now.get(path).written.writeBytes(done.bytes());
            case "truncate" -> {
                Inode file = now.get(path);
                byte[] rest = Arrays.copyOf(file.written.toByteArray(), (int) done.size());
                file.written.reset();
                file.written.writeBytes(rest);
                file.cut = true;
            }
            case "force" -> {
                Inode file = now.get(path);
                file.forced = file.written.toByteArray();
                file.cut = false;
            }
            case "force folder" -> {
                List<Change> changes = unforced.getOrDefault(path, List.of());
                changes.forEach(this::keep);
                unforced.remove(path);
            }
            case "rename" -> {
                Inode file = now.get(path);
                change(path, null);
                change(other, file);
            }
            case "link" -> change(path, now.get(other));
            case "delete" -> change(path, null);
            default -> {
                // it failed and changed nothing
            }
        }
    }

    private void change(Path name, Inode to) {
        put(now, name, to);
        unforced.computeIfAbsent(name.getParent(), p -> new ArrayList<>()).add(new Change(name, to));
    }

    private void keep(Change change) {
        put(kept, change.name(), change.to());
    }

    private static void put(Map<Path, Inode> names, Path name, Inode to) {
        if (to == null) {
            names.remove(name);
        } else {
            names.put(name, to);
        }
    }

    /** Writes one of the states that may be found when the machine is started again. */
    void find(Path root) throws IOException {
        for (List<Change> changes : unforced.values()) {
            int way = random.nextInt(4);
            for (Change change : changes) {
                if (way == 0 || way > 1 && random.nextBoolean()) {
                    keep(change);
                }
            }
        }
        Map<Inode, byte[]> contents = new HashMap<>();
        Files.createDirectories(root);
        for (Map.Entry<Path, Inode> each : kept.entrySet()) {
            Path path = root.resolve(each.getKey());
            if (!Files.isDirectory(path.getParent())) {
                continue;
            }
            if (each.getValue().folder) {
                Files.createDirectories(path);
            } else {
                Files.write(path, contents.computeIfAbsent(each.getValue(), this::content));
            }
        }
    }

    private byte[] content(Inode file) {
        byte[] forced = file.forced;
        byte[] written = file.written.toByteArray();
        if (file.cut) {
            return random.nextBoolean() ? forced : Arrays.copyOf(forced, Math.min(forced.length, written.length));
        }
        int more = written.length - forced.length;
        if (more <= 0) {
            return forced;
        }
        int size = forced.length
                + switch (random.nextInt(4)) {
                    case 0 -> 0;
                    case 1 -> random.nextInt(more + 1);
                    default -> more;
                };
        byte[] content = Arrays.copyOf(written, size);
        boolean drops = random.nextInt(3) > 0;
        for (int block = forced.length / BLOCK * BLOCK; block < size; block += BLOCK) {
            if (drops && random.nextBoolean()) {
                Arrays.fill(content, Math.max(block, forced.length), Math.min(block + BLOCK, size), (byte) 0);
            }
        }
        return content;
    }
}

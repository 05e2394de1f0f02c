package dev.gert.fault;

import dev.gert.journal.Disk;
import dev.gert.journal.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The machine's disk, counted, with faults to order: the process is gone before, in or after one operation,
 * a write takes a few bytes only, a force fails, there is no more room. What commands do counts as an
 * operation too. A process that is gone does nothing any more, whatever its code catches.
 */
final class FaultyDisk implements Disk, AutoCloseable {
    /** The end of a process; nothing of gert's may take it for a failure that it knows. */
    static final class Gone extends Error {
        private static final long serialVersionUID = 1L;

        Gone() {
            super("the process is gone", null, false, false);
        }
    }

    enum When {
        BEFORE,
        IN,
        AFTER
    }

    /** What was done, for a model of what a machine without power keeps of it. */
    record Done(String what, Path path, Path other, int file, long size, byte[] bytes) {}

    private interface Work {
        void run() throws IOException;
    }

    private final Disk real = Disk.real();
    private final Map<Path, Integer> files = new HashMap<>();
    private final Map<Integer, Long> sizes = new HashMap<>();
    private final Map<Integer, Long> forced = new HashMap<>();
    private final List<Done> history = new ArrayList<>();
    private int count;
    private int point = -1;
    private When when = When.BEFORE;
    private boolean gone;
    private int most = Integer.MAX_VALUE;
    private int failing = -1;
    private int forces;
    private long room = Long.MAX_VALUE;
    private boolean failed;
    private boolean closed;
    private int effectsAfterFailure;

    FaultyDisk goneAt(int operation, When moment) {
        point = operation;
        when = moment;
        return this;
    }

    FaultyDisk takingAtMost(int bytes) {
        most = bytes;
        return this;
    }

    /** The {@code n}-th force, from 0, fails; the others do not. */
    FaultyDisk forceFails(int n) {
        failing = n;
        return this;
    }

    FaultyDisk withRoom(long bytes) {
        room = bytes;
        return this;
    }

    boolean isGone() {
        return gone;
    }

    /** What was done outside once a force had failed. */
    int effectsAfterFailure() {
        return effectsAfterFailure;
    }

    List<Done> history() {
        return history;
    }

    /** How many bytes of a file are on disk for certain. */
    synchronized long forced(Path file) {
        Integer inode = files.get(file);
        return inode == null ? 0 : forced.getOrDefault(inode, 0L);
    }

    /** Nothing is done outside any more. */
    @Override
    public synchronized void close() {
        closed = true;
    }

    /** Something outside that happens in one moment; false: the session that wanted it is over. */
    synchronized boolean effect(Runnable effect) {
        if (closed) {
            return false;
        }
        effectsAfterFailure += failed ? 1 : 0;
        try {
            step("effect", Path.of(""), Path.of(""), -1, 0, new byte[0], effect::run, () -> {});
            return true;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The process does nothing more: a thread of it that goes on would outlive it. */
    synchronized void alive() {
        if (gone) {
            throw new Gone();
        }
    }

    private synchronized void step(
            String what, Path path, Path other, int file, long size, byte[] bytes, Work whole, Work half)
            throws IOException {
        if (gone) {
            throw new Gone();
        }
        boolean here = count++ == point;
        if (here && when == When.BEFORE) {
            gone = true;
            throw new Gone();
        }
        if (here && when == When.IN) {
            gone = true;
            half.run();
            throw new Gone();
        }
        try {
            whole.run();
        } catch (IOException e) {
            history.add(new Done("failed", path, other, file, size, bytes));
            if (!here) {
                throw e;
            }
        }
        history.add(new Done(what, path, other, file, size, bytes));
        if (here) {
            gone = true;
            throw new Gone();
        }
    }

    private void step(String what, Path path, Path other, int file, Work whole) throws IOException {
        step(what, path, other, file, 0, new byte[0], whole, whole);
    }

    private synchronized int inode(Path file) {
        return files.computeIfAbsent(file, f -> {
            int inode = files.size() + sizes.size() * 1000;
            sizes.put(inode, f.toFile().length());
            forced.put(inode, 0L);
            return inode;
        });
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        step("folder", folder, folder, -1, () -> real.createFolder(folder));
    }

    @Override
    public DiskFile createFile(Path file) throws IOException {
        DiskFile[] opened = new DiskFile[1];
        synchronized (this) {
            try {
                step("create", file, file, files.size() + sizes.size() * 1000, () -> {
                    opened[0] = real.createFile(file);
                    files.remove(file);
                    inode(file);
                });
            } catch (Gone e) {
                close(opened[0]);
                throw e;
            }
        }
        return new Counted(file, inode(file), opened[0]);
    }

    private static void close(DiskFile file) throws IOException {
        if (file != null) {
            file.close();
        }
    }

    @Override
    public DiskFile openFile(Path file) throws IOException {
        alive();
        return new Counted(file, inode(file), real.openFile(file));
    }

    @Override
    public void force(Path folder) throws IOException {
        step("force folder", folder, folder, -1, this::fail);
    }

    private void fail() throws IOException {
        if (forces++ == failing) {
            failed = true;
            throw new IOException("Input/output error");
        }
    }

    @Override
    public void rename(Path file, Path to) throws IOException {
        step("rename", file, to, inode(file), () -> {
            real.rename(file, to);
            files.put(to, files.remove(file));
        });
    }

    @Override
    public void link(Path name, Path file) throws IOException {
        step("link", name, file, inode(file), () -> {
            real.link(name, file);
            files.put(name, inode(file));
        });
    }

    @Override
    public void delete(Path file) throws IOException {
        step("delete", file, file, -1, () -> {
            if (room != Long.MAX_VALUE) {
                room += file.toFile().length();
            }
            real.delete(file);
            files.remove(file);
        });
    }

    private final class Counted implements DiskFile {
        private final Path path;
        private final int inode;
        private final DiskFile file;

        Counted(Path path, int inode, DiskFile file) {
            this.path = path;
            this.inode = inode;
            this.file = file;
        }

        @Override
        public int write(ByteBuffer bytes) throws IOException {
            int length = Math.min(bytes.remaining(), most);
            byte[] taken = new byte[length];
            bytes.duplicate().get(taken);
            synchronized (FaultyDisk.this) {
                int fits = (int) Math.min(length, room);
                if (fits == 0 && length > 0) {
                    alive();
                    throw new IOException("No space left on device");
                }
                byte[] put = java.util.Arrays.copyOf(taken, fits);
                long at = sizes.get(inode);
                step("write", path, path, inode, at, put, () -> put(put, fits), () -> put(put, fits / 2));
                bytes.position(bytes.position() + fits);
                return fits;
            }
        }

        private void put(byte[] bytes, int length) throws IOException {
            file.writeAll(ByteBuffer.wrap(bytes, 0, length));
            sizes.merge(inode, (long) length, Long::sum);
            if (room != Long.MAX_VALUE) {
                room -= length;
            }
        }

        @Override
        public void force() throws IOException {
            step("force", path, path, inode, () -> {
                fail();
                forced.put(inode, sizes.get(inode));
            });
        }

        @Override
        public void truncate(long size) throws IOException {
            step("truncate", path, path, inode, size, new byte[0], () -> cut(size), () -> cut(size));
        }

        private void cut(long size) throws IOException {
            if (room != Long.MAX_VALUE) {
                room += sizes.get(inode) - size;
            }
            file.truncate(size);
            sizes.put(inode, size);
            forced.merge(inode, size, Math::min);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}

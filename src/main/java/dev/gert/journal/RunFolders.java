package dev.gert.journal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** The runs under a reports folder: {@code runs/<run-id>/} (formats.md, section 5). */
public final class RunFolders {
    private static final String SHAPE = "ddddddddTddddddZ-xxxxxxxx";

    private final Path runs;

    public RunFolders(Path reports) {
        this.runs = reports.resolve("runs");
    }

    /** What a run's name on the command line came to. */
    public sealed interface Found {
        /** One run. */
        record Run(String id, Path folder) implements Found {}

        /** More than one begins like that, the newest first. */
        record Several(List<String> ids) implements Found {}

        /** None; {@code reason} says what was looked for and where. */
        record None(String reason) implements Found {}
    }

    /** A new id: the time and eight random hex digits. */
    public static String newId(long epochMicros) {
        return JournalTime.compact(epochMicros) + "-" + HexFormat.of().formatHex(random());
    }

    /** A moment as records have it. */
    public static String time(long epochMicros) {
        return JournalTime.of(epochMicros);
    }

    /** Whether the text is a run's id. */
    public static boolean isId(String text) {
        if (text.length() != SHAPE.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char wanted = SHAPE.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            if (wanted == 'd' ? !digit : wanted == 'x' ? !digit && (c < 'a' || c > 'f') : c != wanted) {
                return false;
            }
        }
        return true;
    }

    /** The folder of a run, there or not. */
    public Path folder(String id) {
        return runs.resolve(id);
    }

    /**
     * Finds a run by its id, a prefix that no other has, {@code latest}, or the path of its folder or
     * of its journal.
     */
    public Found find(String name) throws IOException {
        if (name.indexOf('/') >= 0) {
            return atPath(name);
        }
        List<String> ids = newestFirst();
        if (name.equals("latest")) {
            return ids.isEmpty() ? new Found.None("there is no run in " + runs) : run(ids.get(0));
        }
        if (name.isEmpty()) {
            return new Found.None("a run has an id");
        }
        List<String> matching = new ArrayList<>();
        for (String id : ids) {
            if (id.startsWith(name)) {
                matching.add(id);
            }
        }
        if (matching.isEmpty()) {
            return new Found.None("no run in " + runs + " begins with `" + name + "`");
        }
        return matching.size() == 1 ? run(matching.get(0)) : new Found.Several(List.copyOf(matching));
    }

    /** The ids of the runs that have a journal, the newest first. */
    public List<String> newestFirst() throws IOException {
        List<String> ids = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(runs)) {
            for (Path entry : entries) {
                String id = entry.getFileName().toString();
                if (isId(id) && hasJournal(entry)) {
                    ids.add(id);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        Map<String, String> first = new HashMap<>();
        ids.sort((a, b) -> newest(a, b, first));
        return ids;
    }

    private Found.Run run(String id) {
        return new Found.Run(id, runs.resolve(id));
    }

    private static Found atPath(String name) {
        try {
            Path path = Path.of(name).toAbsolutePath().normalize();
            Path named = path.getFileName();
            Path folder = named != null && named.toString().equals(FileJournal.NAME) ? path.getParent() : path;
            if (folder != null && folder.getFileName() != null && hasJournal(folder)) {
                return new Found.Run(folder.getFileName().toString(), folder);
            }
        } catch (InvalidPathException e) {
            return new Found.None("`" + name + "` can't be a path here");
        }
        return new Found.None("`" + name + "` is not the folder of a run");
    }

    private static boolean hasJournal(Path folder) {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && Files.isRegularFile(folder.resolve(FileJournal.NAME), LinkOption.NOFOLLOW_LINKS);
    }

    /** By the second in the id, and within one second by the first record. */
    private int newest(String a, String b, Map<String, String> first) {
        int bySecond = b.substring(0, 16).compareTo(a.substring(0, 16));
        if (bySecond != 0) {
            return bySecond;
        }
        int byRecord = first.computeIfAbsent(b, this::firstTime).compareTo(first.computeIfAbsent(a, this::firstTime));
        return byRecord != 0 ? byRecord : b.compareTo(a);
    }

    private String firstTime(String id) {
        String beginning = "{\"seq\":0,\"time\":\"";
        try (InputStream in = Files.newInputStream(folder(id).resolve(FileJournal.NAME), LinkOption.NOFOLLOW_LINKS)) {
            String line = new String(in.readNBytes(beginning.length() + 27), StandardCharsets.ISO_8859_1);
            return line.startsWith(beginning) ? line.substring(beginning.length()) : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** Four bytes that make ids differ; they keep nothing secret, so the system's source is enough. */
    private static byte[] random() {
        try (InputStream in = Files.newInputStream(Path.of("/dev/urandom"))) {
            byte[] bytes = in.readNBytes(4);
            if (bytes.length == 4) {
                return bytes;
            }
        } catch (IOException e) {
            // below
        }
        long mixed = (System.nanoTime() * 31 + ProcessHandle.current().pid()) * 0x9E3779B97F4A7C15L;
        return new byte[] {(byte) (mixed >> 56), (byte) (mixed >> 48), (byte) (mixed >> 40), (byte) (mixed >> 32)};
    }
}

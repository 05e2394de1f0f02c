package dev.gert.terminal;

import dev.gert.render.RunText;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What steps printed, read from the run's folder, where it stands redacted. */
public final class OutputFiles implements RunText.Output {
    private static final int LINES = 5;
    private static final int BYTES = 8192;

    private final Path folder;
    private final Path cwd;

    /** {@code folder}: the run's, absolute; {@code cwd}: what paths are shown from. */
    public OutputFiles(Path folder, Path cwd) {
        this.folder = folder;
        this.cwd = cwd;
    }

    @Override
    public List<String> lastLines(String file) {
        byte[] end;
        boolean whole;
        try (RandomAccessFile in = new RandomAccessFile(folder.resolve(file).toFile(), "r")) {
            long length = in.length();
            whole = length <= BYTES;
            end = new byte[(int) Math.min(length, BYTES)];
            in.seek(length - end.length);
            in.readFully(end);
        } catch (IOException e) {
            return List.of();
        }
        return end.length == 0 ? List.of() : last(new String(end, StandardCharsets.UTF_8), whole);
    }

    private static List<String> last(String text, boolean whole) {
        List<String> lines = new ArrayList<>();
        int end = text.endsWith("\n") ? text.length() - 1 : text.length();
        while (lines.size() < LINES && end >= 0) {
            int start = text.lastIndexOf('\n', end - 1) + 1;
            if (start == 0 && !whole && !lines.isEmpty()) {
                break; // the beginning of that line was not read
            }
            lines.add(0, text.substring(start, end));
            end = start - 1;
        }
        return lines;
    }

    @Override
    public String path(String file) {
        Path path = folder.resolve(file);
        return path.startsWith(cwd) ? cwd.relativize(path).toString() : path.toString();
    }
}

package dev.gert.scenario;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Source;
import dev.gert.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads text files, with bounds, and says what is wrong with those that can't be read. */
public final class TextFiles {
    private static final int LIMIT = 1 << 20;

    private TextFiles() {}

    /** {@code name} is what diagnostics call the file. Null with a diagnostic when there is nothing to read. */
    public static @Nullable Source read(Path file, String name, Diagnostics diagnostics) {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            String kind = Files.isDirectory(file) ? "a folder" : "a device or a pipe";
            diagnostics.error(Code.R204, null, "`" + name + "` is " + kind + ", not a file");
            return null;
        }
        return readAny(file, name, diagnostics);
    }

    /** The same, also of what is no regular file: values may come from a pipe. */
    public static @Nullable Source readAny(Path file, String name, Diagnostics diagnostics) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LIMIT + 1);
        } catch (NoSuchFileException e) {
            diagnostics.error(Code.R204, null, "there is no file " + name);
            return null;
        } catch (IOException e) {
            diagnostics.error(Code.R204, null, name + " can't be read: " + reason(e));
            return null;
        }
        return YamlReader.decode(name, bytes, diagnostics);
    }

    /** What a person can do something with: the exception's words without its class, the path or the kind. */
    public static String reason(IOException e) {
        String message = e.getMessage();
        return e instanceof java.nio.file.AccessDeniedException
                ? "permission denied"
                : message == null ? e.getClass().getSimpleName() : message;
    }
}

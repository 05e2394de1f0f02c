package dev.gert.nested;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipFile;

/** A JAR under {@code lib/} of gert's JAR: a library, and gert's own classes that call it. */
public final class NestedLibrary {
    private static final Map<String, ClassLoader> OPEN = new HashMap<>();

    private NestedLibrary() {}

    /**
     * A new object of a class that lies there; of the usual class path where that has it, as in tests.
     *
     * @param library the JAR's name without its ending
     * @param implementation the name of a public class with a public constructor without parameters
     * @throws IOException when there is no room for a copy of the JAR, or the class can't be used
     */
    public static <T> T load(String library, Class<T> type, String implementation) throws IOException {
        try {
            return type.cast(Class.forName(implementation, true, loader(library))
                    .getConstructor()
                    .newInstance());
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IOException("the library `" + library + "` of this JAR can't be used: " + e, e);
        }
    }

    private static synchronized ClassLoader loader(String library) throws IOException {
        ClassLoader known = OPEN.get(library);
        if (known == null) {
            known = open(library);
            OPEN.put(library, known);
        }
        return known;
    }

    private static ClassLoader open(String library) throws IOException {
        ClassLoader own = NestedLibrary.class.getClassLoader();
        try (InputStream in = NestedLibrary.class.getResourceAsStream("/lib/" + library + ".jar")) {
            if (in == null) {
                return own;
            }
            Path copy = Files.createTempFile("gert-" + library, ".jar");
            try {
                Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
                return new NestedClassLoader(new ZipFile(copy.toFile()), own);
            } finally {
                Files.delete(copy);
            }
        }
    }
}

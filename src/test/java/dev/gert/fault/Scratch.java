package dev.gert.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder in memory where there is one: what is on disk is told by a model here, and never by the machine's. */
record Scratch(Path path) implements AutoCloseable {
    private static final Path MEMORY = Path.of("/dev/shm");

    Scratch() throws IOException {
        this(
                Files.isWritable(MEMORY)
                        ? Files.createTempDirectory(MEMORY, "gert-fault")
                        : Files.createTempDirectory("gert-fault"));
    }

    /** As often as that, and ten times as often where {@code -Dgert.faults=long} says so. */
    static int times(int usually) {
        return "long".equals(System.getProperty("gert.faults")) ? usually * 10 : usually;
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> walk = Files.walk(path)) {
            List<Path> all = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path each : all) {
                Files.delete(each);
            }
        }
    }
}

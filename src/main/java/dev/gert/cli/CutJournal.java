package dev.gert.cli;

import dev.gert.engine.RunTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A journal whose last records were taken away verifies, and a run that goes on from it would repeat
 * what they record. What else the run's folder holds tells: evidence made from a later record, output
 * of a dispatch that the journal does not have.
 */
final class CutJournal {
    private static final String KEY = "\"last_hash\": \"";

    private CutJournal() {}

    /** What shows that records are missing, or null. */
    static @Nullable String evidence(Path folder, RunTree tree) throws IOException {
        Path pack = folder.resolve("evidence.json");
        if (Files.isRegularFile(pack)) {
            String text = Files.readString(pack, StandardCharsets.UTF_8);
            int at = text.lastIndexOf(KEY);
            int from = at + KEY.length();
            String hash = at < 0 || text.length() < from + 64 ? "" : text.substring(from, from + 64);
            if (!hash.isEmpty() && !holds(folder.resolve("journal.jsonl"), "\"hash\":\"" + hash + "\"")) {
                return "evidence.json was made from a record that the journal does not hold";
            }
        }
        Path output = folder.resolve("output");
        if (!Files.isDirectory(output)) {
            return null;
        }
        try (Stream<Path> files = Files.list(output)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                int dash = name.indexOf('-');
                boolean later = dash == 3 && Integer.parseInt(name, 0, 3, 10) > tree.dispatches();
                if (later) {
                    return "output/" + name + " is of a step that the journal never dispatched";
                }
            }
        } catch (NumberFormatException e) {
            return "output/ holds a file that no step made";
        }
        return null;
    }

    private static boolean holds(Path journal, String text) throws IOException {
        try (Stream<String> lines = Files.lines(journal, StandardCharsets.UTF_8)) {
            return lines.anyMatch(line -> line.endsWith(text + "}"));
        }
    }
}

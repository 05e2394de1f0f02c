package dev.gert.journal;

import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import dev.gert.projection.RunGlance;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The first record of a journal and its last ones, which say how a run ended; of a run that did not end
 * all of it is read. Nothing is verified here: {@code gert verify} does that.
 */
public final class GlanceReader {
    private static final int TAIL = 1 << 12;
    private static final int HEAD = 256;
    private static final String TYPE = "\"type\":\"";

    private GlanceReader() {}

    /** {@code folder}: a run's. Never fails: what can't be read is a run that is {@code UNREADABLE}. */
    public static RunGlance read(Path folder) {
        String id = String.valueOf(folder.getFileName());
        Path file = folder.resolve(FileJournal.NAME);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return unreadable(id, "there is no journal");
        }
        try (RandomAccessFile journal = new RandomAccessFile(file.toFile(), "r")) {
            List<JsonValue.MapValue> tail = records(journal, Math.max(0, journal.length() - TAIL));
            JsonValue.MapValue first = first(journal);
            if (first == null) {
                return unreadable(id, "its first record can't be read");
            }
            if (tail.isEmpty()) { // the last record is a long one
                tail = records(journal, 0);
            }
            GlanceFold fold = new GlanceFold(text(first, "run"));
            tail.forEach(fold::add);
            if (!fold.endedAlone() && fold.ended()) {
                GlanceFold linked = new GlanceFold(text(first, "run"));
                records(journal, 0, GlanceReader::links).forEach(linked::add);
                tail.forEach(linked::add);
                fold = linked;
            }
            if (!fold.endedTheChain()) {
                fold = new GlanceFold(text(first, "run"));
                records(journal, 0).forEach(fold::add);
            }
            if (!isMoment(text(first, "time")) || !isMoment(fold.time())) {
                return unreadable(id, "a record's time is none");
            }
            return fold.isBroken() ? unreadable(id, "a record can't be read") : glance(id, folder, first, fold);
        } catch (IOException e) {
            return unreadable(id, "it can't be read: " + e.getMessage());
        }
    }

    /** Whether there is such a day and such an hour: a record's hash is right whatever its time. */
    private static boolean isMoment(String time) {
        try {
            Instant.parse(time);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static RunGlance glance(String id, Path folder, JsonValue.MapValue first, GlanceFold fold)
            throws IOException {
        Map<String, JsonValue> started = data(first).entries();
        JsonValue runbook = started.get("runbook");
        long holder = fold.outcome() == null ? RunLock.heldBy(folder) : 0;
        return new RunGlance(
                id,
                text(data(first), "runbook_name"),
                runbook instanceof JsonValue.MapValue digest ? text(digest, "file") : "",
                text(data(first), "actor"),
                shown(started.get("incident")),
                text(first, "time"),
                fold.time(),
                fold.state(holder != 0),
                fold.outcome(),
                fold.detail(),
                holder,
                fold.hash());
    }

    private static RunGlance unreadable(String id, String why) {
        return new RunGlance(id, "", "", "", null, "", "", RunGlance.State.UNREADABLE, null, why, 0, "");
    }

    private static JsonValue.@Nullable MapValue first(RandomAccessFile journal) throws IOException {
        byte[] bytes = new byte[(int) Math.min(journal.length(), TAIL)];
        while (true) {
            journal.seek(0);
            journal.readFully(bytes);
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] == '\n') {
                    return record(bytes, 0, i);
                }
            }
            if (bytes.length == journal.length()) {
                return null;
            }
            bytes = new byte[(int) Math.min(journal.length(), bytes.length * 4L)];
        }
    }

    /** The whole records from there on; one that was begun before {@code from}, or not finished, is left out. */
    private static List<JsonValue.MapValue> records(RandomAccessFile journal, long from) throws IOException {
        return records(journal, from, GlanceFold::matters);
    }

    /** Whether a record of that type leads from one run to another; one that can't be read may. */
    private static boolean links(String type) {
        return type.isEmpty() || type.equals("run_linked");
    }

    /** The same, of the types that {@code wanted} takes, and the last of all. */
    private static List<JsonValue.MapValue> records(RandomAccessFile journal, long from, Predicate<String> wanted)
            throws IOException {
        byte[] bytes = new byte[(int) Math.min(Integer.MAX_VALUE - 8, journal.length() - from)];
        journal.seek(from);
        journal.readFully(bytes);
        List<JsonValue.MapValue> records = new ArrayList<>();
        int start = from == 0 ? 0 : -1;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                if (start >= 0 && (i == bytes.length - 1 || wanted.test(type(bytes, start, i)))) {
                    JsonValue.MapValue record = record(bytes, start, i);
                    records.add(record == null ? new JsonValue.MapValue(Map.of()) : record);
                }
                start = i + 1;
            }
        }
        return records;
    }

    /** The word after {@code "type":}, which stands near the beginning of a record; empty where it does not. */
    private static String type(byte[] bytes, int from, int to) {
        String head = new String(bytes, from, Math.min(HEAD, to - from), StandardCharsets.ISO_8859_1);
        int at = head.indexOf(TYPE);
        int end = head.indexOf('"', at + TYPE.length());
        return at < 0 || end < 0 ? "" : head.substring(at + TYPE.length(), end);
    }

    private static JsonValue.@Nullable MapValue record(byte[] bytes, int from, int to) {
        JsonResult read = JsonReader.read(new String(bytes, from, to - from, StandardCharsets.UTF_8));
        return read instanceof JsonResult.Ok ok && ok.value() instanceof JsonValue.MapValue map ? map : null;
    }

    static JsonValue.MapValue data(JsonValue.MapValue record) {
        return record.entries().get("data") instanceof JsonValue.MapValue data
                ? data
                : new JsonValue.MapValue(Map.of());
    }

    static String text(JsonValue.MapValue map, String name) {
        return map.entries().get(name) instanceof JsonValue.Text text ? text.value() : "";
    }

    /** A text that may be redacted. */
    private static @Nullable String shown(@Nullable JsonValue value) {
        return value instanceof JsonValue.MapValue redacted
                ? text(redacted, "text")
                : value instanceof JsonValue.Text text ? text.value() : null;
    }
}

package dev.gert.journal;

import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks one line after the other against the one before; stays where it is at the first that is wrong. */
final class JournalChain {
    private static final List<String> MEMBERS = List.of("seq", "time", "run", "span", "type", "data", "prev", "hash");

    private static final HexFormat HEX = HexFormat.of();

    private final MessageDigest digest = JournalLine.sha256();
    private final SharedTexts texts = new SharedTexts();
    private long next;
    private String head = JournalLine.NO_PREVIOUS;

    /** What a line came to. */
    sealed interface Link {
        /** The record that follows. */
        record Follows(Envelope envelope, String prev) implements Link {}

        /** Why it does not. */
        record Broken(String reason) implements Link {}
    }

    /** The {@code seq} of the record that would follow. */
    long next() {
        return next;
    }

    /** The hash of the last record, or 64 zeros. */
    String head() {
        return head;
    }

    /** Takes the next line, without its newline. */
    Link take(byte[] bytes, int from, int to) {
        String hash = JournalLine.writtenHash(bytes, from, to);
        if (hash == null) {
            return new Link.Broken("it does not end with a hash");
        }
        digest.update(bytes, from, to - JournalLine.TAIL - from);
        if (!hash.equals(HEX.formatHex(digest.digest()))) {
            return new Link.Broken("its hash is not the hash of its bytes");
        }
        String text = text(bytes, from, to);
        if (text == null) {
            return new Link.Broken("it is not UTF-8");
        }
        JsonResult json = JsonReader.read(text);
        if (json instanceof JsonResult.Broken broken) {
            return new Link.Broken("it is not JSON: " + broken.message());
        }
        Link link = record(((JsonResult.Ok) json).value());
        if (link instanceof Link.Follows) {
            next++;
            head = hash;
        }
        return link;
    }

    private static @Nullable String text(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] >= 0) {
            at++;
        }
        if (at == to) {
            return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private Link record(JsonValue value) {
        if (!(value instanceof JsonValue.MapValue map)) {
            return new Link.Broken("it is not an object");
        }
        Map<String, JsonValue> members = map.entries();
        if (!MEMBERS.equals(new ArrayList<>(members.keySet()))) {
            return new Link.Broken("its members are not " + String.join(", ", MEMBERS));
        }
        Long seq = DataReader.whole(members.get("seq"));
        if (seq == null || seq != next) {
            return new Link.Broken("its seq is not " + next);
        }
        if (!(members.get("prev") instanceof JsonValue.Text prev)
                || !prev.value().equals(head)) {
            return new Link.Broken("its prev is not the hash of the record before it");
        }
        if (!(members.get("time") instanceof JsonValue.Text time) || !JournalTime.isTime(time.value())) {
            return new Link.Broken("its time is not RFC 3339 in UTC with six digits");
        }
        JsonValue span = members.get("span");
        if (span != JsonValue.Null.NULL && !(span instanceof JsonValue.Text id && isSpan(id.value()))) {
            return new Link.Broken("its span is not 16 hex digits or null");
        }
        if (!(members.get("run") instanceof JsonValue.Text run) || run.value().isEmpty()) {
            return new Link.Broken("its run is not a run's id");
        }
        if (!(members.get("type") instanceof JsonValue.Text type)) {
            return new Link.Broken("its type is not a word");
        }
        if (!(members.get("data") instanceof JsonValue.MapValue data)) {
            return new Link.Broken("its data is not an object");
        }
        EventCodec.Decoded decoded = EventCodec.read(type.value(), data, texts);
        if (decoded instanceof EventCodec.Decoded.Unreadable unreadable) {
            return new Link.Broken("its data is not that of `" + type.value() + "`: " + unreadable.reason());
        }
        RunEvent event = ((EventCodec.Decoded.Event) decoded).event();
        if (next == 0 && !(event instanceof RunEvent.RunStarted)) {
            return new Link.Broken("the first record is not `run_started`");
        }
        String id = span instanceof JsonValue.Text text ? texts.share(text.value()) : null;
        return new Link.Follows(new Envelope(seq, time.value(), texts.share(run.value()), id, event), prev.value());
    }

    private static boolean isSpan(String text) {
        if (text.length() != 16) {
            return false;
        }
        for (int i = 0; i < 16; i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }
}

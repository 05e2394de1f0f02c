package dev.gert.journal;

import dev.gert.event.EventType;
import dev.gert.event.RunEvent;
import dev.gert.json.JsonValue;
import dev.gert.json.JsonWriter;

/**
 * {@link RunEvent} to a record's {@code data} and back (formats.md, section 5). Member names are in
 * snake case, in a fixed order, all of them always there. A text that was redacted is
 * {@code {"text": …, "redacted": true}}, any other a string.
 */
public final class EventCodec {
    /** What the first record says the journal is written in. */
    public static final String SCHEMA = "gert.journal/v1";

    private EventCodec() {}

    /** What a record's {@code data} came to. */
    public sealed interface Decoded {
        /** An event; {@link RunEvent.Unrecognised} for a type that this version does not make. */
        record Event(RunEvent event) implements Decoded {}

        /** The type is known and the data is not its data. */
        record Unreadable(String reason) implements Decoded {}
    }

    /** The {@code type} of the event's record. */
    public static String wireType(RunEvent event) {
        EventType type = event.type();
        return type == null ? ((RunEvent.Unrecognised) event).wireType() : type.wire();
    }

    /** Writes the event's data as one JSON object. */
    public static void write(RunEvent event, JsonWriter out) {
        new EventEncoder(new DataWriter(out)).write(event);
    }

    /** The event of a record. */
    public static Decoded read(String wireType, JsonValue.MapValue data) {
        return read(wireType, data, new SharedTexts());
    }

    static Decoded read(String wireType, JsonValue.MapValue data, SharedTexts shared) {
        EventType type = EventType.of(wireType);
        if (type == null) {
            return new Decoded.Event(new RunEvent.Unrecognised(wireType, data));
        }
        DataReader in = new DataReader(data, shared);
        RunEvent event = new EventDecoder(in).read(type, data);
        String problem = in.problem();
        return problem == null ? new Decoded.Event(event) : new Decoded.Unreadable(problem);
    }
}

package dev.gert.cli;

import dev.gert.engine.port.RunListener;
import dev.gert.event.Envelope;
import dev.gert.journal.EventCodec;
import dev.gert.json.JsonWriter;

/** {@code --output json}: every record as one line, the journal's words without its hashes. */
final class JsonView implements RunListener {
    private final Io io;

    JsonView(Io io) {
        this.io = io;
    }

    @Override
    public void recorded(Envelope record) {
        StringBuilder line = new StringBuilder(256);
        JsonWriter json = JsonWriter.compact(line);
        json.object().name("schema").value("gert.event/v1");
        json.name("seq").value(record.seq());
        json.name("time").value(record.time());
        json.name("run").value(record.run());
        json.name("span").value(record.span());
        json.name("type").value(EventCodec.wireType(record.event()));
        json.name("data");
        EventCodec.write(record.event(), json);
        json.end();
        io.out(line.toString());
        io.out().flush();
    }
}

package dev.gert.scenario;

import dev.gert.engine.port.RunListener;
import dev.gert.event.Envelope;
import dev.gert.event.RunEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Names for the runs of one folder that are the same in a run and in its replay: by the steps that led to
 * them. Their ids are not, where arms ran side by side.
 */
final class RunKeys implements RunListener {
    private final Map<String, String> keys = new HashMap<>();
    private final Map<String, Integer> links = new HashMap<>();
    private String current = "";

    static RunKeys of(List<Envelope> records) {
        RunKeys keys = new RunKeys();
        records.forEach(keys::recorded);
        return keys;
    }

    @Override
    public void recorded(Envelope record) {
        if (keys.isEmpty()) {
            keys.put(record.run(), "");
        }
        current = record.run();
        if (record.event() instanceof RunEvent.RunLinked linked) {
            String from = key(record.run(), linked.step()) + " " + linked.kind();
            keys.put(linked.child(), from + " " + links.merge(from, 1, Integer::sum) + " ");
        }
    }

    /** A step of a run. */
    String key(String run, String address) {
        return keys.getOrDefault(run, run + " ") + address;
    }

    /** A step of the run that the last record was of. */
    String here(String address) {
        return key(current, address);
    }
}

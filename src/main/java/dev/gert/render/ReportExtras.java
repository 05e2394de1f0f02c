package dev.gert.render;

import java.util.Map;

/**
 * What the report page shows beside what was recorded.
 *
 * @param pictures by the name of an attachment's file, a {@code data:} URI of it
 * @param lastHash the journal's last hash; empty while the run goes on
 */
public record ReportExtras(Map<String, String> pictures, String lastHash) {
    public ReportExtras {
        pictures = Map.copyOf(pictures);
    }
}

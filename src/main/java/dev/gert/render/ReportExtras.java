package dev.gert.render;

import dev.gert.projection.Audit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the report page shows beside what was recorded.
 *
 * @param pictures by the name of an attachment's file, a {@code data:} URI of it
 * @param lastHash the journal's last hash; empty while the run goes on
 * @param audit the run held against what was declared then; null where that is not known
 */
public record ReportExtras(
        Map<String, String> pictures,
        String lastHash,
        @Nullable Audit audit) {
    public ReportExtras {
        pictures = Map.copyOf(pictures);
    }
}

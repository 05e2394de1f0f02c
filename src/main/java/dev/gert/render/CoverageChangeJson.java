package dev.gert.render;

import dev.gert.json.JsonWriter;
import dev.gert.projection.CoverageComparison;
import dev.gert.projection.CoverageComparison.Change;
import dev.gert.projection.CoverageComparison.Moved;
import dev.gert.projection.CoverageComparison.Runbook;
import dev.gert.projection.Tally;
import org.jspecify.annotations.Nullable;

/** The member {@code baseline} of coverage as JSON. */
final class CoverageChangeJson {
    private final JsonWriter json;

    private CoverageChangeJson(JsonWriter json) {
        this.json = json;
    }

    static void write(CoverageComparison comparison, JsonWriter json) {
        CoverageChangeJson document = new CoverageChangeJson(json);
        json.object().name("file").value(comparison.baseline());
        json.name("runbooks").array();
        for (Runbook runbook : comparison.runbooks()) {
            json.object().name("runbook").value(runbook.runbook());
            json.name("file").value(runbook.file());
            String change = runbook.isNew() ? "new" : runbook.isGone() ? "gone" : runbook.isSame() ? "none" : "changed";
            json.name("change").value(change);
            document.change("branches", runbook.branches(), true);
            document.change("outcomes", runbook.outcomes(), true);
            json.end();
        }
        json.end().name("total").object();
        document.change("branches", comparison.branches(), false);
        document.change("outcomes", comparison.outcomes(), false);
        json.end().end();
    }

    private void change(String name, Change change, boolean withSites) {
        json.name(name).object();
        tally("before", change.before());
        tally("after", change.after());
        json.name("decreased").value(change.fell());
        if (withSites) {
            json.name("sites").array();
            for (Moved moved : change.sites()) {
                json.object().name("change").value(moved.kind().word());
                json.name("type").value(moved.site().type());
                json.name("label").value(moved.site().label());
                json.name("path").value(moved.site().path());
                json.end();
            }
            json.end();
        }
        json.end();
    }

    private void tally(String name, @Nullable Tally tally) {
        if (tally == null) {
            json.name(name).value((String) null);
        } else {
            CoverageJson.tally(name, tally, json);
        }
    }
}

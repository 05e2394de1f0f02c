package dev.gert.render;

import dev.gert.json.JsonWriter;
import dev.gert.projection.Durations;
import dev.gert.projection.RunGlance;
import dev.gert.projection.Share;
import dev.gert.projection.Statistics;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** What {@code gert stats --json} prints, schema {@code gert.stats/v1}. */
public final class StatsJson {
    private final JsonWriter json;

    private StatsJson(JsonWriter json) {
        this.json = json;
    }

    /** The whole document, with a newline at its end. {@code filter}: what was asked for, by option, without what was not. */
    public static String render(Statistics stats, Map<String, String> filter) {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.indented(out);
        new StatsJson(json).add(stats, filter);
        return out.append('\n').toString();
    }

    private void add(Statistics stats, Map<String, String> filter) {
        json.object().name("schema").value("gert.stats/v1").name("percentile").value("nearest-rank");
        json.name("filter").object();
        filter.forEach((option, value) -> json.name(option).value(value));
        json.end();
        json.name("runs").value(stats.runs());
        json.name("first").value(stats.first().isEmpty() ? null : stats.first());
        json.name("last").value(stats.last().isEmpty() ? null : stats.last());
        json.name("states").object();
        for (Map.Entry<RunGlance.State, Long> each : stats.states().entrySet()) {
            json.name(each.getKey().word()).value(each.getValue());
        }
        json.end();
        ends(stats.outcomes(), stats.success(), stats.blocked());
        durations("took", stats.took());
        durations("to_first_step", stats.firstStep());
        json.name("approvals").object();
        approvals(stats.approval());
        json.end();
        json.name("left_out").object();
        stats.leftOut().forEach((mode, count) -> json.name(mode).value(count));
        json.end();
        json.name("damaged").array();
        for (Statistics.Damaged each : stats.damaged()) {
            json.object()
                    .name("run")
                    .value(each.run())
                    .name("reason")
                    .value(each.reason())
                    .end();
        }
        json.end();
        json.name("runbooks").array();
        stats.runbooks().forEach(this::runbook);
        json.end().name("steps").array();
        stats.steps().forEach(this::step);
        json.end().name("rules").array();
        stats.approvals().forEach(this::rule);
        json.end().end();
    }

    private void ends(List<Statistics.Reached> outcomes, Share success, long blocked) {
        json.name("over").value(success.whole()).name("outcomes").object();
        for (Statistics.Reached each : outcomes) {
            json.name(each.outcome()).value(each.runs());
        }
        json.end().name("blocked").value(blocked).name("succeeded").value(success.part());
        json.name("success_rate");
        BigDecimal ratio = success.ratio();
        if (ratio == null) {
            json.nothing();
        } else {
            json.value(ratio);
        }
    }

    private void runbook(Statistics.OfRunbook of) {
        json.object().name("runbook").value(of.runbook()).name("runs").value(of.runs());
        ends(of.outcomes(), of.success(), of.blocked());
        durations("took", of.took());
        json.end();
    }

    private void step(Statistics.OfStep of) {
        json.object().name("runbook").value(of.runbook()).name("step").value(of.step());
        json.name("kind").value(of.kind()).name("times").value(of.times());
        json.name("attempts").value(of.attempts()).name("failed_attempts").value(of.failedAttempts());
        for (String word : StatsCsv.ENDS) {
            json.name(word).value(of.ended(word));
        }
        json.name("open").value(of.open()).name("in_doubt").value(of.inDoubt());
        json.name("total_ms").value(of.total());
        durations("took", of.took());
        json.end();
    }

    private void rule(Statistics.Approvals of) {
        json.object().name("rule").value(of.rule()).name("file").value(of.file());
        approvals(of);
        json.end();
    }

    private void approvals(Statistics.Approvals of) {
        json.name("asked").value(of.asked()).name("granted").value(of.granted());
        json.name("denied").value(of.denied()).name("lapsed").value(of.lapsed());
        json.name("open").value(of.open());
        durations("waits", of.waits());
    }

    /** Null where nothing was measured. */
    private void durations(String name, Durations of) {
        json.name(name).object().name("count").value(of.count());
        if (of.count() == 0) {
            json.name("p50_ms")
                    .nothing()
                    .name("p95_ms")
                    .nothing()
                    .name("longest_ms")
                    .nothing();
        } else {
            json.name("p50_ms").value(of.p50()).name("p95_ms").value(of.p95());
            json.name("longest_ms").value(of.longest());
        }
        json.end();
    }
}

package dev.gert.render;

import dev.gert.json.JsonWriter;
import dev.gert.projection.PlanTally;
import dev.gert.projection.RunPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code gert plan --format json} prints, schema {@code gert.plan/v1}. */
public final class PlanJson {
    private final JsonWriter json;

    private PlanJson(JsonWriter json) {
        this.json = json;
    }

    /** The whole document, with a newline at its end. */
    public static String render(RunPlan plan) {
        StringBuilder out = new StringBuilder();
        PlanJson text = new PlanJson(JsonWriter.indented(out));
        text.json.object().name("schema").value("gert.plan/v1");
        PlanTally tally = new PlanTally(plan);
        text.json.name("summary").object();
        text.json.name("steps").value(tally.steps());
        text.json.name("allow").value(tally.allowed());
        text.json.name("acknowledge").value(tally.held());
        text.json.name("undetermined").value(tally.undetermined());
        text.json.name("deny").value(tally.denied());
        text.json.name("manual").value(tally.manual());
        for (String kind : PlanText.NEEDS) {
            text.json.name(kind).value(tally.needs(kind));
        }
        text.json.end();
        text.content(plan);
        text.json.end();
        return out.append('\n').toString();
    }

    private void content(RunPlan plan) {
        json.name("runbook").value(plan.name());
        json.name("file").value(plan.file());
        facts("about", plan.about());
        json.name("lacking").value(plan.lacking());
        strings("policy", plan.layers());
        json.name("known").array();
        for (RunPlan.Value value : plan.known()) {
            json.object().name("name").value(value.name());
            json.name("value").value(value.value());
            json.name("from").value(value.from()).end();
        }
        json.end();
        strings("inputs_needed", plan.asked());
        items("nodes", plan.items());
        json.name("ways").array();
        for (RunPlan.Way way : plan.ways()) {
            json.object().name("outcome").value(way.state());
            json.name("label").value(way.label());
            json.name("step").value(way.step());
            strings("branches", way.arms());
            json.name("when").value(way.when()).end();
        }
        json.end();
    }

    /** The open ways of a dry-run as an array. */
    static void ways(List<RunPlan.Arm> ways, JsonWriter json) {
        new PlanJson(json).arms("ways", ways);
    }

    private void arms(List<RunPlan.Arm> arms) {
        arms("branches", arms);
    }

    private void items(String name, List<RunPlan.Item> items) {
        json.name(name).array();
        for (RunPlan.Item item : items) {
            json.object();
            if (item instanceof RunPlan.StepItem step) {
                step(step);
            } else if (item instanceof RunPlan.EndItem end) {
                json.name("kind").value("outcome");
                end(end.end());
            } else if (item instanceof RunPlan.LoopItem loop) {
                json.name("kind").value("iterate").name("address").value(loop.address());
                json.name("how").value(loop.how());
                items("nodes", loop.items());
            } else if (item instanceof RunPlan.ParallelItem parallel) {
                json.name("kind").value("parallel").name("address").value(parallel.address());
                arms(parallel.sides());
            }
            json.end();
        }
        json.end();
    }

    private void step(RunPlan.StepItem step) {
        json.name("kind").value("step").name("address").value(step.address());
        json.name("id").value(step.id()).name("type").value(step.type());
        json.name("title").value(step.title()).name("when").value(step.when());
        strings("command", step.command());
        json.name("effect").value(step.effect());
        facts("facts", step.facts());
        ruling(step.ruling());
        RunPlan.Precondition check = step.precondition();
        json.name("precondition");
        if (check == null) {
            json.nothing();
        } else {
            json.object();
            strings("command", check.command());
            json.name("skip_if_succeeds").value(check.skipIfSucceeds());
            ruling(check.ruling());
            json.end();
        }
        json.name("needs").array();
        for (RunPlan.Need need : step.needs()) {
            json.object().name("kind").value(need.kind());
            json.name("text").value(need.text()).end();
        }
        json.end();
        linked("invokes", step.invoked());
        json.name("outcomes").array();
        for (RunPlan.End end : step.ends()) {
            json.object();
            end(end);
            json.end();
        }
        json.end();
        arms(step.arms());
        items("finally", step.last());
    }

    private void end(RunPlan.End end) {
        json.name("state").value(end.state());
        json.name("label").value(end.label());
        json.name("when").value(end.when());
        linked("next_runbook", end.next());
    }

    private void arms(String name, List<RunPlan.Arm> arms) {
        json.name(name).array();
        for (RunPlan.Arm arm : arms) {
            json.object().name("label").value(arm.label());
            json.name("condition").value(arm.condition());
            items("nodes", arm.items());
            json.end();
        }
        json.end();
    }

    private void ruling(RunPlan.@Nullable Ruling ruling) {
        json.name("decision").value(ruling == null ? null : ruling.word());
        json.name("rule").value(ruling == null ? null : ruling.rule());
        json.name("reason").value(ruling == null ? null : ruling.reason());
    }

    private void linked(String name, RunPlan.@Nullable Linked linked) {
        json.name(name);
        if (linked == null) {
            json.nothing();
            return;
        }
        json.object().name("reference").value(linked.reference());
        json.name("without_plan").value(linked.why());
        json.name("plan");
        if (linked.plan() == null) {
            json.nothing();
        } else {
            json.object();
            content(linked.plan());
            json.end();
        }
        json.end();
    }

    private void facts(String name, List<RunPlan.Fact> facts) {
        json.name(name).array();
        for (RunPlan.Fact fact : facts) {
            json.object().name("name").value(fact.name());
            json.name("text").value(fact.text()).end();
        }
        json.end();
    }

    private void strings(String name, List<String> values) {
        json.name(name).array();
        for (String value : values) {
            json.value(value);
        }
        json.end();
    }
}

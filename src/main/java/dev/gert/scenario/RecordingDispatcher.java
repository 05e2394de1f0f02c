package dev.gert.scenario;

import dev.gert.engine.port.Dispatcher;
import dev.gert.event.StepStatus;
import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonText;
import dev.gert.json.JsonValue;
import dev.gert.policy.Redactor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers the commands of a replay with what they printed in the run, step by step, and notes them in the words
 * that they have in a replay: with placeholders where a secret stood.
 */
final class RecordingDispatcher implements Dispatcher {
    /** As {@code timeout}(1) and shells have it. */
    private static final int TIMED_OUT = 124;

    private static final int NOT_FOUND = 127;

    /** A command and its answer; of a server {@code document} is what it answered, and null of all others. */
    record Noted(
            String stepId,
            List<String> argv,
            RecordedOutput.Text stdout,
            RecordedOutput.Text stderr,
            int exitCode,
            StepStatus status,
            @Nullable JsonValue document) {}

    private final RecordedAnswers answers;
    private final RecordedOutput output;
    private final RunKeys keys;
    private final Redactor redactor;
    private final Map<String, Integer> asked = new HashMap<>();
    private final List<Noted> noted = new ArrayList<>();
    private @Nullable UnrecordableException problem;

    /** {@code keys}: of the replay; {@code redactor}: that knows all secrets of the run. */
    RecordingDispatcher(RecordedAnswers answers, RecordedOutput output, RunKeys keys, Redactor redactor) {
        this.answers = answers;
        this.output = output;
        this.keys = keys;
        this.redactor = redactor;
    }

    /** In the order in which a replay asks. */
    List<Noted> noted() throws UnrecordableException {
        if (problem != null) {
            throw problem;
        }
        return noted;
    }

    @Override
    public Prepared prepare(Order order) {
        return new Prepared() {
            @Override
            public long pid() {
                return 0;
            }

            @Override
            public Result perform() {
                try {
                    return answer(order);
                } catch (UnrecordableException e) {
                    problem = problem == null ? e : problem;
                    return new Result.NotStarted("it can't be recorded");
                }
            }

            @Override
            public void close() {
                // nothing was made ready
            }
        };
    }

    private Result answer(Order order) throws UnrecordableException {
        String key = keys.key(order.run(), order.step());
        RecordedAnswers.Taken taken = answers.attempt(key, asked.merge(key, 1, Integer::sum) - 1);
        if (taken == null) {
            return new Result.NotStarted("the run did not start it");
        }
        for (String word : order.command().argv()) {
            if (!redactor.safe(word).text().equals(word)) {
                throw new UnrecordableException(
                        "the command of `" + order.stepId() + "` holds what is redacted, and a replay needs it whole",
                        "a value that comes from a sensitive input is a placeholder in a scenario");
            }
        }
        RecordedOutput.Text out = output.read(taken.out(), order.keepStdout(), order.stepId());
        RecordedOutput.Text err = output.read(taken.err(), order.keepStdout(), order.stepId());
        return order.call() == null ? command(order, taken, out, err) : server(order, taken, out);
    }

    private Result command(Order order, RecordedAnswers.Taken taken, RecordedOutput.Text out, RecordedOutput.Text err) {
        Integer said = taken.exitCode();
        boolean failed = taken.status() != StepStatus.PASSED;
        int code = said != null ? said : 0;
        RecordedOutput.Text told = err;
        if (said == null && isLate(taken)) {
            code = TIMED_OUT;
        } else if (said == null && failed && taken.out() == null && taken.err() == null) {
            code = NOT_FOUND;
            told = new RecordedOutput.Text(taken.reason() + "\n", 0);
        }
        noted.add(new Noted(order.stepId(), order.command().argv(), out, told, code, taken.status(), null));
        return new Result.Exited(code, out.text(), told.text(), null, null);
    }

    /** Also of an attempt that was made again: of that only the reason is known. */
    private static boolean isLate(RecordedAnswers.Taken taken) {
        return taken.status() == StepStatus.TIMED_OUT || taken.reason().equals("its time was over");
    }

    /** What a server answered is a document by itself where it reads as one, else what a command would have printed. */
    private Result server(Order order, RecordedAnswers.Taken taken, RecordedOutput.Text out) {
        Integer said = taken.exitCode();
        boolean failed = said == null ? taken.status() != StepStatus.PASSED : said != 0;
        JsonValue document = !failed && JsonReader.read(out.text()) instanceof JsonResult.Ok ok ? ok.value() : null;
        boolean alone = document != null && JsonText.of(document).equals(out.text()) && !isOfStreams(document);
        if (document == null || !alone) {
            Map<String, JsonValue> streams = new LinkedHashMap<>();
            streams.put("stdout", JsonValue.text(out.text()));
            if (failed) {
                streams.put("exit_code", new JsonValue.Num(BigDecimal.valueOf(said == null ? 1 : said)));
                streams.put("success", new JsonValue.Bool(false));
                streams.put("message", JsonValue.text(taken.reason()));
            }
            document = new JsonValue.MapValue(streams);
        }
        int code = failed ? said == null ? 1 : said : 0;
        noted.add(new Noted(
                order.stepId(),
                order.command().argv(),
                out,
                new RecordedOutput.Text("", 0),
                code,
                taken.status(),
                document));
        return new Result.Exited(code, out.text(), "", null, null, failed ? taken.reason() : null);
    }

    private static boolean isOfStreams(JsonValue document) {
        return document instanceof JsonValue.MapValue map
                && (map.entries().containsKey("stdout")
                        || map.entries().containsKey("stderr")
                        || map.entries().containsKey("exit_code")
                        || map.entries().containsKey("success"));
    }
}

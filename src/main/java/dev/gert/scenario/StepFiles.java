package dev.gert.scenario;

import dev.gert.diagnostic.Code;
import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.model.ScenarioRecording;
import dev.gert.model.Step;
import dev.gert.plan.Plan;
import dev.gert.plan.PlanStep;
import dev.gert.source.Source;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code steps/NNN-step-id.json} of a scenario (formats-dialect.md). {@code NNN} begins at 000 again for
 * every runbook of a chain, so it orders the answers of one step and says nothing of different ones.
 */
final class StepFiles {
    static final String FOLDER = "steps";
    private static final String ENDING = ".json";

    private final Workspace workspace;
    private final Set<String> answered = new LinkedHashSet<>();

    /** {@code plan}: of the scenario's runbook, whose steps and those of what it leads to are answered. */
    StepFiles(Workspace workspace, Plan plan) {
        this.workspace = workspace;
        for (Plan each : Lineage.plans(plan)) {
            for (PlanStep node : each.steps()) {
                Step step = node.step();
                if (step instanceof Step.ToolStep || step instanceof Step.XtsStep || step instanceof Step.AwsStep) {
                    answered.add(step.id());
                }
            }
        }
    }

    /** A file's name in its parts. */
    private record Named(Path file, String number, String tail) {}

    /** The answers in order; null, with diagnostics, when one can't be read. {@code rebase}: null leaves times alone. */
    @Nullable
    List<ScenarioRecording.Response> read(Path scenario, @Nullable Rebase rebase) {
        List<ScenarioRecording.Response> responses = new ArrayList<>();
        Path folder = scenario.resolve(FOLDER);
        if (!Files.isDirectory(folder)) {
            return responses;
        }
        List<Named> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (Path file : stream) {
                files.add(named(file));
            }
        } catch (IOException | DirectoryIteratorException e) {
            workspace.markUnusable();
            workspace.diagnostics.error(Code.R204, null, "the folder " + workspace.display(folder) + " can't be read");
            return null;
        }
        files.sort(StepFiles::compare);
        boolean whole = true;
        for (Named file : files) {
            Source source = workspace.source(file.file());
            whole &= source != null && read(file, source, rebase, responses);
        }
        return whole ? responses : null;
    }

    /** Of files that were never written to a disk, by their names; those that are not valid are left out. */
    List<ScenarioRecording.Response> of(List<Source> sources) {
        Map<Path, Source> texts = new HashMap<>();
        List<Named> files = new ArrayList<>();
        for (Source source : sources) {
            Path file = Path.of(source.name());
            texts.put(file, source);
            files.add(named(file));
        }
        files.sort(StepFiles::compare);
        List<ScenarioRecording.Response> responses = new ArrayList<>();
        for (Named file : files) {
            read(file, Objects.requireNonNull(texts.get(file.file())), null, responses);
        }
        return responses;
    }

    private boolean read(
            Named file, Source source, @Nullable Rebase rebase, List<ScenarioRecording.Response> responses) {
        JsonResult document = JsonReader.read(rebase == null ? source.text() : rebase.moved(source.text()));
        if (document instanceof JsonResult.Broken broken) {
            workspace.diagnostics.error(
                    Code.S010,
                    source.span(
                            broken.offset(),
                            Math.min(broken.offset() + 1, source.text().length())),
                    "not JSON: " + broken.message());
            return false;
        }
        return responses.add(new ScenarioRecording.Response(
                step(file.tail()),
                ((JsonResult.Ok) document).value(),
                workspace.display(file.file()),
                source.span(0, Math.min(1, source.text().length()))));
    }

    private static Named named(Path file) {
        String name = file.getFileName().toString();
        String stem = name.substring(0, name.length() - ENDING.length());
        int digits = 0;
        while (digits < stem.length() && stem.charAt(digits) >= '0' && stem.charAt(digits) <= '9') {
            digits++;
        }
        boolean numbered =
                digits > 0 && digits < stem.length() && (stem.charAt(digits) == '-' || stem.charAt(digits) == '_');
        String tail = numbered ? stem.substring(digits + 1) : stem;
        return new Named(file, numbered ? stem.substring(0, digits) : "", tail.replace('-', '_'));
    }

    /** By number whatever its zeros, then by name. */
    private static int compare(Named a, Named b) {
        String x = withoutZeros(a.number());
        String y = withoutZeros(b.number());
        if (x.length() != y.length()) {
            return Integer.compare(x.length(), y.length());
        }
        int order = x.compareTo(y);
        return order != 0 ? order : a.file().toString().compareTo(b.file().toString());
    }

    private static String withoutZeros(String number) {
        int at = 0;
        while (at < number.length() && number.charAt(at) == '0') {
            at++;
        }
        return number.substring(at);
    }

    /**
     * The step that the name is of: the whole of what follows the number, else the longest id that it ends
     * with; empty when there is none.
     */
    private String step(String tail) {
        if (answered.contains(tail)) {
            return tail;
        }
        String longest = "";
        for (String id : answered) {
            longest = tail.endsWith("_" + id) && id.length() > longest.length() ? id : longest;
        }
        return longest;
    }
}

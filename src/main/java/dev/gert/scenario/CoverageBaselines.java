package dev.gert.scenario;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import dev.gert.projection.CoverageBaseline;
import dev.gert.projection.CoverageSite;
import dev.gert.projection.RunbookCoverage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a coverage report of before: what {@code gert coverage --format json} printed, or one of the files
 * of {@code reports/coverage}.
 */
final class CoverageBaselines {
    private static final String SCHEMA = "gert.coverage/v1";
    private static final String HELP = "`--baseline` takes what `gert coverage --format json` printed";
    /** A report of ten thousand sites is a tenth of this. */
    private static final long LARGEST = 64L << 20;

    private CoverageBaselines() {}

    /** Null, with a diagnostic, when it can't be compared with. {@code cwd}: absolute. */
    static @Nullable CoverageBaseline read(Path cwd, Path file, Diagnostics diagnostics) {
        String text;
        try {
            Path absolute = cwd.resolve(file);
            if (Files.notExists(absolute)) {
                return refused(file, "is not there", diagnostics);
            }
            if (Files.isRegularFile(absolute) && Files.size(absolute) > LARGEST) {
                return refused(file, "is larger than 64 MiB", diagnostics);
            }
            text = Files.readString(absolute, StandardCharsets.UTF_8);
        } catch (CharacterCodingException e) {
            return refused(file, "is not UTF-8", diagnostics);
        } catch (IOException e) {
            return refused(file, "can't be read: " + TextFiles.reason(e), diagnostics);
        }
        JsonResult result = JsonReader.read(text);
        if (result instanceof JsonResult.Broken broken) {
            return refused(file, "is not JSON: " + broken.message(), diagnostics);
        }
        try {
            return baseline(file, ((JsonResult.Ok) result).value());
        } catch (NotAReport e) {
            return refused(file, e.why, diagnostics);
        }
    }

    private static @Nullable CoverageBaseline refused(Path file, String why, Diagnostics diagnostics) {
        diagnostics.error(Code.C004, null, "the baseline " + file + " " + why, "", HELP);
        return null;
    }

    private static CoverageBaseline baseline(Path file, JsonValue root) throws NotAReport {
        Map<String, JsonValue> document = map(root, "the document");
        if (!(document.get("schema") instanceof JsonValue.Text schema)
                || !schema.value().equals(SCHEMA)) {
            throw new NotAReport("is no coverage report: its `schema` is not `" + SCHEMA + "`");
        }
        BigDecimal ours = BigDecimal.valueOf(RunbookCoverage.DEFINITION);
        if (!(document.get("definition") instanceof JsonValue.Num definition)
                || definition.value().compareTo(ours) != 0) {
            throw new NotAReport("was not counted by definition " + RunbookCoverage.DEFINITION);
        }
        List<CoverageBaseline.Runbook> runbooks = new ArrayList<>();
        if (document.containsKey("runbooks")) {
            for (JsonValue each : list(document, "runbooks")) {
                runbooks.add(runbook(map(each, "`runbooks`")));
            }
        } else {
            runbooks.add(runbook(document));
        }
        return new CoverageBaseline(file.toString(), runbooks);
    }

    private static CoverageBaseline.Runbook runbook(Map<String, JsonValue> fields) throws NotAReport {
        List<CoverageBaseline.Site> branches = new ArrayList<>();
        List<CoverageBaseline.Site> outcomes = new ArrayList<>();
        for (String key : List.of("covered", "uncovered")) {
            for (JsonValue each : list(fields, key)) {
                Map<String, JsonValue> site = map(each, "`" + key + "`");
                String type = text(site, "type");
                boolean branch = type.equals(CoverageSite.BRANCH);
                if (!branch && !type.equals(CoverageSite.OUTCOME)) {
                    throw new NotAReport("has a site of type `" + type + "`");
                }
                CoverageSite of = new CoverageSite(type, text(site, "label"), text(site, "path"));
                (branch ? branches : outcomes).add(new CoverageBaseline.Site(of, key.equals("covered")));
            }
        }
        return new CoverageBaseline.Runbook(text(fields, "runbook"), text(fields, "file"), branches, outcomes);
    }

    private static Map<String, JsonValue> map(JsonValue value, String what) throws NotAReport {
        if (value instanceof JsonValue.MapValue map) {
            return map.entries();
        }
        throw new NotAReport("is no coverage report: " + what + " holds something else than objects");
    }

    private static List<JsonValue> list(Map<String, JsonValue> fields, String key) throws NotAReport {
        if (fields.get(key) instanceof JsonValue.ListValue list) {
            return list.items();
        }
        throw new NotAReport("is no coverage report: it has no list `" + key + "`");
    }

    private static String text(Map<String, JsonValue> fields, String key) throws NotAReport {
        if (fields.get(key) instanceof JsonValue.Text text) {
            return text.value();
        }
        throw new NotAReport("is no coverage report: it has no text `" + key + "`");
    }

    private static final class NotAReport extends Exception {
        private static final long serialVersionUID = 1;

        private final String why;

        NotAReport(String why) {
            super(why, null, false, false);
            this.why = why;
        }
    }
}

package dev.gert.render;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Label;
import dev.gert.json.JsonWriter;
import dev.gert.source.Position;
import dev.gert.source.Source;
import java.util.ArrayList;
import java.util.List;

/**
 * Diagnostics as a SARIF 2.1.0 log (cli.md, {@code --format sarif}): one run, a rule for each code
 * that was found, columns in UTF-16 units. A finding without a place is a notification of the
 * invocation, because the readers of SARIF want a location with every result.
 */
public final class DiagnosticSarif {
    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

    private final StringBuilder out = new StringBuilder();
    private final JsonWriter json = JsonWriter.indented(out);
    private final List<Code> rules = new ArrayList<>();
    private final List<Diagnostic> diagnostics;

    private DiagnosticSarif(List<Diagnostic> diagnostics) {
        this.diagnostics = diagnostics;
        for (Code code : Code.values()) {
            for (Diagnostic diagnostic : diagnostics) {
                if (diagnostic.code() == code) {
                    rules.add(code);
                    break;
                }
            }
        }
    }

    /**
     * The document, with a newline at its end.
     *
     * @param checked the names of the files that were looked at
     * @param version which gert this is
     * @param exitCode what the command ends with; from 2 on it could not do what was asked
     */
    public static String render(List<Diagnostic> diagnostics, List<String> checked, String version, int exitCode) {
        DiagnosticSarif sarif = new DiagnosticSarif(diagnostics);
        sarif.log(checked, version, exitCode);
        return sarif.out.append('\n').toString();
    }

    private void log(List<String> checked, String version, int exitCode) {
        json.object();
        json.name("$schema").value(SCHEMA);
        json.name("version").value("2.1.0");
        json.name("runs").array().object();
        json.name("tool").object().name("driver").object();
        json.name("name").value("gert");
        json.name("version").value(version);
        json.name("rules").array();
        for (Code code : rules) {
            rule(code);
        }
        json.end().end().end();
        invocation(exitCode);
        json.name("artifacts").array();
        for (String file : checked) {
            json.object().name("location").object();
            json.name("uri").value(UriPath.of(file));
            json.end().end();
        }
        json.end();
        json.name("results").array();
        for (Diagnostic diagnostic : diagnostics) {
            Label primary = diagnostic.primary();
            if (primary != null) {
                result(diagnostic, primary);
            }
        }
        json.end();
        json.name("columnKind").value("utf16CodeUnits");
        json.name("newlineSequences")
                .array()
                .value("\r\n")
                .value("\n")
                .value("\r")
                .end();
        json.end().end().end();
    }

    private void rule(Code code) {
        json.object();
        json.name("id").value(code.name());
        text("shortDescription", code.title());
        json.name("help").object();
        json.name("text").value("`gert explain " + code.name() + "` prints the page docs/codes/" + code.name() + ".md");
        json.end().end();
    }

    private void invocation(int exitCode) {
        json.name("invocations").array().object();
        json.name("executionSuccessful").value(exitCode < 2);
        json.name("exitCode").value(exitCode);
        json.name("toolExecutionNotifications").array();
        for (Diagnostic diagnostic : diagnostics) {
            if (diagnostic.primary() == null) {
                json.object();
                json.name("associatedRule").object();
                json.name("id").value(diagnostic.code().name());
                json.name("index").value(rules.indexOf(diagnostic.code()));
                json.end();
                json.name("level").value(diagnostic.severity().word());
                message(diagnostic);
                locations("locations", diagnostic.others());
                json.end();
            }
        }
        json.end().end().end();
    }

    private void result(Diagnostic diagnostic, Label primary) {
        json.object();
        json.name("ruleId").value(diagnostic.code().name());
        json.name("ruleIndex").value(rules.indexOf(diagnostic.code()));
        json.name("level").value(diagnostic.severity().word());
        message(diagnostic);
        json.name("locations").array().object();
        place(primary);
        json.end().end();
        locations("relatedLocations", diagnostic.others());
        json.end();
    }

    private void message(Diagnostic diagnostic) {
        text("message", String.join("\n", Wording.lines(diagnostic)));
    }

    /**
     * Words as they are but for {@code ](}: there SARIF begins the target of a link, and a name in a
     * file may not make one. Braces stay single: they would mean placeholders only beside arguments.
     */
    private void text(String name, String words) {
        json.name(name).object().name("text").value(words.replace("](", "\\](")).end();
    }

    private void locations(String name, List<Label> labels) {
        if (labels.isEmpty()) {
            return;
        }
        json.name(name).array();
        for (int i = 0; i < labels.size(); i++) {
            json.object();
            json.name("id").value(i + 1);
            place(labels.get(i));
            if (!labels.get(i).text().isEmpty()) {
                text("message", labels.get(i).text());
            }
            json.end();
        }
        json.end();
    }

    private void place(Label label) {
        Source source = label.span().source();
        json.name("physicalLocation").object();
        json.name("artifactLocation").object();
        json.name("uri").value(UriPath.of(source.name()));
        json.end();
        Position start = label.span().position();
        Position end = label.span().endPosition();
        json.name("region").object();
        json.name("startLine").value(start.line());
        json.name("startColumn").value(column(source, label.span().start(), start.line()));
        json.name("endLine").value(end.line());
        json.name("endColumn").value(column(source, label.span().end(), end.line()));
        json.end().end();
    }

    /** From 1, in UTF-16 units. */
    private static int column(Source source, int offset, int line) {
        int at = Math.max(0, Math.min(offset, source.text().length()));
        return at - source.lineStart(line) + 1;
    }
}

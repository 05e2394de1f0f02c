package dev.gert.render;

import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Label;
import dev.gert.diagnostic.Severity;
import dev.gert.json.JsonWriter;
import dev.gert.source.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Diagnostics as one JSON document, schema {@code gert.diagnostics/v1}. */
public final class DiagnosticJson {
    private DiagnosticJson() {}

    /** The document, with a newline at its end; what a diagnostic does not have is null. */
    public static String render(List<Diagnostic> diagnostics, int filesChecked) {
        StringBuilder out = new StringBuilder();
        int errors = 0;
        for (Diagnostic diagnostic : diagnostics) {
            errors += diagnostic.severity() == Severity.ERROR ? 1 : 0;
        }
        JsonWriter json = JsonWriter.indented(out);
        json.object();
        json.name("schema").value("gert.diagnostics/v1");
        json.name("files").value(filesChecked);
        json.name("errors").value(errors);
        json.name("warnings").value(diagnostics.size() - errors);
        json.name("diagnostics").array();
        for (Diagnostic diagnostic : diagnostics) {
            write(diagnostic, json);
        }
        json.end().end();
        return out.append('\n').toString();
    }

    private static void write(Diagnostic diagnostic, JsonWriter json) {
        json.object();
        json.name("code").value(diagnostic.code().name());
        json.name("severity").value(diagnostic.severity().word());
        json.name("message").value(diagnostic.message());
        place(diagnostic.primary(), json);
        json.name("help").value(diagnostic.help());
        json.name("others").array();
        for (Label other : diagnostic.others()) {
            json.object();
            place(other, json);
            json.end();
        }
        json.end().end();
    }

    private static void place(@Nullable Label label, JsonWriter json) {
        if (label == null) {
            for (String name : new String[] {"file", "line", "column", "end_line", "end_column", "label"}) {
                json.name(name).nothing();
            }
            return;
        }
        Position start = label.span().position();
        Position end = label.span().endPosition();
        json.name("file").value(label.span().source().name());
        json.name("line").value(start.line());
        json.name("column").value(start.column());
        json.name("end_line").value(end.line());
        json.name("end_column").value(end.column());
        json.name("label").value(label.text().isEmpty() ? null : label.text());
    }
}

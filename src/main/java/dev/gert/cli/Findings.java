package dev.gert.cli;

import dev.gert.diagnostic.Diagnostic;
import dev.gert.render.DiagnosticConcise;
import dev.gert.render.DiagnosticGithub;
import dev.gert.render.DiagnosticJson;
import dev.gert.render.DiagnosticJunit;
import dev.gert.render.DiagnosticSarif;
import dev.gert.render.DiagnosticText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code gert validate} says, in any of its formats.
 *
 * @param checked the files that were looked at
 * @param strict whether warnings count as errors
 * @param exitCode what the command ends with
 */
record Findings(List<Diagnostic> all, List<String> checked, boolean strict, int exitCode) {
    /** The words of {@code --format}; the first is what holds where none is given. */
    static final String[] FORMATS = {"text", "concise", "json", "sarif", "github", "junit"};

    /** The formats of programs that want a whole document, whatever happened: null for the others. */
    @Nullable
    String document(String format) {
        return switch (format) {
            case "json" -> DiagnosticJson.render(all, checked.size());
            case "sarif" -> DiagnosticSarif.render(all, checked, Version.current(), exitCode);
            case "junit" -> DiagnosticJunit.render(all, checked, strict);
            default -> null;
        };
    }

    /** The formats of lines, to which a summary is added; {@code width}: the columns of the terminal, 0 where there is none. */
    String lines(String format, boolean colour, boolean unicode, int width) {
        return switch (format) {
            case "github" -> DiagnosticGithub.render(all);
            case "concise" -> DiagnosticConcise.render(all, colour, unicode);
            default -> DiagnosticText.render(all, colour, unicode, width);
        };
    }
}

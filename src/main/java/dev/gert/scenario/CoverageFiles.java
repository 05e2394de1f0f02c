package dev.gert.scenario;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.projection.CoverageReport;
import dev.gert.projection.RunbookCoverage;
import dev.gert.render.CoverageJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** {@code reports/coverage/<path from the root, / as __>.json} (formats.md, section 5). */
public final class CoverageFiles {
    private CoverageFiles() {}

    /**
     * Writes a file for every runbook. What can't be written is a warning: the figures stand without it.
     *
     * @param cwd absolute; the folder that the report's paths are relative to
     * @param named the folder that reports are written under; null: the project's
     */
    public static void write(Path cwd, @Nullable Path named, CoverageReport report, Diagnostics diagnostics) {
        Project project = Project.of(cwd);
        Path root = project.root();
        Path reports = named == null ? project.reports() : cwd.resolve(named).normalize();
        Path folder = reports.resolve("coverage");
        for (RunbookCoverage runbook : report.runbooks()) {
            Path file = folder.resolve(name(root, cwd.resolve(runbook.file()).normalize()));
            try {
                if (named == null) {
                    refuseLink(reports);
                }
                write(folder, file, CoverageJson.render(runbook));
            } catch (IOException e) {
                diagnostics.warning(Code.C002, null, file + " can't be written: " + TextFiles.reason(e), null);
            }
        }
    }

    /** The name of a runbook's file; of one outside the project, from its whole path. */
    static String name(Path root, Path runbook) {
        Path from = runbook.startsWith(root) ? root.relativize(runbook) : runbook;
        StringBuilder name = new StringBuilder();
        for (Path segment : from) {
            name.append(name.length() == 0 ? "" : "__").append(segment);
        }
        return name.append(".json").toString();
    }

    private static void write(Path folder, Path file, String text) throws IOException {
        refuseLink(folder);
        refuseLink(file);
        Files.createDirectories(folder);
        Path next = folder.resolve(file.getFileName() + ".tmp");
        Files.deleteIfExists(next);
        Files.writeString(next, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void refuseLink(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            throw new IOException(path + " is a link");
        }
    }
}

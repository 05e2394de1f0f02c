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

/** {@code reports/coverage/<path from the root, / as __>.json} (formats.md, section 5). */
public final class CoverageFiles {
    private CoverageFiles() {}

    /**
     * Writes a file for every runbook. What can't be written is a warning: the figures stand without it.
     *
     * @param cwd absolute; the folder that the report's paths are relative to
     */
    public static void write(Path cwd, CoverageReport report, Diagnostics diagnostics) {
        Path root = ProjectRoot.find(cwd);
        Path folder = root.resolve("reports").resolve("coverage");
        for (RunbookCoverage runbook : report.runbooks()) {
            Path file = folder.resolve(name(root, cwd.resolve(runbook.file()).normalize()));
            try {
                write(root, folder, file, CoverageJson.render(runbook));
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

    private static void write(Path root, Path folder, Path file, String text) throws IOException {
        refuseLink(root.resolve("reports"));
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

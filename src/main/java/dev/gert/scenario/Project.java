package dev.gert.scenario;

import dev.gert.decode.ProjectDecoder;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.model.ProjectFile;
import dev.gert.source.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The project root and what its {@code gert.yaml} says, if there is one (formats.md, section 6). */
public final class Project {
    private final Path root;
    private final @Nullable ProjectFile file;
    private final Diagnostics findings;

    private Project(Path root, @Nullable ProjectFile file, Diagnostics findings) {
        this.root = root;
        this.file = file;
        this.findings = findings;
    }

    /** {@code cwd}: absolute. What is wrong with the file is in {@link #findings}. */
    public static Project of(Path cwd) {
        Path root = ProjectRoot.find(cwd);
        Path yaml = root.resolve("gert.yaml");
        Diagnostics findings = new Diagnostics();
        if (!Files.exists(yaml)) {
            return new Project(root, null, findings);
        }
        String name = yaml.startsWith(cwd) ? cwd.relativize(yaml).toString() : yaml.toString();
        Source source = TextFiles.read(yaml, name, findings);
        ProjectFile file = source == null ? null : ProjectDecoder.decode(source, findings);
        return new Project(root, file, findings);
    }

    public Path root() {
        return root;
    }

    /** Null when there is none, or it can't be used. */
    public @Nullable ProjectFile file() {
        return file;
    }

    /** What is wrong with the file; with an error in it nothing runs. */
    public Diagnostics findings() {
        return findings;
    }

    boolean upstream() {
        return file != null && file.upstream();
    }

    private ProjectFile.Paths paths() {
        return file == null
                ? ProjectFile.Paths.standard()
                : Objects.requireNonNull(file).paths();
    }

    Path runbooks() {
        return root.resolve(paths().runbooks());
    }

    Path tools() {
        return root.resolve(paths().tools());
    }

    /** The folder of scenarios at the project root. */
    Path scenarios() {
        return root.resolve(paths().scenarios());
    }

    /** The folder that runs and reports are written under, unless a flag names another. */
    public Path reports() {
        return root.resolve(paths().reports());
    }

    /** The root of another package, by the name that {@code pkg/tool} uses; null when none is required so. */
    @Nullable
    Path required(String name) {
        if (file != null) {
            for (ProjectFile.NamedPath each : file.requires()) {
                if (each.name().text().equals(name)) {
                    return root.resolve(each.path().text()).normalize();
                }
            }
        }
        return null;
    }
}

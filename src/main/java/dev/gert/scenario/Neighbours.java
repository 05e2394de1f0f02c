package dev.gert.scenario;

import dev.gert.decode.ProjectDecoder;
import dev.gert.decode.ToolDecoder;
import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.model.Import;
import dev.gert.model.ProjectFile;
import dev.gert.model.Runbook;
import dev.gert.model.ToolFile;
import dev.gert.plan.Plan;
import dev.gert.plan.Surroundings;
import dev.gert.policy.Policy;
import dev.gert.source.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tools and runbooks that one runbook leads to, as they are on disk (formats-dialect.md). */
final class Neighbours implements Surroundings {
    private static final int DEEPEST = 5;

    private final RunbookLoader loader;
    private final Project project;
    private final Runbook runbook;
    private final Path file;
    private final List<Path> above;
    private final Diagnostics diagnostics;
    private final List<Source> sources;
    private final Map<String, Link> links = new HashMap<>();
    private final Map<String, @Nullable ToolFile> tools = new HashMap<>();
    private final @Nullable Neighbours leading;
    private @Nullable Policy policy;
    /** What is wrong with the way on from the runbook that was looked at last. */
    private @Nullable Endless below;

    /**
     * @param file the runbook's, absolute
     * @param leading those of the runbook that led here; null for the one that the user named
     * @param sources takes every file that is read
     */
    Neighbours(
            RunbookLoader loader,
            Project project,
            Runbook runbook,
            Path file,
            @Nullable Neighbours leading,
            List<Source> sources,
            Diagnostics diagnostics) {
        this.loader = loader;
        this.project = project;
        this.runbook = runbook;
        this.file = file;
        this.leading = leading;
        this.above = new ArrayList<>(leading == null ? List.of() : leading.above);
        this.above.add(real(file));
        this.sources = sources;
        this.diagnostics = diagnostics;
    }

    /** The runbook's effective policy: what it leads to is held to it as well. */
    void policy(Policy effective) {
        policy = effective;
    }

    @Nullable
    Policy policy() {
        return policy;
    }

    @Override
    public boolean upstream() {
        return project.upstream();
    }

    @Override
    public @Nullable ToolFile tool(Import declared) {
        if (tools.containsKey(declared.alias())) {
            return tools.get(declared.alias());
        }
        tools.put(declared.alias(), null);
        Path path = toolPath(declared);
        if (path == null) {
            return null;
        }
        Source source = loader.source(path, loader.display(path), diagnostics);
        ToolFile tool = source == null ? null : ToolDecoder.decode(source, diagnostics);
        if (tool != null && source != null) {
            tools.put(declared.alias(), tool);
            sources.add(source);
        }
        return tool;
    }

    private @Nullable Path toolPath(Import declared) {
        Path folder = folder();
        return switch (declared.form()) {
            case PATH -> folder.resolve(declared.path()).normalize();
            case NAME -> {
                String name = Path.of(declared.path()).getFileName().toString();
                Path usual = project.tools().resolve(name);
                Path beside = folder.resolve("tools").resolve(name);
                yield Files.exists(usual) || !Files.exists(beside) ? usual : beside;
            }
            case PACKAGE -> exported(declared);
        };
    }

    private @Nullable Path exported(Import declared) {
        String written = declared.written();
        int slash = written.indexOf('/');
        String name = written.substring(slash + 1);
        Path root = project.required(written.substring(0, slash));
        if (root == null) {
            diagnostics.error(
                    Code.R213,
                    declared.pathSpan(),
                    "no package `" + written.substring(0, slash) + "` is required",
                    "",
                    "name it under `require` in gert.yaml");
            return null;
        }
        Path yaml = root.resolve("gert.yaml");
        Source source = TextFiles.read(yaml, loader.display(yaml), diagnostics);
        ProjectFile other = source == null ? null : ProjectDecoder.decode(source, diagnostics);
        if (other == null) {
            return null;
        }
        for (ProjectFile.NamedPath each : other.exports()) {
            if (each.name().text().equals(name)) {
                String path = each.path().text();
                return root.resolve(path.endsWith(".yaml") ? path : path + ".tool.yaml")
                        .normalize();
            }
        }
        diagnostics.error(
                Code.R213, declared.pathSpan(), "the package `" + other.name() + "` exports no tool `" + name + "`");
        return null;
    }

    @Override
    public Link runbook(String reference) {
        Link known = links.get(reference);
        if (known == null) {
            known = find(reference);
            links.put(reference, known);
        }
        return known;
    }

    private Link find(String reference) {
        Path target;
        try {
            target = target(reference);
        } catch (InvalidPathException e) {
            return new Link.Missing(Link.Cause.ABSENT, "has a name that no file can have");
        }
        if (target == null) {
            return new Link.Missing(Link.Cause.ABSENT, "is not there");
        }
        Path real = real(target);
        int round = above.indexOf(real);
        if (round >= 0 || above.size() >= DEEPEST + 1) {
            List<Path> way = new ArrayList<>(above.subList(Math.max(0, round), above.size()));
            way.add(real);
            return endless(new Endless(way, round >= 0));
        }
        below = null;
        Plan plan = loader.load(target, this, new Diagnostics());
        if (plan != null) {
            return new Link.Found(plan);
        }
        return below != null
                ? endless(below)
                : new Link.Missing(
                        Link.Cause.BROKEN, "can't run: `gert validate " + loader.display(target) + "` says why");
    }

    /** A way from runbook to runbook that comes back to where it began, or is too long. */
    private record Endless(List<Path> way, boolean round) {
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            for (Path each : way) {
                text.append(text.length() == 0 ? "" : " → ").append(each.getFileName());
            }
            return text.toString();
        }
    }

    /** The runbook that led here can't run for the same reason, and says so itself. */
    private Link endless(Endless found) {
        if (leading != null) {
            leading.below = found;
        }
        Path own = above.get(above.size() - 1);
        String reason;
        if (!found.round()) {
            reason = "leads more than " + DEEPEST + " deep: ";
        } else if (found.way().size() == 2 && found.way().contains(own)) {
            reason = "leads back to itself: ";
        } else {
            reason = found.way().contains(own) ? "leads back here: " : "leads into a circle: ";
        }
        return new Link.Missing(Link.Cause.ENDLESS, reason + found);
    }

    /** An import, else below the project's runbooks, else a path from the runbook's folder; null when none is there. */
    private @Nullable Path target(String reference) {
        for (Import declared : runbook.imports()) {
            if (declared.alias().equals(reference)) {
                Path path = folder().resolve(declared.path()).normalize();
                return Files.exists(path) ? path : null;
            }
        }
        int slash = reference.lastIndexOf('/');
        String base = reference.substring(slash + 1);
        Path[] candidates = {
            project.runbooks().resolve(reference + ".runbook.yaml"),
            project.runbooks().resolve(reference).resolve(base + ".runbook.yaml"),
            folder().resolve(reference),
            folder().resolve(reference + ".runbook.yaml")
        };
        for (Path candidate : candidates) {
            if (Files.isRegularFile(candidate)) {
                return candidate.normalize();
            }
        }
        return null;
    }

    private Path folder() {
        Path folder = file.getParent();
        return folder == null ? project.root() : folder;
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path.normalize();
        }
    }
}

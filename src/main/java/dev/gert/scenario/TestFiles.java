package dev.gert.scenario;

import dev.gert.decode.TestDecoder;
import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.model.TestFile;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code *.test.yaml} files, each decoded once, and the runbooks that they name. */
final class TestFiles {
    private record Entry(TestDecoder.Decoded decoded, Diagnostics diagnostics) {}

    private final Workspace workspace;
    private final Map<Path, Entry> entries = new HashMap<>();
    private final Set<Path> reported = new HashSet<>();
    private final Map<Path, List<Path>> folders = new HashMap<>();

    TestFiles(Workspace workspace) {
        this.workspace = workspace;
    }

    /** What the file says; what is wrong with it is reported the first time. {@code file}: absolute. */
    TestDecoder.Decoded decode(Path file) {
        Entry entry = entry(file);
        if (reported.add(file)) {
            workspace.diagnostics.addAll(entry.diagnostics());
        }
        return entry.decoded();
    }

    private Entry entry(Path file) {
        Entry known = entries.get(file);
        if (known == null) {
            Diagnostics own = new Diagnostics();
            Source source = workspace.source(file, own);
            TestDecoder.Decoded decoded =
                    source == null ? new TestDecoder.Decoded(null, null) : TestDecoder.decode(source, own);
            known = new Entry(decoded, own);
            entries.put(file, known);
        }
        return known;
    }

    /** The runbook that the tests are of; null, with a diagnostic, when there is no such file. */
    @Nullable
    Path runbook(Path file, TestFile tests) {
        Path runbook = resolve(file, tests.runbook());
        if (runbook != null && Files.isRegularFile(runbook)) {
            return runbook;
        }
        workspace.diagnostics.error(
                Code.S005,
                tests.runbook().span(),
                "there is no runbook `" + tests.runbook().text() + "`",
                "",
                "the path is relative to the test file");
        return null;
    }

    private static @Nullable Path resolve(Path file, YamlNode.Scalar runbook) {
        try {
            return file.resolveSibling(runbook.text()).normalize();
        } catch (InvalidPathException e) {
            return null;
        }
    }

    /**
     * The test files beside a runbook that name it. A broken one that does not say whose it is counts
     * where its file name says so: it must not be passed over.
     */
    List<Path> naming(Path runbook) {
        List<Path> naming = new ArrayList<>();
        Path folder = runbook.getParent();
        if (folder == null) {
            return naming;
        }
        String stem = ScenarioFolders.stem(runbook) + PathSearch.TEST_ENDING;
        for (Path file : beside(folder)) {
            YamlNode.Scalar named = entry(file).decoded().runbook();
            boolean fits =
                    named == null ? file.getFileName().toString().equals(stem) : runbook.equals(resolve(file, named));
            if (fits) {
                naming.add(file);
            }
        }
        return naming;
    }

    private List<Path> beside(Path folder) {
        List<Path> known = folders.get(folder);
        if (known != null) {
            return known;
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path file : stream) {
                if (file.getFileName().toString().endsWith(PathSearch.TEST_ENDING) && Files.isRegularFile(file)) {
                    files.add(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            workspace.markUnusable();
            workspace.diagnostics.error(Code.R204, null, "the folder " + workspace.display(folder) + " can't be read");
        }
        files.sort((a, b) -> a.toString().compareTo(b.toString()));
        folders.put(folder, files);
        return files;
    }
}

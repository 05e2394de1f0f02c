package dev.gert.scenario;

import dev.gert.decode.ExpectedDecoder;
import dev.gert.decode.TestDecoder;
import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.projection.TestUpdate;
import dev.gert.render.LineDifference;
import dev.gert.source.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files that {@code --update} rewrites, each once. */
final class Updates {
    private final Path cwd;
    private final Diagnostics diagnostics;
    private final Map<String, FileEdits> files = new LinkedHashMap<>();
    private final Map<String, List<String>> left = new LinkedHashMap<>();

    Updates(Path cwd, Diagnostics diagnostics) {
        this.cwd = cwd;
        this.diagnostics = diagnostics;
    }

    void add(Rewrite rewrite) {
        Source source = rewrite.edits().source();
        files.computeIfAbsent(source.name(), name -> new FileEdits(source)).addAll(rewrite.edits());
        left.computeIfAbsent(source.name(), name -> new ArrayList<>()).addAll(rewrite.left());
    }

    /** Writes them; a file that would not be valid any more stays as it is, with a diagnostic. */
    List<TestUpdate> write() {
        List<TestUpdate> updates = new ArrayList<>();
        files.forEach((name, edits) -> {
            List<String> difference = List.of();
            String text = edits.text();
            if (!text.equals(edits.source().text()) && written(name, text)) {
                difference = LineDifference.of(edits.source().text(), text);
            }
            List<String> stay = left.getOrDefault(name, List.of());
            if (!difference.isEmpty() || !stay.isEmpty()) {
                updates.add(new TestUpdate(name, difference, stay));
            }
        });
        return updates;
    }

    private boolean written(String name, String text) {
        Path file = cwd.resolve(name).normalize();
        Source source = Source.of(name, text);
        Diagnostics own = new Diagnostics();
        String base = file.getFileName().toString();
        switch (base) {
            case ScenarioFolders.EXPECTED -> ExpectedDecoder.expected(source, own);
            case ScenarioFolders.TEST -> ExpectedDecoder.test(source, own);
            default -> TestDecoder.decode(source, own);
        }
        if (own.hasErrors()) {
            diagnostics.error(Code.R204, null, name + " can't be rewritten without breaking it");
            return false;
        }
        try {
            Path real = file.toRealPath();
            Path beside = real.resolveSibling("." + base + ".new");
            Files.writeString(beside, text, StandardCharsets.UTF_8);
            Files.move(beside, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException e) {
            diagnostics.error(Code.R204, null, name + " can't be rewritten: " + TextFiles.reason(e));
            return false;
        }
    }
}

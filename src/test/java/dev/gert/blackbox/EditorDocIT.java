package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/how-to/editor.md: its command writes every schema, and its settings name every one of them. */
class EditorDocIT {
    @TempDir
    Path folder;

    @Test
    void theCommandWritesWhatTheSettingsName() throws Exception {
        String page = Files.readString(Path.of("docs/how-to/editor.md"));
        Workshop shop = new Workshop(folder);
        Path gert = shop.folder.resolve("bin/gert");
        Files.writeString(gert, "#!/bin/sh\nexec " + String.join(" ", shop.commandLine()) + " \"$@\"\n");
        Files.setPosixFilePermissions(gert, PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder builder = new ProcessBuilder("sh", "-ec", block(page, "sh"))
                .directory(shop.folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(shop.folder.resolve("said").toFile());
        builder.environment().putAll(shop.environment());
        Process process = builder.start();
        assertThat(process.waitFor(Workshop.GUARD_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(shop.folder.resolve("said")))
                .isZero();

        TreeSet<String> written = new TreeSet<>();
        try (var files = Files.list(shop.folder.resolve(".gert/schema"))) {
            for (Path file : files.toList()) {
                assertThat(JsonReader.read(Files.readString(file))).isInstanceOf(JsonResult.Ok.class);
                written.add(shop.folder.relativize(file).toString());
            }
        }
        List<String> named = new ArrayList<>();
        JsonValue settings = ((JsonResult.Ok) JsonReader.read(block(page, "json"))).value();
        Map<String, JsonValue> entries = ((JsonValue.MapValue) settings).entries();
        named.addAll(
                ((JsonValue.MapValue) entries.get("yaml.schemas")).entries().keySet());
        for (JsonValue each : ((JsonValue.ListValue) entries.get("json.schemas")).items()) {
            JsonValue url = ((JsonValue.MapValue) each).entries().get("url");
            named.add(((JsonValue.Text) url).value().substring("./".length()));
        }
        assertThat(named).containsExactlyInAnyOrderElementsOf(written);
    }

    private static String block(String page, String language) {
        String from = page.substring(page.indexOf("```" + language + "\n") + language.length() + 4);
        return from.substring(0, from.indexOf("```"));
    }
}

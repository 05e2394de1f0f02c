package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.terminal.TerminalFacts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pages about runs and the machine: {@code yaml NAME} is a file, {@code console} holds commands and what came, with
 * what differs from day to day and machine to machine under a word. {@code -Dgert.update=true} writes what came into
 * the page, and still fails.
 */
class RunsPageTest {
    private static final String RUN = "[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}";

    private final Map<String, String> ids = new HashMap<>();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"runs", "doctor", "recover", "notify"})
    void itsBlocksAreWhatHappens(String name) throws IOException {
        Path file = Path.of("docs/how-to", name + ".md");
        String page = Files.readString(file);
        Files.createDirectories(folder.resolve(".git"));
        if (!page.contains("```yaml governance.yaml")) {
            Files.writeString(folder.resolve("governance.yaml"), "apiVersion: governance/v0\ndefault: allow\n");
        }
        StringBuilder now = new StringBuilder();
        String[] blocks = page.split("```", -1);
        int found = 0;
        for (int i = 0; i < blocks.length; i++) {
            String block = blocks[i];
            if (i % 2 == 1 && block.startsWith("yaml ")) {
                int end = block.indexOf('\n');
                Files.writeString(folder.resolve(block.substring("yaml ".length(), end)), block.substring(end + 1));
            } else if (i % 2 == 1 && block.startsWith("console\n")) {
                StringBuilder said = new StringBuilder("console\n");
                for (String line : block.split("\n")) {
                    if (line.startsWith("$ gert ")) {
                        said.append(line)
                                .append('\n')
                                .append(gert(line.substring("$ gert ".length()).split(" ")));
                        found++;
                    }
                }
                block = said.toString();
            }
            now.append(i == 0 ? "" : "```").append(block);
        }
        assertThat(found).isPositive();
        if (!now.toString().equals(page) && Boolean.getBoolean("gert.update")) {
            Files.writeString(file, now.toString());
        }
        assertThat(now.toString()).isEqualTo(page);
    }

    /** Results, then the rest. */
    private String gert(String... words) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Map<String, String> env = Map.of("PATH", "/usr/bin:/bin", "LANG", "C.UTF-8");
        TerminalFacts facts = TerminalFacts.of(null, null, null, env);
        Cli.run(words, new Io(new ByteArrayInputStream(new byte[0]), out, err, env, folder.toRealPath(), facts));
        String said = out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
        return Pattern.compile(RUN)
                .matcher(said)
                .replaceAll(id -> ids.computeIfAbsent(id.group(), any -> "20261123T101500Z-4f21c9a" + ids.size()))
                .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z", "2026-11-23T10:15:00.123456Z")
                .replaceAll("[0-9]+\\.[0-9] s", "0.1 s")
                .replaceAll(" ?\n {24}(?!=)", " ")
                .replaceAll("(?m)^(ok       (gert|java|system|disk) +).*", "$1…")
                .replaceAll("sha256:[0-9a-f]+", "sha256:…")
                .replaceAll("(by|says|are|which|skipped:) " + Wiring.osUser() + "\\b", "$1 ann")
                .replace(" on " + Wiring.host(), " on web-1")
                .replaceAll("/bin/setsid|/usr/bin/setsid", "/usr/bin/setsid")
                .replace(folder.toRealPath().toString(), "/srv/ops");
    }
}

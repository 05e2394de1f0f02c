package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The pages on governance do what they say. {@code yaml} blocks that begin with a name are files; {@code sh}
 * blocks are run and must succeed; of {@code console} blocks every line after {@code $} is run, and what comes
 * is what the page shows; {@code console typing WORDS} is a session at a terminal, where the words are typed one
 * after another. The page's ann is who runs the test. {@code -Dgert.update=true} writes what came into the page,
 * and still fails.
 */
class GovernancePagesIT {
    private static final String BLOCK = "```";
    private static final String TYPING = "console typing ";

    @TempDir
    Path folder;

    private Workshop shop;
    private String status;

    @BeforeEach
    void gertIsOnThePath() throws IOException {
        shop = new Workshop(folder);
        status = "0";
        Files.createDirectories(shop.folder.resolve(".git"));
        Path gert = shop.folder.resolve("bin/gert");
        Files.writeString(gert, "#!/bin/sh\nexec " + String.join(" ", shop.commandLine()) + " \"$@\"\n");
        Files.setPosixFilePermissions(gert, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @ParameterizedTest
    @CsvSource({
        "docs/how-to/policy.md, 9",
        "docs/how-to/approve.md, 25",
        "docs/how-to/review.md, 3",
        "docs/explanation/limits.md, 4",
        "docs/reference/approvals.md, 2"
    })
    void itsBlocksAreWhatHappens(Path file, int commands) throws Exception {
        String page = Files.readString(file);
        String[] blocks = page.split(BLOCK, -1);
        StringBuilder now = new StringBuilder();
        int typed = 0;
        for (int i = 0; i < blocks.length; i++) {
            String block = blocks[i];
            if (i % 2 == 1 && block.startsWith("yaml\n# ")) {
                String text = block.substring(block.indexOf('\n') + 1);
                shop.file(text.substring(2, text.indexOf('\n')), asMe(text));
            } else if (i % 2 == 1 && block.startsWith("sh\n")) {
                String said = run("set -e\n" + asMe(block.substring("sh\n".length())));
                assertThat(status).as("%s%n%s", block, said).isEqualTo("0");
            } else if (i % 2 == 1 && block.startsWith(TYPING)) {
                block = atTerminal(block);
                typed++;
            } else if (i % 2 == 1 && block.startsWith("console\n")) {
                StringBuilder fresh = new StringBuilder("console\n");
                for (String line : block.lines().toList()) {
                    if (line.startsWith("$ ")) {
                        String said = run("(exit " + status + ")\n" + line.substring(2));
                        fresh.append(line).append('\n').append(steady(said));
                        typed++;
                    }
                }
                block = fresh.toString();
            }
            now.append(i == 0 ? "" : BLOCK).append(block);
        }
        if (!now.toString().equals(page) && Boolean.getBoolean("gert.update")) {
            Files.writeString(file, now.toString());
        }
        assertThat(now.toString()).isEqualTo(page);
        assertThat(typed).isEqualTo(commands);
    }

    private String run(String script) throws IOException, InterruptedException {
        Path said = shop.folder.resolve("bin/.said");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", script)
                .directory(shop.folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(said.toFile());
        builder.environment().clear();
        builder.environment().putAll(shop.environment());
        Process process = builder.start();
        assertThat(process.waitFor(2 * Workshop.GUARD_SECONDS, TimeUnit.SECONDS))
                .as(script)
                .isTrue();
        status = String.valueOf(process.exitValue());
        return Files.readString(said);
    }

    private String atTerminal(String block) throws IOException, InterruptedException {
        String head = block.substring(0, block.indexOf('\n'));
        String command = block.substring(head.length() + 1, block.indexOf('\n', head.length() + 1));
        String[] words = (command.substring("$ gert ".length()) + " --color never").split(" ");
        try (PtySession session = new PtySession(shop, words)) {
            int prompts = 0;
            for (String word : head.substring(TYPING.length()).split(" ")) {
                int nth = ++prompts;
                Workshop.await(
                        "a prompt", () -> session.ended() || session.text().split(" > ", -1).length > nth);
                assertThat(session.ended()).as(session.text()).isFalse();
                session.type(word + "\r");
            }
            status = String.valueOf(session.exit());
            return head + "\n" + command + "\n" + steady(session.text().replace("\r\n", "\n"));
        }
    }

    private static String asMe(String text) {
        return text.replace("os_users: [ann]", "os_users: [" + me() + "]");
    }

    private static String me() {
        return System.getProperty("user.name");
    }

    /** Without what is another one each time or everywhere. */
    private String steady(String said) {
        return said.replace(shop.folder.toString(), "/srv/ops")
                .replaceAll("[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}", "20261123T093934Z-6fce7ea3")
                .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}[.0-9]*Z", "2026-11-23T10:09:34Z")
                .replaceAll("\\b[0-9a-f]{64}\\b", "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
                .replaceAll("sha256:[0-9a-f]{8}\\b", "sha256:cf065f9a")
                .replaceAll("SHA256:[A-Za-z0-9+/]{43}", "SHA256:iwD8Ki0xxmDWxVwTLXcKzpAWVJPTDKDPhq/6dGJs3oM")
                .replaceAll("[0-9]+\\.[0-9] s\\b", "0.1 s")
                .replaceAll("by \\S+ on \\S+", "by ann on ops1")
                .replaceAll("OS user " + Matcher.quoteReplacement(me()) + "\\b", "OS user ann")
                .replaceAll("(?m)^(approval +[0-9]+ )" + me() + "\\b", "$1ann");
    }
}

package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code docs/cookbook.md}: every recipe's files are written down and its commands typed, and gert says what
 * stands there; ids of runs and durations alone may differ. {@code -Dgert.cases.update=true} writes
 * what came into the page, and still fails.
 */
class CookbookIT {
    private static final Path PAGE = Path.of("docs", "cookbook.md");
    private static final boolean UPDATE = Boolean.getBoolean("gert.cases.update");

    @TempDir
    Path folder;

    /** A fenced block. */
    private record Block(String info, List<String> lines) {
        String text() {
            return String.join("\n", lines) + "\n";
        }
    }

    /** A heading and its blocks. */
    record Recipe(String title, List<Block> blocks) {
        @Override
        public String toString() {
            return title;
        }

        boolean has(String info) {
            return blocks.stream().anyMatch(block -> block.info().equals(info));
        }
    }

    static List<Recipe> recipes() throws IOException {
        List<Recipe> sections = sections();
        return sections.subList(1, sections.size());
    }

    @Test
    void thereAreTwentyAndEachShowsARunbookAndWhatComesOfIt() throws IOException {
        List<Recipe> recipes = recipes();
        assertThat(recipes).hasSize(20);
        Set<String> names = new HashSet<>();
        for (int at = 0; at < recipes.size(); at++) {
            Recipe recipe = recipes.get(at);
            assertThat(recipe.title()).startsWith("## " + (at + 1) + ". ");
            assertThat(recipe.has("console")).as(recipe.title()).isTrue();
            List<Block> runbooks = recipe.blocks().stream()
                    .filter(block -> block.info().endsWith(".runbook.yaml"))
                    .toList();
            assertThat(runbooks).as(recipe.title()).isNotEmpty();
            for (Block runbook : runbooks) {
                assertThat(runbook.lines()).as(runbook.info()).hasSizeBetween(8, 32);
                assertThat(names.add(runbook.info())).as(runbook.info()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void comesOutAsItIsShown(Recipe recipe) throws Exception {
        Workshop shop = kitchen(recipe);
        for (Block block : recipe.blocks()) {
            if (block.info().equals("console")) {
                String came = type(block, shop);
                if (!steady(came).equals(steady(block.text())) && UPDATE) {
                    rewrite(block, came);
                }
                assertThat(steady(came)).as(recipe.title()).isEqualTo(steady(block.text()));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void hasNothingToWarnOf(Recipe recipe) throws Exception {
        Workshop shop = kitchen(recipe);
        boolean broken = recipe.blocks().stream().anyMatch(block -> block.text().contains("$ gert validate"));
        Workshop.Result result = shop.gert("validate", "--strict", ".");
        assertThat(result.exit()).as(result.all()).isEqualTo(broken ? 1 : 0);
    }

    /** A folder with the recipe's files, over those at the top of the page. */
    private Workshop kitchen(Recipe recipe) throws IOException {
        Workshop shop = new Workshop(folder);
        Files.createDirectories(shop.folder.resolve(".git"));
        List<Block> files = new ArrayList<>(sections().get(0).blocks());
        files.addAll(recipe.blocks());
        for (Block block : files) {
            if (!block.info().equals("console")) {
                String[] info = block.info().split(" ");
                assertThat(info).as("a kind and a file's name: " + block.info()).hasSize(2);
                shop.file(info[1], block.text());
            }
        }
        Path gert = shop.folder.resolve("bin/gert");
        Files.writeString(gert, "#!/bin/sh\nexec " + String.join(" ", shop.commandLine()) + " \"$@\"\n");
        Files.setPosixFilePermissions(gert, PosixFilePermissions.fromString("rwxr-xr-x"));
        return shop;
    }

    /** What a terminal would hold after the block's commands, which one shell runs. */
    private static String type(Block block, Workshop shop) throws Exception {
        StringBuilder script = new StringBuilder("code=0\n");
        for (String line : block.lines()) {
            if (line.startsWith("$ ")) {
                script.append("printf '%s\\n' '")
                        .append(line.replace("'", "'\\''"))
                        .append("'\n");
                script.append("(exit $code)\n").append(line.substring(2)).append("\ncode=$?\n");
            }
        }
        Path said = Files.createTempFile("gert", ".said");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", script.toString())
                .directory(shop.folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().clear();
        builder.environment().putAll(shop.environment());
        Process process = builder.start();
        assertThat(process.waitFor(2 * Workshop.GUARD_SECONDS, TimeUnit.SECONDS))
                .isTrue();
        String text = Files.readString(said).replace(shop.folder.toString(), "/work");
        Files.delete(said);
        return text;
    }

    /** Without what differs from run to run. */
    private static String steady(String text) {
        return text.replaceAll("[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}", "20261123T101500Z-4f21c9aa")
                .replaceAll("\\b[0-9]+\\.[0-9] s\\b", "0.0 s");
    }

    private static void rewrite(Block block, String came) throws IOException {
        List<String> page = Files.readAllLines(PAGE);
        String opening = block.lines().get(0);
        int start = page.indexOf(opening);
        int end = start + page.subList(start, page.size()).indexOf("```");
        List<String> lines = new ArrayList<>(page.subList(0, start));
        lines.addAll(came.lines().toList());
        lines.addAll(page.subList(end, page.size()));
        Files.write(PAGE, lines);
        fail(PAGE + " was rewritten: look at it");
    }

    /** What comes before the first recipe, then the recipes. */
    private static List<Recipe> sections() throws IOException {
        List<String> lines = Files.readAllLines(PAGE);
        List<Recipe> sections = new ArrayList<>(List.of(new Recipe("", new ArrayList<>())));
        for (int at = 0; at < lines.size(); at++) {
            String line = lines.get(at);
            if (line.startsWith("## ")) {
                sections.add(new Recipe(line, new ArrayList<>()));
            } else if (line.startsWith("```")) {
                int start = at + 1;
                at = start + lines.subList(start, lines.size()).indexOf("```");
                sections.get(sections.size() - 1).blocks().add(new Block(line.substring(3), lines.subList(start, at)));
            }
        }
        return sections;
    }
}

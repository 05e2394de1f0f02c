package dev.gert.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.gert.cli.InProcess;
import dev.gert.diagnostic.Code;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code docs/codes}: a page for every diagnostic, of which everything that can be run is run. Wrong's
 * files give exactly Output, Right's files (laid over them) give exit code 0 and the code no more. A
 * console block in Right is another command for it; with nothing below the command, its output is free.
 * {@code -Dgert.cases.update=true} writes what came into the page, and still fails.
 */
class CodePagesTest {
    private static final Path PAGES = Path.of("docs", "codes");
    private static final Path MAIN = Path.of("src", "main", "java");
    private static final boolean UPDATE = Boolean.getBoolean("gert.cases.update");
    private static final Pattern SENTENCE_END = Pattern.compile("[.?](?=\\s|$)");
    private static final Set<String> reported = new HashSet<>();

    @Test
    void everyPageIsAboutACode() throws IOException {
        try (Stream<Path> files = Files.list(PAGES)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            Stream.of(Code.values()).map(code -> code + ".md").toList());
        }
    }

    @ParameterizedTest
    @EnumSource(Code.class)
    void hasTheFixedShape(Code code) throws IOException {
        Page page = Page.read(code);
        assertThat(page.headings())
                .containsExactly("# " + code + ": " + code.title(), "## Wrong", "## Output", "## Right", "## Why");
        List<String> about = page.prose("# ");
        assertThat(about).as("one sentence").hasSize(1);
        assertThat(about.get(0)).endsWith(".");
        assertThat(sentences(about)).as("one sentence").isEqualTo(1);
        assertThat(about.get(0).startsWith("Reserved"))
                .as("a code that nothing reports is called reserved, and no other")
                .isEqualTo(isReserved(code));
        assertThat(page.prose("## Wrong")).isEmpty();
        assertThat(page.prose("## Output")).isEmpty();
        assertThat(page.prose("## Right")).isEmpty();
        assertThat(page.blocks("## Wrong")).isNotEmpty();
        assertThat(page.blocks("## Output")).hasSize(1);
        assertThat(page.blocks("## Right")).isNotEmpty();
        assertThat(page.blocks("## Why")).isEmpty();
        assertThat(sentences(page.prose("## Why"))).isBetween(2, 5);
        assertThat(page.lines()).noneMatch(line -> line.isBlank() && !line.isEmpty());
    }

    @ParameterizedTest
    @EnumSource(Code.class)
    void isTrue(Code code, @TempDir Path folder) throws Exception {
        Page page = Page.read(code);
        Block shown = page.blocks("## Output").get(0);

        Path wrong = project(folder.resolve("wrong"));
        lay(page.blocks("## Wrong"), wrong);
        Session session = session(shown, wrong);
        same(page, shown, session.text());
        if (!isReserved(code)) {
            assertThat(session.text()).contains(code.name());
        }

        Path right = project(folder.resolve("right"));
        lay(page.blocks("## Wrong"), right);
        lay(page.blocks("## Right"), right);
        List<Block> consoles =
                page.blocks("## Right").stream().filter(Block::isConsole).toList();
        Session corrected = session(consoles.isEmpty() ? shown : consoles.get(0), right);
        assertThat(corrected.exitCode()).as(corrected.text()).isZero();
        assertThat(corrected.text()).doesNotContain(code.name());
        if (!consoles.isEmpty() && consoles.get(0).lines().size() > 1) {
            same(page, consoles.get(0), corrected.text());
        }
    }

    private static int sentences(List<String> prose) {
        return (int) SENTENCE_END.matcher(String.join(" ", prose)).results().count();
    }

    /** Whether no line of the program reports it. */
    private static boolean isReserved(Code code) {
        return !reported.contains(code.name());
    }

    /** Every word of the program that looks like a code. */
    @BeforeAll
    static void findReported() throws IOException {
        Pattern name = Pattern.compile("\\b[A-Z][0-9]{3}\\b");
        try (Stream<Path> files = Files.walk(MAIN)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                if (!file.endsWith(Path.of("dev", "gert", "diagnostic", "Code.java"))) {
                    name.matcher(Files.readString(file)).results().forEach(found -> reported.add(found.group()));
                }
            }
        }
    }

    /** A folder that no policy above it governs. */
    private static Path project(Path folder) throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        return folder.toRealPath();
    }

    /** Writes the files of the blocks, and runs their scripts, in order. */
    private static void lay(List<Block> blocks, Path folder) throws Exception {
        for (Block block : blocks) {
            if (block.info().equals("sh setup")) {
                script(block, folder);
            } else if (!block.isConsole()) {
                String[] info = block.info().split(" ");
                assertThat(info).as("a kind and a file's name: " + block.info()).hasSize(2);
                Path file = folder.resolve(info[1]);
                Files.createDirectories(file.getParent());
                Files.writeString(file, block.text());
            }
        }
    }

    private static void script(Block block, Path folder) throws Exception {
        Process process = new ProcessBuilder("sh", "-e", "-c", block.text())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).isEmpty();
    }

    /** A console block as it would be today. */
    private record Session(int exitCode, String text) {}

    /** Runs the block's command: its first line, whose words are parted by single spaces. */
    private static Session session(Block console, Path folder) {
        String line = console.lines().get(0);
        assertThat(console.info()).isEqualTo("console");
        assertThat(line).startsWith("$ gert ");
        InProcess.Said said =
                InProcess.gert(Arrays.asList(line.substring("$ gert ".length()).split(" ")), folder);
        String text = (said.out() + said.err()).replace(folder.toString(), "/work");
        return new Session(said.exitCode(), line + "\n" + text + "$ echo $?\n" + said.exitCode() + "\n");
    }

    private static void same(Page page, Block block, String came) throws IOException {
        if (!block.text().equals(came) && UPDATE) {
            List<String> lines = new ArrayList<>(page.lines().subList(0, block.start()));
            lines.addAll(came.lines().toList());
            lines.addAll(page.lines().subList(block.end(), page.lines().size()));
            Files.write(page.file(), lines);
            fail(page.file() + " was rewritten: look at it");
        }
        assertThat(came).as(page.file().toString()).isEqualTo(block.text());
    }

    /** A fenced block; {@code start} is the line after the opening fence, {@code end} the closing fence's. */
    private record Block(String section, String info, List<String> lines, int start, int end) {
        boolean isConsole() {
            return info.equals("console");
        }

        String text() {
            return String.join("\n", lines) + "\n";
        }
    }

    private record Page(Path file, List<String> lines, List<Block> blocks) {
        static Page read(Code code) throws IOException {
            Path file = PAGES.resolve(code + ".md");
            List<String> lines = Files.readAllLines(file);
            List<Block> blocks = new ArrayList<>();
            String section = "";
            for (int at = 0; at < lines.size(); at++) {
                String line = lines.get(at);
                if (line.startsWith("#")) {
                    section = line;
                } else if (line.startsWith("```")) {
                    int start = at + 1;
                    at = start + lines.subList(start, lines.size()).indexOf("```");
                    blocks.add(new Block(section, line.substring(3), lines.subList(start, at), start, at));
                }
            }
            return new Page(file, lines, blocks);
        }

        List<Block> blocks(String section) {
            return blocks.stream()
                    .filter(block -> block.section().startsWith(section))
                    .toList();
        }

        List<String> headings() {
            return outside().filter(line -> line.startsWith("#")).toList();
        }

        /** The lines of a section that are neither heading, block nor empty. */
        List<String> prose(String section) {
            List<String> prose = new ArrayList<>();
            String at = "";
            for (String line : outside().toList()) {
                at = line.startsWith("#") ? line : at;
                if (at.startsWith(section) && !line.startsWith("#") && !line.isEmpty()) {
                    prose.add(line);
                }
            }
            return prose;
        }

        private Stream<String> outside() {
            List<String> outside = new ArrayList<>();
            for (int at = 0; at < lines.size(); at++) {
                int line = at;
                if (blocks.stream().noneMatch(block -> line >= block.start() - 1 && line <= block.end())) {
                    outside.add(lines.get(at));
                }
            }
            return outside.stream();
        }
    }
}

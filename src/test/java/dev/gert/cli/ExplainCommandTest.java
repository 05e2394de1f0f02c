package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gert.diagnostic.Code;
import dev.gert.render.CodeJson;
import dev.gert.render.CodePage;
import dev.gert.render.CodeText;
import dev.gert.terminal.TerminalFacts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ExplainCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** The pages under src/test/cases/codes: two. */
    private static String fixture(Code code) {
        Path file = Path.of("src/test/cases/codes", code.name() + ".md");
        try {
            return Files.exists(file) ? Files.readString(file) : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int explain(Map<String, String> env, String... arguments) {
        Command command = new ExplainCommand(ExplainCommandTest::fixture);
        Options options = new Options(Cli.spec(command));
        CommandLine line = Cli.declare(command, options);
        Io io = new Io(
                new ByteArrayInputStream(new byte[0]),
                out,
                err,
                env,
                Path.of("").toAbsolutePath(),
                TerminalFacts.of(null, "/dev/tty", null, env));
        Arguments parsed = new Arguments(line.parseArgs(arguments), options.choices(), env);
        io.colour(parsed.choice("--color"));
        int code = command.call(parsed, io);
        io.flush();
        return code;
    }

    private String said() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void printsThePageInWhicheverCaseTheCodeIsWritten() {
        assertThat(explain(Map.of("COLUMNS", "60", "CI", "1"), "y104")).isZero();
        assertThat(said()).isEqualTo(CodeText.page(Code.Y104, CodePage.read(fixture(Code.Y104)), 60, false, true));
        assertThat(err.size()).isZero();
    }

    @Test
    void headingsAreBoldOnATerminal() {
        assertThat(explain(Map.of(), "Y104")).isZero();
        assertThat(said()).contains("\u001b[1mWrong\u001b[0m");
    }

    @Test
    void asJson() {
        assertThat(explain(Map.of(), "S007", "--format", "json")).isZero();
        assertThat(said()).isEqualTo(CodeJson.page(Code.S007, CodePage.read(fixture(Code.S007))));
    }

    @Test
    void aCodeWithoutAPageSaysSo() {
        assertThat(explain(Map.of(), "C002")).isEqualTo(1);
        assertThat(said()).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("error: `C002` (a report that can't be written) has no page in this version\n");
        assertThat(explain(Map.of(), "C002", "--format=json")).isEqualTo(1);
        assertThat(said()).isEqualTo(CodeJson.page(Code.C002, null));
    }

    @Test
    void withoutACodeAllAreListed() {
        assertThat(explain(Map.of())).isZero();
        assertThat(said()).isEqualTo(CodeText.list());
        out.reset();
        assertThat(explain(Map.of(), "--format", "json")).isZero();
        assertThat(said()).isEqualTo(CodeJson.list());
    }

    @Test
    void whatIsNoCodeIsAskedWrongly() {
        assertThatThrownBy(() -> explain(Map.of(), "Y10A")).isInstanceOfSatisfying(UsageException.class, e -> {
            assertThat(e.problem()).isEqualTo("there is no code `Y10A`");
            assertThat(e.help()).startsWith("did you mean `Y10");
        });
        assertThatThrownBy(() -> explain(Map.of(), "nothing"))
                .isInstanceOfSatisfying(
                        UsageException.class, e -> assertThat(e.help()).isEqualTo("`gert explain` lists the codes"));
        assertThatThrownBy(() -> explain(Map.of(), "Y104", "Y105")).hasMessageContaining("Y105");
    }

    @Test
    void thePagesOfTheDocsArePacked() throws IOException {
        for (Code code : Code.values()) {
            Path page = Path.of("docs/codes", code.name() + ".md");
            if (Files.exists(page)) {
                try (InputStream packed = getClass().getResourceAsStream("/dev/gert/codes/" + code.name() + ".md")) {
                    assertThat(packed).as("%s", page).isNotNull().hasContent(Files.readString(page));
                }
            }
        }
    }

    @Test
    void theProgramHasTheCommand() {
        assertThat(Commands.named("explain")).isInstanceOf(ExplainCommand.class);
        assertThat(Commands.NAMES).contains("explain");
    }
}

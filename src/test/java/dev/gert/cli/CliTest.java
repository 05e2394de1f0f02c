package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.terminal.TerminalFacts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.OptionSpec;

/** What holds for every command. */
class CliTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void aBugLeavesAReportAndNoStackTrace() throws IOException {
        Map<String, String> env = new AbstractMap<>() {
            @Override
            public String get(Object name) {
                throw new IllegalStateException("the password is hunter2");
            }

            @Override
            public Set<Entry<String, String>> entrySet() {
                return Set.of();
            }
        };
        int code = run(out, env, "validate", "--policy=hunter3", "hunter4");

        assertThat(code).isEqualTo(70);
        String said = err.toString(StandardCharsets.UTF_8);
        assertThat(said).startsWith("error: an error inside gert, a bug\n  = help: what is known of it is in ");
        assertThat(said.lines()).hasSize(2);
        Path report = Path.of(said.substring(said.indexOf(" in /") + 4).strip());
        String text = Files.readString(report);
        Files.delete(report);
        assertThat(text)
                .contains(
                        "command: validate --policy=… …",
                        "java.lang.IllegalStateException\n    at dev.gert.cli.CliTest")
                .doesNotContain("hunter");
    }

    @Test
    void anAnswerThatDoesNotGetThroughIsNoYes() throws IOException {
        Files.writeString(folder.resolve("x.runbook.yaml"), """
                apiVersion: runbook/v0
                meta: {name: x}
                steps:
                  - {id: look, type: manual, instructions: look}
                """);
        assertThat(run(out, Map.of(), "validate", "x.runbook.yaml")).isZero();
        for (String command : new String[] {"validate", "test", "coverage"}) {
            err.reset();
            int code = run(failing("No space left on device"), Map.of(), command, "--format=json", "x.runbook.yaml");
            assertThat(code).as(command).isEqualTo(1);
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .isEqualTo("error: standard output can't be written: No space left on device\n");
        }
        err.reset();
        assertThat(run(failing("Broken pipe"), Map.of(), "validate", "x.runbook.yaml"))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void everyCommandIsKnownAndSaysWhatItTakes() {
        for (String name : Commands.NAMES) {
            Command command = Commands.named(name);
            assertThat(command).as(name).isNotNull();
            assertThat(command.name()).isEqualTo(name);
            assertThat(command.summary())
                    .isNotEmpty()
                    .isEqualTo(command.summary().strip());
            assertThat(command.example()).startsWith("gert " + name);
            assertThat(run(out, Map.of(), name, "--help")).isZero();
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(Commands.named("exec")).isInstanceOf(RunCommand.class);
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void everyVariableStandsForAFlag() {
        Set<String> flags = new TreeSet<>();
        for (String name : Commands.NAMES) {
            Options options = new Options(Cli.spec(Commands.named(name)));
            Cli.declare(Commands.named(name), options);
            for (OptionSpec option : options.spec().options()) {
                flags.add(option.longestName());
                Variable variable = Variable.of(option.longestName());
                assertThat(option.description()[0].endsWith("[" + variable + "]"))
                        .as("%s of %s names its variable", option.longestName(), name)
                        .isEqualTo(variable != null);
            }
        }
        for (Variable variable : Variable.values()) {
            assertThat(flags).contains(variable.flag());
            assertThat(variable.purpose()).isNotEmpty();
        }
    }

    private int run(OutputStream to, Map<String, String> env, String... args) {
        TerminalFacts facts = TerminalFacts.of(null, null, null, Map.of());
        return Cli.run(args, new Io(new ByteArrayInputStream(new byte[0]), to, err, env, folder, facts));
    }

    private static OutputStream failing(String why) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(why);
            }
        };
    }
}

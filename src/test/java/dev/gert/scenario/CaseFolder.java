package dev.gert.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.gert.engine.port.Clock;
import dev.gert.render.CoverageJson;
import dev.gert.render.CoverageText;
import dev.gert.render.SuggestionText;
import dev.gert.render.TestJson;
import dev.gert.render.TestJunit;
import dev.gert.render.TestText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder of {@code src/test/cases}: a small project, {@code command.txt} (what is typed in it),
 * {@code output.txt} and maybe {@code output.json} (what comes, exactly). It is copied before it is
 * run, so that no policy of this project's own governs it. {@code -Dgert.cases.update=true} writes what came,
 * and still fails.
 */
final class CaseFolder {
    private static final Path CASES = Path.of("src", "test", "cases");
    private static final boolean UPDATE = Boolean.getBoolean("gert.cases.update");

    private final Path source;
    private final Path project;

    private CaseFolder(Path source, Path project) {
        this.source = source;
        this.project = project;
    }

    /** The cases of a kind, by name. */
    static List<String> names(String kind) {
        try (Stream<Path> folders = Files.list(CASES.resolve(kind))) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A copy of a case that no policy above it governs. */
    static CaseFolder copy(String kind, String name, Path into) throws IOException {
        Path source = CASES.resolve(kind).resolve(name);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Path target = into.resolve(source.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        Files.createDirectories(into.resolve(".git"));
        return new CaseFolder(source, into);
    }

    Path project() {
        return project;
    }

    /** What came of the command, as text, as JSON and as a JUnit report (of tests alone). */
    record Came(String text, String json, String junit, int exitCode) {}

    Came run() throws IOException {
        return run(1, STOPPED);
    }

    /** {@code parallel}: how many tests at a time. */
    Came run(int parallel, Clock clock) throws IOException {
        List<String> words = new ArrayList<>();
        for (String line : Files.readAllLines(source.resolve("command.txt"))) {
            words.addAll(Arrays.asList(line.strip().split("  *")));
        }
        return run(words, parallel, clock);
    }

    /** What comes of a command that is typed in the case's folder. */
    Came run(List<String> words) {
        return run(words, 1, STOPPED);
    }

    private Came run(List<String> words, int parallel, Clock clock) {
        assertThat(words.get(0)).isEqualTo("gert");
        String verb = words.get(1);
        return verb.equals("test")
                ? test(words.subList(2, words.size()), parallel, clock)
                : coverage(words.subList(2, words.size()));
    }

    private Came test(List<String> arguments, int parallel, Clock clock) {
        List<String> left = new ArrayList<>(arguments);
        TestRun.Options options = new TestRun.Options(
                option(left, "--scenario"),
                option(left, "--filter"),
                flag(left, "--fail-fast"),
                flag(left, "--strict"),
                parallel,
                option(left, "--rebase-time"),
                flag(left, "--update"));
        TestRun.Answer answer = new TestRun(project, List.of(), clock, options).run(left);
        return new Came(
                TestText.render(answer.report(), answer.diagnostics(), false, true),
                TestJson.render(answer.report(), answer.diagnostics()),
                TestJunit.render(answer.report(), answer.diagnostics()),
                answer.exitCode());
    }

    private Came coverage(List<String> arguments) {
        List<String> left = new ArrayList<>(arguments);
        String baseline = option(left, "--baseline");
        boolean verbose = flag(left, "-v");
        CoverageRun.Options options = new CoverageRun.Options(
                percent(option(left, "--min-branch")),
                percent(option(left, "--min-outcome")),
                flag(left, "--total"),
                flag(left, "--include-tests"),
                baseline == null ? null : Path.of(baseline),
                flag(left, "--fail-on-decrease"),
                flag(left, "--suggest"));
        CoverageRun.Answer answer = new CoverageRun(project, List.of(), STOPPED, options).run(left);
        return new Came(
                SuggestionText.render(answer.suggestions(), false, true)
                        + CoverageText.render(answer.report(), answer.diagnostics(), verbose, false, true),
                CoverageJson.render(answer.report(), answer.suggestions(), answer.diagnostics()),
                "",
                answer.exitCode());
    }

    /** Compares with what the case says must come. */
    void check(Came came) throws IOException {
        String text = came.text() + "exit " + came.exitCode() + "\n";
        same("output.txt", text.replace(project.toString(), "PROJECT"));
        if (Files.exists(source.resolve("output.json"))) {
            same("output.json", came.json().replace(project.toString(), "PROJECT"));
        }
    }

    private void same(String file, String came) throws IOException {
        Path expected = source.resolve(file);
        String wanted = Files.exists(expected) ? Files.readString(expected) : "";
        if (!wanted.equals(came) && UPDATE) {
            Files.writeString(expected, came);
            fail(expected + " was rewritten: look at it");
        }
        assertThat(came).as(expected.toString()).isEqualTo(wanted);
    }

    private static String option(List<String> arguments, String name) {
        int at = arguments.indexOf(name);
        if (at < 0) {
            return null;
        }
        arguments.remove(at);
        return arguments.remove(at);
    }

    private static boolean flag(List<String> arguments, String name) {
        return arguments.remove(name);
    }

    private static BigDecimal percent(String text) {
        return text == null ? null : new BigDecimal(text);
    }

    static final Clock STOPPED = new Clock() {
        @Override
        public long epochMicros() {
            return 0;
        }

        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public void sleep(long millis, java.util.function.BooleanSupplier cut) {}
    };
}

package dev.gert.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.render.SchemaCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every case of {@code gert test} and {@code gert coverage}: what is typed, and exactly what comes. */
class CasesTest {
    static List<String> tests() {
        return CaseFolder.names("test");
    }

    static List<String> coverages() {
        return CaseFolder.names("coverage");
    }

    @ParameterizedTest
    @MethodSource("tests")
    void test(String name, @TempDir Path folder) throws IOException {
        check("test", name, folder);
    }

    @ParameterizedTest
    @MethodSource("coverages")
    void coverage(String name, @TempDir Path folder) throws IOException {
        check("coverage", name, folder);
    }

    /** Whatever is done at the same time, what is said is the same, in the same order. */
    @ParameterizedTest
    @MethodSource("tests")
    void testsSideBySideSayTheSame(String name, @TempDir Path folder) throws IOException {
        CaseFolder project = CaseFolder.copy("test", name, folder);
        CaseFolder.Came one = project.run();
        assertThat(CaseFolder.copy("test", name, folder).run(4, CaseFolder.STOPPED))
                .isEqualTo(one);
    }

    private static void check(String kind, String name, Path folder) throws IOException {
        long children = ProcessHandle.current().descendants().count();
        CaseFolder project = CaseFolder.copy(kind, name, folder);
        CaseFolder.Came came = project.run();
        if (kind.equals("test")) {
            assertThat(SchemaCheck.junit(came.junit())).as(came.junit()).isEmpty();
        }
        assertThat(ProcessHandle.current().descendants().count()).isEqualTo(children);
        project.check(came);
        if (kind.equals("coverage")) {
            assertThat(SchemaCheck.coverage(came.json())).isEmpty();
        }
    }
}

package dev.gert.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.engine.port.Clock;
import dev.gert.journal.RunFolders.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunFoldersTest {
    @TempDir
    Path reports;

    private RunFolders runs;

    @BeforeEach
    void begin() {
        runs = new RunFolders(reports);
    }

    @Test
    void idsAreTheTimeAndNeverTheSame() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            String id = RunFolders.newId(1_795_428_900_000_000L);
            assertThat(id).startsWith("20261123T");
            assertThat(RunFolders.isId(id)).as(id).isTrue();
            ids.add(id);
        }
        assertThat(ids).hasSize(100);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "latest",
                "..",
                "20261123T101500Z-4f21c9a",
                "20261123T101500Z-4f21c9aaa",
                "20261123T101500Z-4F21C9AA",
                "20261123T101500Z/4f21c9aa",
                "2026112xT101500Z-4f21c9aa"
            })
    void otherTextsAreNoIds(String text) {
        assertThat(RunFolders.isId(text)).isFalse();
    }

    @Test
    void aRunIsFoundByIdPrefixLatestAndPath() throws IOException {
        String first = run("20261123T101500Z-4f21c9aa", 1);
        String second = run("20261123T101501Z-4f21c9aa", 1);
        String third = run("20261124T000000Z-00000000", 1);
        for (String name : List.of(first, "20261123T101500", "20261123T101500Z-4f2")) {
            assertThat(runs.find(name)).isEqualTo(new Found.Run(first, runs.folder(first)));
        }
        assertThat(runs.find("latest")).isEqualTo(new Found.Run(third, runs.folder(third)));
        assertThat(runs.find("20261123")).isEqualTo(new Found.Several(List.of(second, first)));
        assertThat(runs.find("2026")).isEqualTo(new Found.Several(List.of(third, second, first)));
        assertThat(runs.find("2027")).isInstanceOf(Found.None.class);
        assertThat(runs.find("")).isInstanceOf(Found.None.class);
        Path folder = runs.folder(second).toAbsolutePath();
        assertThat(runs.find(folder.toString())).isEqualTo(new Found.Run(second, folder));
        assertThat(runs.find(folder + "/")).isEqualTo(new Found.Run(second, folder));
        assertThat(runs.find(folder + "/journal.jsonl")).isEqualTo(new Found.Run(second, folder));
        assertThat(runs.find(reports + "/runs")).isInstanceOf(Found.None.class);
        assertThat(runs.find("/\0")).isInstanceOf(Found.None.class);
    }

    @Test
    void ofOneSecondTheLastToBeginIsTheLatest() throws IOException {
        run("20261123T101500Z-bbbbbbbb", 200);
        run("20261123T101500Z-aaaaaaaa", 300);
        run("20261123T101500Z-cccccccc", 100);
        assertThat(runs.newestFirst())
                .containsExactly("20261123T101500Z-aaaaaaaa", "20261123T101500Z-bbbbbbbb", "20261123T101500Z-cccccccc");
    }

    @Test
    void whatIsNoRunIsPassedOver() throws IOException {
        assertThat(runs.newestFirst()).isEmpty();
        assertThat(runs.find("latest")).isInstanceOf(Found.None.class);
        Files.createDirectories(runs.folder("20261123T101500Z-4f21c9aa"));
        Files.createDirectories(runs.folder("notes"));
        String real = run("20251123T101500Z-4f21c9aa", 1);
        Files.createSymbolicLink(runs.folder("20261124T101500Z-4f21c9aa"), runs.folder(real));
        assertThat(runs.newestFirst()).containsExactly(real);
        assertThat(runs.find("latest")).isEqualTo(new Found.Run(real, runs.folder(real)));
    }

    private String run(String id, long micros) throws IOException {
        Clock clock = new Clock() {
            @Override
            public long epochMicros() {
                return micros;
            }

            @Override
            public long nanos() {
                return 0;
            }

            @Override
            public void sleep(long millis, java.util.function.BooleanSupplier cut) {}
        };
        try (FileJournal journal = FileJournal.create(runs.folder(id), clock)) {
            journal.append(id, null, Samples.started());
        }
        return id;
    }
}

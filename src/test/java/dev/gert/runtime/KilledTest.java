package dev.gert.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What kill -9 of gert leaves behind: nothing, and no effect that was not let go. */
class KilledTest {
    private final String marker = Processes.marker();

    @TempDir
    Path folder;

    @AfterEach
    void endWhatIsLeft() {
        Processes.endAll(marker);
    }

    @Test
    void beforeTheGoNothingRuns() throws IOException {
        Process gert = SpawnerMain.start(List.of(), Map.of(), family());
        BufferedReader says = reader(gert);
        assertThat(says.readLine()).startsWith("waiting ");
        gert.destroyForcibly();
        Processes.awaitNone(marker);
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 20, 100})
    void afterTheGoTheWholeTreeEnds(int millis) throws IOException, InterruptedException {
        Process gert = SpawnerMain.start(List.of(), Map.of(), family());
        BufferedReader says = reader(gert);
        assertThat(says.readLine()).startsWith("waiting ");
        tell(gert);
        Thread.sleep(millis); // which moment it is does not matter, as long as there are several
        gert.destroyForcibly();
        Processes.awaitNone(marker);
    }

    @Test
    void inTheMiddleOfItTheWholeTreeEnds() throws IOException {
        Process gert = SpawnerMain.start(List.of(), Map.of(), family());
        BufferedReader says = reader(gert);
        assertThat(says.readLine()).startsWith("waiting ");
        tell(gert);
        Processes.await(
                "all have begun",
                () -> Files.exists(folder.resolve("ran"))
                        && Processes.withWord(marker).size() >= 5);
        gert.destroyForcibly();
        Processes.awaitNone(marker);
    }

    @Test
    void anAsciiLocaleRefusesWhatItWouldChange() throws IOException {
        Map<String, String> ascii = Map.of("LC_ALL", "C");
        BufferedReader refused = reader(SpawnerMain.start(List.of(), ascii, List.of("/bin/echo", "EMOJI")));
        assertThat(refused.readLine())
                .isEqualTo("failed argument 1 holds characters that this session's locale can't carry unchanged;"
                        + " start gert by its launcher, or with LC_ALL=C.UTF-8");
        Process plain = SpawnerMain.start(List.of(), ascii, List.of("/bin/echo", "plain"));
        BufferedReader says = reader(plain);
        assertThat(says.readLine()).startsWith("waiting ");
        tell(plain);
        assertThat(says.readLine()).isEqualTo("Exited plain");
    }

    @Test
    void theLaunchersLocaleIsNotTheChildrens() throws IOException {
        Map<String, String> launched =
                Map.of("LC_ALL", "C.UTF-8", "GERT_ORIGINAL_LC_ALL", "C", "LD_PRELOAD_NOT_LISTED", "x");
        assertThat(echo(launched, "$LC_ALL$GERT_ORIGINAL_LC_ALL$LD_PRELOAD_NOT_LISTED"))
                .isEqualTo("Exited C");
        Map<String, String> unset = Map.of("LC_ALL", "C.UTF-8", "GERT_ORIGINAL_LC_ALL_UNSET", "1");
        assertThat(echo(unset, "${LC_ALL-none}")).isEqualTo("Exited none");
    }

    private static String echo(Map<String, String> environment, String words) throws IOException {
        Process gert = SpawnerMain.start(List.of(), environment, List.of("/bin/sh", "-c", "echo \"" + words + "\""));
        BufferedReader says = reader(gert);
        says.readLine();
        tell(gert);
        return says.readLine();
    }

    private List<String> family() {
        String sleep = "sleep " + marker;
        return List.of(
                "/bin/sh",
                "-c",
                "trap '' TERM; " + sleep + " & (" + sleep + " & wait) & timeout 999 " + sleep + " & setsid " + sleep
                        + " & echo ran > " + folder.resolve("ran") + "; wait; " + sleep);
    }

    private static void tell(Process gert) throws IOException {
        gert.getOutputStream().write("go\n".getBytes(StandardCharsets.US_ASCII));
        gert.getOutputStream().flush();
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}

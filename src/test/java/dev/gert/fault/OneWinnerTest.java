package dev.gert.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.journal.FileJournal;
import dev.gert.journal.FileJournal.Reopened;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Eight processes that go on with one run at the same moment. */
class OneWinnerTest {
    private static final int RUNNERS = 8;

    @Test
    void ofEightOneWins() throws IOException, InterruptedException {
        race(10);
    }

    @Test
    @Tag("full")
    void ofEightOneWinsAHundredTimes() throws IOException, InterruptedException {
        race(Scratch.times(100));
    }

    private static void race(int rounds) throws IOException, InterruptedException {
        Golden golden = Golden.all().get(0);
        List<Process> runners = new ArrayList<>();
        List<BufferedReader> says = new ArrayList<>();
        try (Scratch scratch = new Scratch()) {
            for (int i = 0; i < RUNNERS; i++) {
                Process runner = new ProcessBuilder(
                                System.getProperty("java.home") + "/bin/java",
                                "-XX:TieredStopAtLevel=1",
                                "-Xshare:auto",
                                "-cp",
                                System.getProperty("java.class.path"),
                                OneWinnerTest.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                runners.add(runner);
                says.add(new BufferedReader(new InputStreamReader(runner.getInputStream(), StandardCharsets.UTF_8)));
            }
            for (BufferedReader each : says) {
                assertThat(each.readLine()).isEqualTo("here");
            }
            for (int round = 0; round < rounds; round++) {
                Stage stage = new Stage(golden, scratch.path().resolve("r" + round));
                stage.start(new FaultyDisk().goneAt(30, FaultyDisk.When.IN));
                tell(runners, stage.folder.toString());
                List<String> answers = new ArrayList<>();
                for (BufferedReader each : says) {
                    answers.add(each.readLine());
                }
                long winner = answers.stream().filter("won"::equals).count();
                assertThat(winner).as("round " + round + ": " + answers).isEqualTo(1);
                Process won = runners.get(answers.indexOf("won"));
                assertThat(answers)
                        .filteredOn(answer -> !answer.equals("won"))
                        .allMatch(answer ->
                                answer.equals("busy process " + won.pid()) || answer.equals("busy another process"));
                tell(runners, "");
                for (BufferedReader each : says) {
                    assertThat(each.readLine()).isEqualTo("done");
                }
                assertThat(stage.goOn()).isEqualTo("resolved");
            }
            System.out.println("eight resumes at once: " + rounds + " rounds, one winner in each");
        } finally {
            for (Process runner : runners) {
                runner.getOutputStream().close();
                runner.waitFor();
            }
        }
    }

    private static void tell(List<Process> runners, String line) throws IOException {
        for (Process runner : runners) {
            OutputStream out = runner.getOutputStream();
            out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    /** One of the eight: goes on with each run that it is told of, holds it until the next word, gives it up. */
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("here");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            Reopened reopened = FileJournal.reopen(Path.of(line), DamagedJournalTest.clock());
            System.out.println(
                    reopened instanceof Reopened.Ready
                            ? "won"
                            : reopened instanceof Reopened.Busy busy ? "busy " + busy.holder() : "damaged");
            in.readLine();
            if (reopened instanceof Reopened.Ready ready) {
                ready.journal().close();
            }
            System.out.println("done");
        }
    }
}

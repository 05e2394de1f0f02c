package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The repository's service-restart on a real service that is really broken, under the repository's own policy. */
class ServiceRestartIT {
    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final String RUNBOOK = "runbooks/service-restart.runbook.yaml";

    @TempDir
    Path folder;

    private Workshop shop;
    private String port;

    @BeforeEach
    void startTheService() throws Exception {
        assumeTrue(isThere("curl") && isThere("python3"), "curl and python3 are on this machine");
        shop = new Workshop(folder);
        for (String top : new String[] {"governance.yaml", "runbooks", "scenarios"}) {
            try (var files = Files.walk(ROOT.resolve(top))) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Path to = shop.folder.resolve(ROOT.relativize(file).toString());
                    if (!Files.isDirectory(file)) {
                        Files.createDirectories(to.getParent());
                        Files.copy(file, to, StandardCopyOption.COPY_ATTRIBUTES);
                    }
                }
            }
        }
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = String.valueOf(free.getLocalPort());
        }
        web("start", port);
        assertThat(health()).isEqualTo(200);
    }

    @AfterEach
    void stopTheService() throws Exception {
        if (port != null) {
            web("stop");
        }
    }

    @Test
    void aHealthyServiceIsLeftAlone() throws Exception {
        Workshop.Result result = shop.gert("run", RUNBOOK, "--var", "port=" + port);
        assertThat(result.exit()).as(result.all()).isZero();
        assertThat(result.out()).contains("outcome  no_action   \"healthy\"").contains("state_at_end=running");
        assertThat(log().split("listening on", -1)).as("it was started once").hasSize(2);
    }

    @Test
    void aServiceThatAnswersWithErrorsIsRestartedOnceAPersonSaysSo() throws Exception {
        web("break", "errors");
        assertThat(health()).isEqualTo(500);
        try (PtySession session = new PtySession(shop, "run", RUNBOOK, "--var", "port=" + port)) {
            session.shows("waiting > ");
            assertThat(health()).as("nothing is done before the yes").isEqualTo(500);
            session.type("restart\r");
            assertThat(session.exit()).as(session.text()).isZero();
            assertThat(session.text()).contains("resolved").contains("status_after=200");
        }
        assertThat(health()).isEqualTo(200);
        assertThat(Files.readString(shop.journal()))
                .contains("error: the pool of connections is exhausted")
                .contains("\"type\":\"approval_granted\"")
                .contains("\"type\":\"approval_used\"");
    }

    @Test
    void aNoLeavesItDownAndTheLastLookIsStillTaken() throws Exception {
        web("break", "crash");
        assertThat(health()).isZero();
        try (PtySession session = new PtySession(shop, "run", RUNBOOK, "--var", "port=" + port)) {
            session.shows("waiting > ");
            session.type("n\r");
            assertThat(session.exit()).as(session.text()).isEqualTo(4);
            assertThat(session.text()).contains("state_at_end=down").doesNotContain("status_after");
        }
        assertThat(health()).isZero();
        assertThat(Files.readString(shop.journal())).contains("\"type\":\"approval_denied\"");
    }

    @Test
    void withoutATerminalItWaits() throws Exception {
        web("break", "crash");
        Workshop.Result result = shop.gert("run", RUNBOOK, "--var", "port=" + port);
        assertThat(result.exit()).as(result.all()).isEqualTo(8);
        assertThat(result.err()).contains("gert resume ");
        assertThat(health()).isZero();
    }

    @Test
    void whatARestartDoesNotHelpIsEscalatedAndNotTriedTwice() throws Exception {
        web("break", "config");
        try (PtySession session = new PtySession(shop, "run", RUNBOOK, "--var", "port=" + port)) {
            session.shows("waiting > ");
            session.type("start\r");
            assertThat(session.exit()).as(session.text()).isZero();
            assertThat(session.text()).contains("still not healthy");
        }
        Workshop.Result again = shop.gert("run", RUNBOOK, "--var", "port=" + port);
        assertThat(again.exit()).as(again.all()).isZero();
        assertThat(again.out())
                .contains("outcome  escalated   \"it can't start\"")
                .contains("workers = many");
    }

    @Test
    void isTestedAndCoveredWhole() throws Exception {
        Workshop.Result validated = shop.gert("validate", "--policy", "governance.yaml", "--strict", RUNBOOK);
        assertThat(validated.exit()).as(validated.all()).isZero();
        Workshop.Result tested = shop.gert("test", "--strict", RUNBOOK, "runbooks/service-restart.test.yaml");
        assertThat(tested.exit()).as(tested.all()).isZero();
        Workshop.Result covered = shop.gert("coverage", RUNBOOK, "--min-branch", "100", "--min-outcome", "100");
        assertThat(covered.exit()).as(covered.all()).isZero();
        assertThat(covered.out()).contains("5 total, 5 covered", "4 total, 4 covered");
    }

    @Test
    void theReadmeSaysWhatIsDoneHere() throws Exception {
        assertThat(Files.readString(ROOT.resolve("README.md")))
                .contains("```sh\nrunbooks/demo/web start reports/demo\nrunbooks/demo/web break reports/demo errors\n"
                        + "./gert run " + RUNBOOK + "\n```");
    }

    private static boolean isThere(String program) {
        return Files.isExecutable(Path.of("/usr/bin", program)) || Files.isExecutable(Path.of("/bin", program));
    }

    /** Runs the demo's own script on the folder that the runbook looks at by default. */
    private void web(String verb, String... more) throws Exception {
        List<String> line = new ArrayList<>(List.of("runbooks/demo/web", verb, "reports/demo"));
        line.addAll(Arrays.asList(more));
        Process process = new ProcessBuilder(line)
                .directory(shop.folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(shop.folder.resolve("web.said").toFile())
                .start();
        assertThat(process.waitFor(Workshop.GUARD_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(shop.folder.resolve("web.said")))
                .isZero();
    }

    private String log() throws IOException {
        return Files.readString(shop.folder.resolve("reports/demo/log"));
    }

    /** The status of /health, 0 where nothing answers. */
    private int health() throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + "/health").toURL().openConnection();
        try {
            return connection.getResponseCode();
        } catch (IOException e) {
            return 0;
        } finally {
            connection.disconnect();
        }
    }
}

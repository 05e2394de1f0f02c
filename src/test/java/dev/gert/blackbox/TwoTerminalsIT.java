package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One terminal waits, and somebody decides elsewhere. What ran is the stand-in's word, not gert's. */
class TwoTerminalsIT {
    private static final String WAITS = "to leave it waiting > ";

    @TempDir
    Path folder;

    private Workshop shop;

    @BeforeEach
    void work() throws Exception {
        shop = new Workshop(folder);
        shop.standIn("change", "");
        shop.standIn("slow", "sleep 1.5");
        for (String key : List.of("lee", "me", "stranger")) {
            keygen("-q", "-t", "ed25519", "-N", "", "-C", key, "-f", key);
        }
        shop.file(
                "roster.yaml",
                "apiVersion: roster/v0\npeople:\n"
                        + "  - {person: lee, os_users: [lee], keys: [{ssh: \"" + publicKey("lee")
                        + "\"}], roles: [lead]}\n"
                        + "  - {person: me, os_users: [\"" + System.getProperty("user.name") + "\"], keys: [{ssh: \""
                        + publicKey("me") + "\"}], roles: [lead]}\n");
        policy("5m");
        shop.file("data.txt", "one\n");
        shop.file(
                "x.runbook.yaml",
                "apiVersion: runbook/v0\nmeta: {name: x}\nsteps:\n"
                        + "  - {id: restart, type: cli, title: Restart, approvals: {min: 1, roles: [lead]},"
                        + " with: {argv: [change, data.txt]}}\n");
        shop.file(
                "wrapped.runbook.yaml",
                "apiVersion: runbook/v0\nmeta: {name: wrapped}\nsteps:\n"
                        + "  - {id: restart, type: cli, title: Restart, approvals: {min: 1, roles: [lead]},"
                        + " with: {argv: [env, change, x]}}\n");
    }

    private void policy(String timeout) throws IOException {
        shop.file(
                "governance.yaml",
                "apiVersion: governance/v0\nallow_commands: [\"*\"]\nrequire_approval_for:\n"
                        + "  - {pattern: change, min_approvers: 1, roles: [lead]}\n"
                        + "approvals: {acknowledge: false, roster: roster.yaml, timeout: " + timeout + "}\n");
    }

    @Test
    void whileOneWaitsTheOtherApprovesAndItGoesOnByItself() throws Exception {
        try (PtySession run = new PtySession(shop, "run", "x.runbook.yaml")) {
            run.shows(WAITS);
            assertThat(shop.ran()).isEmpty();
            try (PtySession other = new PtySession(shop, "approve", "latest", "--sign", "lee", "--reason", "ready")) {
                other.shows("type restart to approve it > ");
                assertThat(other.text()).contains("[\"change\",\"data.txt\"]");
                other.type("restart\r");
                assertThat(other.exit()).as(other.text()).isZero();
            }
            assertThat(run.exit()).as(run.text()).isZero();
        }
        assertThat(shop.ran()).containsExactly("change data.txt");
        assertThat(Files.readString(shop.journal()))
                .contains("\"person\":\"lee\"")
                .contains("\"type\":\"approval_used\"");
        assertThat(shop.gert("approve", "latest", "--sign", "lee", "--step", "restart")
                        .exit())
                .isEqualTo(2);
    }

    @Test
    @Tag("full")
    void anotherWordInTheOtherTerminalDecidesNothing() throws Exception {
        try (PtySession run = new PtySession(shop, "run", "x.runbook.yaml")) {
            run.shows(WAITS);
            try (PtySession other = new PtySession(shop, "approve", "latest", "--sign", "lee")) {
                other.shows("to approve it > ");
                other.type("yes\r");
                assertThat(other.exit()).as(other.text()).isEqualTo(1);
                assertThat(other.text()).contains("nothing was decided");
            }
            run.type("q\r");
            assertThat(run.exit()).isEqualTo(8);
        }
        assertThat(decisions()).isEmpty();
        assertThat(shop.ran()).isEmpty();
    }

    @Test
    void whileOneWaitsTheOtherDenies() throws Exception {
        try (PtySession run = new PtySession(shop, "run", "x.runbook.yaml")) {
            run.shows(WAITS);
            Workshop.Result denied =
                    shop.gert("deny", "latest", "--step", "restart", "--sign", "lee", "--reason", "not now");
            assertThat(denied.exit()).as(denied.all()).isZero();
            assertThat(run.exit()).as(run.text()).isEqualTo(4);
            assertThat(run.text()).contains("not now");
        }
        assertThat(shop.ran()).isEmpty();
    }

    @Test
    void nobodyDecidesAndItExpires() throws Exception {
        policy("2s");
        try (PtySession run = new PtySession(shop, "run", "x.runbook.yaml")) {
            run.shows(WAITS);
            assertThat(run.exit()).as(run.text()).isEqualTo(4);
            assertThat(run.text()).contains("expired at");
        }
        assertThat(shop.ran()).isEmpty();
        Workshop.Result late = shop.gert("approve", "latest", "--step", "restart", "--sign", "lee");
        assertThat(late.exit()).as(late.all()).isIn(1, 2);
        assertThat(decisions()).isEmpty();
    }

    @Test
    void approvedInTimeButTakenUpTooLateIsExpired() throws Exception {
        policy("4s");
        left("x.runbook.yaml");
        Workshop.Result approved = shop.gert("approve", "latest", "--step", "restart", "--sign", "lee");
        assertThat(approved.exit()).as(approved.all()).isZero();
        String request = Files.readString(request());
        String until =
                request.substring(request.indexOf("\"expires\": \"") + 12).split("\"")[0];
        Workshop.await("the end of its time", () -> java.time.Instant.now().isAfter(java.time.Instant.parse(until)));
        Workshop.Result expired = shop.gert("resume", "latest");
        assertThat(expired.exit()).as(expired.all()).isEqualTo(4);
        assertThat(shop.ran()).isEmpty();
    }

    @Test
    void aFileThatWasApprovedAndThenChangedIsAskedAboutAgain() throws Exception {
        left("x.runbook.yaml");
        approve();
        shop.file("data.txt", "two\n");
        Workshop.Result resumed = shop.gert("resume", "latest");
        assertThat(resumed.exit()).as(resumed.all()).isEqualTo(8);
        assertThat(shop.ran()).isEmpty();
    }

    @Test
    @Tag("full")
    void aProgramThatWasApprovedAndThenReplacedIsAskedAboutAgain() throws Exception {
        left("x.runbook.yaml");
        approve();
        shop.standIn("change", "# other");
        Workshop.Result resumed = shop.gert("resume", "latest");
        assertThat(resumed.exit()).as(resumed.all()).isEqualTo(8);
        assertThat(shop.ran()).isEmpty();
    }

    @Test
    void aProgramInsideAWrapperThatWasReplacedIsAskedAboutAgain() throws Exception {
        left("wrapped.runbook.yaml");
        approve();
        shop.standIn("change", "# other");
        Workshop.Result resumed = shop.gert("resume", "latest");
        assertThat(resumed.exit()).as(resumed.all()).isEqualTo(8);
        assertThat(shop.ran()).isEmpty();
    }

    /** What was asked about is what runs: while the question is open the file changes. */
    @Test
    void whatChangesWhileItWaitsDoesNotRun() throws Exception {
        for (Runnable change : List.<Runnable>of(
                () -> write("data.txt", "two\n"), () -> write("bin/change", "#!/bin/sh\necho evil >> ran.log\n"))) {
            try (PtySession run = new PtySession(shop, "run", "x.runbook.yaml")) {
                run.shows(WAITS);
                change.run();
                approve();
                assertThat(run.exit()).as(run.text()).isIn(1, 4);
            }
            assertThat(shop.ran()).isEmpty();
            shop.standIn("change", "");
        }
    }

    @Test
    @Tag("full")
    void whatWasTypedBeforeTheQuestionIsNoDecision() throws Exception {
        shop.file(
                "governance.yaml",
                "apiVersion: governance/v0\nallow_commands: [slow, change]\nread_commands: [slow]\n"
                        + "require_approval_for: [{pattern: change, min_approvers: 1}]\n");
        shop.file(
                "y.runbook.yaml",
                "apiVersion: runbook/v0\nmeta: {name: y}\nsteps:\n"
                        + "  - {id: slow, type: cli, title: Slow, effect: read, with: {argv: [slow]}}\n"
                        + "  - {id: restart, type: cli, title: Restart, approvals: {min: 1}, with: {argv: [change]}}\n");
        try (PtySession run = new PtySession(shop, "run", "y.runbook.yaml")) {
            Workshop.await("the slow step", () -> !ran().isEmpty());
            run.type("restart\rrestart\r");
            run.shows(WAITS);
            run.type("q\r");
            assertThat(run.exit()).as(run.text()).isEqualTo(8);
        }
        assertThat(shop.ran()).containsExactly("slow ");
    }

    @Test
    @Tag("full")
    void aPipeThatSaysYesApprovesNothing() throws Exception {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", "yes restart | head -n 100 | \"$@\"", "sh")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("all").toFile());
        builder.command().addAll(shop.commandLine("run", "x.runbook.yaml"));
        builder.environment().clear();
        builder.environment().putAll(shop.environment());
        Process piped = builder.start();
        assertThat(piped.waitFor(Workshop.GUARD_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(piped.exitValue()).isEqualTo(8);
        assertThat(shop.ran()).isEmpty();
    }

    @Test
    void leftApprovedAndResumedItGoesOnOnce() throws Exception {
        try (PtySession run = new PtySession(shop, "run", "x.runbook.yaml")) {
            run.shows(WAITS);
            run.type("q\r");
            assertThat(run.exit()).as(run.text()).isEqualTo(8);
        }
        approve();
        Workshop.Result resumed = shop.gert("resume", "latest");
        assertThat(resumed.exit()).as(resumed.all()).isZero();
        assertThat(shop.ran()).containsExactly("change data.txt");
        assertThat(shop.gert("resume", "latest").all()).doesNotContain("waits");
        assertThat(shop.ran()).containsExactly("change data.txt");
    }

    @Test
    void killedWhileItWaitsThenApprovedAndResumedItGoesOn() throws Exception {
        try (PtySession run = new PtySession(shop, "run", "x.runbook.yaml")) {
            run.shows(WAITS);
            run.kill();
        }
        approve();
        Workshop.Result resumed = shop.gert("resume", "latest");
        assertThat(resumed.exit()).as(resumed.all()).isZero();
        assertThat(shop.ran()).containsExactly("change data.txt");
    }

    /** The journal as a kill -9 leaves it between the yes and the command; what was spent stays spent. */
    @Test
    void killedBetweenTheApprovalAndTheCommandItIsAskedAgain() throws Exception {
        left("x.runbook.yaml");
        approve();
        assertThat(shop.gert("resume", "latest").exit()).isZero();
        Files.delete(shop.log);
        List<String> records = Files.readAllLines(shop.journal());
        for (String last : List.of("approval_used", "approval_granted")) {
            int at = 0;
            while (!records.get(at).contains("\"type\":\"" + last + "\"")) {
                at++;
            }
            Files.deleteIfExists(shop.journal().resolveSibling("evidence.json"));
            Files.writeString(shop.journal(), String.join("\n", records.subList(0, at + 1)) + "\n");
            Workshop.Result resumed = shop.gert("resume", "latest");
            assertThat(resumed.exit()).as("%s: %s", last, resumed.all()).isEqualTo(8);
            assertThat(shop.ran()).isEmpty();
        }
    }

    @Test
    void onAnotherMachineWithoutTheRepository() throws Exception {
        left("x.runbook.yaml");
        Workshop there = new Workshop(Files.createDirectory(folder.resolve("there")));
        for (String file : List.of("lee", "lee.pub")) {
            Files.copy(folder.resolve(file), there.folder.resolve(file));
        }
        Files.setPosixFilePermissions(there.folder.resolve("lee"), PosixFilePermissions.fromString("rw-------"));
        Files.copy(request(), there.folder.resolve("r.json"));
        Workshop.Result decision = there.gert("approve", "--request", "r.json", "--sign", "lee", "--step", "restart");
        assertThat(decision.exit()).as(decision.all()).isZero();
        shop.file("d.json", decision.out());
        Workshop.Result imported = shop.gert("approve", "latest", "--import", "d.json");
        assertThat(imported.exit()).as(imported.all()).isZero();
        Workshop.Result resumed = shop.gert("resume", "latest");
        assertThat(resumed.exit()).as(resumed.all()).isZero();
        assertThat(shop.ran()).containsExactly("change data.txt");
    }

    @Test
    void withSshKeygenAlone() throws Exception {
        left("x.runbook.yaml");
        byte[] request = Files.readAllBytes(request());
        java.security.MessageDigest digest = java.security.MessageDigest.getInstance("SHA-256");
        digest.update("gert/approval-request/v1\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        String hash = java.util.HexFormat.of().formatHex(digest.digest(request));
        shop.file(
                "d.json",
                "{\"type\":\"gert/approval/v1\",\"request_sha256\":\"" + hash + "\",\"decision\":\"approve\","
                        + "\"person\":\"lee\",\"reason\":\"\",\"signed_at\":\""
                        + java.time.Instant.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS) + "\"}\n");
        keygen("-q", "-Y", "sign", "-n", "gert-approval-v1", "-f", "lee", "d.json");
        Workshop.Result wrong = shop.gert("deny", "latest", "--import", "d.json");
        assertThat(wrong.exit()).as(wrong.all()).isEqualTo(1);
        assertThat(decisions()).isEmpty();
        Workshop.Result imported = shop.gert("approve", "latest", "--import", "d.json");
        assertThat(imported.exit()).as(imported.all()).isZero();
        Workshop.Result resumed = shop.gert("resume", "latest");
        assertThat(resumed.exit()).as(resumed.all()).isZero();
        assertThat(shop.ran()).containsExactly("change data.txt");
    }

    /** Who asks is who owns the process, not what a variable of the environment says. */
    @Test
    void theRequesterCannotBeSomebodyElseByTheEnvironment() throws Exception {
        Map<String, String> environment = new java.util.HashMap<>(shop.environment());
        environment.put("JAVA_TOOL_OPTIONS", "-Duser.name=lee");
        environment.put("USER", "lee");
        environment.put("LOGNAME", "lee");
        ProcessBuilder builder = new ProcessBuilder(shop.commandLine("run", "x.runbook.yaml"))
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("all").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        assertThat(builder.start().waitFor()).isEqualTo(8);
        Workshop.Result own = shop.gert("approve", "latest", "--step", "restart", "--sign", "me");
        assertThat(own.exit()).as(own.all()).isEqualTo(1);
        assertThat(own.err()).contains("me asked for this, and policy wants the yes of somebody else");
        assertThat(decisions()).isEmpty();
    }

    @Test
    void anotherUserDecidesThroughTheExchange() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root can be two users");
        Path exchange = Files.createDirectory(folder.resolve("exchange"));
        Files.setAttribute(exchange, "unix:gid", 4242);
        Files.setAttribute(exchange, "unix:mode", 03770);
        shop.file(
                "roster.yaml",
                "apiVersion: roster/v0\npeople:\n  - {person: lee, os_users: [\"4321\"], roles: [lead]}\n"
                        + "  - {person: eve, os_users: [\"4322\"], roles: [lead]}\n");
        shop.file(
                "governance.yaml",
                "apiVersion: governance/v0\nallow_commands: [\"*\"]\nrequire_approval_for:\n"
                        + "  - {pattern: change, min_approvers: 2, roles: [lead]}\n"
                        + "approvals: {acknowledge: false, roster: roster.yaml, exchange: exchange}\n");
        for (Path open = folder.toRealPath();
                !open.equals(Path.of("/tmp")) && open.getNameCount() > 0;
                open = open.getParent()) {
            Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        left("x.runbook.yaml");
        List<String> said = new ArrayList<>();
        for (int uid : new int[] {4321, 4321, 4322}) {
            assertThat(as(uid, said, "approve", "latest", "--step", "restart", "--reason", "ok"))
                    .as("%s", said)
                    .isZero();
            Workshop.Result resumed = shop.gert("resume", "latest");
            assertThat(resumed.exit()).as("%s %s", said, resumed.all()).isEqualTo(uid == 4322 ? 0 : 8);
        }
        assertThat(shop.ran()).containsExactly("change data.txt");
        assertThat(Files.readString(shop.journal()))
                .contains("\"person\":\"lee\"")
                .contains("\"person\":\"eve\"");
    }

    private int as(int uid, List<String> said, String... words) throws Exception {
        List<String> line =
                new ArrayList<>(List.of("setpriv", "--reuid=" + uid, "--regid=4242", "--clear-groups", "--"));
        line.addAll(shop.commandLine(words));
        Path out = Files.createTempFile("gert", ".said");
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile());
        builder.environment().clear();
        builder.environment().putAll(shop.environment());
        Process process = builder.start();
        assertThat(process.waitFor(Workshop.GUARD_SECONDS, TimeUnit.SECONDS)).isTrue();
        said.add(Files.readString(out));
        Files.delete(out);
        return process.exitValue();
    }

    private void left(String runbook) throws Exception {
        Workshop.Result left = shop.gert("run", runbook);
        assertThat(left.exit()).as(left.all()).isEqualTo(8);
        assertThat(shop.ran()).isEmpty();
    }

    private void approve() throws Exception {
        Workshop.Result approved = shop.gert("approve", "latest", "--step", "restart", "--sign", "lee");
        assertThat(approved.exit()).as(approved.all()).isZero();
    }

    private Path request() throws IOException {
        try (Stream<Path> files = Files.list(shop.journal().resolveSibling("approvals"))) {
            return files.filter(file -> file.toString().endsWith(".request.json"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private List<String> decisions() throws IOException {
        try (Stream<Path> files = Files.list(shop.journal().resolveSibling("approvals"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".decision.json"))
                    .toList();
        }
    }

    private void write(String file, String text) {
        try {
            Files.writeString(folder.resolve(file), text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> ran() {
        try {
            return shop.ran();
        } catch (IOException e) {
            return List.of();
        }
    }

    private String publicKey(String name) throws IOException {
        String[] words = Files.readString(folder.resolve(name + ".pub")).split(" ");
        return words[0] + " " + words[1];
    }

    private void keygen(String... words) throws Exception {
        List<String> line = new ArrayList<>(List.of("ssh-keygen"));
        line.addAll(List.of(words));
        Process process = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).isZero();
    }
}

package dev.gert.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** threats.md, "Tests": a program that would leave a trace is named by tests and scenarios, and leaves none. */
class NothingRunsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void project() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        write("governance.yaml", "apiVersion: governance/v0\ndefault: allow\n");
        write("bin/mark", "#!/bin/sh\necho ran >> " + folder.resolve("ran") + "\n");
        Files.setPosixFilePermissions(folder.resolve("bin/mark"), PosixFilePermissions.fromString("rwxr-xr-x"));
        write("mark.runbook.yaml", """
                apiVersion: runbook/v0
                meta: {name: mark}
                steps:
                  - {id: absolute, type: cli, with: {argv: [%s/bin/mark]}}
                  - {id: relative, type: cli, with: {argv: [bin/mark]}}
                """.formatted(folder));
        write("mark.test.yaml", """
                apiVersion: test/v0
                runbook: mark.runbook.yaml
                tests:
                  - {name: unit, expect: {outcome: completed, steps_reached: [absolute, relative]}}
                """);
        for (String name : List.of("recorded", "unrecorded")) {
            write("scenarios/mark/" + name + "/expected.yaml", "apiVersion: expected/v0\noutcome: completed\n");
        }
        write(
                "scenarios/mark/recorded/scenario.yaml",
                "commands: [{argv: [" + folder + "/bin/mark]}, {argv: [bin/mark], stdout: x}]\n");
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @Test
    void theStandInWouldLeaveItsTrace() throws Exception {
        new ProcessBuilder(folder.resolve("bin/mark").toString()).start().waitFor();
        assertThat(folder.resolve("ran")).exists();
    }

    @Test
    void testStartsNothing() {
        TestRun.Options options = new TestRun.Options(null, null, false, false);
        TestRun.Answer answer = new TestRun(folder, List.of(), CaseFolder.STOPPED, options).run(List.of());
        assertThat(answer.report().results())
                .extracting(r -> r.name() + " " + r.status().word())
                .containsExactly("unit passed", "recorded passed", "unrecorded failed");
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    @Test
    void coverageStartsNothing() {
        CoverageRun.Options options = new CoverageRun.Options(null, null, false, true, null, false, false);
        CoverageRun.Answer answer = new CoverageRun(folder, List.of(), CaseFolder.STOPPED, options).run(List.of("."));
        assertThat(answer.report().runbooks()).singleElement().satisfies(runbook -> {
            assertThat(runbook.scenarios()).containsExactly("recorded", "test:unit");
            assertThat(runbook.failed()).containsExactly("unrecorded");
        });
        assertThat(folder.resolve("ran")).doesNotExist();
    }

    /** A server that a tool names by its address: a real run would connect, a test and a scenario do not. */
    @Test
    void noConnectionIsOpened() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            server.configureBlocking(false);
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            write("tools/dns.tool.yaml", """
                    apiVersion: tool/v0
                    meta: {name: dns, binary: dnsd}
                    transport: {mode: jsonrpc, connect: "tcp://127.0.0.1:%d"}
                    actions:
                      resolve: {method: resolve, args: {}, capture: {address: {from: $.address}}}
                    """.formatted(port));
            write("ask.runbook.yaml", """
                    apiVersion: runbook/v0
                    tools: [dns]
                    meta: {name: ask}
                    steps:
                      - {id: resolve, type: tool, tool: {name: dns, action: resolve}, capture: {ip: address}}
                    """);
            write("ask.test.yaml", """
                    apiVersion: test/v0
                    runbook: ask.runbook.yaml
                    tests:
                      - {name: unit, vars: {ip: "1"}, expect: {outcome: completed}}
                    """);
            write("scenarios/ask/recorded/steps/000-resolve.json", "{\"address\": \"10.0.0.1\"}");
            for (String name : List.of("recorded", "unrecorded")) {
                write(
                        "scenarios/ask/" + name + "/expected.yaml",
                        "apiVersion: expected/v0\ncaptures: {ip: \"10.0.0.1\"}\n");
            }
            TestRun.Options options = new TestRun.Options(null, null, false, false, 3, null, false);
            TestRun.Answer answer =
                    new TestRun(folder, List.of(), CaseFolder.STOPPED, options).run(List.of("ask.runbook.yaml"));

            assertThat(answer.report().results())
                    .extracting(r -> r.name() + " " + r.status().word())
                    .containsExactly("unit passed", "recorded passed", "unrecorded failed");
            assertThat(server.accept()).isNull();
            try (SocketChannel caller = SocketChannel.open(server.getLocalAddress())) {
                assertThat(caller.isConnected()).isTrue();
                assertThat(server.accept()).as("one that calls is seen").isNotNull();
            }
        }
    }

    @Test
    void nothingIsWritten() throws IOException {
        List<Path> before = files();
        new TestRun(folder, List.of(), CaseFolder.STOPPED, new TestRun.Options(null, null, false, true)).run(List.of());
        assertThat(files()).isEqualTo(before);
    }

    private List<Path> files() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.sorted().toList();
        }
    }
}

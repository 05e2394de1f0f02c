package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A folder with runbooks, a policy and stand-ins that do nothing but write down that they ran. */
final class Workshop {
    static final int GUARD_SECONDS = 60;

    final Path folder;
    final Path log;
    /** Variables beside those that every run here has. */
    final Map<String, String> more = new HashMap<>();

    Workshop(Path folder) throws IOException {
        this.folder = folder.toRealPath();
        this.log = this.folder.resolve("ran.log");
        Files.createDirectories(this.folder.resolve("bin"));
    }

    /** What a command line came to. */
    record Result(int exit, String out, String err) {
        String all() {
            return out + err;
        }
    }

    void file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** A program in {@code bin/} (on the command path) that appends its name and arguments to the log; {@code more} is shell. */
    Path standIn(String name, String more) throws IOException {
        Path program = folder.resolve("bin").resolve(name);
        Files.writeString(program, "#!/bin/sh\necho \"" + name + " $*\" >> '" + log + "'\n" + more + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return program;
    }

    List<String> ran() throws IOException {
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    List<String> commandLine(String... arguments) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("gert.jar")));
        line.addAll(Arrays.asList(arguments));
        return line;
    }

    Map<String, String> environment() {
        Map<String, String> all = new HashMap<>(more);
        all.put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
        all.put("HOME", folder.toString());
        all.put("LC_ALL", "C.UTF-8");
        all.put("TERM", "xterm");
        return all;
    }

    Process start(Path out, Path err, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(commandLine(arguments))
                .directory(folder.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment());
        return builder.start();
    }

    Result gert(String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile("gert", ".out");
        Path err = Files.createTempFile("gert", ".err");
        Process process = start(out, err, arguments);
        assertThat(process.waitFor(GUARD_SECONDS, TimeUnit.SECONDS))
                .as("still running: %s", List.of(arguments))
                .isTrue();
        Result result = new Result(process.exitValue(), Files.readString(out), Files.readString(err));
        Files.delete(out);
        Files.delete(err);
        return result;
    }

    /** The only run's journal, or null while there is none. */
    Path journal() throws IOException {
        Path runs = folder.resolve("reports/runs");
        if (!Files.isDirectory(runs)) {
            return null;
        }
        try (var found = Files.list(runs)) {
            return found.findFirst().map(run -> run.resolve("journal.jsonl")).orElse(null);
        }
    }

    /** Whether a process of this folder's programs is alive. */
    boolean aliveChildren() {
        return ProcessHandle.allProcesses().anyMatch(this::isOfThisFolder);
    }

    private boolean isOfThisFolder(ProcessHandle process) {
        try {
            String line = Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1);
            return line.contains(folder.resolve("bin").toString()) && !line.contains("gert.jar");
        } catch (IOException e) {
            return false;
        }
    }

    /** Looks again and again; fails when it takes longer than anything here may. */
    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(GUARD_SECONDS);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long for %s", what).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}

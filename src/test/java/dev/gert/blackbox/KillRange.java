package dev.gert.blackbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run in a folder of its own that something is killed in, and what it takes to bring it to its end. The truth about
 * effects is in the stand-ins' log: {@code begin|did|end EFFECT NAME TOKEN PID}.
 */
final class KillRange {
    private static final String RUNBOOK = "r.runbook.yaml";
    private static final Pattern PROCESS = Pattern.compile("started after \\S+, process (\\d+)");
    private static final int MOST_RESUMES = 20;

    /** A runbook, and the names of the effects that it has when it comes to its end. */
    enum Course {
        /** Reads, changes, a branch. */
        PLAIN(
                """
                tree:
                  - step: %s
                    branches:
                      - {condition: 'said == "up"', label: Up, steps: [{step: %s}]}
                      - {condition: 'said != "up"', label: Down, steps: [{step: %s}]}
                  - step: %s
                  - step: %s
                """.formatted(
                                act("look", "read", "capture: {said: stdout}, "),
                                act("change", "mutate", ""),
                                act("never", "mutate", ""),
                                act("again", "idempotent", ""),
                                act("last", "mutate", "outcomes: [{state: resolved, label: done}], ")),
                List.of("look", "change", "again", "last"),
                true),

        /** A loop, and arms side by side. */
        LOOPS(
                """
                tree:
                  - iterate: {over: "a,b", as: host, steps: [{step: %s}, {step: %s}]}
                  - parallel: {branches: [{label: L, steps: [{step: %s}]}, {label: R, steps: [{step: %s}]}]}
                """.formatted(
                                named("m", "mutate", "m-{{ .host }}"),
                                named("i", "idempotent", "i-{{ .host }}"),
                                act("left", "mutate", ""),
                                act("right", "idempotent", "")),
                List.of("m-a", "i-a", "m-b", "i-b", "left", "right"),
                false),

        /** A person's part, another runbook that is invoked, and one that goes on. */
        LINKED(
                """
                imports: {child: child.runbook.yaml, next: next.runbook.yaml}
                steps:
                  - {id: check, type: manual, title: T, instructions: Look, required_evidence: [{name: seen, kind: text}]}
                  - {id: sub, type: invoke, title: T, invoke: {runbook: child}}
                  - %s
                """.formatted(act(
                        "then", "mutate", "outcomes: [{state: resolved, label: done, next_runbook: {file: next}}], ")),
                List.of("inner", "then", "after"),
                true);

        final String text;
        final List<String> effects;
        final boolean inOrder;

        Course(String text, List<String> effects, boolean inOrder) {
            this.text = text;
            this.effects = effects;
            this.inOrder = inOrder;
        }
    }

    final Course course;
    final Workshop shop;
    private final List<Path> dead = new ArrayList<>();
    final List<String> did = new ArrayList<>();
    int resumes;
    int decides;
    long leftMillis;

    KillRange(Path folder, Course course) throws IOException {
        Files.createDirectories(folder);
        this.course = course;
        this.shop = new Workshop(folder);
        Path program = shop.standIn("act", "");
        Files.writeString(program, """
                #!/bin/sh
                log() { echo "$1 $effect $name $token $$" >> '%s'; }
                effect=$1 name=$2 token=$3
                log begin
                sleep 0.01
                log did
                echo up
                sleep 0.01
                log end
                """.formatted(shop.log));
        shop.file("governance.yaml", "apiVersion: governance/v0\nallow_commands: [act]\nread_commands: [act]\n");
        shop.file("yes.yaml", "evidence: {check: {seen: {kind: text, value: all is well}}}\n");
        shop.file(RUNBOOK, "apiVersion: runbook/v0\nmeta: {name: r}\n" + course.text);
        one("child", act("inner", "mutate", ""));
        one("next", act("after", "idempotent", "outcomes: [{state: resolved, label: all done}], "));
    }

    private void one(String name, String step) throws IOException {
        shop.file(
                name + ".runbook.yaml", "apiVersion: runbook/v0\nmeta: {name: " + name + "}\nsteps: [" + step + "]\n");
    }

    private static String act(String id, String effect, String more) {
        return named(id, effect, id).replace("type: cli, ", "type: cli, " + more);
    }

    private static String named(String id, String effect, String name) {
        return "{id: " + id + ", type: cli, title: T, effect: " + effect + ", with: {argv: [act, " + effect + ", \""
                + name + "\", \"{{ .idempotency_token }}\"]}}";
    }

    String[] run() {
        return with("run", RUNBOOK);
    }

    private String[] with(String command, String what) {
        return course == Course.LINKED
                ? new String[] {command, what, "--non-interactive", "--answers", "yes.yaml"}
                : new String[] {command, what, "--non-interactive"};
    }

    Process start() throws IOException {
        return shop.start(shop.folder.resolve("out"), shop.folder.resolve("err"), run());
    }

    /** Of the run that goes on, null while there is none. */
    Path journal() throws IOException {
        Path runs = shop.folder.resolve("reports/runs");
        if (!Files.isDirectory(runs)) {
            return null;
        }
        try (var found = Files.list(runs)) {
            return found.filter(run -> !dead.contains(run))
                    .findFirst()
                    .map(run -> run.resolve("journal.jsonl"))
                    .orElse(null);
        }
    }

    int records() {
        try {
            Path journal = journal();
            return journal == null || !Files.exists(journal)
                    ? 0
                    : (int) Files.readString(journal)
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
        } catch (IOException e) {
            return 0;
        }
    }

    List<String> log() {
        try {
            return shop.ran();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The process of that beginning, from 1; 0 when it has not come. */
    long child(int beginning) {
        int seen = 0;
        for (String line : log()) {
            String[] words = line.split(" ");
            seen += words[0].equals("begin") ? 1 : 0;
            if (seen == beginning && words.length == 5) {
                return Long.parseLong(words[4]);
            }
        }
        return 0;
    }

    /** Ends a process of this folder as {@code kill -9} does; false when it is gone already. */
    boolean kill(long pid) {
        return alive().contains(pid)
                && ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly).orElse(false);
    }

    /** Resumes until the run is over, saying of each doubt what the log says; returns the exit code. */
    int finish() throws Exception {
        int exit = -1;
        while (resumes < MOST_RESUMES) {
            none();
            Workshop.Result result = shop.gert(with("resume", "latest"));
            resumes++;
            exit = result.exit();
            // Ended before its first record was there.
            boolean never = result.err().contains("nothing was executed; start it again")
                    || result.err().contains("it ends before its first record");
            if (exit == 3 && never || exit == 2 && records() == 0) {
                check(log().isEmpty(), "it says that nothing ran", result);
                Path begun = journal();
                dead.add(begun == null ? shop.folder : begun.getParent());
                result = shop.gert(run());
                exit = result.exit();
            }
            if (exit != 5) {
                check(exit == 0 || exit == 1, "the run is over", result);
                break;
            }
            decide(result);
        }
        none();
        return exit;
    }

    private void decide(Workshop.Result doubt) throws Exception {
        Matcher process = PROCESS.matcher(doubt.err());
        String step = null;
        for (String line : doubt.err().split("\n")) {
            step = line.startsWith("in doubt ") ? line.substring(9, line.indexOf(':')) : step;
        }
        check(process.find() && step != null, "it names the step and the process", doubt);
        boolean ran = false;
        for (String line : log()) {
            ran |= line.startsWith("did ") && line.endsWith(" " + process.group(1));
        }
        String verdict = ran ? "--did-run" : "--did-not-run";
        did.add(step + " " + verdict);
        Workshop.Result decided = shop.gert("decide", "latest", step, verdict, "--reason", "the log says so");
        check(decided.exit() == 0, "it is decided", decided);
        decides++;
    }

    private void check(boolean so, String what, Workshop.Result result) {
        if (!so) {
            throw new AssertionError("not so: " + what + "; " + did + " exit " + result.exit() + "\n" + result.all());
        }
    }

    /** The living processes that have this folder as their home, gert included. */
    List<Long> alive() {
        String home = "HOME=" + shop.folder + "\0";
        List<Long> alive = new ArrayList<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                try {
                    String environment = Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
                    if (environment.contains(home)) {
                        alive.add(Long.parseLong(process.getFileName().toString()));
                    }
                } catch (IOException e) {
                    // it ended, or is another user's
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return alive;
    }

    /** Waits until no process is left. */
    void none() {
        long begin = System.nanoTime();
        until("the end of all processes", () -> alive().isEmpty());
        leftMillis = Math.max(leftMillis, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
    }

    static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Workshop.GUARD_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("waited too long for " + what);
            }
            LockSupport.parkNanos(300_000);
        }
    }
}

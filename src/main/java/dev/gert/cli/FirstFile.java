package dev.gert.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A file of a first repository; the program carries its bytes.
 *
 * @param target where it goes, from the repository's folder
 * @param resource what it is called in the program: without leading dots, since builds leave such files out
 * @param purpose what it is for; empty where the line of another one says it
 * @param example whether it is part of the example, which is written as a whole or not at all
 */
record FirstFile(String target, String resource, String purpose, boolean example) {
    static final String POLICY = "governance.yaml";

    /** The example's runbook. */
    static final String RUNBOOK = "runbooks/disk-space.runbook.yaml";

    /** The workflow that checks every change. */
    static final String WORKFLOW = ".github/workflows/runbooks.yaml";

    /** All of them, in the order in which they are told. */
    static final List<FirstFile> ALL = List.of(
            plain(POLICY, "what may run"),
            plain("gert.yaml", "the project's root and its folders"),
            example(RUNBOOK, "a first runbook: is there room on the disk?"),
            example("runbooks/disk-space.test.yaml", "unit tests of its branches"),
            example("scenarios/disk-space/plenty-of-room/scenario.yaml", "recordings that are replayed through it"),
            example("scenarios/disk-space/plenty-of-room/expected.yaml", ""),
            example("scenarios/disk-space/out-of-inodes/scenario.yaml", ""),
            example("scenarios/disk-space/out-of-inodes/expected.yaml", ""),
            example("scenarios/disk-space/made-room/scenario.yaml", ""),
            example("scenarios/disk-space/made-room/expected.yaml", ""),
            example("scenarios/disk-space/still-full/scenario.yaml", ""),
            example("scenarios/disk-space/still-full/expected.yaml", ""),
            new FirstFile("reports/.gitignore", "reports/gitignore", "keeps what runs leave behind out of git", false),
            new FirstFile(WORKFLOW, WORKFLOW.substring(1), "checks, tests and coverage of every change", false));

    private static FirstFile plain(String target, String purpose) {
        return new FirstFile(target, target, purpose, false);
    }

    private static FirstFile example(String target, String purpose) {
        return new FirstFile(target, target, purpose, true);
    }

    byte[] bytes() throws IOException {
        String name = "/dev/gert/init/" + resource;
        try (InputStream in = FirstFile.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the file " + name + " is missing from the program");
            }
            return in.readAllBytes();
        }
    }
}

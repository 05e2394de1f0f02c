package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.render.TerminalSvg;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The picture of a run that waits for an approval is what a terminal shows. A missing picture is drawn, and the
 * test fails that time.
 */
class ApprovalPictureIT {
    private static final Path PICTURE = Path.of("docs/images/approval.svg");
    private static final String COMMAND = "gert run restart.runbook.yaml";

    @TempDir
    Path folder;

    @Test
    void isOfARealRun() throws Exception {
        Workshop shop = new Workshop(folder);
        Files.createDirectories(shop.folder.resolve(".git"));
        shop.standIn("restart-web", "");
        shop.file("governance.yaml", """
                apiVersion: governance/v0
                require_approval_for:
                  - {pattern: restart-web, min_approvers: 1, roles: [oncall-lead]}
                approvals: {roster: roster.yaml}
                """);
        shop.file("roster.yaml", """
                apiVersion: roster/v0
                people:
                  - {person: ann, os_users: [%s], roles: [oncall-lead]}
                  - {person: bob, os_users: [bob-of-nowhere], roles: [oncall-lead]}
                """.formatted(System.getProperty("user.name")));
        shop.file("restart.runbook.yaml", """
                apiVersion: runbook/v0
                meta: {name: restart}
                steps:
                  - id: restart
                    type: cli
                    title: Restart the web service
                    approvals: {min: 1, roles: [oncall-lead]}
                    with: {argv: [restart-web, --graceful]}
                    outcomes: [{state: resolved, label: restarted}]
                """);
        String shown;
        try (PtySession session = new PtySession(shop, "run", "--color", "always", "restart.runbook.yaml")) {
            session.shows("to leave it waiting >");
            shown = session.text().replace("\r\n", "\n");
            session.type("restart\r");
            assertThat(session.exit()).isZero();
        }
        assertThat(shop.ran()).containsExactly("restart-web --graceful");
        String screen = "\u001b[2m$\u001b[0m " + COMMAND + "\n" + withoutWhatChanges(shop, shown) + "\n";
        String words = screen.replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "");
        assertThat(words).contains("type restart to acknowledge");
        String drawn = TerminalSvg.render(COMMAND, "A terminal session:\n" + words, screen);

        if (!Files.exists(PICTURE)) {
            Files.writeString(PICTURE, drawn);
            throw new AssertionError("drew " + PICTURE + ": look at it, and run again");
        }
        assertThat(drawn)
                .as("a run looks different now: delete %s, and the next run of this test draws it again", PICTURE)
                .isEqualTo(Files.readString(PICTURE));
        assertThat(Files.readString(Path.of("docs/how-to/approve.md"))).contains("](../images/approval.svg)");
    }

    private static String withoutWhatChanges(Workshop shop, String shown) {
        return shown.replace(shop.folder.toString(), "/srv/ops")
                .replaceAll("[0-9]{8}T[0-9]{6}Z-[0-9a-f]{8}", "20261123T093934Z-6fce7ea3")
                .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}[.0-9]*Z", "2026-11-23T10:09:34Z")
                .replaceAll("sha256:[0-9a-f]{8}", "sha256:cf065f9a");
    }
}

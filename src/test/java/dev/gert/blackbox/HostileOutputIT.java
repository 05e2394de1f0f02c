package dev.gert.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A command that prints NULs, bytes that are not UTF-8 and sequences that drive a terminal: its file
 * holds them byte for byte, and whoever looks at the run is sent none of them.
 */
class HostileOutputIT {
    /** What must not arrive: NUL, BEL, backspace, a title, a cleared screen, blinking, the one-character CSI, right to left. */
    private static final List<String> POISON =
            List.of("\0", "\u0007", "\b", "\u001b]", "\u001b[2J", "\u001b[5m", "\u009b", "\u202e", "\u2066");

    private static final byte[] OUT = bytes(
            "a\0b",
            0xff,
            0xfe,
            "\u001b]0;owned\u0007\u001b[2J\u001b[5mred\u009b2J",
            0x9b,
            "\r\b\bover\u202ertl\u2066\ntail");
    private static final byte[] ERR = bytes("\u001b[2Jerr\u001b]52;c;b3duZWQ=\u0007\0", 0xc0, 0x80, "\n");

    @TempDir
    Path folder;

    private Workshop shop;

    @BeforeEach
    void work() throws Exception {
        shop = new Workshop(folder);
        Files.write(shop.folder.resolve("out"), OUT);
        Files.write(shop.folder.resolve("err"), ERR);
        shop.standIn("binary", "cat out; cat err >&2; exit ${1:-0}");
        shop.file("governance.yaml", "apiVersion: governance/v0\nallow_commands: [binary]\n");
        shop.file("shown.runbook.yaml", runbook(""));
        shop.file("failing.runbook.yaml", runbook(", \"7\""));
    }

    private static String runbook(String argument) {
        return "apiVersion: runbook/v0\nmeta: {name: binary}\nsteps:\n"
                + "  - {id: one, type: cli, title: One, with: {argv: [binary" + argument + "]},"
                + " capture: {said: stdout, why: stderr}}\n"
                + "  - {id: two, type: manual, title: 'Said {{ .said }}', instructions: 'It said {{ .said }} {{ .why }}',"
                + " outcomes: [{state: resolved, label: '{{ .said }}', recommendation: '{{ .why }}'}]}\n";
    }

    @Test
    void onATerminal() throws Exception {
        try (PtySession terminal = new PtySession(shop, "run", "shown.runbook.yaml")) {
            terminal.shows("waiting > ");
            terminal.type("\r");
            assertThat(terminal.exit()).as(terminal.text()).isZero();
            assertThat(terminal.text()).contains("]0;owned").doesNotContain(POISON);
        }
        keptAsTheyWere();
    }

    @Test
    void ofAFailingStepOnATerminal() throws Exception {
        try (PtySession terminal = new PtySession(shop, "run", "failing.runbook.yaml")) {
            assertThat(terminal.exit()).as(terminal.text()).isEqualTo(1);
            assertThat(terminal.text()).contains("exit code 7").doesNotContain(POISON);
        }
        keptAsTheyWere();
    }

    @Test
    void inAPipeAndAsJson() throws Exception {
        for (String[] more : new String[][] {{}, {"-v"}, {"--output", "json"}}) {
            for (String name : List.of("shown", "failing")) {
                String[] arguments = new String[more.length + 2];
                arguments[0] = "run";
                arguments[1] = name + ".runbook.yaml";
                System.arraycopy(more, 0, arguments, 2, more.length);
                Workshop.Result result = shop.gert(arguments);
                assertThat(result.exit()).as(result.all()).isEqualTo(name.equals("shown") ? 8 : 1);
                // In JSON a letter that turns the direction of writing is data, which a program reads.
                assertThat(result.all()).doesNotContain("\0", "\u001b", "\u0007", "\b", "\r");
            }
        }
    }

    private void keptAsTheyWere() throws Exception {
        Path output = shop.journal().resolveSibling("output");
        assertThat(Files.readAllBytes(output.resolve("001-one.out"))).isEqualTo(OUT);
        assertThat(Files.readAllBytes(output.resolve("001-one.err"))).isEqualTo(ERR);
    }

    private static byte[] bytes(Object... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Object part : parts) {
            if (part instanceof Integer one) {
                bytes.write(one);
            } else {
                bytes.writeBytes(part.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}

package dev.gert.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the environment says of colours, redrawing, width and characters (cli.md, "Terminal"). */
class TerminalFactsTest {
    @Test
    void colourIsForTerminals() {
        assertThat(facts(Map.of()).colour("auto", true)).isTrue();
        assertThat(facts(Map.of()).colour("auto", false)).isFalse();
        assertThat(facts(Map.of()).colour("never", true)).isFalse();
        assertThat(facts(Map.of()).colour("always", false)).isTrue();
    }

    @Test
    void theEnvironmentIsRespected() {
        assertThat(facts(Map.of("NO_COLOR", "1")).colour("auto", true)).isFalse();
        assertThat(facts(Map.of("NO_COLOR", "")).colour("auto", true)).isTrue();
        assertThat(facts(Map.of("NO_COLOR", "1", "CLICOLOR_FORCE", "1")).colour("auto", true))
                .isFalse();
        assertThat(facts(Map.of("NO_COLOR", "1")).colour("always", true)).isTrue();
        assertThat(facts(Map.of("CLICOLOR_FORCE", "1")).colour("auto", false)).isTrue();
        assertThat(facts(Map.of("CLICOLOR_FORCE", "0")).colour("auto", false)).isFalse();
        assertThat(facts(Map.of("TERM", "dumb")).colour("auto", true)).isFalse();
        assertThat(facts(Map.of("CI", "true")).colour("auto", true)).isFalse();
    }

    @Test
    void aLineIsDrawnAgainWhereThatWorks() {
        assertThat(facts(Map.of()).redraws()).isTrue();
        assertThat(facts(Map.of("CI", "true")).redraws()).isFalse();
        assertThat(facts(Map.of("TERM", "dumb")).redraws()).isFalse();
        assertThat(facts(Map.of("NO_COLOR", "1")).redraws()).isTrue();
        assertThat(TerminalFacts.of("/dev/pts/1", "/dev/pts/1", null, Map.of()).redraws())
                .isFalse();
    }

    @Test
    void somebodyCanBeAskedWhereInputAndErrorsAreATerminal() {
        assertThat(TerminalFacts.of("/dev/pts/1", null, "/dev/pts/1", Map.of()).canAsk())
                .isTrue();
        assertThat(TerminalFacts.of(null, "/dev/pts/1", "/dev/pts/1", Map.of()).canAsk())
                .isFalse();
        assertThat(TerminalFacts.of("/dev/pts/1", "/dev/pts/1", null, Map.of()).canAsk())
                .isFalse();
    }

    @Test
    void theLocaleDecidesWhatCanBeShown() {
        assertThat(facts(Map.of()).unicode()).isTrue();
        assertThat(facts(Map.of("LANG", "de_DE.UTF-8")).unicode()).isTrue();
        assertThat(facts(Map.of("LANG", "C.utf8")).unicode()).isTrue();
        assertThat(facts(Map.of("LANG", "C")).unicode()).isFalse();
        assertThat(facts(Map.of("LANG", "C.UTF-8", "LC_ALL", "POSIX")).unicode())
                .isFalse();
        assertThat(facts(Map.of("LANG", "C.UTF-8", "LC_CTYPE", "de_DE.ISO-8859-1"))
                        .unicode())
                .isFalse();
    }

    @Test
    void theUsersLocaleCountsAndNotTheOneOfTheLauncher() {
        assertThat(facts(Map.of("LC_ALL", "C.UTF-8", "GERT_ORIGINAL_LC_ALL", "C"))
                        .unicode())
                .isFalse();
        assertThat(facts(Map.of("LC_ALL", "C.UTF-8", "GERT_ORIGINAL_LC_ALL_UNSET", "1", "LANG", "C"))
                        .unicode())
                .isFalse();
        assertThat(facts(Map.of("LC_ALL", "C.UTF-8", "GERT_ORIGINAL_LC_ALL_UNSET", "1"))
                        .unicode())
                .isTrue();
    }

    @Test
    void theWidthIsGivenMeasuredOrEighty() {
        assertThat(facts(Map.of("COLUMNS", "132")).width()).isEqualTo(132);
        for (String senseless : new String[] {"0", "-5", "3", "1000000", "wide", ""}) {
            assertThat(facts(Map.of("COLUMNS", senseless)).width())
                    .as(senseless)
                    .isEqualTo(80);
        }
        TerminalFacts facts = facts(Map.of());
        assertThat(facts.widthUnknown()).isTrue();
        facts.measured(100);
        assertThat(facts.width()).isEqualTo(100);
        facts.measured(1);
        assertThat(facts.width()).isEqualTo(80);
    }

    @Test
    void aTestsOwnStreamsAreToldApart() {
        TerminalFacts facts = TerminalFacts.ofProcess(Map.of());
        assertThat(facts.device() != null)
                .isEqualTo(facts.inIsTerminal() || facts.outIsTerminal() || facts.errIsTerminal());
        assertThat(TerminalFacts.of(null, "/dev/pts/2", null, Map.of()).device())
                .isEqualTo("/dev/pts/2");
        assertThat(TerminalFacts.of("/dev/pts/1", "/dev/pts/2", null, Map.of()).device())
                .isEqualTo("/dev/pts/1");
    }

    private static TerminalFacts facts(Map<String, String> env) {
        return TerminalFacts.of("/dev/pts/1", "/dev/pts/1", "/dev/pts/1", env);
    }
}

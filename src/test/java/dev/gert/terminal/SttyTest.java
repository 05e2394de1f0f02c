package dev.gert.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is no terminal can't be controlled, and says so instead of waiting. */
@Timeout(60)
class SttyTest {
    @Test
    void noTerminal() {
        for (String device : new String[] {"/dev/null", "/nowhere/tty"}) {
            Stty stty = new Stty(device);
            assertThat(stty.columns()).as(device).isZero();
            assertThat(stty.hideTyping()).as(device).isFalse();
            assertThat(stty.hideTyping()).as(device).isFalse();
            stty.showTyping();
            stty.discardTyped();
        }
    }

    @Test
    void whereThereIsNoTerminalNothingIsStarted() {
        TerminalFacts none = TerminalFacts.of(null, null, null, Map.of());
        assertThat(TerminalControl.of(none)).isSameAs(TerminalControl.NONE);
        assertThat(TerminalControl.NONE.hideTyping()).isFalse();
        assertThat(TerminalControl.NONE.columns()).isZero();
    }
}

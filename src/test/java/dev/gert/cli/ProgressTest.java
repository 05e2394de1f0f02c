package dev.gert.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.engine.port.Clock;
import dev.gert.terminal.TerminalFacts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far a long reading is: said on a terminal, after a second, and taken away again. */
class ProgressTest {
    private static final class Ticks implements Clock {
        private final long step;
        private long nanos;

        Ticks(long millis) {
            step = millis * 1_000_000;
        }

        @Override
        public long epochMicros() {
            return 0;
        }

        @Override
        public long nanos() {
            nanos += step;
            return nanos;
        }

        @Override
        public void sleep(long millis, BooleanSupplier cut) {}
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "1, /dev/pts/9, xterm, false, ''",
                "400, none, xterm, false, ''",
                "400, /dev/pts/9, dumb, false, ''",
                "400, /dev/pts/9, xterm, true, ''",
                "400, /dev/pts/9, xterm, false, '<read 3 of 9 runs<read 4 of 9 runs<read 5 of 9 runs<                <'",
            })
    void isSaidWhereItHelps(long step, @Nullable String terminal, String term, boolean quiet, String expected) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Map<String, String> env = Map.of("TERM", term);
        TerminalFacts facts = TerminalFacts.of(null, null, terminal, env);
        Io io = new Io(
                new ByteArrayInputStream(new byte[0]), OutputStream.nullOutputStream(), err, env, Path.of("/"), facts);
        Progress progress = new Progress(io, quiet, new Ticks(step));
        for (int i = 1; i <= 5; i++) {
            progress.at(i, 9, "runs");
        }
        progress.done();
        io.flush();
        assertThat(err.toString(StandardCharsets.UTF_8).replace('\r', '<')).isEqualTo(expected);
    }
}

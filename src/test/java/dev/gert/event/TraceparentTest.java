package dev.gert.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** W3C Trace Context, section 3.2. */
class TraceparentTest {
    @ParameterizedTest
    @CsvSource({
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00, 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
        "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-later, 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01, 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
    })
    void isTaken(String given, String as) {
        assertThat(Traceparent.parse(given)).hasToString(as);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-later",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01 ",
                "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.later",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333g-01",
                "0x-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331_01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0x",
            })
    void isNone(String given) {
        assertThat(Traceparent.parse(given)).isNull();
    }

    @Test
    void aRunHasATraceOfItsOwnOrTheOneItWasGiven() {
        assertThat(Traceparent.ofRun("a", null)).isNotEqualTo(Traceparent.ofRun("b", null));
        Traceparent led = Traceparent.ofRun("a", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00");
        assertThat(led.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
        assertThat(led.flags()).isEqualTo("00");
        assertThat(led.spanId()).isEqualTo(Traceparent.ofRun("a", null).spanId());
    }
}

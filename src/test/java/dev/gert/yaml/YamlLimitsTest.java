package dev.gert.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Source;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes, depths and bombs (threats.md, "YAML"): a diagnostic, soon, on a small stack. */
class YamlLimitsTest {
    private static final int MIB = 1 << 20;

    /** The codes that reading gives, in a thread with a small stack and within a generous time. */
    private static List<Code> codes(String text, int aliases) {
        Diagnostics diagnostics = new Diagnostics();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread reader = new Thread(
                null,
                () -> {
                    Source source = YamlReader.decode("x.yaml", text.getBytes(StandardCharsets.UTF_8), diagnostics);
                    if (source != null) {
                        YamlReader.read(source, aliases, diagnostics);
                    }
                },
                "small stack",
                320 * 1024L);
        reader.setUncaughtExceptionHandler((thread, e) -> thrown.set(e));
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            reader.start();
            reader.join();
        });
        assertThat(thrown.get()).isNull();
        List<Code> codes = new ArrayList<>();
        for (Diagnostic diagnostic : diagnostics.sorted()) {
            codes.add(diagnostic.code());
        }
        return codes;
    }

    private static String fill(String unit) {
        return unit.repeat(MIB / unit.length());
    }

    @Test
    void nestingOfAHundredIsReadAndOneMoreIsNot() {
        assertThat(codes("[".repeat(100) + "]".repeat(100), 0)).isEmpty();
        assertThat(codes("[".repeat(101) + "]".repeat(101), 0)).containsExactly(Code.Y103);
        assertThat(codes("{a: ".repeat(100) + "}".repeat(100), 0)).isEmpty();
        assertThat(codes("{a: ".repeat(101) + "}".repeat(101), 0)).containsExactly(Code.Y103);
        assertThat(codes("- ".repeat(100) + "x", 0)).isEmpty();
        assertThat(codes("- ".repeat(101) + "x", 0)).containsExactly(Code.Y103);
        assertThat(codes(indented(100), 0)).isEmpty();
        assertThat(codes(indented(101), 0)).containsExactly(Code.Y103);
    }

    private static String indented(int depth) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < depth; i++) {
            text.append(" ".repeat(i)).append("a:\n");
        }
        return text.toString();
    }

    @Test
    void nestingIsCountedThroughAliases() {
        String half = "a: &a " + "[".repeat(60) + "]".repeat(60) + "\nb: ";
        assertThat(codes(half + "[".repeat(39) + "*a" + "]".repeat(39) + "\n", 5))
                .isEmpty();
        assertThat(codes(half + "[".repeat(40) + "*a" + "]".repeat(40) + "\n", 5))
                .containsExactly(Code.Y103);
    }

    @Test
    void whatAliasesBringInIsBounded() {
        String list = "a: &a [" + "x,".repeat(998) + "x]\nb: [";
        assertThat(codes(list + "*a,".repeat(50) + "]\n", 50)).isEmpty();
        assertThat(codes(list + "*a,".repeat(51) + "]\n", 51)).containsExactly(Code.Y109);
    }

    @Test
    void anAliasBombIsRefused() {
        StringBuilder text = new StringBuilder("l0: &l0 [" + "x,".repeat(100_000) + "]\n");
        for (int i = 1; i <= 5; i++) {
            text.append("l").append(i).append(": &l").append(i).append(" [");
            text.append(("*l" + (i - 1) + ",").repeat(9)).append("]\n");
        }
        assertThat(codes(text.toString(), 50)).containsExactly(Code.Y109);
    }

    @Test
    void overOneMebibyteIsNotRead() {
        String spaces = " ".repeat(MIB - 3);
        assertThat(codes("a:" + spaces + "1", 0)).isEmpty();
        assertThat(codes("a:" + spaces + "12", 0)).containsExactly(Code.Y102);
        assertThat(codes("a: 1\n".repeat(MIB), 0)).containsExactly(Code.Y102);
    }

    @Test
    void aSizeIsAnsweredBeforeTheBytesAreThere() {
        Diagnostics diagnostics = new Diagnostics();
        assertThat(YamlReader.acceptsSize("x.yaml", MIB, diagnostics)).isTrue();
        assertThat(diagnostics.hasErrors()).isFalse();
        assertThat(YamlReader.acceptsSize("x.yaml", 5_000_000_000L, diagnostics))
                .isFalse();
        assertThat(diagnostics.sorted().get(0).message()).isEqualTo("the file is over 1 MiB");
    }

    @Test
    void aTextThatWasNotDecodedHereIsCheckedToo() {
        Diagnostics diagnostics = new Diagnostics();
        assertThat(YamlReader.read(Source.of("x", "a: 1\0\nb: 2\n"), 0, diagnostics))
                .isNull();
        assertThat(YamlReader.read(Source.of("x", "a: " + "1".repeat(MIB)), 0, diagnostics))
                .isNull();
        assertThat(diagnostics.sorted().stream().map(Diagnostic::code)).containsExactlyInAnyOrder(Code.Y112, Code.Y102);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[", "{", "{a: ", "- ", "? ", "[\n", "[{", "- [", "? [", "!!", "*", "&", ":", "@", "%", "\t"})
    void aMebibyteOfOneThingIsAnError(String unit) {
        assertThat(codes(fill(unit), 50)).isNotEmpty();
        assertThat(codes("x: " + "1\ny: ".repeat(3) + fill(unit).substring(0, 20_000), 0))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\n", "a ", "- a\n", "''", "#", "\n", " ", "- &a x\n", "- - - a\n", "\uD83D\uDE00"})
    void aMebibyteOfOneThingIsAnswered(String unit) {
        codes(
                fill(unit).substring(0, fill(unit).getBytes(StandardCharsets.UTF_8).length > MIB ? MIB / 4 : MIB - 20),
                50);
    }

    @Test
    void thousandsOfMistakesAreCounted() {
        List<Code> codes = codes("a: 1\n".repeat(100_000), 0);
        assertThat(codes).hasSize(1001).containsOnly(Code.Y105);
    }
}

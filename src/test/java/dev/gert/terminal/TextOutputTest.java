package dev.gert.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The streams that gert talks through. */
class TextOutputTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void itIsUtf8WhateverTheLocale() {
        TextOutput output = new TextOutput(bytes);
        output.line("Größe 🙂");
        output.flush();
        assertThat(bytes.toByteArray()).isEqualTo("Größe 🙂\n".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void textOfAnyLengthComesThroughInOrder() {
        TextOutput output = new TextOutput(bytes);
        StringBuilder whole = new StringBuilder();
        for (int length : new int[] {0, 1, 511, 512, 513, 70_000, 3, 65_535, 65_536, 65_537, 200_000, 1}) {
            String text = String.valueOf((char) ('a' + whole.length() % 26)).repeat(length);
            whole.append(text);
            output.print(text);
        }
        output.flush();
        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(whole.toString());
        assertThat(output.failure()).isNull();
    }

    @Test
    void aFailureIsRememberedAndEndsTheWriting() {
        int[] calls = {0};
        TextOutput output = new TextOutput(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                calls[0]++;
                throw new IOException("full");
            }
        });
        output.line("one");
        assertThat(output.failure()).isNull();
        output.flush();
        output.line("two");
        output.flush();
        assertThat(output.failure()).hasMessage("full");
        assertThat(calls[0]).isEqualTo(1);
    }
}

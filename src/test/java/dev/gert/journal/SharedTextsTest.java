package dev.gert.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SharedTextsTest {
    @Test
    void equalTextsAreOneObject() {
        SharedTexts shared = new SharedTexts();
        String first = shared.share(copy("tree[0].iterate"));
        assertThat(shared.share(copy("tree[0].iterate"))).isSameAs(first);
    }

    /** Far more texts than there are slots: whatever is forgotten, a text never comes back as another one. */
    @Test
    void neverAnotherText() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        SharedTexts shared = new SharedTexts();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            texts.add(Integer.toString(random.nextInt(40_000), 2 + random.nextInt(30)));
        }
        texts.add("x".repeat(10_000));
        texts.add("Aa");
        texts.add("BB");
        for (String text : texts) {
            assertThat(shared.share(copy(text))).isEqualTo(text);
        }
    }

    private static String copy(String text) {
        return new StringBuilder(text).toString();
    }
}

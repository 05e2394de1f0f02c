package dev.gert.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {
    private static final List<String> KEYS = List.of("id", "title", "outcomes", "capture", "when", "assertions");

    @ParameterizedTest
    @CsvSource({
        "outcome,outcomes",
        "outcmoes,outcomes",
        "OUTCOMES,outcomes",
        "captures,capture",
        "wehn,when",
        "asertion,assertions",
        "ID,id",
        "di,id",
        "titel,title"
    })
    void theNearestIsFound(String word, String expected) {
        assertThat(Suggestions.nearest(word, KEYS)).isEqualTo(expected);
        assertThat(Suggestions.didYouMean(word, KEYS)).isEqualTo("did you mean `" + expected + "`?");
    }

    @ParameterizedTest
    @CsvSource({"xyz", "outlandish", "c", "whenever", "''"})
    void farWordsHaveNone(String word) {
        assertThat(Suggestions.nearest(word, KEYS)).isNull();
        assertThat(Suggestions.didYouMean(word, KEYS)).isEmpty();
    }

    @Test
    void ofTwoEquallyNearTheFirstIsTaken() {
        assertThat(Suggestions.nearest("bat", List.of("boat", "brat"))).isEqualTo("boat");
    }

    @Test
    void ofThreeLettersAnotherOneIsAnotherWord() {
        assertThat(Suggestions.nearest("now", List.of("not"))).isNull();
        assertThat(Suggestions.nearest("cdw", List.of("cwd"))).isEqualTo("cwd");
        assertThat(Suggestions.nearest("en", List.of("env"))).isEqualTo("env");
    }

    @Test
    void lettersCompareWithoutCaseInEveryLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(Suggestions.nearest("TITLE", List.of("title"))).isEqualTo("title");
        } finally {
            Locale.setDefault(before);
        }
    }
}

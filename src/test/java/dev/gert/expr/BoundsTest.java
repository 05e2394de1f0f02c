package dev.gert.expr;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.json.JsonValue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What keeps an expression small and quick, whatever it and its values hold. */
@Timeout(120)
final class BoundsTest {
    private static final String BIG = "a".repeat(4_000_000);
    private static final Scope SCOPE = name -> new Lookup.Known(JsonValue.text(
            switch (name) {
                case "big" -> BIG;
                case "needle" -> "a".repeat(1_000_000) + "b";
                case "digits" -> "9".repeat(1_000);
                case "longer" -> "1".repeat(1_001);
                default -> name;
            }));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ replace .big \"a\" .big }}",
                "{{ replace .big \"\" .big }}",
                "{{ join (split .big \"\") .big }}",
                "{{ len (join (list .big .big .big .big .big) \"\") }}",
                "{{ len (split .big \"\") }}",
                "{{ json (list .big .big .big .big .big) }}",
                "{{ list .big .big .big .big .big }}",
                "{{ .big }}{{ .big }}{{ .big }}{{ .big }}{{ .big }}"
            })
    void noTextGrowsWithoutEnd(String template) {
        assertThat(Template.parse(Scalars.of(template), new Diagnostics()).evaluate(SCOPE))
                .isInstanceOfSatisfying(
                        Evaluation.Failure.class,
                        failure -> assertThat(failure.message())
                                .startsWith("the ")
                                .containsAnyOf("would be longer than 16 Mi characters", "longer than a million items"));
    }

    @Test
    void aBigValueIsOneValue() {
        assertThat(Template.parse(Scalars.of("{{ .big }}"), new Diagnostics()).evaluate(SCOPE))
                .isEqualTo(new Evaluation.Value(JsonValue.text(BIG)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "contains(big, needle)",
                "big contains needle",
                "replace(big, needle, '') != big",
                "len(split(big, needle)) > 1"
            })
    void searchingTakesNoTimeThatIsASquare(String condition) {
        assertThat(test(condition)).isInstanceOf(Truth.False.class);
    }

    @Test
    void numbersHaveAThousandDigits() {
        assertThat(test("digits + 0 == digits")).isInstanceOf(Truth.True.class);
        assertThat(test("digits + 1 > 0"))
                .isInstanceOfSatisfying(
                        Truth.Failure.class,
                        failure -> assertThat(failure.message()).isEqualTo("the result has more than 1,000 digits"));
        assertThat(test("digits * digits > 0")).isInstanceOf(Truth.Failure.class);
        assertThat(test("0.1" + " * 0.1".repeat(2_000) + " > 0")).isInstanceOf(Truth.Failure.class);
        assertThat(test("longer < 5")).as("it spells no number").isInstanceOf(Truth.True.class);
        assertThat(test("longer + 0 == 0")).isInstanceOf(Truth.Failure.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a{1000}){1000}",
                "((((a{30}){30}){30}){30}){30}",
                "(a{100}){100}",
                "(?:(?:x{50}){50}|y){2}",
                "([a-z]{100}){100}",
                "(\\d{1,100}){100}",
                "(\\pL{100}){100}",
                "(\\x{41}{100}){100}",
                "(a{99,}){99}",
                "((a|b|c){1,50}d*){40}",
                "(\\Qab\\E{50}){50}",
                "([]]{50}){50}",
                "a{999}[](]a{999}b{99}",
                "([[:alpha:]]{50}){50}",
                "((((a?)*)+){1000}){2}"
            })
    void patternsThatGrowAreRefused(String pattern) {
        assertThat(PatternSize.tooLarge(pattern)).isTrue();
        assertThat(Regex.of(pattern).problem()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^\\d{1,3}(\\.\\d{1,3}){3}$",
                "a{1000}",
                "[a-z0-9-]{1,63}",
                "\\p{Greek}{3}",
                "\\x{10FFFF}",
                "\\x{1000}\\x{2000}",
                "a{,5}",
                "{}",
                "x{",
                "[{]{3}",
                "(?i)error|warn(ing)?",
                "^(?P<n>[^:]+):(\\d+)$"
            })
    void usualPatternsAreNot(String pattern) {
        assertThat(PatternSize.tooLarge(pattern)).isFalse();
        assertThat(Regex.of(pattern).problem()).isNull();
    }

    @Test
    void noPatternIsLargerThanItIsTakenFor() {
        long seed = System.nanoTime();
        System.out.println("BoundsTest.noPatternIsLargerThanItIsTakenFor: seed " + seed);
        Random random = new Random(seed);
        int compiled = 0;
        for (int i = 0; i < 5_000; i++) {
            String pattern = pattern(random, 4);
            if (PatternSize.tooLarge(pattern)) {
                continue;
            }
            try {
                int size = Pattern.compile(pattern).programSize();
                assertThat(size)
                        .as("seed %d: %s", seed, pattern)
                        .isLessThanOrEqualTo((int) PatternSize.of(pattern) + 5);
                compiled++;
            } catch (PatternSyntaxException e) {
                assertThat(Regex.of(pattern).problem()).isNotNull();
            }
        }
        assertThat(compiled).isGreaterThan(1_000);
    }

    private static String pattern(Random random, int depth) {
        String[] atoms = {
            "a",
            "é",
            ".",
            "\\d",
            "\\x{41}",
            "\\pL",
            "\\p{Greek}",
            "[a-z]",
            "[^]}]",
            "[[:digit:]{]",
            "\\Qa{2}\\E",
            "^",
            "\\b",
            "\\{"
        };
        if (depth == 0) {
            return atoms[random.nextInt(atoms.length)];
        }
        String inner = pattern(random, depth - 1);
        return switch (random.nextInt(8)) {
            case 0 -> "(" + inner + ")";
            case 1 -> "(?:" + inner + "|" + pattern(random, depth - 1) + ")";
            case 2 -> "(" + inner + "){" + random.nextInt(40) + "}";
            case 3 -> "(?:" + inner + "){" + random.nextInt(5) + "," + (5 + random.nextInt(40)) + "}";
            case 4 -> "(" + inner + "){" + random.nextInt(40) + ",}";
            case 5 -> inner + pattern(random, depth - 1);
            case 6 -> "(" + inner + ")" + "*+?".charAt(random.nextInt(3));
            default -> inner + "|" + pattern(random, depth - 1);
        };
    }

    @Test
    void searchFindsWhatAPlainSearchFinds() {
        long seed = System.nanoTime();
        System.out.println("BoundsTest.searchFindsWhatAPlainSearchFinds: seed " + seed);
        Random random = new Random(seed);
        int found = 0;
        for (int i = 0; i < 2_000; i++) {
            String text = word(random, 400 + random.nextInt(400));
            int from = random.nextInt(text.length() - 300);
            int length = 65 + random.nextInt(200);
            String wanted = random.nextBoolean() ? text.substring(from, from + length) : word(random, length);
            int start = random.nextInt(text.length());
            assertThat(new TextSearch(wanted).find(text, start))
                    .as("seed %d: %s in %s from %d", seed, wanted, text, start)
                    .isEqualTo(text.indexOf(wanted, start));
            found += text.indexOf(wanted, start) >= 0 ? 1 : 0;
        }
        assertThat(found).isPositive();
    }

    /** Mostly one letter, so that parts repeat. */
    private static String word(Random random, int length) {
        StringBuilder word = new StringBuilder();
        while (word.length() < length) {
            word.append(random.nextInt(30) == 0 ? 'b' : 'a');
        }
        return word.toString();
    }

    @Test
    void orderIsThatOfCodePoints() {
        long seed = System.nanoTime();
        System.out.println("BoundsTest.orderIsThatOfCodePoints: seed " + seed);
        Random random = new Random(seed);
        int[] points = {'a', 'b', 0xe9, 0xd7ff, 0xe000, 0xffee, 0xffff, 0x10000, 0x1f600, 0x10ffff};
        for (int i = 0; i < 5_000; i++) {
            int[] a = random.ints(random.nextInt(4), 0, points.length)
                    .map(p -> points[p])
                    .toArray();
            int[] b = random.ints(random.nextInt(4), 0, points.length)
                    .map(p -> points[p])
                    .toArray();
            int order = Values.byCodePoint(new String(a, 0, a.length), new String(b, 0, b.length));
            assertThat(Integer.signum(order))
                    .as("seed %d", seed)
                    .isEqualTo(Integer.signum(java.util.Arrays.compare(a, b)));
        }
    }

    private static Truth test(String text) {
        Diagnostics diagnostics = new Diagnostics();
        Condition condition = Condition.parse(Scalars.of(text), diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        return condition.test(SCOPE);
    }
}

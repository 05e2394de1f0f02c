package dev.gert.expr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@link ConditionAnalysis} claims of random conditions, against evaluating them on many values. */
@Timeout(180)
final class AnalysisPropertyTest {
    private static final int ROUNDS = Integer.getInteger("gert.analyses", 4_000);
    private static final String[] VALUES = {
        "",
        "0",
        "0.0",
        "-0",
        "00",
        "1",
        "1.0",
        "01",
        "2",
        "3",
        "3x",
        "4",
        "5",
        "5x",
        "10",
        "-1",
        "3.5",
        "a",
        "A",
        "b",
        "ab",
        "abc",
        "a\u0000",
        "true",
        "false",
        "null",
        " ",
        "-",
        "z",
        "[1]",
        "[]",
        "[\"a\", \"ab\"]",
        "{\"k\": \"a\"}",
        "{\"k\": 1}",
        "{\"k\": 1.0}",
        "{\"k\": \"1.0\"}",
        "{\"k\": 3}",
        "{\"k\": 4}",
        "{\"k\": 0}",
        "{\"k\": true}",
        "{\"k\": false}",
        "{\"k\": null}",
        "{\"k\": [1, \"a\"]}",
        "{\"k\": {\"a\": 1}}",
        "{\"k\": \"\"}",
        "{\"k\": \"ab\"}",
        "{}",
        "[",
        null
    };

    private String[] xs = VALUES;
    private String[] ys = VALUES;

    @Test
    void claimsHoldForEveryValue() {
        long seed = Long.getLong("gert.seed", System.nanoTime());
        System.out.println("AnalysisPropertyTest.claimsHoldForEveryValue: seed " + seed);
        Random random = new Random(seed);
        int[] claims = new int[5];
        for (int round = 0; round < ROUNDS; round++) {
            boolean oneName = random.nextBoolean();
            xs = oneName ? VALUES : sample(random);
            ys = oneName ? new String[] {"a"} : sample(random);
            List<Condition> conditions = new ArrayList<>();
            List<char[]> truths = new ArrayList<>();
            for (int i = random.nextInt(5); i >= 0; i--) {
                Diagnostics diagnostics = new Diagnostics();
                String text = condition(random, random.nextInt(3));
                Condition condition = Condition.parse(Scalars.of(oneName ? text.replace('y', 'x') : text), diagnostics);
                if (!diagnostics.hasErrors()) {
                    conditions.add(condition);
                    truths.add(truths(condition));
                }
            }
            List<Verdict> verdicts = new ConditionAnalysis().inOrder(conditions);
            for (int i = 0; i < verdicts.size(); i++) {
                String what =
                        "seed " + seed + ", round " + round + ": " + shown(conditions, i) + ": " + verdicts.get(i);
                claims[check(verdicts.get(i), i, truths, what)]++;
                check(new ConditionAnalysis().given(conditions.subList(0, i), conditions.get(i)), i, truths, what);
                Verdict alone = new ConditionAnalysis().fold(conditions.get(i));
                check(alone, 0, truths.subList(i, i + 1), what + " alone " + alone);
            }
            if (new ConditionAnalysis().exhaustive(conditions)) {
                checkExhaustive(conditions, truths, seed);
            }
            checkKnown(conditions, truths, random, seed);
        }
        System.out.println("claims: open " + claims[0] + ", true " + claims[1] + ", false " + claims[2] + ", fails "
                + claims[3] + ", unreachable " + claims[4]);
        for (int claim : claims) {
            assertThat(claim).isGreaterThan(ROUNDS / 100);
        }
    }

    @Test
    void whatNeedsANameFailsWithoutIt() {
        long seed = Long.getLong("gert.seed", System.nanoTime());
        System.out.println("AnalysisPropertyTest.whatNeedsANameFailsWithoutIt: seed " + seed);
        Random random = new Random(seed);
        int needed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Condition condition = Condition.parse(Scalars.of(condition(random, 3)), new Diagnostics());
            if (condition.isBroken()) {
                continue;
            }
            xs = new String[] {null, VALUES[random.nextInt(VALUES.length)]};
            ys = sample(random);
            boolean needsX = false;
            boolean readsX = false;
            for (NameUse use : condition.names()) {
                needsX |= use.name().equals("x") && use.isNeeded();
                readsX |= use.name().equals("x") && !use.defaulted();
            }
            char[] truths = truths(condition);
            for (int y = 0; y < ys.length; y++) {
                String what = "seed " + seed + ": " + condition.source() + " with y = " + ys[y];
                if (needsX) {
                    assertThat(truths[y]).as(what).isEqualTo('E');
                    needed++;
                } else if (!readsX && truths[y] == 'E') {
                    assertThat(condition.test(AnalysisPropertyTest::withoutX).toString())
                            .as(what)
                            .doesNotContain("`x` is not set");
                }
            }
        }
        assertThat(needed).isPositive();
    }

    private static Lookup withoutX(String name) {
        return name.equals("x") ? new Lookup.Unset("") : new Lookup.Known(JsonValue.text("a"));
    }

    private static String shown(List<Condition> conditions, int to) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i <= to; i++) {
            shown.append(i == 0 ? "" : " ; ").append(conditions.get(i).source());
        }
        return shown.toString();
    }

    private int check(Verdict verdict, int position, List<char[]> truths, String what) {
        if (verdict instanceof Verdict.AlwaysTrue always) {
            never('F', position, always.because(), truths, what);
            return 1;
        }
        if (verdict instanceof Verdict.AlwaysFalse never) {
            never('T', position, never.because(), truths, what);
            return 2;
        }
        if (verdict instanceof Verdict.AlwaysFails) {
            never('T', position, List.of(), truths, what);
            never('F', position, List.of(), truths, what);
            return 3;
        }
        if (verdict instanceof Verdict.Unreachable unreachable) {
            assertThat(unreachable.behind()).as(what).isNotEmpty();
            never('*', position, allBefore(position), truths, what);
            return 4;
        }
        return 0;
    }

    private static List<Integer> allBefore(int position) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < position; i++) {
            all.add(i);
        }
        return all;
    }

    /** No values for which all of {@code before} are false give the unwanted truth; * is any. */
    private void never(char unwanted, int position, List<Integer> before, List<char[]> truths, String what) {
        for (int value = 0; value < truths.get(position).length; value++) {
            boolean reached = true;
            for (int each : before) {
                assertThat(each).as(what).isLessThan(position);
                reached &= truths.get(each)[value] == 'F';
            }
            if (reached && (unwanted == '*' || truths.get(position)[value] == unwanted)) {
                throw new AssertionError(what + " does not hold for " + assignment(value));
            }
        }
    }

    private void checkExhaustive(List<Condition> conditions, List<char[]> truths, long seed) {
        for (int value = 0; value < truths.get(0).length; value++) {
            boolean allFalse = true;
            for (char[] truth : truths) {
                allFalse &= truth[value] == 'F';
            }
            assertThat(allFalse)
                    .as("seed " + seed + ": exhaustive " + shown(conditions, conditions.size() - 1) + " for "
                            + assignment(value))
                    .isFalse();
        }
    }

    /** With {@code x} known the claim is of the other name's values alone. */
    private void checkKnown(List<Condition> conditions, List<char[]> truths, Random random, long seed) {
        int x = random.nextInt(xs.length);
        String text = xs[x];
        Lookup known = text == null ? new Lookup.Unset("") : new Lookup.Known(JsonValue.text(text));
        for (int i = 0; i < conditions.size(); i++) {
            Verdict verdict = new ConditionAnalysis()
                    .fold(conditions.get(i), name -> name.equals("x") ? known : new Lookup.Open());
            char[] part = Arrays.copyOfRange(truths.get(i), x * ys.length, (x + 1) * ys.length);
            String what = "seed " + seed + ": " + conditions.get(i).source() + " with x " + text + ": " + verdict;
            check(verdict, 0, List.of(part), what);
        }
    }

    private String assignment(int value) {
        return "x = " + xs[value / ys.length] + ", y = " + ys[value % ys.length];
    }

    /** Some of the values, for two names at a time. */
    private static String[] sample(Random random) {
        String[] sample = new String[16];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = VALUES[random.nextInt(VALUES.length)];
        }
        return sample;
    }

    private char[] truths(Condition condition) {
        char[] truths = new char[xs.length * ys.length];
        for (int i = 0; i < truths.length; i++) {
            int at = i;
            Truth truth = condition.test(name -> value(name, at));
            truths[i] = truth instanceof Truth.True ? 'T' : truth instanceof Truth.False ? 'F' : 'E';
        }
        return truths;
    }

    private Lookup value(String name, int at) {
        String text = name.equals("x") ? xs[at / ys.length] : ys[at % ys.length];
        return text == null ? new Lookup.Unset("") : new Lookup.Known(JsonValue.text(text));
    }

    private static String condition(Random random, int depth) {
        if (depth == 0) {
            return atom(random);
        }
        return switch (random.nextInt(7)) {
            case 0, 1 -> "(" + condition(random, depth - 1) + " or " + condition(random, depth - 1) + ")";
            case 2, 3 -> "(" + condition(random, depth - 1) + " and " + condition(random, depth - 1) + ")";
            case 4 -> "(not " + condition(random, depth - 1) + ")";
            case 5 -> "((" + condition(random, depth - 1) + ")" + sign(random) + constant(random) + ")";
            default -> atom(random);
        };
    }

    private static String atom(Random random) {
        return switch (random.nextInt(14)) {
            case 0 -> term(random);
            case 1 -> term(random) + " in [" + constant(random) + ", " + constant(random) + "]";
            case 2 -> constant(random) + sign(random) + term(random);
            case 3 -> term(random) + sign(random) + term(random);
            case 4 -> constant(random) + sign(random) + constant(random);
            case 5 -> term(random) + " in [" + term(random) + ", " + constant(random) + "]";
            case 6 -> term(random) + sign(random) + "[" + constant(random) + "]";
            case 7 -> "[" + constant(random) + ", 'b'] contains " + term(random);
            case 8 ->
                term(random) + " matches '" + List.of("a", "^1", "^a", "b$").get(random.nextInt(4)) + "'";
            default -> term(random) + sign(random) + constant(random);
        };
    }

    private static String sign(Random random) {
        String[] signs = {
            "==", "==", "!=", "!=", "<", "<=", ">", ">=", "contains", "startsWith", "endsWith", "in", "not contains"
        };
        return " " + signs[random.nextInt(signs.length)] + " ";
    }

    private static String term(Random random) {
        String[] terms = {
            "x",
            "x",
            "x",
            "y",
            "y",
            "x.k",
            "x.k",
            "y.k",
            "len(x)",
            "int(x)",
            "lower(x)",
            "x + 1",
            "default('a', x)",
            "default('', x.k)",
            "default(1, y)",
            "(x or y)",
            "(x and 'a')",
            "x[0]",
            "upper(y)",
            "-x",
            "split(x, 'b')",
            "[x, y]"
        };
        return terms[random.nextInt(terms.length)];
    }

    private static String constant(Random random) {
        String[] constants = {
            "''", "'a'", "'b'", "'ab'", "'A'", "'1'", "'1.0'", "'0'", "'3'", "'5'", "'10'", "'true'", "'false'", "0",
            "1", "1.0", "3", "4", "5", "10", "true", "false", "null", "'[1]'", "'x'"
        };
        return constants[random.nextInt(constants.length)];
    }
}

package dev.gert.expr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.json.JsonValue;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Random words in a row, and random sound expressions: nothing is ever thrown. */
@Timeout(120)
final class RandomExpressionTest {
    private static final int CASES = 5_000;
    private static final String[] WORDS = {
        "a",
        "b",
        ".a",
        ".b",
        "a.b",
        ".c[0]",
        "open",
        "unset",
        "nowhere",
        "1",
        "-1",
        "1.5",
        "007",
        "\"x\"",
        "'y'",
        "`z`",
        "\"",
        "'",
        "true",
        "false",
        "null",
        "nil",
        "or",
        "and",
        "not",
        "!",
        "||",
        "&&",
        "|",
        "&",
        "==",
        "!=",
        "=",
        "<",
        "<=",
        ">",
        ">=",
        "in",
        "contains",
        "startsWith",
        "endsWith",
        "matches",
        "+",
        "-",
        "*",
        "/",
        "(",
        ")",
        "[",
        "]",
        ",",
        ".",
        "{{",
        "}}",
        "{{-",
        "-}}",
        "{{/*",
        "*/}}",
        "if",
        "end",
        "$",
        "\n",
        "é",
        "😀",
        "\ud83d",
        "\u0000",
        "eq",
        "lower",
        "lower(",
        "len",
        "len(",
        "split",
        "join(",
        "default",
        "default(",
        "index",
        "index(",
        "replace(",
        "json",
        "int(",
        "list",
        "list(",
        "has(",
        "\"[\"",
        "\"(a{9}){9}\"",
        "{",
        "}",
        "\\"
    };
    private static final Scope SCOPE = name -> switch (name) {
        case "a" -> new Lookup.Known(JsonValue.text("12"));
        case "b" -> new Lookup.Known(JsonValue.text("{\"b\": [1, {\"x\": null}]}"));
        case "c" -> new Lookup.Known(new JsonValue.ListValue(List.of(JsonValue.text("x"), JsonValue.number(2))));
        case "open" -> new Lookup.Open();
        case "unset" -> new Lookup.Unset("why");
        default -> new Lookup.Undeclared();
    };

    @Test
    void wordsInARowNeverThrow() {
        long seed = System.nanoTime();
        System.out.println("RandomExpressionTest.wordsInARowNeverThrow: seed " + seed);
        Random random = new Random(seed);
        int sound = 0;
        for (int i = 0; i < CASES; i++) {
            StringBuilder text = new StringBuilder();
            int words = 1 + random.nextInt(12);
            boolean braces = random.nextInt(3) == 0;
            text.append(braces ? "{{ " : "");
            for (int w = 0; w < words; w++) {
                text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextInt(4) == 0 ? "" : " ");
            }
            text.append(braces ? " }}" : "");
            sound += check(text.toString(), seed) ? 1 : 0;
        }
        assertThat(sound).as("some of them can be read").isPositive();
    }

    @Test
    void soundExpressionsAreReadAndNeverThrow() {
        long seed = System.nanoTime();
        System.out.println("RandomExpressionTest.soundExpressionsAreReadAndNeverThrow: seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < CASES; i++) {
            String condition = condition(random, 4);
            assertThat(check(condition, seed))
                    .as("seed %d: %s", seed, condition)
                    .isTrue();
            String template = "x{{ " + pipeline(random, 3) + " }}y";
            assertThat(check(template, seed)).as("seed %d: %s", seed, template).isTrue();
        }
    }

    /** Whether it can be read; fails where a problem is not told, or told without a place in the text. */
    private static boolean check(String text, long seed) {
        try {
            Diagnostics inTemplate = new Diagnostics();
            Template template = Template.parse(Scalars.of(text), inTemplate);
            Evaluation value = template.evaluate(SCOPE);
            template.parts(SCOPE);
            template.renderLenient(SCOPE);
            template.names();
            Diagnostics inCondition = new Diagnostics();
            Condition condition = Condition.parse(Scalars.of(text), inCondition);
            Truth truth = condition.test(SCOPE);
            condition.operands(SCOPE);
            assertPlaces(inTemplate, text);
            assertPlaces(inCondition, text);
            assertThat(inTemplate.hasErrors() && !(value instanceof Evaluation.Failure))
                    .isFalse();
            assertThat(inCondition.hasErrors() && !(truth instanceof Truth.Failure))
                    .isFalse();
            return text.contains("{{") ? !inTemplate.hasErrors() : !inCondition.hasErrors();
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("seed " + seed + ": " + text, e);
        }
    }

    private static void assertPlaces(Diagnostics diagnostics, String text) {
        for (Diagnostic each : diagnostics.sorted()) {
            assertThat(each.primary()).isNotNull().satisfies(label -> {
                assertThat(label.span().start()).isBetween(0, text.length());
                assertThat(label.span().end()).isBetween(label.span().start(), text.length());
            });
        }
    }

    private static String condition(Random random, int depth) {
        if (depth == 0) {
            return operand(random);
        }
        return switch (random.nextInt(9)) {
            case 0 -> "(" + condition(random, depth - 1) + " or " + condition(random, depth - 1) + ")";
            case 1 -> "(" + condition(random, depth - 1) + " && " + condition(random, depth - 1) + ")";
            case 2 -> "(not " + condition(random, depth - 1) + ")";
            case 3 -> "(" + condition(random, depth - 1) + sign(random) + condition(random, depth - 1) + ")";
            case 4 -> "(" + condition(random, depth - 1) + " - " + condition(random, depth - 1) + ")";
            case 5 -> "[" + condition(random, depth - 1) + ", " + condition(random, depth - 1) + "]";
            case 6 -> function(random) + "(" + condition(random, depth - 1) + ")";
            case 7 -> "default(" + condition(random, depth - 1) + ", " + condition(random, depth - 1) + ")";
            default -> operand(random) + "[" + condition(random, depth - 1) + "]";
        };
    }

    private static String sign(Random random) {
        String[] signs = {
            "==", "!=", "<", "<=", ">", ">=", "in", "not in", "contains", "startsWith", "endsWith", "matches", "+", "*"
        };
        return " " + signs[random.nextInt(signs.length)] + " ";
    }

    private static String function(Random random) {
        String[] functions = {"lower", "upper", "trim", "len", "int", "json", "not", "list"};
        return functions[random.nextInt(functions.length)];
    }

    private static String operand(Random random) {
        String[] operands = {
            "a", "b", "c", "b.b", "c[1]", "open", "unset", "nowhere", "1", "-2.5", "\"x\"", "true", "null", "[]"
        };
        return operands[random.nextInt(operands.length)];
    }

    private static String pipeline(Random random, int depth) {
        String[] operands = {".a", ".b", ".c[1]", ".open", ".unset", ".nowhere", "1", "-2.5", "\"x\"", "`y`", "nil"};
        if (depth == 0) {
            return operands[random.nextInt(operands.length)];
        }
        return switch (random.nextInt(4)) {
            case 0 -> "(" + pipeline(random, depth - 1) + " | " + function(random) + ")";
            case 1 -> "(" + function(random) + " " + pipeline(random, depth - 1) + ")";
            case 2 -> "(default " + pipeline(random, depth - 1) + " " + pipeline(random, depth - 1) + ")";
            default -> "(eq " + pipeline(random, depth - 1) + " " + pipeline(random, depth - 1) + ")";
        };
    }
}

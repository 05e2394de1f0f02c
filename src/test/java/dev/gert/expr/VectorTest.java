package dev.gert.expr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Label;
import dev.gert.json.JsonValue;
import dev.gert.json.JsonWriter;
import dev.gert.source.Span;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Templates and conditions against {@code src/test/cases/expr} (formats.md, section 2). */
final class VectorTest {
    static List<Vector> vectors() {
        return Vector.all();
    }

    @Test
    void noVectorIsLost() {
        assertThat(vectors()).hasSizeGreaterThan(900);
    }

    @Test
    void everyFunctionIsCalledOnBothSurfaces() {
        List<Vector> vectors = vectors();
        for (Function function : Function.values()) {
            String word = function.word();
            assertThat(vectors)
                    .as(word + " in a condition")
                    .anyMatch(each -> each.has("value") && each.written().contains(word + "("));
            assertThat(vectors)
                    .as(word + " in a template")
                    .anyMatch(each -> each.has("text") && each.written().contains(" " + word + " "));
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void holds(Vector vector) {
        int checked = 0;
        if (vector.has("error")) {
            checkError(vector);
            checked++;
        }
        if (vector.has("value")) {
            assertThat(shown(evaluated(vector))).isEqualTo(shown(new Evaluation.Value(vector.value("value"))));
            checked++;
        }
        if (vector.has("test")) {
            assertThat(shown(condition(vector).test(vector))).isEqualTo(vector.text("test"));
            checked++;
        }
        if (vector.has("text")) {
            assertThat(shown(template(vector).evaluate(vector)))
                    .isEqualTo(shown(new Evaluation.Value(JsonValue.text(vector.text("text")))));
            checked++;
        }
        if (vector.has("fails")) {
            checkFailure(vector);
            checked++;
        }
        if (vector.has("lenient")) {
            Rendering rendering = template(vector).renderLenient(vector);
            assertThat(rendering.text()).isEqualTo(vector.text("lenient"));
            assertThat(rendering.open()).isEqualTo(vector.texts("opens"));
            assertThat(rendering.failure()).isNull();
            checked++;
        }
        if (vector.has("parts")) {
            List<String> shown = new ArrayList<>();
            for (Part part : parsed(vector, new Diagnostics()).parts(vector)) {
                shown.add(part instanceof Part.Known known ? "=" + known.text() : "?" + ((Part.Open) part).source());
            }
            assertThat(shown).isEqualTo(vector.texts("parts"));
            checked++;
        }
        assertThat(checked).as("something is expected").isPositive();
    }

    private static void checkError(Vector vector) {
        Diagnostics diagnostics = new Diagnostics();
        Span failed;
        String message;
        if (vector.isTemplate()) {
            Evaluation.Failure failure =
                    (Evaluation.Failure) parsed(vector, diagnostics).evaluate(vector);
            failed = failure.span();
            message = failure.message();
        } else {
            Truth.Failure failure = (Truth.Failure)
                    Condition.parse(Scalars.of(vector.written()), diagnostics).test(vector);
            failed = failure.span();
            message = failure.message();
        }
        Diagnostic first = diagnostics.sorted().get(0);
        Label label = first.primary();
        assertThat(first.message()).startsWith(vector.text("error")).isEqualTo(message);
        assertThat(label).isNotNull();
        if (label != null) {
            assertThat(label.span().position().column()).isEqualTo(Integer.parseInt(vector.text("column")));
            assertThat(label.span()).isEqualTo(failed);
        }
        assertThat(first.code()).isEqualTo(Code.valueOf(vector.text("code")));
        if (vector.has("help")) {
            assertThat(first.help()).isEqualTo(vector.text("help"));
        }
    }

    private static void checkFailure(Vector vector) {
        String message;
        Span span;
        if (vector.isTemplate()) {
            Evaluation.Failure failure = (Evaluation.Failure) template(vector).evaluate(vector);
            message = failure.message();
            span = failure.span();
        } else {
            Truth.Failure failure = (Truth.Failure) condition(vector).test(vector);
            message = failure.message();
            span = failure.span();
        }
        assertThat(message).startsWith(vector.text("fails"));
        assertThat(span.position().column()).isEqualTo(Integer.parseInt(vector.text("column")));
    }

    /** The value of an expression, or of a template's only action. */
    private static Evaluation evaluated(Vector vector) {
        Diagnostics diagnostics = new Diagnostics();
        Problems problems = new Problems(new Places(Scalars.of(vector.written())), diagnostics, Code.T302);
        Node root = ConditionParser.parse(new Tokens(Lexer.condition(vector.written()), problems));
        assertThat(diagnostics.sorted()).isEmpty();
        assertThat(root).isNotNull();
        return root == null ? new Evaluation.Unknown(List.of()) : new Evaluator(vector).evaluate(root);
    }

    private static Template parsed(Vector vector, Diagnostics diagnostics) {
        return Template.parse(Scalars.of(vector.written()), diagnostics);
    }

    private static Template template(Vector vector) {
        Diagnostics diagnostics = new Diagnostics();
        Template template = parsed(vector, diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        return template;
    }

    private static Condition condition(Vector vector) {
        Diagnostics diagnostics = new Diagnostics();
        Condition condition = Condition.parse(Scalars.of(vector.written()), diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        return condition;
    }

    private static String shown(Evaluation evaluation) {
        return evaluation instanceof Evaluation.Value value ? JsonWriter.compact(value.value()) : evaluation.toString();
    }

    private static String shown(Truth truth) {
        if (truth instanceof Truth.True) {
            return "true";
        }
        if (truth instanceof Truth.False) {
            return "false";
        }
        return truth instanceof Truth.Unknown ? "unknown" : truth.toString();
    }
}

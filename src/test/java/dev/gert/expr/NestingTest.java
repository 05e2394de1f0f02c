package dev.gert.expr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.json.JsonValue;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions that are deep or long (threats.md, "Templates and captures"), on a small stack. */
@Timeout(60)
final class NestingTest {
    private static final long SMALL_STACK = 512 * 1024L;
    private static final Scope ONE = name -> new Lookup.Known(JsonValue.text("1"));

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "lower(", "-(", "not (", "a[", "a == (", "(a or ", "f(", "-lower(("})
    void tenThousandOpeningsAreRefused(String opening) {
        String closing = opening.equals("[") || opening.equals("a[") ? "]" : ")";
        for (String text : List.of(opening.repeat(10_000), opening.repeat(10_000) + "a" + closing.repeat(10_000))) {
            assertThat(codes(text)).isSubsetOf(Code.T302, Code.T303).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", ".a[", "lower (", "(.a | default "})
    void tenThousandOpeningsInATemplateAreRefused(String opening) {
        String closing = opening.equals(".a[") ? "]" : ")";
        for (String text : List.of(
                "{{ " + opening.repeat(10_000) + " }}",
                "{{ " + opening.repeat(10_000) + ".a" + closing.repeat(10_000) + " }}")) {
            assertThat(diagnostics(text, true)).extracting(Diagnostic::code).containsExactly(Code.T301);
        }
    }

    @Test
    void twoHundredLevelsAreRead() {
        String text = "(".repeat(200) + "a" + ")".repeat(200);
        assertThat(codes(text)).isEmpty();
        assertThat(test(text)).isInstanceOf(Truth.True.class);
    }

    @Test
    void theNextLevelIsRefusedAtItsParenthesis() {
        String text = "(".repeat(201) + "a" + ")".repeat(201);
        Diagnostic found = diagnostics(text, false).get(0);
        assertThat(found.message()).isEqualTo("nested deeper than 200");
        assertThat(found.primary())
                .isNotNull()
                .satisfies(label -> assertThat(label.span().position().column()).isEqualTo(201));
    }

    @Test
    void twoHundredLevelsOfEveryOperatorAreEvaluated() {
        String opening = "not not a or a and not not - - 1 + 2 * - - int(";
        String level = opening.repeat(199) + "a" + ")".repeat(199) + " == -5";
        assertThat(codes(level)).isEmpty();
        assertThat(test(level)).isInstanceOf(Truth.True.class);
    }

    @Test
    void aTemplateAsDeepAsAllowedIsEvaluated() {
        String text = "{{ " + "(lower ".repeat(199) + "(.a" + ")".repeat(200) + " | lower".repeat(190) + " }}";
        assertThat(diagnostics(text, true)).isEmpty();
        AtomicReference<Evaluation> result = new AtomicReference<>();
        onSmallStack(() ->
                result.set(Template.parse(Scalars.of(text), new Diagnostics()).evaluate(ONE)));
        assertThat(result.get()).isEqualTo(new Evaluation.Value(JsonValue.text("1")));
    }

    @Test
    void pipesAreCounted() {
        assertThat(diagnostics("{{ .a" + " | lower".repeat(200) + " }}", true)).isEmpty();
        assertThat(diagnostics("{{ .a" + " | lower".repeat(201) + " }}", true))
                .extracting(Diagnostic::message)
                .containsExactly("more than 200 pipes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " or a",
                " and a",
                " || a",
                " + 1",
                " - 1",
                " * 1",
                " or a == 1",
                " and not a != 1",
                " or (a)",
                " and a in [a]",
                " or a and a",
                " + a * 1"
            })
    void longChainsAreRead(String more) {
        String text = "a" + more.repeat(50_000);
        assertThat(codes(text)).isEmpty();
        assertThat(test(text)).isInstanceOf(Truth.True.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not ", "!", "! not ", "-", "- "})
    void longPrefixesAreRead(String more) {
        String text = more.repeat(50_000) + "a";
        assertThat(codes(text)).isEmpty();
        assertThat(test(text)).isInstanceOf(Truth.True.class);
    }

    @Test
    void longListsCallsAndPathsAreRead() {
        assertThat(test("a in [2" + ", 2".repeat(50_000) + ", 1]")).isInstanceOf(Truth.True.class);
        assertThat(test("eq(a, 2" + ", 2".repeat(50_000) + ", 1)")).isInstanceOf(Truth.True.class);
        assertThat(test("a" + ".b".repeat(50_000))).isInstanceOf(Truth.Failure.class);
        assertThat(test("a" + "[0]".repeat(50_000))).isInstanceOf(Truth.Failure.class);
        assertThat(codes("{{ .a }}".repeat(50_000))).isEmpty();
    }

    @Test
    void longLiteralsAreRefused() {
        assertThat(codes("a == " + "1".repeat(1_000))).isEmpty();
        assertThat(codes("a == " + "1".repeat(1_001))).containsExactly(Code.T302);
        assertThat(codes("a matches '" + "x".repeat(1_001) + "'")).containsExactly(Code.T305);
        assertThat(codes("a matches '" + "(".repeat(499) + ")".repeat(499) + "'"))
                .isEmpty();
    }

    private static List<Code> codes(String text) {
        return diagnostics(text, false).stream().map(Diagnostic::code).toList();
    }

    private static List<Diagnostic> diagnostics(String text, boolean template) {
        Diagnostics diagnostics = new Diagnostics();
        onSmallStack(() -> {
            if (template) {
                Template.parse(Scalars.of(text), diagnostics);
            } else {
                Condition.parse(Scalars.of(text), diagnostics);
            }
        });
        return diagnostics.sorted();
    }

    private static Truth test(String text) {
        AtomicReference<Truth> result = new AtomicReference<>();
        onSmallStack(() ->
                result.set(Condition.parse(Scalars.of(text), new Diagnostics()).test(ONE)));
        return result.get();
    }

    private static void onSmallStack(Runnable work) {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(null, work, "small stack", SMALL_STACK);
        thread.setUncaughtExceptionHandler((where, what) -> thrown.set(what));
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertThat(thrown.get()).isNull();
    }
}

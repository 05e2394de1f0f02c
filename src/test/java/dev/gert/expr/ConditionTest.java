package dev.gert.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.json.JsonValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConditionTest {
    private static final Scope NOTHING = name -> new Lookup.Undeclared();

    @Test
    void alwaysHoldsAndReadsNothing() {
        assertThat(Condition.always().test(NOTHING)).isEqualTo(new Truth.True());
        assertThat(Condition.always().names()).isEmpty();
        assertThat(Condition.always().source()).isEmpty();
        assertThat(Condition.always().operands(NOTHING)).isEmpty();
    }

    @Test
    void keepsItsSource() {
        assertThat(parse(" a ==  1 ").source()).isEqualTo(" a ==  1 ");
        assertThat(parse("{{ .a }}").source()).isEqualTo("{{ .a }}");
    }

    @Test
    void namesInOrderWithPlaces() {
        Condition condition = parse("b.c[d] == 1 or has(e, f) and default(g, h.i) < -a or default(1, default(j, k))");
        assertThat(condition.names())
                .extracting(NameUse::name, use -> use.span().position().column(), NameUse::defaulted)
                .containsExactly(
                        tuple("b", 1, false),
                        tuple("d", 5, false),
                        tuple("e", 20, false),
                        tuple("f", 23, false),
                        tuple("g", 38, false),
                        tuple("h", 41, true),
                        tuple("a", 49, false),
                        tuple("j", 73, true),
                        tuple("k", 76, true));
    }

    @Test
    void whichNamesAreReadInAnyCase() {
        Condition condition = parse("not (a == 1) and (b or c) or default(d, e[f]) and lower(g) in [h] or true");
        assertThat(condition.names())
                .extracting(NameUse::name, NameUse::always, NameUse::isNeeded)
                .containsExactly(
                        tuple("a", true, true),
                        tuple("b", false, false),
                        tuple("c", false, false),
                        tuple("d", false, false),
                        tuple("e", false, false),
                        tuple("f", false, false),
                        tuple("g", false, false),
                        tuple("h", false, false));
        assertThat(parse("default(d, e[f]) == lower(g)").names())
                .extracting(NameUse::name, NameUse::always, NameUse::isNeeded)
                .containsExactly(
                        tuple("d", false, false),
                        tuple("e", true, false),
                        tuple("f", true, true),
                        tuple("g", true, true));
        assertThat(parse("{{ or .a .b }}").names())
                .extracting(NameUse::name, NameUse::always)
                .containsExactly(tuple("a", true), tuple("b", false));
    }

    @Test
    void whichNamesMustBeSetWhereTheyAreRead() {
        assertThat(parse("default(a, b.c) == d or e or default('x', f) == ''").namesToBeSet())
                .extracting(NameUse::name)
                .containsExactly("a", "d", "e");
    }

    @Test
    void templateNames() {
        assertThat(parse("{{ eq .a .b }}").names()).extracting(NameUse::name).containsExactly("a", "b");
    }

    @Test
    void operandsAreTheValuesOfItsNames() {
        Map<String, JsonValue> values = Map.of(
                "z", JsonValue.text("1"),
                "a", JsonValue.number(5),
                "list", new JsonValue.ListValue(List.of(JsonValue.text("x"))));
        Scope scope = name -> {
            JsonValue value = values.get(name);
            return value != null
                    ? new Lookup.Known(value)
                    : name.equals("open") ? new Lookup.Open() : new Lookup.Unset("never ran");
        };
        Map<String, String> operands =
                parse("z == 1 and a > 2 or open or unset or z in list").operands(scope);
        assertThat(operands).containsExactly(Map.entry("z", "1"), Map.entry("a", "5"), Map.entry("list", "[\"x\"]"));
    }

    @Test
    void unknownTellsItsNamesOnce() {
        Scope scope = name -> new Lookup.Open();
        assertThat(parse("b or a and b or c == a").test(scope)).isEqualTo(new Truth.Unknown(List.of("b", "a", "c")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{ .a }} == \"1\"", "not {{ .a }}", "{{ .a }} and {{ .b }}", "\"{{ .a }}\" == \"x\""})
    void textBesideBracesIsRefused(String text) {
        Diagnostics diagnostics = new Diagnostics();
        Condition condition = Condition.parse(Scalars.of(text), diagnostics);
        assertThat(diagnostics.sorted()).extracting(Diagnostic::code).containsExactly(Code.T302);
        assertThat(condition.test(NOTHING))
                .isInstanceOfSatisfying(
                        Truth.Failure.class,
                        failure -> assertThat(failure.message())
                                .isEqualTo("text beside `{{ }}` makes a condition that is always true"));
    }

    @Test
    void aBrokenTemplateIsABrokenCondition() {
        Diagnostics diagnostics = new Diagnostics();
        Condition condition = Condition.parse(Scalars.of("{{ .a == 1 }}"), diagnostics);
        assertThat(diagnostics.sorted()).extracting(Diagnostic::code).containsExactly(Code.T302);
        assertThat(condition.test(NOTHING)).isInstanceOf(Truth.Failure.class);
    }

    private static Condition parse(String text) {
        Diagnostics diagnostics = new Diagnostics();
        Condition condition = Condition.parse(Scalars.of(text), diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        return condition;
    }
}

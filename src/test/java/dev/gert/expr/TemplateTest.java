package dev.gert.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Diagnostics;
import dev.gert.diagnostic.Severity;
import dev.gert.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TemplateTest {
    private static final Scope NOTHING = name -> new Lookup.Undeclared();

    @ParameterizedTest
    @ValueSource(strings = {"", "x", " x ", "a }} b", "{ }", "-x"})
    void textWithoutBracesIsLiteral(String text) {
        Template template = parse(text);
        assertThat(template.isLiteral()).isTrue();
        assertThat(template.literalText()).isEqualTo(text);
        assertThat(template.startsWithTemplate()).isFalse();
        assertThat(template.evaluate(NOTHING)).isEqualTo(new Evaluation.Value(JsonValue.text(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{ .a }}", "x{{ .a }}", "{{ \"x\" }}", "{{/* x */}}", "x{{/* y */}}", "{{- 1 }}"})
    void textWithBracesIsNot(String text) {
        Template template = parse(text);
        assertThat(template.isLiteral()).isFalse();
        assertThat(template.literalText()).isNull();
        assertThat(template.source()).isEqualTo(text);
    }

    @Test
    void literalIsNeverRead() {
        Template template = Template.literal("{{ .a }} {{");
        assertThat(template.isLiteral()).isTrue();
        assertThat(template.names()).isEmpty();
        assertThat(template.evaluate(NOTHING)).isEqualTo(new Evaluation.Value(JsonValue.text("{{ .a }} {{")));
        assertThat(template.parts(NOTHING)).containsExactly(new Part.Known("{{ .a }} {{"));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
                    {{ .a }},true
                    {{ .a }}x,true
                    {{/* c */}}{{ .a }},true
                    "  {{- .a }}",true
                    {{ "x" }},true
                    x{{ .a }},false
                    " {{ .a }}",false
                    {{/* c */}}x{{ .a }},false
                    {{/* c */}},false
                    """)
    void theFirstThingItMakes(String text, boolean fromAnAction) {
        assertThat(parse(text).startsWithTemplate()).isEqualTo(fromAnAction);
    }

    @Test
    void namesInOrderWithPlaces() {
        Template template = parse("{{ .a.b }} {{ eq .c (index .d .e) }} {{ .f | default .g | lower }} {{ .a }}");
        assertThat(template.names())
                .extracting(NameUse::name, use -> use.span().position().column(), NameUse::defaulted)
                .containsExactly(
                        tuple("a", 4, false),
                        tuple("c", 18, false),
                        tuple("d", 28, false),
                        tuple("e", 31, false),
                        tuple("f", 41, true),
                        tuple("g", 54, false),
                        tuple("a", 71, false));
        assertThat(template.namesToBeSet()).extracting(NameUse::name).containsExactly("a", "c", "d", "e", "g", "a");
    }

    @Test
    void aBrokenTemplateOnlyFails() {
        Diagnostics diagnostics = new Diagnostics();
        Template template = Template.parse(Scalars.of("{{ .a }} {{ if }}"), diagnostics);
        assertThat(diagnostics.hasErrors()).isTrue();
        assertThat(template.isLiteral()).isFalse();
        assertThat(template.evaluate(NOTHING)).isInstanceOf(Evaluation.Failure.class);
        assertThat(template.parts(NOTHING)).containsExactly(new Part.Open("{{ .a }} {{ if }}"));
        assertThat(template.renderLenient(NOTHING).failure()).isNotNull();
    }

    @Test
    void everyBrokenActionIsReported() {
        Diagnostics diagnostics = new Diagnostics();
        Template.parse(Scalars.of("{{ if }} {{ .a = 1 }} {{ .ok }} {{ lowr .a }} {{ .a"), diagnostics);
        assertThat(diagnostics.sorted())
                .extracting(Diagnostic::message)
                .containsExactly(
                        "`if` is not part of templates",
                        "templates have no variables",
                        "unknown function `lowr`",
                        "`{{` without `}}`");
    }

    @Test
    void aPipeThatTurnsArgumentsRoundIsWarnedOf() {
        Diagnostics diagnostics = new Diagnostics();
        Template.parse(Scalars.of("{{ .a | contains \"x\" }} {{ .a | default \"x\" }}"), diagnostics);
        assertThat(diagnostics.sorted()).singleElement().satisfies(found -> {
            assertThat(found.severity()).isEqualTo(Severity.WARNING);
            assertThat(found.message()).isEqualTo("the piped value is the last argument of `contains`, not its text");
            assertThat(found.help()).isEqualTo("write `contains .x …`");
        });
    }

    @Test
    void lenientRenderingGoesOnBehindAFailure() {
        Scope scope = name -> name.equals("open") ? new Lookup.Open() : new Lookup.Undeclared();
        Rendering rendering = parse("a{{ .open }}b{{ .nowhere }}c{{ .either }}").renderLenient(scope);
        assertThat(rendering.text()).isEqualTo("a<open>bc");
        assertThat(rendering.open()).containsExactly("open");
        assertThat(rendering.failure())
                .isNotNull()
                .satisfies(failure -> assertThat(failure.message()).isEqualTo("nothing declares `nowhere`"));
    }

    @Test
    void openNamesAreToldOnceInOrder() {
        Scope scope = name -> new Lookup.Open();
        assertThat(parse("{{ .b }}{{ .a }}{{ eq .b .c }}").evaluate(scope))
                .isEqualTo(new Evaluation.Unknown(List.of("b", "a", "c")));
    }

    private static Template parse(String text) {
        Diagnostics diagnostics = new Diagnostics();
        Template template = Template.parse(Scalars.of(text), diagnostics);
        assertThat(diagnostics.sorted()).isEmpty();
        return template;
    }
}

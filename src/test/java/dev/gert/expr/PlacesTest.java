package dev.gert.expr;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.source.Source;
import dev.gert.source.Span;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Problems are told at their place in the YAML file, in a folded or escaped scalar at its start. */
final class PlacesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    when: a = 1          | 1:9
                    when: 'a = 1'        | 1:10
                    when: "a = 1"        | 1:10
                    when: "é😀" = 1       | 1:13
                    when: "a\\t = 1"      | 1:7
                    when: 'a = ''b'''    | 1:7
                    ^when: >\\n  a\\n  = 1^ | 1:7
                    ^x: 1\\nwhen:   a = 1^ | 2:11
                    when: '{{ .a = 1 }}' | 1:14
                    """)
    void ofAProblem(String yaml, String place) {
        Diagnostics reading = new Diagnostics();
        String text = yaml.replace("\\n", "\n").replace("when: \"é😀\" = 1", "when: '\"é😀\" = 1'");
        YamlNode root = YamlReader.read(Source.of("f", text), 0, reading);
        assertThat(reading.sorted()).isEmpty();
        YamlNode.Scalar scalar =
                (YamlNode.Scalar) requireNonNull(((YamlNode.Mapping) requireNonNull(root)).get("when"));
        Diagnostics diagnostics = new Diagnostics();
        Condition.parse(scalar, diagnostics);
        Span span = requireNonNull(diagnostics.sorted().get(0).primary()).span();
        assertThat(span.place()).isEqualTo("f:" + place);
    }
}

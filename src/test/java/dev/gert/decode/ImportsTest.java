package dev.gert.decode;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Diagnostics;
import dev.gert.model.Import;
import dev.gert.source.Source;
import dev.gert.yaml.YamlNode;
import dev.gert.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every form of formats-dialect.md, "Short forms". */
class ImportsTest {
    private static List<String> read(String text, Imports.Kind kind) {
        Diagnostics diagnostics = new Diagnostics();
        YamlNode node = requireNonNull(YamlReader.read(Source.of("x", text), 0, diagnostics));
        List<String> read = new ArrayList<>();
        for (Import one : Imports.decode(node, kind, diagnostics)) {
            assertThat(one.pathSpan()
                            .source()
                            .text()
                            .substring(one.pathSpan().start(), one.pathSpan().end()))
                    .isEqualTo(one.written());
            read.add(one.alias() + " " + one.path() + " " + one.form());
        }
        assertThat(diagnostics.sorted()).isEmpty();
        return read;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dns-check | dns-check ../dns-check/dns-check.runbook.yaml NAME",
                "[dns-check] | dns-check ../dns-check/dns-check.runbook.yaml NAME",
                "{dns: ../dns-check/dns-check.runbook.yaml} | dns ../dns-check/dns-check.runbook.yaml PATH",
                "{dns: {path: ../d}} | dns ../d.runbook.yaml PATH",
                "[{dns: ../d}] | dns ../d.runbook.yaml PATH",
                "[{dns: {path: ../d.yaml}}] | dns ../d.yaml PATH",
                "[{dns: {runbook: ../d.yml}}] | dns ../d.yml PATH",
                "[{name: dns, path: ../d}] | dns ../d.runbook.yaml PATH",
                "[{alias: dns, path: ../d}] | dns ../d.runbook.yaml PATH",
                "[{name: dns, runbook: ../d}] | dns ../d.runbook.yaml PATH",
                "[{alias: dns, runbook: d}] | dns d.runbook.yaml PATH",
                "[{alias: dns}] | dns ../dns/dns.runbook.yaml NAME",
                "[{name: dns}] | dns ../dns/dns.runbook.yaml NAME",
                "[{path: ../d/dns.runbook.yaml}] | dns ../d/dns.runbook.yaml PATH",
                "../d/dns | dns ../d/dns.runbook.yaml PATH",
                "dns.yaml | dns dns.yaml PATH",
                "{dns: ../d.runbook} | dns ../d.runbook.yaml PATH",
                "{dns: ../v1.2/d} | dns ../v1.2/d.runbook.yaml PATH",
                "{tool: x, file: y} | tool x.runbook.yaml PATH",
            })
    void imports(String written, String read) {
        assertThat(read(written, Imports.Kind.IMPORTS).get(0)).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "curl | curl tools/curl.tool.yaml NAME",
                "[curl] | curl tools/curl.tool.yaml NAME",
                "[{name: c, path: x/curl.tool.yaml}] | c x/curl.tool.yaml PATH",
                "[{tool: c, file: x/curl}] | c x/curl.tool.yaml PATH",
                "[{tool: c}] | c tools/c.tool.yaml NAME",
                "[{c: x/curl.tool.yaml}] | c x/curl.tool.yaml PATH",
                "{c: x/curl.tool} | c x/curl.tool.yaml PATH",
                "{c: {path: x/curl.yaml}} | c x/curl.yaml PATH",
                "[{c: {file: x/curl.yaml}}] | c x/curl.yaml PATH",
                "../x/curl.tool.yaml | curl ../x/curl.tool.yaml PATH",
                "[pkg/kusto] | kusto pkg/kusto PACKAGE",
                "[./kusto] | kusto ./kusto.tool.yaml PATH",
                "[a/b/kusto] | kusto a/b/kusto.tool.yaml PATH",
                "[{alias: x}] | alias x.tool.yaml PATH",
            })
    void tools(String written, String read) {
        assertThat(read(written, Imports.Kind.TOOLS).get(0)).isEqualTo(read);
    }

    @Test
    void severalInTheOrderOfTheFile() throws IOException {
        String text = Files.readString(Path.of("src/test/cases/decode/whole-imports.yaml"));
        assertThat(read(text, Imports.Kind.IMPORTS))
                .containsExactly(
                        "dns-check ../dns-check/dns-check.runbook.yaml NAME",
                        "a ../a/a.runbook.yaml PATH",
                        "b books/b.runbook.yaml PATH",
                        "c ../c/c.runbook.yaml NAME",
                        "d ../d/d.runbook.yaml PATH",
                        "e e.yml PATH",
                        "f f.runbook.yaml PATH",
                        "g ../g/g.runbook.yaml PATH",
                        "h ../h/h.runbook.yaml PATH",
                        "i x/i.yaml PATH",
                        "j ./j.runbook.yaml PATH");
        assertThat(read("[a, b, c]", Imports.Kind.TOOLS)).hasSize(3);
        assertThat(read("{a: x, b: {path: y}}", Imports.Kind.TOOLS)).hasSize(2);
        assertThat(read("[]", Imports.Kind.TOOLS)).isEmpty();
    }
}

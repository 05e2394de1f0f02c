package dev.gert.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Label;
import dev.gert.diagnostic.Severity;
import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.source.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosticJsonTest {
    @Test
    void everyMemberOfADiagnostic() {
        Source source = Source.of("x.yaml", "a: \uD83D\uDE00 b\nc: d\n");
        Diagnostic full = new Diagnostic(
                Code.Y104,
                Severity.ERROR,
                "unknown key `\u001B`",
                new Label(source.span(6, 9), "did you mean `c`?"),
                List.of(new Label(source.span(0, 1), "")),
                "help");
        Diagnostic bare = new Diagnostic(Code.S007, Severity.WARNING, "never used", null, List.of(), null);
        assertThat(DiagnosticJson.render(List.of(full, bare), 3)).isEqualTo("""
                        {
                          "schema": "gert.diagnostics/v1",
                          "files": 3,
                          "errors": 1,
                          "warnings": 1,
                          "diagnostics": [
                            {
                              "code": "Y104",
                              "severity": "error",
                              "message": "unknown key `\\u001b`",
                              "file": "x.yaml",
                              "line": 1,
                              "column": 6,
                              "end_line": 2,
                              "end_column": 2,
                              "label": "did you mean `c`?",
                              "help": "help",
                              "others": [
                                {
                                  "file": "x.yaml",
                                  "line": 1,
                                  "column": 1,
                                  "end_line": 1,
                                  "end_column": 2,
                                  "label": null
                                }
                              ]
                            },
                            {
                              "code": "S007",
                              "severity": "warning",
                              "message": "never used",
                              "file": null,
                              "line": null,
                              "column": null,
                              "end_line": null,
                              "end_column": null,
                              "label": null,
                              "help": null,
                              "others": []
                            }
                          ]
                        }
                        """);
    }

    @Test
    void anEmptyListIsADocumentToo() {
        String json = DiagnosticJson.render(List.of(), 0);
        assertThat(JsonReader.read(json)).isInstanceOf(JsonResult.Ok.class);
        assertThat(json).contains("\"diagnostics\": []").endsWith("}\n");
    }
}

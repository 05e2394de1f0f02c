package dev.gert.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Code;
import dev.gert.diagnostic.Diagnostic;
import dev.gert.diagnostic.Label;
import dev.gert.diagnostic.Severity;
import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import dev.gert.json.JsonValue;
import dev.gert.source.Source;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosticSarifTest {
    private static final Source SOURCE = Source.of("a b/\u00fc.yaml", "a: \ud83d\ude00 b\r\nc: d\re: f\n");

    @Test
    void everyMember() {
        Diagnostic full = new Diagnostic(
                Code.Y104,
                Severity.ERROR,
                "unknown key `b`",
                new Label(SOURCE.span(6, 7), "did you mean `c`?"),
                List.of(new Label(SOURCE.span(14, 15), "declared here")),
                "look");
        Diagnostic bare = new Diagnostic(Code.R204, Severity.WARNING, "no file", null, List.of(), null);
        String log = DiagnosticSarif.render(List.of(bare, full), List.of("a b/\u00fc.yaml", "c.yaml"), "1.2.3", 1);
        assertThat(SchemaCheck.sarif(log)).isEmpty();
        assertThat(log).isEqualTo("""
                {
                  "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
                  "version": "2.1.0",
                  "runs": [
                    {
                      "tool": {
                        "driver": {
                          "name": "gert",
                          "version": "1.2.3",
                          "rules": [
                            {
                              "id": "Y104",
                              "shortDescription": {
                                "text": "unknown key"
                              },
                              "help": {
                                "text": "`gert explain Y104` prints the page docs/codes/Y104.md"
                              }
                            },
                            {
                              "id": "R204",
                              "shortDescription": {
                                "text": "a file that is not there or can't be read"
                              },
                              "help": {
                                "text": "`gert explain R204` prints the page docs/codes/R204.md"
                              }
                            }
                          ]
                        }
                      },
                      "invocations": [
                        {
                          "executionSuccessful": true,
                          "exitCode": 1,
                          "toolExecutionNotifications": [
                            {
                              "associatedRule": {
                                "id": "R204",
                                "index": 1
                              },
                              "level": "warning",
                              "message": {
                                "text": "no file"
                              }
                            }
                          ]
                        }
                      ],
                      "artifacts": [
                        {
                          "location": {
                            "uri": "a%20b/%C3%BC.yaml"
                          }
                        },
                        {
                          "location": {
                            "uri": "c.yaml"
                          }
                        }
                      ],
                      "results": [
                        {
                          "ruleId": "Y104",
                          "ruleIndex": 0,
                          "level": "error",
                          "message": {
                            "text": "unknown key `b`\\ndid you mean `c`?\\nhelp: look"
                          },
                          "locations": [
                            {
                              "physicalLocation": {
                                "artifactLocation": {
                                  "uri": "a%20b/%C3%BC.yaml"
                                },
                                "region": {
                                  "startLine": 1,
                                  "startColumn": 7,
                                  "endLine": 1,
                                  "endColumn": 8
                                }
                              }
                            }
                          ],
                          "relatedLocations": [
                            {
                              "id": 1,
                              "physicalLocation": {
                                "artifactLocation": {
                                  "uri": "a%20b/%C3%BC.yaml"
                                },
                                "region": {
                                  "startLine": 3,
                                  "startColumn": 1,
                                  "endLine": 3,
                                  "endColumn": 2
                                }
                              },
                              "message": {
                                "text": "declared here"
                              }
                            }
                          ]
                        }
                      ],
                      "columnKind": "utf16CodeUnits",
                      "newlineSequences": [
                        "\\r\\n",
                        "\\n",
                        "\\r"
                      ]
                    }
                  ]
                }
                """);
    }

    @Test
    void whatWasAskedWronglyIsALogToo() {
        Diagnostic wrong = new Diagnostic(Code.E002, Severity.ERROR, "PATH is missing", null, List.of(), "see help");
        String log = DiagnosticSarif.render(List.of(wrong), List.of(), "1", 2);
        assertThat(SchemaCheck.sarif(log)).isEmpty();
        assertThat(log)
                .contains("\"executionSuccessful\": false", "\"results\": []", "PATH is missing\\nhelp: see help");
    }

    @Test
    void theSchemaIsTheOneThatRefuses() {
        String log = DiagnosticSarif.render(Hostile.findings(), List.of("a b"), "1", 1);
        assertThat(SchemaCheck.sarif(log.replace("\"uri\": \"a%20b\"", "\"uri\": \"a b\"")))
                .isNotEmpty();
        assertThat(SchemaCheck.sarif(log.replace("\"level\": \"error\"", "\"level\": \"bad\"")))
                .isNotEmpty();
        assertThat(SchemaCheck.sarif(log.replace("\"startLine\": 1", "\"startLine\": 0")))
                .isNotEmpty();
    }

    @Test
    void hostileNamesAndWordsFitTheSchemaAndComeBack() {
        List<Diagnostic> findings = Hostile.findings();
        String log = DiagnosticSarif.render(findings, Hostile.NAMES, "1", 1);
        assertThat(SchemaCheck.sarif(log)).isEmpty();
        assertThat(log).contains("[click\\\\](https").doesNotContain("[click](https");
        JsonValue run = at(at(((JsonResult.Ok) JsonReader.read(log)).value(), "runs"), 0);
        List<JsonValue> results = items(at(run, "results"));
        int n = 0;
        for (Diagnostic finding : findings) {
            Label primary = finding.primary();
            if (primary == null) {
                continue;
            }
            JsonValue result = results.get(n++);
            assertThat(text(at(result, "ruleId"))).isEqualTo(finding.code().name());
            assertThat(text(at(at(result, "message"), "text")).replace("\\](", "]("))
                    .isEqualTo(String.join("\n", Wording.lines(finding)));
            JsonValue place = at(at(at(result, "locations"), 0), "physicalLocation");
            String name = primary.span().source().name();
            URI uri = URI.create(text(at(at(place, "artifactLocation"), "uri")));
            assertThat(uri.getScheme()).isEqualTo(name.startsWith("/") ? "file" : null);
            assertThat(uri.getHost()).isNull();
            assertThat(uri.getFragment()).isNull();
            assertThat(uri.getQuery()).isNull();
            assertThat(uri.getPath()).isEqualTo(name.replace('\ud800', '?'));
            assertRegion(primary, at(place, "region"));
        }
        assertThat(results).hasSize(n);
        assertThat(items(at(at(at(run, "invocations"), 0), "toolExecutionNotifications")))
                .hasSize(findings.size() - n);
    }

    /** Cuts the place out by what the log says alone: lines by its newline sequences, columns in UTF-16 units. */
    private static void assertRegion(Label primary, JsonValue region) {
        String text = primary.span().source().text();
        int start = offset(text, number(at(region, "startLine")), number(at(region, "startColumn")));
        int end = offset(text, number(at(region, "endLine")), number(at(region, "endColumn")));
        assertThat(start).isEqualTo(primary.span().start());
        assertThat(end).isEqualTo(primary.span().end());
    }

    private static int offset(String text, int line, int column) {
        int at = 0;
        for (int i = 1; i < line; i++) {
            while (text.charAt(at) != '\n' && text.charAt(at) != '\r') {
                at++;
            }
            at += text.startsWith("\r\n", at) ? 2 : 1;
        }
        return at + column - 1;
    }

    private static JsonValue at(JsonValue value, String name) {
        JsonValue member = ((JsonValue.MapValue) value).entries().get(name);
        assertThat(member).as(name).isNotNull();
        return member;
    }

    private static JsonValue at(JsonValue value, int index) {
        return items(value).get(index);
    }

    private static List<JsonValue> items(JsonValue value) {
        return ((JsonValue.ListValue) value).items();
    }

    private static String text(JsonValue value) {
        return ((JsonValue.Text) value).value();
    }

    private static int number(JsonValue value) {
        return ((JsonValue.Num) value).value().intValueExact();
    }
}

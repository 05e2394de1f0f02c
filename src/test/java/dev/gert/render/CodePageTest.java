package dev.gert.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gert.diagnostic.Code;
import dev.gert.json.JsonReader;
import dev.gert.json.JsonResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CodePageTest {
    private static final Path CASES = Path.of("src/test/cases/codes");
    private static final String TEXT = """
            Y104: unknown key

            A key stands where the format has no such key, and this sentence is long enough
            to be folded on a terminal of 80 columns. It goes on here.

            Wrong

              x.runbook.yaml
                ## not a heading
                meta: {name: x}

                  indented: "\u00e9 \u65e5\u672c"

            Output

                $ gert validate x.runbook.yaml

            Right

            - a first item that is longer than the eighty columns which a terminal of the
              usual width has
            - a second one

            Why

            `gert` refuses what it does not know.
            """;

    private static CodePage page(Code code) throws IOException {
        return CodePage.read(Files.readString(CASES.resolve(code.name() + ".md")));
    }

    @Test
    void sectionsOfAPage() throws IOException {
        CodePage page = page(Code.Y104);
        assertThat(page.summary()).startsWith("A key stands").endsWith("\nIt goes on here.");
        assertThat(page.sections())
                .extracting(CodePage.Section::title)
                .containsExactly("Wrong", "Output", "Right", "Why");
        assertThat(page.sections().get(0).text())
                .startsWith("```yaml x.runbook.yaml\n## not")
                .endsWith("\n```");
    }

    @Test
    void aPageForATerminal() throws IOException {
        assertThat(CodeText.page(Code.Y104, page(Code.Y104), 80, false, true)).isEqualTo(TEXT);
    }

    @Test
    void headingsAreBoldAndTheWordsTheSame() throws IOException {
        String text = CodeText.page(Code.Y104, page(Code.Y104), 80, true, true);
        assertThat(text).contains("\u001b[1mY104: unknown key\u001b[0m\n", "\n\u001b[1mWhy\u001b[0m\n");
        assertThat(text.replaceAll("\u001b\\[[0-9]+m", "")).isEqualTo(TEXT);
    }

    @Test
    void whatTheTerminalCannotShowIsEscaped() throws IOException {
        assertThat(CodeText.page(Code.Y104, page(Code.Y104), 80, false, false))
                .contains("\"\\u{e9} \\u{65e5}\\u{672c}\"");
        assertThat(CodeText.page(Code.S007, page(Code.S007), 80, false, true))
                .isEqualTo("S007: a recording that was never used\n\nOnly a summary\\u{1b}[2J.\n");
    }

    @Test
    void textsOfAnyShapeArePages() {
        for (String odd : new String[] {"", "\n", "## ", "```", "# x\n## A\n```\n## B", "- ", " \n \n"}) {
            assertThat(CodeText.page(Code.Y104, CodePage.read(odd), 20, false, true))
                    .startsWith("Y104: unknown key\n");
        }
    }

    @Test
    void asJson() throws IOException {
        assertThat(CodeJson.page(Code.S007, page(Code.S007))).isEqualTo("""
                {
                  "schema": "gert.code/v1",
                  "code": "S007",
                  "title": "a recording that was never used",
                  "summary": "Only a summary\\u001b[2J.",
                  "sections": []
                }
                """);
        assertThat(CodeJson.page(Code.S007, null)).contains("\"summary\": null");
        assertThat(CodeJson.page(Code.Y104, page(Code.Y104))).contains("""
                    {
                      "title": "Why",
                      "text": "`gert` refuses what it does not know."
                    }
                """);
        assertThat(JsonReader.read(CodeJson.list())).isInstanceOf(JsonResult.Ok.class);
    }

    @Test
    void theListNamesEveryCode() {
        assertThat(CodeText.list().lines()).hasSize(Code.values().length).contains("Y104  unknown key");
        for (Code code : Code.values()) {
            assertThat(CodeText.list()).contains(code.name() + "  " + code.title() + "\n");
            assertThat(CodeJson.list()).contains("\"code\": \"" + code.name() + "\"");
        }
    }
}

package dev.gert.render;

import dev.gert.diagnostic.Code;
import dev.gert.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/** What {@code gert explain --format json} prints, schemas {@code gert.codes/v1} and {@code gert.code/v1}. */
public final class CodeJson {
    private CodeJson() {}

    /** Every code with its title; a newline at the end. */
    public static String list() {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.indented(out);
        json.object();
        json.name("schema").value("gert.codes/v1");
        json.name("codes").array();
        for (Code code : Code.values()) {
            json.object();
            json.name("code").value(code.name());
            json.name("title").value(code.title());
            json.end();
        }
        json.end().end();
        return out.append('\n').toString();
    }

    /** A code's page, its texts as Markdown; without a page {@code summary} is null; a newline at the end. */
    public static String page(Code code, @Nullable CodePage page) {
        StringBuilder out = new StringBuilder();
        JsonWriter json = JsonWriter.indented(out);
        json.object();
        json.name("schema").value("gert.code/v1");
        json.name("code").value(code.name());
        json.name("title").value(code.title());
        json.name("summary").value(page == null ? null : page.summary());
        json.name("sections").array();
        if (page != null) {
            for (CodePage.Section section : page.sections()) {
                json.object();
                json.name("title").value(section.title());
                json.name("text").value(section.text());
                json.end();
            }
        }
        json.end().end();
        return out.append('\n').toString();
    }
}

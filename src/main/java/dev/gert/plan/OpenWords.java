package dev.gert.plan;

import dev.gert.expr.Part;
import dev.gert.expr.Scope;
import dev.gert.expr.Template;
import dev.gert.policy.OpenWord;
import java.util.List;

/** A command's words where some values are not known. */
public final class OpenWords {
    private OpenWords() {}

    /** The template's text if {@code scope} knows all of it, else what it begins with. */
    public static OpenWord of(Template template, Scope scope) {
        List<Part> parts = template.parts(scope);
        if (parts.isEmpty()) {
            return new OpenWord.Known("");
        }
        String prefix = parts.get(0) instanceof Part.Known known ? known.text() : "";
        boolean whole = parts.size() == 1 && parts.get(0) instanceof Part.Known;
        return whole ? new OpenWord.Known(prefix) : new OpenWord.Open(prefix, template.source());
    }
}
